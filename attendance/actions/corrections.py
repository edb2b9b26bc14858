"""Corrections of closed days: asked for with a reason, decided by the director."""

from collections.abc import Collection
from datetime import date

from django.db import transaction

from attendance.actions.marks import is_closed, locked, problems, refuse_free_days
from attendance.actions.settling import ClosedDay
from attendance.cells import Cell, Change, write
from attendance.models import Correction, Day, LeaveDay, Source
from attendance.rulings import Ruling
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.triggers import correcting
from participants.actions import participant as people
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import Words, held, refuse_decider, refuse_over, say_no, withdraw
from participants.models import Programme

WORDS = Words(
    decider="O korekcie rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.",
    own="O korekcie rozstrzyga ktoś inny niż osoba, która o nią poprosiła.",
    asker="Prośbę wycofuje ten, kto poprosił.",
    withdrawn="Ta prośba jest już wycofana.",
    decided="O tej korekcie rozstrzygnięto już {}.",
)

# Why a free day is given back, by what its day has become.
RELEASES: dict[str, str] = {
    Meaning.SICK: LeaveDay.Release.SICK,
    Meaning.CARE: LeaveDay.Release.SICK,
    Meaning.SUSPENDED: LeaveDay.Release.SUSPENDED,
}


@transaction.atomic
def ask_correction(
    programme: Programme, *, on_day: date, meaning: str | None, reason: str, by: User, on: date
) -> Correction:
    """Ask that a closed day say something else; `meaning` None asks for no mark at all.

    Refused where a mark would be too, on a day still open, without a reason, while another request waits, and of an
    erased person.
    """
    # An erasure, which asks whether a question is open, waits for the person too.
    people.locked(programme.participant)
    programme = locked(Programme.objects.filter(pk=programme.pk))[programme.pk]
    day = Day.objects.filter(programme=programme, on=on_day).first()
    correction = Correction(
        programme=programme,
        on=on_day,
        seen=day.meaning if day else "",
        seen_provisional=bool(day and day.provisional),
        meaning=meaning or "",
        reason=reason.strip(),
        asked_by=by,
        asked_on=on,
    )
    _check_question(correction, by=by, on=on)
    correction.save(force_insert=True)
    record(correction, "correction_asked", by=by, day=on_day)
    return correction


@transaction.atomic
def corrections_for(days: Collection[ClosedDay], *, reason: str, by: User, on: date) -> int:
    """Ask for the corrections that a fact needs on closed days; returns for how many.

    Nothing is asked by whoever may not ask, of a day to come, and of one that somebody has asked about already.
    """
    if not by.may("ask_correction", on=on):
        return 0
    programmes = {day.programme.pk for day in days}
    asked = set(Correction.objects.open().filter(programme__in=programmes).values_list("programme", "on"))
    due = [day for day in days if day.on <= on and (day.programme.pk, day.on) not in asked]
    return sum(_is_asked(day, reason=reason, by=by, on=on) for day in due)


def _is_asked(day: ClosedDay, *, reason: str, by: User, on: date) -> bool:
    """What may not be asked keeps the fact from nobody: it is told as a closed day that differs."""
    try:
        ask_correction(day.programme, on_day=day.on, meaning=day.meaning, reason=reason, by=by, on=on)
    except Refused:
        return False
    return True


def _check_question(correction: Correction, *, by: User, on: date) -> None:
    programme, day = correction.programme, correction.on
    if by.home_centre_id != programme.participant.centre_id or not by.may("ask_correction", on=on):
        raise Refused("O korektę prosi pracownik socjalny, kadry albo dyrektor.")
    _check_day(correction, on=on)
    if not is_closed(programme, day):
        raise Refused("Ten dzień jest otwarty i nie trzeba korekty: wystarczy go oznaczyć.")
    if not correction.reason:
        raise Refused("Napisz, dlaczego ten dzień ma być zmieniony.", field="reason")
    refuse_invalid(correction)


def _check_day(correction: Correction, *, on: date) -> None:
    programme = correction.programme
    if problem := next(problems(_change(correction), programme, Terms(programme.participant.centre), on), None):
        raise Refused(f"{programme.participant}, {day_text(correction.on)}: {problem}.")


@transaction.atomic
def withdraw_correction(correction: Correction, *, by: User, on: date) -> Correction:
    """Whoever asked takes the question back, as long as nobody has decided."""
    correction = _held(correction)
    withdraw(correction, WORDS, by=by, on=on)
    record(correction, "correction_withdrawn", by=by, day=correction.on)
    return correction


@transaction.atomic
def decide_correction(correction: Correction, *, granted: bool, note: str, by: User, on: date) -> Correction:
    """Grant, and the day says at once what was asked for; or refuse, with a note that says why.

    Refused to the one who asked, unless the centre is led by one person, and when the day no longer stands as seen.
    """
    correction = _held(correction)
    refuse_decider(correction, "decide_attendance", WORDS, by=by, on=on)
    refuse_over(correction, WORDS)
    note = note.strip()
    if granted:
        _write(correction, on=on)
    else:
        say_no(note)
    correction.granted, correction.decided_by, correction.decided_on, correction.note = granted, by, on, note
    correction.save(update_fields=["granted", "decided_by", "decided_on", "note"])
    record(correction, "correction_granted" if granted else "correction_refused", by=by, day=correction.on)
    return correction


def _held(correction: Correction) -> Correction:
    """The programme first, as marks and closings do, then the request."""
    programme = locked(Programme.objects.filter(pk=correction.programme_id))[correction.programme_id]
    return held(correction, programme)


def _write(correction: Correction, *, on: date) -> None:
    """The mark is the asker's word, so it bears the asker's name; who allowed it stands in the correction."""
    _check_day(correction, on=on)
    change = _change(correction)
    codes = Terms(correction.programme.participant.centre).codes(correction.on)
    letters = {change.key: codes[correction.meaning].letters} if correction.meaning else {}
    with correcting():
        written = write([change], letters, by=correction.asked_by_id, rulings={change.key: _ruling(correction)})
    refuse_free_days([change] if written else [], {correction.programme_id: correction.programme})
    if not written:
        raise Refused(
            "W międzyczasie ten dzień się zmienił i nie stoi już tak, jak w prośbie. "
            "Odmów albo poproś o nową, jeżeli jest jeszcze potrzebna."
        )
    _give_back(correction, on=on)


def _give_back(correction: Correction, *, on: date) -> None:
    """A free day that has become something else counts no more."""
    if correction.meaning == Meaning.FREE_DAY:
        return
    days = LeaveDay.objects.granted().filter(programme=correction.programme_id, on=correction.on)
    ids = list(days.values_list("pk", flat=True))
    release = RELEASES.get(correction.meaning, LeaveDay.Release.CANCELLED)
    LeaveDay.objects.filter(pk__in=ids).update(released_on=on, release=release)


def _ruling(correction: Correction) -> Ruling:
    return Ruling(correction.meaning or None, False, Source.CORRECTION, "")


def _change(correction: Correction) -> Change:
    seen, meaning = correction.seen or None, correction.meaning or None
    cell = Cell(correction.programme_id, seen, meaning, seen_provisional=correction.seen_provisional)
    return Change(correction.on, cell)
