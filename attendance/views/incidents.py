"""Sobriety: one incident with its steps, the register of tests, the protocol."""

from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.actions import incidents as actions
from attendance.actions.incidents import Recorded
from attendance.documents.order import protocol, register
from attendance.forms import read_day
from attendance.forms.breaches import WithdrawForm, WithdrawWithPapersForm
from attendance.forms.incidents import AddTestForm, IncidentForm, PeriodForm, TalkForm
from attendance.models import Incident
from attendance.reading import order as reading
from attendance.reading.order import right_of
from attendance.views.breaches import measures_of
from attendance.views.order import PAGE, RIGHTS, came_from, step
from attendance.views.tabs import tabs
from attendance.views.talks import tell_day_off
from attendance.views.whose import way_back
from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.dates import day_text
from cistor.documents.answers import printed
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from participants.views.fetch import programme_of

RECORD, READ = RIGHTS
# What followed an incident, for whoever may not read it.
UNREAD = {"measures": [], "retracted": [], "may_retract": False}


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def new_incident(request, pk):
    """Who was suspected, of what, and what came of it; with the line of the register from whoever tested."""
    programme = programme_of(request, pk, RECORD)
    day, now = read_day(request.GET.get("dzien"), default=request.today), localtime().strftime("%H:%M")
    doubts = partial(reading.doubts, programme)
    form = IncidentForm(request.POST or None, doubts=doubts, initial={"on_day": day, "at": now})
    back = way_back(request, "incydent", programme.participant)

    def led(made):
        return _told(request, form, made, reverse("attendance:incident", args=[made.incident.pk])) if made else back.url

    return step(
        request,
        form,
        lambda: actions.record_incident(programme, **form.given, by=request.user, on=request.today),
        done="Incydent jest zapisany.",
        words={**NEW, "room": back.label, "facts": [("Osoba", programme.participant)]},
        success=led,
        back=back.url,
        participant=programme.participant,
    )


NEW = {
    "heading": "Incydent: trzeźwość",
    "question": "Co się stało?",
    "rule": "Regulamin: postępowanie przy stawieniu się pod wpływem alkoholu albo narkotyków",
    "consequences": [
        "Kogo odsunięto od zajęć, temu dzień liczy się jako nieobecność nieusprawiedliwiona.",
        "Pracownicy reintegracji, instruktor grupy i terapeuta uzależnień zobaczą to na pulpicie.",
        "Wynik badania wpisuje, kto badał; potem czytają go pracownik socjalny, specjaliści i kierujący centrum.",
    ],
    "submit": "Zapisz incydent",
}


@require_GET
@needs(*RIGHTS)
def incident(request, pk):
    """One incident: an instructor reads that there was one and when the talk is, nothing of its words or tests."""
    row = _incident(request, pk, right_of(request.user, on=request.today))
    participant = row.programme.participant
    record_reading(participant, "incident", by=request.user)
    may_read = request.user.may(READ, on=request.today)
    context = {
        "row": row,
        "participant": participant,
        "facts": _facts(row, may_read=may_read),
        "may_read": may_read,
        "may_record": participant.open_to(request.user, RECORD, on=request.today) and not row.withdrawn_on,
        "may_withdraw": _may_withdraw(request, row),
        "is_held": may_read and not row.withdrawn_on and row.measures.filter(retraction=None).exists(),
        "is_tested": row.tests.exists(),
        "deduct_at": _deduct_at(request, row) if may_read else "",
        **(measures_of(row, user=request.user, on=request.today) if may_read else UNREAD),
        "tests": row.tests.select_related("tested_by").order_by("at", "pk") if may_read else [],
        "is_to_issue": may_read and actions.is_to_issue(row),
        "talked": reading.TALKS.filter(incident=row).exists(),
        "contact_at": _contact_at(row),
        "back": came_from(request, participant),
    }
    return render(request, "attendance/incident.html", context)


def _may_withdraw(request, row: Incident) -> bool:
    """No measure stands on it; with a paper the director, with a line of the register whoever keeps that."""
    user, today = request.user, request.today
    if row.withdrawn_on or not row.programme.participant.open_to(user, RECORD, on=today):
        return False
    stands = row.measures.filter(retraction=None).exists()
    return not stands and not actions.refusal_of_withdrawal(row, user, on=today)


def _facts(row: Incident, *, may_read: bool) -> list[tuple[str, object]]:
    facts = [
        ("Osoba", row.programme.participant),
        ("Kiedy", f"{day_text(row.on)}, {row.at:%-H:%M}"),
        ("Odsunięto od zajęć", "tak" if row.sent_away else "nie"),
        ("Rozmowa", day_text(row.talk_on) if row.talk_on else ""),
    ]
    if may_read:
        suspected = ("Podejrzenie", f"{row.get_substance_display()}: {row.suspicion}")
        facts[2:2] = [suspected, ("Wynik", row.get_outcome_display())]
    withdrawn = [("Wycofano", _withdrawn(row, may_read=may_read))] if row.withdrawn_on else []
    return [*facts, ("Wpisano", f"{row.recorded_by}, {day_text(row.recorded_on)}"), *withdrawn]


def _withdrawn(row: Incident, *, may_read: bool) -> str:
    why = reading.why_withdrawn(row) if may_read else ""
    return f"{row.withdrawn_by}, {day_text(row.withdrawn_on)}{f': {why}' if why else ''}"


