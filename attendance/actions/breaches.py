"""Breaches of order, and the measures that follow a breach or an incident (S1 § 3 ust. 6 lit. d–e, § 5 ust. 3)."""

from datetime import date
from typing import Any

from django.db import transaction

from attendance.actions.incidents import held_for, refuse_day, refuse_measures
from attendance.documents.order import reprimand
from attendance.models import BreachEvent, Incident, MeasureTaken
from attendance.reading.order import breaches_in_force, measures_in_force
from cistor.accounts.models import User
from cistor.centres.models import Breach, Measure
from cistor.dates import day_text
from cistor.documents.actions import issue, working_copy
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import held
from participants.models import Programme

Kind = Measure.Kind
# A talk is open to whoever recorded it; a reprimand is the director's.
RIGHTS = {Kind.TALK: "record_incident", Kind.REPRIMAND: "decide_attendance"}
OTHERS = "prepare_programme"


@transaction.atomic
def record_breach(
    programme: Programme, *, breach: Breach | None = None, on_day: date, text: str, by: User, on: date
) -> BreachEvent:
    """Write down what was done against the order; under a letter where the regulations of that day have a list."""
    programme = held_for(programme, by=by, on=on)
    refuse_day(programme, on_day, on)
    listed = breaches_in_force(programme.participant.centre_id, on_day)
    if listed and breach not in listed:
        raise Refused("Wskaż punkt regulaminu obowiązującego tego dnia.", field="breach")
    row = BreachEvent(programme=programme, breach=breach if listed else None, on=on_day, text=text.strip())
    row.recorded_by, row.recorded_on = by, on
    refuse_invalid(row)
    row.save(force_insert=True)
    record(row, "breach_recorded", by=by, day=on_day)
    return row


@transaction.atomic
def withdraw_breach(event: BreachEvent, *, why: str = "", by: User, on: date) -> BreachEvent:
    """It was recorded by mistake; not while a measure stands on it. Once one was taken back, only the director does
    so, and says why, as with an incident: a reprimand stays among the documents."""
    row = _held_event(event, by=by, on=on)
    refuse_measures(row)
    if problem := refusal_of_withdrawal(row, by, on=on):
        raise Refused(problem)
    if has_papers(row) and not why.strip():
        raise Refused("Napisz, dlaczego wycofujesz naruszenie, po którym zastosowano już środek.", field="why")
    row.withdrawn_on, row.withdrawn_by = on, by
    row.save(update_fields=["withdrawn_on", "withdrawn_by"])
    reason: dict[str, Any] = {"why": why.strip()} if why.strip() else {}
    record(row, "breach_withdrawn", by=by, day=row.on, **reason)
    return row


def refusal_of_withdrawal(row: BreachEvent, user: User, *, on: date) -> str:
    """Why this user may not withdraw it, "" where they may; measures that stand aside."""
    if has_papers(row) and not row.programme.participant.open_to(user, RIGHTS[Kind.REPRIMAND], on=on):
        return "Zastosowano już środek: naruszenie wycofuje kierujący centrum albo osoba, która go tego dnia zastępuje."
    return ""


def has_papers(row: BreachEvent) -> bool:
    """A measure was taken, and taken back since."""
    return row.measures.exists()


@transaction.atomic
def take_measure(
    event: Incident | BreachEvent, *, kind: str, what: str = "", text: str = "", by: User, on: date
) -> MeasureTaken:
    """What follows, one of those the regulations of the day know; a reprimand is issued as a paper with its reasons,
    and with `what` it is for, in words for the person who gets it.

    It ends nothing and takes no bonus by itself: annex, bonus and termination have their own way. Twice only a talk.
    """
    row, text = _held_event(event, by=by, on=on), text.strip()
    source = _source(row, kind, by=by, on=on)
    if kind != Kind.TALK and not is_sure(row):
        raise Refused("Nie stwierdzono naruszenia: do wyniku badania możliwa jest tylko rozmowa.", field="kind")
    if kind != Kind.TALK and row.measures.filter(kind=kind, retraction=None).exists():
        raise Refused("Ten środek już zastosowano.", field="kind")
    if kind == Kind.REPRIMAND and not text:
        raise Refused("Nagana wymaga uzasadnienia.", field="text")
    of: dict[str, Any] = {"incident": row} if isinstance(row, Incident) else {"breach": row}
    measure = MeasureTaken(programme=row.programme, **of, kind=kind, source=source, text=text, taken_on=on, by=by)
    refuse_invalid(measure)
    if kind == Kind.REPRIMAND:
        measure.document = _reprimand(row, measure, what=what, by=by, on=on)
    measure.save(force_insert=True)
    record(measure, "measure_taken", by=by, kind=kind)
    return measure


def is_sure(row: Incident | BreachEvent) -> bool:
    """A refusal speaks for itself; of a test the register has a positive line, for a letter would say so."""
    if not isinstance(row, Incident) or row.outcome != Incident.Outcome.TESTED:
        return True
    return row.tests.filter(is_positive=True).exists()


def may_take(kind: str, user: User, *, on: date) -> bool:
    return user.may(RIGHTS.get(Kind(kind), OTHERS), on=on)


def _source(row: Incident | BreachEvent, kind: str, *, by: User, on: date) -> str:
    """As the regulations name the measure, "" where they have no list; a breach stands on its own point alone."""
    known = measures_in_force(row.programme.participant.centre_id, on)
    if kind not in known:
        raise Refused("Obowiązujący regulamin nie ma takiego środka.", field="kind")
    if not may_take(kind, by, on=on):
        raise Refused(
            "Ten środek stosuje kierujący centrum albo pracownik socjalny; naganę tylko kierujący centrum.",
            field="kind",
        )
    return known[kind].source if isinstance(row, Incident) else ""


def _reprimand(row: Incident | BreachEvent, measure: MeasureTaken, *, what: str, by: User, on: date) -> Document:
    person = row.programme.participant
    context = reprimand(row, what=what, text=measure.text, source=measure.source, by=by, on=on)
    return issue(kind="reprimand", centre=person.centre, participant=person, context=context, by=by, on=on)


def preview_of_reprimand(event: Incident | BreachEvent, *, what: str, text: str, by: User, on: date) -> bytes:
    """The letter as it would be given, without a number."""
    source = _source(event, Kind.REPRIMAND, by=by, on=on)
    context = reprimand(event, what=what, text=text.strip(), source=source, by=by, on=on)
    return working_copy(kind="reprimand", centre=event.programme.participant.centre, context=context, on=on)


def _held_event(event: Any, *, by: User, on: date) -> Any:
    row = held(event, held_for(event.programme, by=by, on=on))
    if row.withdrawn_on:
        raise Refused(f"Ten wpis wycofano {day_text(row.withdrawn_on)}.")
    return row
