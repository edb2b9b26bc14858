"""What was written by mistake is taken back: it stays to be read, crossed out, and counts no more."""

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction

from attendance.actions.corrections import Followed, corrections_for
from attendance.actions.holding import hold
from attendance.actions.notes import VISIT
from attendance.actions.settling import settle
from attendance.models import Accident, Contact, Excuse, MeasureTaken, Retraction, SickCheck
from attendance.reading.retractions import DECIDE, may_retract
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.actions.checking import refuse_invalid
from participants.models import Participant, Programme

Row = Contact | SickCheck | Accident | MeasureTaken | Excuse


class Kind(NamedTuple):
    """One kind of row: the right that reaches it, whose word it is (None: the director's), and who takes it back."""

    model: Any
    right: str
    author: Callable[[Any], int] | None
    who: str


KINDS = {
    "contact": Kind(
        Contact, "record_contact", lambda row: row.by_id, "Rozmowę wycofuje ten, kto ją wpisał, albo kierujący centrum."
    ),
    "visit": Kind(
        SickCheck, VISIT, lambda row: row.by_id, "Kontrolę wycofuje ten, kto ją wpisał, albo kierujący centrum."
    ),
    "accident": Kind(
        Accident,
        "record_incident",
        lambda row: row.recorded_by_id,
        "Wypadek wycofuje ten, kto go wpisał, albo kierujący centrum.",
    ),
    "measure": Kind(
        MeasureTaken, DECIDE, None, "Środek wycofuje kierujący centrum albo osoba, która go tego dnia zastępuje."
    ),
    "excuse": Kind(
        Excuse, DECIDE, None, "Usprawiedliwienie wycofuje kierujący centrum albo osoba, która go tego dnia zastępuje."
    ),
}


class Retracted(NamedTuple):
    """The taking back, and what became of the day of an excuse."""

    retraction: Retraction
    followed: Followed = Followed()


@transaction.atomic
def retract(row: Row, *, why: str, by: User, on: date) -> Retracted:
    """Take back a talk, a visit, an accident, a measure or a granted excuse, once and with a reason.

    A paper issued on it stays among the documents. The day of an excuse is again what the other facts and the mark
    say; of a closed day a correction is asked for.
    """
    kind = kind_of(row)
    _refuse_user(row, by=by, on=on)
    if programme := about(row):
        programme = hold(programme)
    else:
        people.locked(whose(row))
    row = KINDS[kind].model.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    _refuse_state(row)
    if not why.strip():
        raise Refused("Napisz, dlaczego to wycofujesz.", field="why")
    of: dict[str, Any] = {kind: row}
    found = Retraction(participant=whose(row), **of, why=why.strip(), by=by, retracted_on=on)
    refuse_invalid(found)
    found.save(force_insert=True)
    record(row, "entry_retracted", by=by)
    if programme and isinstance(row, Excuse):
        return _settled(found, programme, row, by=by, on=on)
    return Retracted(found)


def kind_of(row: Row) -> str:
    return next(kind for kind, known in KINDS.items() if isinstance(row, known.model))


def about(row: Row) -> Programme | None:
    """The programme; a talk has one where it was about an absence or an incident."""
    if isinstance(row, Contact):
        of = row.absence or row.incident
        return of.programme if of else None
    return row.sick_note.programme if isinstance(row, SickCheck) else row.programme


def whose(row: Row) -> Participant:
    if isinstance(row, Contact):
        return row.participant
    return row.sick_note.programme.participant if isinstance(row, SickCheck) else row.programme.participant


def obstacle(row: Row, *, by: User, on: date) -> str:
    """Why this user may not take it back today; "" where nothing stands against it."""
    try:
        _refuse_user(row, by=by, on=on)
        _refuse_state(row)
    except Refused as refusal:
        return refusal.message
    return ""


def _refuse_user(row: Row, *, by: User, on: date) -> None:
    known, participant = KINDS[kind_of(row)], whose(row)
    if participant.erased_on:
        raise Refused(f"Dane tej osoby usunięto {participant.erased_on:%d.%m.%Y}.")
    author = known.author(row) if known.author else None
    if not may_retract(participant, by, right=known.right, author=author, on=on):
        raise Refused(known.who)


def _refuse_state(row: Row) -> None:
    if found := Retraction.objects.filter(**{kind_of(row): row}).first():
        raise Refused(f"To już wycofano {day_text(found.retracted_on)}.")
    if isinstance(row, Excuse) and not row.granted:
        raise Refused("Wycofuje się usprawiedliwienie, które przyznano.")


def _settled(found: Retraction, programme: Programme, row: Excuse, *, by: User, on: date) -> Retracted:
    settled = settle([programme.pk], row.on, row.on, centre=programme.participant.centre, by=by)
    reason = f"Wycofano usprawiedliwienie tego dnia, {day_text(on)}."
    return Retracted(found, corrections_for(settled, reason=reason, by=by, on=on))
