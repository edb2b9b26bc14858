"""What an application says, as facts to be read; and what was before."""

from django.db.models import Prefetch
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import format_html

from cistor.dates import day_text
from referrals import wording
from referrals.actions.intake import OPEN
from referrals.models import Application

Facts = list[tuple[str, object]]


def history(people):
    """The people with their programmes and applications, whatever their number in four further queries.

    `open_applications` holds the one that goes on, or nothing.
    """
    going_on = Application.objects.filter(status__in=OPEN)
    return people.prefetch_related(
        "programmes__stages", "applications", Prefetch("applications", going_on, to_attr="open_applications")
    )


def application_facts(request, application: Application) -> Facts:
    """As much of it as the rights of the day open."""
    may = {right: request.user.may(right, on=request.today) for right in ("see_address", "see_phone")}
    person, categories = application.participant, wording.category_texts(application)
    return [
        *([_identity(person), ("Adres zamieszkania", _home(person))] if may["see_address"] else []),
        *([("Telefon", person.phone)] if may["see_phone"] else []),
        *_optional(
            ("Adres pobytu", linebreaksbr(application.stay_address)),
            ("Do korespondencji", linebreaksbr(application.correspondence_address)),
        ),
        ("Wniosek z dnia", _day(application.applied_on)),
        ("Składa", _applicant(application)),
        *_optional(("Zgoda osoby", _day(application.consent_on))),
        ("Główna kategoria", categories[0] if categories else ""),
        *_optional(("Dalsze kategorie", "; ".join(categories[1:]))),
        ("W urzędzie pracy", {True: "zarejestrowana", False: "niezarejestrowana"}.get(application.registered_at_pup)),
        ("Uzasadnienie", linebreaksbr(application.reason)),
        ("Cel", linebreaksbr(application.aim)),
        *_optional(("Urząd", application.office)),
    ]


def _optional(*facts) -> Facts:
    return [(label, value) for label, value in facts if value]


def _day(day) -> str:
    return day_text(day) if day else ""


def _identity(person) -> tuple[str, str]:
    if person.pesel:
        return "PESEL", person.pesel
    return "Dokument", f"{person.get_document_kind_display()} {person.document_number}"


def _home(person):
    url = reverse("participants:edit", args=[person.pk])
    return format_html('{} <a href="{}#id_street">{}</a>', person.address, url, "zmień" if person.address else "wpisz")


def _applicant(application: Application) -> str:
    who = application.get_applicant_display()
    return f"{who}: {application.applicant_name}" if application.applicant_name else who
