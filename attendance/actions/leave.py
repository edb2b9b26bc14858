"""Free days: asked for, opined, decided, taken back (S1 § 3 ust. 3, S2 § 9 ust. 1)."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db import transaction

from attendance.actions.corrections import Followed, corrections_for
from attendance.actions.holding import hold, is_closed
from attendance.actions.released import let_go
from attendance.actions.settling import settle
from attendance.models import LeaveDay, LeaveOpinion, LeaveRequest
from attendance.reading.leave import Problem, Rules, against, may_decide, obstacles, opines_as
from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.dates import day_text, days_text, joined
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.deciding import Words, held, refuse_over, say_no, withdraw
from participants.models import Programme

ENTER, OPINE, DECIDE = "enter_absence_papers", "opine_leave", "decide_attendance"
Release = LeaveDay.Release
# No programme has so many free days.
MOST = 31
WORDS = Words(
    decider="O dniach wolnych rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.",
    own="O dniach wolnych rozstrzyga ktoś inny niż osoba, która wpisała wniosek.",
    asker="Wniosek wycofuje ten, kto go wpisał.",
    withdrawn="Ten wniosek jest już wycofany.",
    decided="O tym wniosku rozstrzygnięto już {}.",
)


class Outcome(NamedTuple):
    """The request, and what became of its days."""

    request: LeaveRequest
    followed: Followed = Followed()


@transaction.atomic
def ask_leave(
    programme: Programme, *, days: Collection[date], filed_on: date, reason: str, by: User, on: date
) -> LeaveRequest:
    """Enter the person's paper of `filed_on`; its days count against the balance from now on.

    Days nearer than the regulations allow are taken in all the same: the director may waive that. Refused for a day of
    the trial, without classes, outside the programme, asked for already, beyond the balance or the statute, and for a
    paper from before the programme, which would be early enough for any day.
    """
    programme = hold(programme)
    if not programme.participant.open_to(by, ENTER, on=on):
        raise Refused("Wniosek wpisuje pracownik socjalny, kadry, instruktor tej grupy albo kierujący centrum.")
    _check_days(days, filed_on, on)
    if filed_on < programme.start_on:
        raise Refused("Tego dnia osoba nie była jeszcze w programie. Sprawdź rok.", field="filed_on")
    _refuse_all(against(programme, days, filed_on=filed_on, rules=Rules(programme.participant.centre)))
    request = LeaveRequest(programme=programme, filed_on=filed_on, reason=reason.strip(), asked_by=by, asked_on=on)
    refuse_invalid(request)
    request.save(force_insert=True)
    for day in sorted(days):
        row = LeaveDay(request=request, programme=programme, on=day)
        refuse_invalid(row)
        row.save(force_insert=True)
    record(request, "leave_asked", by=by, days=sorted(days))
    return request


def _check_days(days: Collection[date], filed_on: date, on: date) -> None:
    refuse_days(filed_on=filed_on)
    if filed_on > on:
        raise Refused("Tego dnia jeszcze nie było.", field="filed_on")
    if not days:
        raise Refused("W tym czasie nie ma zajęć, więc nie ma o co prosić.", field="start_on")
    if len(days) > MOST:
        raise Refused("To więcej dni, niż można mieć w programie. Sprawdź daty.", field="end_on")


def _refuse_all(problems: Iterable[Problem]) -> None:
    """With everything that stands against it, not the first thing alone."""
    if said := " ".join(problem.text for problem in problems):
        raise Refused(said)


@transaction.atomic
def opine_leave(request: LeaveRequest, *, is_positive: bool, text: str, by: User, on: date) -> LeaveOpinion:
    """What the social worker or the instructor of the group says; the newest of each person counts."""
    request = _held(request)
    if not request.programme.participant.open_to(by, OPINE, on=on):
        raise Refused("Wnioski o dni wolne opiniuje pracownik socjalny i instruktor grupy.")
    role = opines_as(by, request, Rules(request.programme.participant.centre), on=on)
    if not role:
        raise Refused("Regulamin nie pyta Cię o opinię w sprawie tego wniosku.")
    refuse_over(request, WORDS)
    if not is_positive and not text.strip():
        raise Refused("Opinia negatywna wymaga uzasadnienia.", field="text")
    said = {"role": role, "is_positive": is_positive, "text": text.strip()}
    opinion = LeaveOpinion.objects.create(request=request, **said, by=by, given_on=on)
    record(request, "leave_opined", by=by, role=role, is_positive=is_positive)
    return opinion


@transaction.atomic
def decide_leave(
    request: LeaveRequest,
    *,
    granted: bool,
    note: str,
    waiver: str = "",
    days: Collection[date] | None = None,
    by: User,
    on: date,
) -> Outcome:
    """Grant the days that still stand, and attendance says so at once; or refuse, with a note that says why.

    `days` are those of them that are granted, by default all; the others are refused, with a note as well. What a sick
    note or a suspension has taken up by then is not granted and comes back no more. `waiver` says why days nearer than
    the regulations allow are granted. Nothing else is waived: the trial, the balance, the statute and the opinions that
    the regulations ask for hold for everybody.
    """
    request = _held(request)
    _refuse_decider(request, by=by, on=on)
    refuse_over(request, WORDS)
    if granted:
        return _grant(request, days, note=note.strip(), waiver=waiver.strip(), by=by, on=on)
    return _refuse(request, note=note.strip(), by=by, on=on)


def _grant(
    request: LeaveRequest, days: Collection[date] | None, *, note: str, waiver: str, by: User, on: date
) -> Outcome:
    standing = _days(request)
    chosen = _chosen(standing, days)
    refused = [day for day in standing if day not in chosen]
    waived = _waived(request, chosen, waiver)
    if refused and not note:
        raise Refused(f"Napisz, dlaczego nie przyznajesz: {days_text(refused)}.", field="note")
    request.waiver = waived
    _decide(request, True, refused, note=note, by=by, on=on)
    let_go(request)
    record(request, "leave_granted", by=by, days=chosen, refused=refused, waived=bool(waived))
    return _settled(request, chosen, by=by, on=on)


def _refuse(request: LeaveRequest, *, note: str, by: User, on: date) -> Outcome:
    say_no(note)
    refused = _days(request)
    _decide(request, False, refused, note=note, by=by, on=on)
    record(request, "leave_refused", by=by, days=refused)
    return Outcome(request)


def _decide(request: LeaveRequest, granted: bool, refused: list[date], *, note: str, by: User, on: date) -> None:
    request.granted, request.note, request.decided_by, request.decided_on = granted, note, by, on
    request.decided_for = by.acts_for(DECIDE, on=on)
    request.save(update_fields=["granted", "note", "waiver", "decided_by", "decided_on", "decided_for"])
    _release(request, Release.REFUSED, on, refused)


def _chosen(standing: list[date], days: Collection[date] | None) -> list[date]:
    """Of the days that stand, those that are to be granted."""
    chosen = standing if days is None else sorted(set(days))
    if gone := [day for day in chosen if day not in standing]:
        raise Refused(f"Tych dni nie ma już we wniosku: {days_text(gone)}. Odśwież stronę.", field="days")
    if standing and not chosen:
        raise Refused("Zaznacz przynajmniej jeden dzień albo odmów.", field="days")
    return chosen


def _refuse_decider(request: LeaveRequest, *, by: User, on: date) -> None:
    participant = request.programme.participant
    if not participant.open_to(by, DECIDE, on=on):
        raise Refused(WORDS.decider)
    if not may_decide(request, by, Rules(participant.centre)):
        raise Refused(WORDS.own)


def _waived(request: LeaveRequest, days: list[date], waiver: str) -> str:
    """Refused where something stands against it; the waiver, where one is needed."""
    programme = request.programme
    rules = Rules(programme.participant.centre)
    if not days:
        raise Refused(
            "Wszystkie dni z wniosku zajęło już zwolnienie albo zawieszenie zajęć: nie ma o czym rozstrzygać."
        )
    if lacking := rules.lacking(request):
        raise Refused(f"Regulamin pyta o opinie, a brakuje jeszcze: {joined([Role(role).label for role in lacking])}.")
    _refuse_all(obstacles(programme, days, filed_on=request.filed_on, rules=rules))
    late = rules.late(days, request.filed_on)
    if late and not waiver:
        raise Refused(
            f"Wniosek wpłynął za późno dla: {days_text(late)}. Napisz, dlaczego mimo to.",
            field="waiver",
        )
    return waiver if late else ""


@transaction.atomic
def withdraw_leave(request: LeaveRequest, *, by: User, on: date) -> LeaveRequest:
    """Whoever entered it takes it back, as long as nobody has decided."""
    request = _held(request)
    withdraw(request, WORDS, by=by, on=on)
    _release(request, Release.WITHDRAWN, on, _days(request))
    record(request, "leave_withdrawn", by=by)
    return request


@transaction.atomic
def cancel_leave(request: LeaveRequest, *, by: User, on: date) -> Outcome:
    """Granted and given up before the first of its days: all of them come back to the balance."""
    request = _held(request)
    if not request.programme.participant.open_to(by, ENTER, on=on):
        raise Refused("Dni wolne odwołuje pracownik socjalny, kadry, instruktor tej grupy albo kierujący centrum.")
    if not request.granted or request.cancelled_on:
        raise Refused("Odwołuje się dni przyznane i jeszcze nie odwołane.")
    days = _days(request)
    if not days or min(days) <= on:
        raise Refused("Te dni wolne już się zaczęły. Te, które dopiero będą, oddaje się pojedynczo.")
    request.cancelled_on, request.cancelled_by = on, by
    request.save(update_fields=["cancelled_on", "cancelled_by"])
    _release(request, Release.CANCELLED, on, days)
    record(request, "leave_cancelled", by=by, days=days)
    return _settled(request, days, by=by, on=on)


@transaction.atomic
def give_up_day(day: LeaveDay, *, reason: str, by: User, on: date) -> Outcome:
    """One granted day comes back to the balance: the person came all the same, or does not need a day still ahead.

    The day says again what it would without the request. A closed day is changed by a correction alone.
    """
    request = _held(day.request)
    _refuse_giving_up(request, by=by, on=on)
    row = LeaveDay.objects.select_for_update(of=("self",), no_key=True).get(pk=day.pk)
    if problem := given_up_obstacle(request, row):
        raise Refused(problem)
    if not reason.strip():
        raise Refused("Napisz, co się stało.", field="reason")
    release = Release.CAME if row.on <= on else Release.CANCELLED
    _release(request, release, on, [row.on])
    record(request, "leave_day_given_up", by=by, day=row.on, release=release, reason=reason.strip())
    return _settled(request, [row.on], by=by, on=on)


def _refuse_giving_up(request: LeaveRequest, *, by: User, on: date) -> None:
    if not request.programme.participant.open_to(by, ENTER, on=on):
        raise Refused("Dzień wolny oddaje pracownik socjalny, kadry, instruktor tej grupy albo kierujący centrum.")


def given_up_obstacle(request: LeaveRequest, row: LeaveDay) -> str:
    """Why this day cannot be given up, whoever asks; "" where it can."""
    if not request.granted or row.released_on:
        return "Ten dzień nie jest już przyznany jako wolny."
    if is_closed(request.programme, row.on):
        return "Ten dzień jest zamknięty: zmienia go tylko korekta."
    return ""


def _settled(request: LeaveRequest, days: list[date], *, by: User, on: date) -> Outcome:
    centre = request.programme.participant.centre
    settled = settle([request.programme_id], days[0], days[-1], centre=centre, by=by, named=days)
    reason = f"Dni wolne według wniosku z {day_text(request.filed_on)}: dzień jest już zamknięty."
    return Outcome(request, corrections_for(settled, reason=reason, by=by, on=on, asker=request.asked_by))


def _days(request: LeaveRequest) -> list[date]:
    """Those that still stand."""
    return list(request.days.filter(released_on__isnull=True).order_by("on").values_list("on", flat=True))


def _release(request: LeaveRequest, why: str, on: date, days: Collection[date]) -> None:
    request.days.filter(released_on__isnull=True, on__in=days).update(released_on=on, release=why)


def _held(request: LeaveRequest) -> LeaveRequest:
    return held(request, hold(request.programme))
