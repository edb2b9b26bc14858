"""How a trial is assessed and decided on; what the tab of the programmes tells of it."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Min, prefetch_related_objects
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join

from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.dates import ONE_DAY, day_count, day_text
from cistor.dates import length as length_of
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants import actions, qualification
from participants.extensions import LASTING
from participants.forms import AssessForm, PassForm
from participants.models import Programme, Stage, TrialAssessment
from participants.views.fetch import facts_of, programme_of

READ_WITH_IT = ("assessments__by", "qualification_replies", "extensions__stage", "extensions__document")


def part(request, programme: Programme) -> dict[str, Any]:
    """What the fragment on the tab of the programmes shows of one of them."""
    user, today = request.user, request.today
    prefetch_related_objects([programme], *READ_WITH_IT)
    assesses = programme.participant.open_to(user, "assess_trial", on=today)
    enters = user.may("enter_opinion_from_paper", on=today)
    is_open = bool(_undecided(programme) and programme.start_on <= today)
    return {
        "assessments": _assessments(request, programme) if assesses or _decides(request) else [],
        "replies": list(programme.qualification_replies.all()),
        "provisional": _provisional(programme),
        "begun": _provisionally_begun(request, programme),
        "may_assess": assesses and is_open,
        "reply_at": _reply_at(programme, today) if enters else "",
        "extensions": list(programme.extensions.all()),
        "may_see_extensions": user.may("prepare_programme", on=today) or _decides(request),
        "may_extend": user.may("prepare_programme", on=today) and _is_extendable(programme, today),
    }


def _assessments(request, programme: Programme) -> list[tuple[TrialAssessment, str]]:
    """With the words for who knows of diagnoses or decides, and for their author; a therapist writes of health."""
    user, person = request.user, programme.participant
    reads = person.open_to(user, "see_diagnosis", on=request.today) or _decides(request)
    return [(row, row.text if reads or row.by_id == user.pk else "") for row in programme.assessments.all()]


def _decides(request) -> bool:
    return request.user.may("decide_programme", on=request.today)


def _undecided(programme: Programme) -> Stage | None:
    return programme.stage(Stage.Kind.TRIAL) if programme.passing_from else None


def _provisional(programme: Programme) -> Stage | None:
    return programme.stage(Stage.Kind.MAIN) if qualification.is_provisional(programme) else None


def _provisionally_begun(request, programme: Programme) -> Stage | None:
    """The main period of which the reader may know why it did not wait for the office, answered since or not."""
    main, person = programme.stage(Stage.Kind.MAIN), programme.participant
    if not main or not main.provisional_reason:
        return None
    return main if any(person.open_to(request.user, right, on=request.today) for right in READS_REASON) else None


READS_REASON = ("see_diagnosis", "decide_programme", "prepare_programme")


def _is_extendable(programme: Programme, today) -> bool:
    lasts = programme.ended_on is None and programme.phase_on(today) in LASTING
    return lasts and not _provisional(programme) and not any(row.is_open for row in programme.extensions.all())


def _reply_at(programme: Programme, today: date) -> str:
    """Where the answer of the office is entered: a page of a room above, known by its URL name only."""
    undecided = _undecided(programme) and programme.start_on <= today
    awaited = (undecided or qualification.may_take_back(programme, today)) and qualification.is_awaited(programme)
    if not awaited and not _provisional(programme):
        return ""
    try:
        return reverse("notices:record_reply", args=[programme.pk])
    except NoReverseMatch:
        return ""


@needs("assess_trial")
def assess_trial(request, pk):
    """The own words about somebody's trial, changed until it is decided on."""
    programme = programme_of(request, pk, "assess_trial")
    try:
        actions.check_assessable(programme, request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("participants:programme", programme.participant_id)
    own = programme.assessments.filter(by=request.user).first()
    initial = {"outcome": "yes" if own.is_positive else "no", "text": own.text} if own else {}
    form = AssessForm(request.POST or None, initial=initial)

    def act():
        given = {"is_positive": form.cleaned_data["outcome"] == "yes", "text": form.cleaned_data["text"]}
        actions.assess_trial(programme, **given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Ocena jest zapisana."))
        return redirect("participants:programme", programme.participant_id)
    record_reading(programme.participant, "trial", by=request.user)
    context = {"form": form, "participant": programme.participant, "own": own}
    context |= {"facts": [*facts_of(programme), *_attendance(request, programme)], "consequences": ASSESSED}
    return render(request, "participants/assess_trial.html", context, status=422 if form.errors else 200)


ASSESSED = [
    "Treść przeczytają osoba, która rozstrzyga, pracownik socjalny i specjaliści; zespół widzi sam wynik.",
    "Własną ocenę można zmienić, dopóki nie zapadnie rozstrzygnięcie.",
]


@needs("decide_programme")
def pass_on(request, pk):
    programme = programme_of(request, pk, "decide_programme")
    waits = qualification.is_awaited(programme) and not qualification.reply(programme)
    trial = programme.stage(Stage.Kind.TRIAL)
    first = (trial.end_on if trial else programme.planned_end_on) + ONE_DAY
    regulations = Regulations.objects.version(programme.participant.centre_id, first)
    longest = regulations.main_months if regulations else 0
    form = PassForm(request.POST or None, initial={"months": longest}, longest=longest, is_provisional=waits)

    def act():
        actions.pass_to_main(programme, **form.given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Okres właściwy jest zaplanowany."))
        return redirect("participants:programme", programme.participant_id)
    record_reading(programme.participant, "trial", by=request.user)
    context = {"form": form, "participant": programme.participant, "waits": waits}
    context |= {"facts": _facts(request, programme), "consequences": _consequences(programme, first, waits)}
    return render(request, "participants/pass_on.html", context, status=422 if form.errors else 200)


def _consequences(programme: Programme, first, waits: bool) -> list[str]:
    failing = format_html(
        'Nie: <a href="{}">zakończ program</a> z powodem „niepomyślny okres próbny”.',
        reverse("participants:end", args=[programme.pk]),
    )
    waiting = [*WAITING, _payment_waits(programme, first)] if waits else []
    return [f"Tak: okres właściwy zaczyna się {day_text(first)}.", *waiting, failing]


def _payment_waits(programme: Programme, first) -> str:
    """What waits is a whole settlement: where the trial has none of its own, the month in which it ends."""
    regulations = Regulations.objects.version(programme.participant.centre_id, programme.start_on)
    together = regulations and regulations.trial_settlement == Regulations.TrialSettlement.CALENDAR_MONTH
    if together and first.day > 1:
        return f"{PAYMENT_WAITS}, a z nią świadczenie za dni okresu próbnego w tym samym miesiącu."
    return f"{PAYMENT_WAITS}; okres próbny wypłaca się zwyczajnie."


PAYMENT_WAITS = "Wypłata za okres właściwy poczeka na odpowiedź, choćby program się skończył"
WAITING = [
    "Przejście będzie warunkowe: do odpowiedzi ośrodka widać to codziennie na pulpicie.",
    "Odmowa ośrodka kończy program: w okresie próbnym z jego ostatnim dniem, potem z dniem, w którym wpłynie.",
]


def _facts(request, programme: Programme) -> list[tuple[str, object]]:
    """What the decision rests on: the days, the team, the office."""
    trial = programme.stage(Stage.Kind.TRIAL)
    days = [("Długość okresu próbnego", day_count(length_of(trial.start_on, trial.end_on)))] if trial else []
    return [
        *facts_of(programme),
        *days,
        *_attendance(request, programme),
        ("Oceny zespołu", _assessed(programme)),
        ("Kwalifikacja ośrodka", _answered(programme)),
    ]


def _attendance(request, programme: Programme) -> list[tuple[str, object]]:
    """By its URL name: the attendance is a room above."""
    if not programme.participant.open_to(request.user, "see_attendance", on=request.today):
        return []
    url = f"{reverse('attendance:person', args=[programme.participant_id])}?miesiac={programme.start_on:%Y-%m}"
    return [("Obecność", format_html('<a href="{}">na karcie osoby</a>', url))]


def _assessed(programme: Programme) -> str:
    rows = programme.assessments.select_related("by")
    told = ((row.by, "pozytywnie" if row.is_positive else "negatywnie", row.text) for row in rows)
    return format_html_join("", "<p>{}, {}: {}</p>", told) or "nikt jeszcze nie ocenił"


def _answered(programme: Programme) -> str:
    """The newest answer, or since when it is awaited."""
    answer = qualification.reply(programme)
    if answer:
        word = "zakwalifikowano" if answer.is_qualified else "nie zakwalifikowano"
        return f"{word}, odpowiedź z {day_text(answer.received_on)} ({answer.get_way_display()})"
    if not qualification.is_awaited(programme):
        return "nie jest potrzebna: rozstrzyga kierujący centrum"
    sent_on = _asked_on(programme)
    asked = f"wniosek wysłano {day_text(sent_on)}" if sent_on else "wniosku jeszcze nie wysłano"
    return f"odpowiedzi nie ma; {asked}"


def _asked_on(programme: Programme):
    """The day the request went out; letters are a room above, reached the way the database ties them."""
    rows = programme.letters.filter(kind="qualification_request")
    return rows.aggregate(day=Min("letter__document__dispatches__sent_on"))["day"]
