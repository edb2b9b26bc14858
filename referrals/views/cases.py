"""The card of one case, and the person's tab with all of them."""

from datetime import date

from django.shortcuts import render
from django.urls import reverse

from cistor.accounts.access import needs
from cistor.documents.models import Document
from cistor.journal.actions import record_reading
from participants.views import card
from referrals import deadlines, wording
from referrals.models import STATUS_MOVES, Application, OfficeReminder
from referrals.views import admission, fetch, file, office, papers, recruitment
from referrals.views.facts import application_facts

Status = Application.Status
PARTS = {"office": office, "recruitment": recruitment, "file": file, "admission": admission, "papers": papers}
DEEDS = 3


@needs("enter_application")
def case(request, pk):
    """What is known of one application; each part is made by the module of its room."""
    application = fetch.application(request, pk)
    record_reading(application.participant, "application", by=request.user)
    parts = {name: module.part(request, application) for name, module in PARTS.items()}
    context = {
        "application": application,
        "facts": application_facts(request, application),
        "due": _due(application, request.today),
        "deeds": [*parts["office"]["deeds"], *_links(application, _first_deeds(application))][:DEEDS],
        "further": _links(application, _further_deeds(application)),
        "statement": _statement(application),
        "letter": _letter(application, parts["papers"]["issued"]),
        **parts,
    }
    return render(request, "referrals/case.html", context)


def _due(application: Application, on: date) -> tuple[str, str] | None:
    """Kind and text of the badge of the term that presses most."""
    nearest = deadlines.nearest(deadlines.of_application(application, on), on)
    if nearest is None:
        return None
    kind, word = deadlines.badge(nearest, on)
    return kind, f"{OfficeReminder.About(nearest.kind).label}: {word}"


def _links(application: Application, deeds: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """None about somebody erased: there is nothing left to write."""
    going_on = [] if application.participant.erased_on else deeds
    return [(label, reverse(name, args=[application.pk])) for label, name in going_on]


def _first_deeds(application: Application) -> list[tuple[str, str]]:
    """The next step of the application itself; the tracks have theirs beside them."""
    if application.status == Status.DRAFT:
        return [("Uzupełnij wniosek", "referrals:edit"), ("Złóż wniosek", "referrals:submit")]
    if application.status == Status.OPEN:
        return [("Zapisz oświadczenie", "referrals:exclusions"), ("Popraw wniosek", "referrals:edit")]
    may_reopen = application.number and STATUS_MOVES.may(application, "reopen")
    return [("Otwórz ponownie", "referrals:reopen")] if may_reopen else []


def _further_deeds(application: Application) -> list[tuple[str, str]]:
    deeds = [("Zmień skan" if application.scan_id else "Dołącz skan", "referrals:scan")]
    if application.status == Status.DRAFT:
        deeds += [("Zapisz oświadczenie", "referrals:exclusions"), ("Porzuć szkic", "referrals:withdraw")]
    if application.status == Status.OPEN:
        deeds += [("Wycofaj wniosek", "referrals:withdraw"), ("Odmów", "referrals:refuse")]
    return deeds


def _statement(application: Application):
    """The newest statement on the rights that exclude, with their words; None where nobody has asked yet."""
    newest = application.exclusion_statements.first()
    return (newest, wording.exclusion_texts(newest)) if newest else None


def _letter(application: Application, issued: list[Document]) -> Document | None:
    """The refusal that stands; one taken back and said again has issued several."""
    refusals = [row for row in issued if row.kind == "refusal_letter" and row.sha256]
    return refusals[0] if refusals and application.status == Status.REFUSED else None


@needs("enter_application")
def person(request, pk):
    """All applications of one person, from the first time they came; a tab of the card."""
    participant = card.of_card(request, pk, "enter_application")
    record_reading(participant, "application", by=request.user)
    rows = fetch.applications(request).filter(participant=participant).select_related("programme")
    context = {**card.page(request, participant, "referrals:person"), "applications": rows}
    return render(request, "referrals/person.html", context)
