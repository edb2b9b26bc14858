"""The director's decision: both tracks, the exclusions, the file; then the signature."""

from dataclasses import replace
from datetime import date, timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_date

from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.dates import day_text
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from cistor.templatetags.cistor import plural
from participants import checks, drafts, personal_file
from participants.models import Participant
from referrals import actions, readiness
from referrals.documents.common import candidacy as last_candidacy
from referrals.forms.admission import AdmitForm
from referrals.models import Application, Candidacy
from referrals.views import fetch

Facts = list[tuple[str, object]]
Status = Application.Status
# So long a refusal for an exclusion is told of.
LATELY = timedelta(days=365)


def part(request, application) -> dict:
    """For `referrals/_admission.html`."""
    user, today = request.user, request.today
    candidacy = last_candidacy(application)
    qualified = application.recruitment_state == Application.Recruitment.QUALIFIED
    under_way = application.status == Status.OPEN
    return {
        "gaps": with_links(request, _gaps(application, today)) if under_way else [],
        "candidacy": candidacy if qualified else None,
        "may_tell": under_way and qualified and candidacy and user.may("prepare_programme", on=today),
        "may_admit": under_way and user.may("decide_programme", on=today),
    }


def _gaps(application: Application, on) -> list[readiness.Gap]:
    """The papers as one: the fragment of the file names them beside."""
    obstacles, papers = readiness.obstacles(application, on), readiness.missing_papers(application, on)
    if not papers:
        return obstacles
    text = f"Teczka: brakuje {len(papers)} {plural(len(papers), 'dokumentu,dokumentów,dokumentów')}."
    return [*obstacles, replace(papers[0], text=text)]


def with_links(request, gaps: list[readiness.Gap]) -> list[tuple[str, str]]:
    """What is missing, and where it is seen to; "" where the user may not go."""
    return [
        (
            gap.text,
            reverse(gap.page, args=[gap.pk]) + gap.anchor if request.user.may(gap.right, on=request.today) else "",
        )
        for gap in gaps
    ]


@needs("decide_programme")
def admit(request, pk):
    """Facts of both tracks, what is missing, the signature."""
    application = fetch.application(request, pk)
    candidacy = last_candidacy(application)
    obstacles = readiness.obstacles(application, request.today)
    papers = readiness.missing_papers(application, request.today)
    first, _ = readiness.first_signing_day(application)
    days = _days(request, candidacy)
    start_on = _chosen(request) or days["start_on"]
    running_out = [gap for gap in readiness.missing_papers(application, start_on) if gap not in papers]
    form = AdmitForm(request.POST or None, incomplete=bool(papers or running_out), first=first, initial=days)

    def act():
        given = {name: form.cleaned_data[name] for name in ("signed_on", "start_on", "despite")}
        actions.admit(application, **given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Osoba jest przyjęta, okres próbny zaplanowany."))
        return redirect("participants:programme", application.participant_id)
    record_reading(application.participant, "admission", by=request.user)
    context = {
        "application": application,
        "form": form,
        "facts": _facts(application, candidacy, request.today),
        "file": _file(request, application.participant),
        "obstacles": with_links(request, obstacles),
        "papers": with_links(request, papers),
        "start_on": start_on,
        "running_out": with_links(request, running_out),
        "consequences": [*CONSEQUENCES, drafts.outlook(application.participant)],
        "cancel": _back(request, application),
    }
    return render(request, "referrals/admit.html", context, status=422 if form.errors else 200)


def _file(request, participant: Participant) -> list[personal_file.Item] | None:
    """None to whom the file is closed: the stand-in of the director gets the names of what is missing, no more."""
    sees = participant.open_to(request.user, "see_file", on=request.today)
    return personal_file.checklist(participant, request.today) if sees else None


CONSEQUENCES = [
    "Wniosek jest załatwiony, a osoba ma program z okresem próbnym.",
    "Od pierwszego dnia biegną obecność i świadczenie.",
]


def _days(request, candidacy: Candidacy | None) -> dict:
    """Classes begin as the round has said, unless that day has passed."""
    begins = candidacy.round.classes_on if candidacy else None
    return {"signed_on": request.today, "start_on": max(begins or request.today, request.today)}


def _chosen(request) -> date | None:
    """The first day of classes as posted, where it is a day that our calendar reaches."""
    try:
        posted = parse_date(request.POST.get("start_on", ""))
    except ValueError:
        return None
    return posted if posted and not checks.day(posted) else None


def _back(request, application: Application) -> str:
    """Who stands in for the director may admit without being let into the case."""
    if request.user.may("enter_application", on=request.today):
        return reverse("referrals:case", args=[application.pk])
    return reverse("participants:programme", args=[application.participant_id])


def _facts(application: Application, candidacy: Candidacy | None, on) -> Facts:
    return [
        ("Osoba", application.participant),
        ("Wniosek", f"{application}, {day_text(application.applied_on)}" if application.applied_on else application),
        ("Urząd", _office(application)),
        ("Rekrutacja", _recruitment(application, candidacy)),
        ("Prawa wykluczające", _exclusions(application)),
        *_regulations(application, on),
    ]


def _office(application: Application) -> str:
    said = [application.get_office_state_display()]
    for row in application.opinions.filter(taken_back_on=None):
        said.append(f"opinia {'pozytywna' if row.is_positive else 'negatywna'} z {row.done_on:%d.%m.%Y}")
    for row in application.consents.filter(taken_back_on=None):
        said.append(f"{'zgoda' if row.is_granted else 'brak zgody'} z {row.done_on:%d.%m.%Y}")
    for row in application.referrals.filter(taken_back_on=None):
        said.append(f"skierowanie z {row.done_on:%d.%m.%Y}")
    return ", ".join(said)


def _recruitment(application: Application, candidacy: Candidacy | None) -> str:
    said = [application.get_recruitment_state_display()]
    if candidacy:
        said.append(f"{candidacy.round}")
    if candidacy and candidacy.place:
        said.append(f"miejsce {candidacy.place}")
    return ", ".join(said)


def _exclusions(application: Application) -> str:
    last = application.exclusion_statements.first()
    if last is None:
        return "nikt jeszcze o nie nie pytał"
    return f"{'jest takie prawo' if last.rights else 'żadnego'}, oświadczenie z {day_text(last.declared_on)}"


def _regulations(application: Application, on) -> Facts:
    regulations = Regulations.objects.version(application.centre_id, on)
    if regulations is None:
        return [("Regulamin", "na ten dzień go nie ma")]
    return [("Okres próbny w miesiącach", f"{regulations.trial_months}, {regulations.get_trial_end_rule_display()}")]


@needs("decide_programme")
def sign(request, pk):
    """From the participant's card: to the admission where an application goes on, else both ways to a programme."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="decide_programme")
    participant = get_object_or_404(people, pk=pk)
    application = participant.applications.filter(status__in=[Status.OPEN, Status.DRAFT]).first()
    if application:
        return redirect("referrals:admit", application.pk)
    context = {
        "participant": participant,
        "may_begin": request.user.may("enter_application", on=request.today),
        "excluded": _excluded(participant, request.today),
    }
    return render(request, "referrals/sign.html", context)


def _excluded(participant: Participant, on) -> Application | None:
    """The application refused within the last year to somebody who had declared a right that excludes."""
    rows = participant.applications.filter(status=Status.REFUSED, closed_on__gte=on - LATELY)
    return next((row for row in rows.order_by("-closed_on", "-pk") if readiness.has_exclusion(row)), None)
