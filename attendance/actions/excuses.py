"""That one day counts as excused: asked for, or the director's own decision (S1 § 3 ust. 4 lit. e)."""

from datetime import date
from typing import NamedTuple

from django.db import transaction

from attendance.actions.corrections import Followed, corrections_for
from attendance.actions.holding import hold
from attendance.actions.settling import settle
from attendance.grid import HERE
from attendance.models import Day, Excuse, Source
from attendance.reading import origins
from attendance.reading.absences import RIGHT
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import Words, held, refuse_decider, refuse_over, say_no, withdraw
from participants.models import Programme

DECIDE = "decide_attendance"
INCIDENT = "Tego dnia osobę odsunięto od zajęć po incydencie."
WORDS = Words(
    decider="O usprawiedliwieniu rozstrzyga kierujący centrum albo osoba, która go tego dnia zastępuje.",
    own="O usprawiedliwieniu rozstrzyga ktoś inny niż osoba, która o nie poprosiła.",
    asker="Prośbę wycofuje ten, kto ją wpisał.",
    withdrawn="Ta prośba jest już wycofana.",
    decided="O tym usprawiedliwieniu rozstrzygnięto już {}.",
)


class Decided(NamedTuple):
    """The decision, and what became of its day."""

    excuse: Excuse
    followed: Followed = Followed()


@transaction.atomic
def ask_excuse(programme: Programme, *, day: date, reason: str, by: User, on: date) -> Excuse:
    """Ask that the day count as excused. Refused where the person was there, or where another fact has the day."""
    if not programme.participant.open_to(by, RIGHT, on=on):
        raise Refused("O usprawiedliwienie prosi prowadzący grupę, pracownik socjalny albo kierujący centrum.")
    excuse = _asked(programme, day=day, reason=reason, by=by, on=on)
    record(excuse, "excuse_asked", by=by, day=day)
    return excuse


@transaction.atomic
def excuse(programme: Programme, *, day: date, reason: str, by: User, on: date) -> Decided:
    """The director's own decision, which nobody has asked for."""
    if not programme.participant.open_to(by, DECIDE, on=on):
        raise Refused(WORDS.decider)
    return _decided(_asked(programme, day=day, reason=reason, by=by, on=on), granted=True, note="", by=by, on=on)


@transaction.atomic
def decide_excuse(excuse: Excuse, *, granted: bool, note: str, by: User, on: date) -> Decided:
    """Grant, and the day is excused at once, or refuse with a note; never by the one who asked, unless alone."""
    row = held(excuse, hold(excuse.programme))
    refuse_decider(row, DECIDE, WORDS, by=by, on=on)
    refuse_over(row, WORDS)
    if granted:
        refuse_day(row.programme, row.on, by=by, on=on)
    else:
        say_no(note)
    return _decided(row, granted=granted, note=note.strip(), by=by, on=on)


@transaction.atomic
def withdraw_excuse(excuse: Excuse, *, by: User, on: date) -> Excuse:
    """Whoever asked takes it back, as long as nobody has decided."""
    row = held(excuse, hold(excuse.programme))
    withdraw(row, WORDS, by=by, on=on)
    record(row, "excuse_withdrawn", by=by, day=row.on)
    return row


def refuse_day(programme: Programme, day: date, *, by: User, on: date) -> None:
    """Why this day cannot be excused, as far as the user may know; silent where it can."""
    if day > on:
        raise Refused("Tego dnia jeszcze nie było.")
    terms = Terms(programme.participant.centre)
    if not programme.stage_on(day) or not terms.is_class_day(day):
        raise Refused(f"{day_text(day)} ta osoba nie miała zajęć.")
    if Meaning.EXCUSED not in terms.codes(day):
        raise Refused(f"Regulamin z {day_text(day)} nie ma oznaczenia dnia usprawiedliwionego.")
    if Excuse.objects.granted().filter(programme=programme, on=day).exists():
        raise Refused(f"{day_text(day)} już usprawiedliwiono; zamknięty dzień zmienia korekta.")
    standing = Day.objects.filter(programme=programme, on=day).first()
    if standing and standing.meaning in HERE:
        raise Refused(f"{day_text(day)} ta osoba była na zajęciach.")
    if standing and standing.source == Source.SOBRIETY:
        why = INCIDENT if origins.knows(by, programme.participant, on=on) else "Ten dzień wynika z innego zapisu."
        raise Refused(f"{why} Tego się nie usprawiedliwia.")
    # Marked so by hand, the day has no decision yet.
    by_hand = standing and standing.meaning == Meaning.EXCUSED and standing.source == Source.HAND
    if standing and standing.meaning != Meaning.UNEXCUSED and not by_hand:
        raise Refused(f"{day_text(day)} ma już inne oznaczenie: {terms.name(day, standing.meaning)}.")


def _asked(programme: Programme, *, day: date, reason: str, by: User, on: date) -> Excuse:
    programme = hold(programme)
    refuse_day(programme, day, by=by, on=on)
    if not reason.strip():
        raise Refused("Napisz, co się stało.", field="reason")
    row = Excuse(programme=programme, on=day, reason=reason.strip(), asked_by=by, asked_on=on)
    refuse_invalid(row)
    row.save(force_insert=True)
    return row


def _decided(row: Excuse, *, granted: bool, note: str, by: User, on: date) -> Decided:
    row.granted, row.note, row.decided_by, row.decided_on = granted, note, by, on
    row.decided_for = by.acts_for(DECIDE, on=on)
    row.save(update_fields=["granted", "note", "decided_by", "decided_on", "decided_for"])
    record(row, "excuse_granted" if granted else "excuse_refused", by=by, day=row.on)
    return _settled(row, by=by, on=on) if granted else Decided(row)


def _settled(row: Excuse, *, by: User, on: date) -> Decided:
    centre = row.programme.participant.centre
    settled = settle([row.programme_id], row.on, row.on, centre=centre, by=by)
    reason = f"Usprawiedliwienie z {day_text(on)}."
    return Decided(row, corrections_for(settled, reason=reason, by=by, on=on, asker=row.asked_by))