def _deduct_at(request, row: Incident) -> str:
    """Where the cost of the test is entered, with the suspicion as it was recorded; "" too where the regulations of the
    day deduct nothing."""
    if row.withdrawn_on or not request.user.may("enter_deduction", on=request.today):
        return ""
    version = Regulations.objects.version(request.user.home_centre, request.today)
    if version is None or not version.deductionkinds.exists():
        return ""
    return f"{reverse('benefits:new_deduction', args=[row.programme_id])}?incydent={row.pk}"


def _contact_at(row: Incident) -> str:
    return f"{reverse('attendance:new_contact', args=[row.programme.participant_id])}?incydent={row.pk}"


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def withdraw_incident(request, pk):
    has_papers = actions.has_papers(_incident(request, pk, RECORD))
    words = {
        "heading": "Wycofanie incydentu",
        "question": "Wycofać ten wpis?",
        "consequences": [
            "Wpis zostaje w historii jako wycofany.",
            *(["Wystawione dokumenty zostają: z tą osobą trzeba to wyjaśnić."] if has_papers else []),
            "Dzień znów będzie taki, jak wynika z pozostałych wpisów i oznaczenia.",
        ],
        "submit": "Wycofaj incydent",
        "irreversible": True,
        "danger": True,
    }
    form = WithdrawWithPapersForm if has_papers else WithdrawForm
    return _step(request, pk, form, actions.withdraw_incident, done="Incydent jest wycofany.", words=words)


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def plan_talk(request, pk):
    words = {
        "heading": "Rozmowa po incydencie",
        "question": "Na kiedy wyznaczyć rozmowę?",
        "consequences": ["Rozmowa czeka na pulpicie, dopóki ktoś nie zapisze, że się odbyła."],
        "submit": "Zapisz dzień rozmowy",
    }
    return _step(request, pk, TalkForm, actions.plan_talk, done="Dzień rozmowy jest zapisany.", words=words)


@require_http_methods(["GET", "POST"])
@needs(READ)
def add_test(request, pk):
    words = {
        "heading": "Wpis do ewidencji badań",
        "question": "Jaki był wynik?",
        "consequences": ["Wynik pozytywny odsuwa osobę od zajęć: dzień będzie nieobecnością nieusprawiedliwioną."],
        "submit": "Zapisz badanie",
    }
    return _step(request, pk, AddTestForm, actions.add_test, done="Badanie jest w ewidencji.", words=words, right=READ)


def _step(request, pk, form_class, act, *, done: str, words: dict, right: str = RECORD):
    """A step of an incident: its form gives what the act takes."""
    row = _incident(request, pk, right)
    initial = {"talk_on": row.talk_on, "test_on": row.on}
    form, back = form_class(request.POST or None, initial=initial), reverse("attendance:incident", args=[pk])
    person = row.programme.participant

    def acted():
        return act(row, **form.given, by=request.user, on=request.today)

    facts = [("Osoba", person), ("Kiedy", f"{day_text(row.on)}, {row.at:%-H:%M}")]
    whole = {"facts": facts, "room": "Incydent", **words}
    led = partial(_told, request, form, url=back)
    return step(request, form, acted, done=done, words=whole, success=led, back=back, participant=person)


def _told(request, form, made: Recorded | Incident | None, url: str) -> str:
    """The address to go to, once it is said that the talk was set for a day without classes."""
    row, day = made.incident if isinstance(made, Recorded) else made, form.cleaned_data.get("talk_on")
    # A negative test takes the day off again.
    if row and day and row.talk_on == day:
        tell_day_off(request, row.programme.participant.centre, day)
    return url


@require_GET
@needs(READ)
def tests(request):
    """The register of tests, newest first, of the days chosen."""
    form = PeriodForm(request.GET)
    start, end = form.span
    rows = reading.register(request.user, on=request.today, start=start, end=end)
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    people = {row.incident.programme.participant_id for row in page}
    record_readings(request.user.home_centre, people, "sobriety_tests", by=request.user)
    context = {"page": page, "tabs": tabs(request), "form": form, "start": start, "end": end}
    return render(request, "attendance/tests.html", context)


@require_GET
@needs(READ)
def tests_file(request):
    """All lines of the days chosen, with room for the signatures of who was tested."""
    start, end = PeriodForm(request.GET).span
    rows = list(reading.register(request.user, on=request.today, start=start, end=end))
    people = {row.incident.programme.participant_id for row in rows}
    given = {"back": "attendance:tests", "name": "ewidencja-badan.pdf", "people": people}
    return printed(request, "sobriety_register", lambda: register(rows, start=start, end=end), **given)


@require_POST
@needs(READ)
def sobriety_protocol(request, pk):
    """The paper to sign; issued when it is first asked for, and anew after a further test."""
    row = _incident(request, pk, READ)
    try:
        document = actions.issue_protocol(row, by=request.user, on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, f"Protokół {document.number} jest gotowy do wydruku i podpisu.")
    return redirect("attendance:incident", pk)


@require_GET
@needs(*RIGHTS)
def empty_sobriety_protocol(request):
    """To be filled in by hand where there is no computer at hand."""
    given = {"back": "attendance:order", "name": "protokol-badania-trzezwosci.pdf"}
    return printed(request, "sobriety_protocol", lambda: protocol(None, on=request.today), **given)


def _incident(request, pk, right: str) -> Incident:
    rows = Incident.objects.visible_to(request.user, on=request.today, right=right)
    named = rows.select_related("programme__participant__centre", "recorded_by", "withdrawn_by", "document")
    return get_object_or_404(named, pk=pk)
