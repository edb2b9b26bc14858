"""What an office sees: its own cases, each as the application said and as far as the office has come with it."""

from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from cistor.accounts.access import needs
from cistor.documents import files
from cistor.documents.answers import attached, handed_out, printed, slug
from cistor.documents.kinds import KINDS
from cistor.journal.actions import record_reading
from referrals import documents, wording
from referrals.documents import shelf
from referrals.models import Application
from referrals.office_work import light, tasks
from referrals.views import fetch
from referrals.views.office import part, reminders
from referrals.views.office_steps import case_url

PAGE = 50
# The centre may see what its office sees.
SEEN_BY = ("give_opinion", "enter_application")
# What the office has on paper as well: the application it was sent, and its own two.
PRINTED = {"application": "Wniosek", "opinion": "Opinia", "referral": "Skierowanie"}


@require_GET
@needs("give_opinion", office=True)
def office_cases(request):
    """Every case sent to the office: what it has to do first, by urgency, then the rest, the latest first."""
    rows = list(light(Application.objects.visible_to(request.user, on=request.today)).order_by("-sent_on", "-pk"))
    waiting = {task.application.pk: task for task in tasks(rows, request.today)}
    in_order = [*(task.application for task in waiting.values()), *(row for row in rows if row.pk not in waiting)]
    page = Paginator(in_order, PAGE).get_page(request.GET.get("strona"))
    shown = [(row, *_asked(waiting.get(row.pk), request.today)) for row in page]
    context = {"page": page, "rows": shown, "waiting": len(waiting)}
    return render(request, "referrals/office_cases.html", context)


def _asked(task, today) -> tuple[str, tuple[str, str] | None]:
    return (task.what, task.badge(today)) if task else ("", None)


@require_GET
@needs(*SEEN_BY, office=True)
def office_case(request, pk):
    """Who the person is and where they live, what the application says, and the office's own steps; nothing else."""
    application = fetch.application(request, pk)
    record_reading(application.participant, "application", by=request.user)
    context = {
        "application": application,
        "person": _person(application),
        "said": _said(application),
        "office": part(request, application),
        "printed": _printed(application, request.today),
        "may_scan": bool(application.scan_id and application.scan.sha256),
    }
    return render(request, "referrals/office_case.html", context)


def _printed(application: Application, on: date) -> list[tuple[str, str]]:
    return [(kind, title) for kind, title in PRINTED.items() if shelf.is_printed(kind, application, on)]


def _person(application: Application) -> list[tuple[str, object]]:
    """What the environmental interview needs: it is held where the person lives, on a day agreed on by phone."""
    person = application.participant
    document = f"{person.get_document_kind_display()} {person.document_number}".strip()
    return [
        ("PESEL", person.pesel) if person.pesel else ("Dokument", document),
        ("Data urodzenia", f"{person.birth_on:%d.%m.%Y}"),
        ("Adres zamieszkania", person.address),
        ("Adres pobytu", application.stay_address),
        ("Adres do korespondencji", application.correspondence_address),
        ("Telefon", person.phone),
    ]


def _said(application: Application) -> list[tuple[str, object]]:
    registered = {True: "tak", False: "nie"}.get(application.registered_at_pup, "")
    applicant = ", ".join(filter(None, [application.get_applicant_display(), application.applicant_name]))
    days = (("Data wniosku", application.applied_on), ("Zgoda osoby z dnia", application.consent_on))
    return [
        ("Kto składa wniosek", applicant),
        *((label, f"{day:%d.%m.%Y}" if day else "") for label, day in days),
        ("Powód skierowania według ustawy", "; ".join(wording.category_texts(application))),
        ("Zarejestrowana w PUP", registered),
        ("Uzasadnienie", application.reason),
        ("Cel", application.aim),
    ]


@require_GET
@needs(*SEEN_BY, office=True)
def scan_file(request, pk, what):
    """A scan of the case itself: of the application or of a standing deed, never another paper of the person."""
    application = fetch.application(request, pk)
    upload = _scan(application, what)
    if upload is None or not upload.sha256:
        raise Http404
    return handed_out(upload, by=request.user)


def _scan(application: Application, what: str):
    if what == "application":
        return application.scan
    deeds = {"opinion": application.opinions, "consent": application.consents, "referral": application.referrals}
    if what not in deeds:
        raise Http404
    deed = deeds[what].filter(taken_back_on=None).select_related("scan").first()
    return deed and deed.scan


@require_GET
@needs(*SEEN_BY, office=True)
def office_paper(request, pk, kind):
    """The application, the opinion or the referral as they stand, to be printed and signed."""
    application = fetch.application(request, pk)
    if kind not in dict(_printed(application, request.today)):
        raise Http404
    return printed(
        request,
        kind,
        lambda: documents.context(kind, application, request.today),
        back=case_url(request, application),
        name=f"{slug(KINDS[kind].title)}-{application.number.replace('/', '-')}.pdf",
        people=[application.participant_id],
    )


@require_GET
@needs(*SEEN_BY, office=True)
def reminder(request, pk, reminder):
    """A letter that reminded the office, as it was issued."""
    application = fetch.application(request, pk)
    letters = reminders(application, request.user).exclude(document__sha256="").select_related("document")
    row = get_object_or_404(letters, pk=reminder)
    data = files.read(row.document.sha256)
    record_reading(application.participant, row.document.kind, by=request.user)
    return attached(data, f"{row.document.number.replace('/', '-')}.pdf", row.document.mime)
