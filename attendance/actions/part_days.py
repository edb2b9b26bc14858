"""A part of a day without the person: late by minutes, or let go early by who leads (S1 § 3 ust. 4 lit. a–b)."""

from datetime import date, time

from django.db import transaction

from attendance.actions.holding import hold
from attendance.actions.marks import mark
from attendance.cells import Cell
from attendance.grid import HERE
from attendance.models import Day, PartDay
from attendance.reading.absences import name_of
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import held
from participants.models import Programme

RIGHT = "mark_attendance"
LONGEST = 12 * 60
NOT_YOURS = (
    "Spóźnienia i zwolnienia z części zajęć wpisuje prowadzący grupę, pracownik socjalny albo kierujący centrum."
)


@transaction.atomic
def record_part_day(
    programme: Programme,
    *,
    day: date,
    kind: str,
    minutes: int | None = None,
    from_at: time | None = None,
    to_at: time | None = None,
    reason: str = "",
    agreed: bool | None = None,
    marks_late: bool = False,
    by: User,
    on: date,
) -> PartDay:
    """Write down the minutes of a lateness, or a request to go early from an hour to an hour.

    The request may be of a day to come, and carry the answer of who leads; its minutes follow from the hours.

    The mark of the day and the benefit stay as they are, unless `marks_late` asks for the mark of a lateness, which is
    then refused where a mark is. Refused on a day without classes of the person.
    """
    if kind == PartDay.Kind.LATE:
        from_at = to_at = None
    row = PartDay(
        programme=_of(programme, by=by, on=on),
        on=day,
        kind=kind,
        minutes=_minutes(kind, minutes, from_at, to_at),
        from_at=from_at,
        to_at=to_at,
        reason=reason.strip(),
        agreed=agreed if kind == PartDay.Kind.EARLY else None,
        by=by,
        recorded_on=on,
    )
    row.agreed_by = by if row.agreed is not None else None
    _check(row, on=on)
    row.save(force_insert=True)
    record(row, "part_day_recorded", by=by, day=day, kind=kind, minutes=row.minutes)
    if marks_late:
        _mark_late(row, by=by, on=on)
    return row


def _mark_late(row: PartDay, *, by: User, on: date) -> None:
    """The list says it too; its programme is held, so what is read here still stands when it is written."""
    standing = Day.objects.filter(programme=row.programme, on=row.on).first()
    seen = (standing.meaning, standing.provisional) if standing else (None, False)
    cell = Cell(row.programme_id, seen[0], Meaning.LATE.value, seen_provisional=seen[1])
    if mark(centre=row.programme.participant.centre, on_day=row.on, cells=[cell], by=by, on=on):
        raise Refused("Ten dzień wynika z innego zapisu, więc lista nie może mówić o spóźnieniu.", field="mark")


@transaction.atomic
def agree_part_day(row: PartDay, *, agreed: bool, by: User, on: date) -> PartDay:
    """Who leads lets the person go early, or does not; said once."""
    row = _held(row, by=by, on=on)
    if row.kind != PartDay.Kind.EARLY:
        raise Refused("Spóźnienie nie wymaga zgody.")
    if row.agreed is not None:
        raise Refused("Na tę prośbę już odpowiedziano.")
    row.agreed, row.agreed_by = agreed, by
    row.save(update_fields=["agreed", "agreed_by"])
    record(row, "part_day_agreed" if agreed else "part_day_refused", by=by, day=row.on)
    return row


@transaction.atomic
def remove_part_day(row: PartDay, *, by: User, on: date) -> PartDay:
    """Written by mistake."""
    row = _held(row, by=by, on=on)
    row.removed_on = on
    row.save(update_fields=["removed_on"])
    record(row, "part_day_removed", by=by, day=row.on)
    return row


def _minutes(kind: str, minutes: int | None, from_at: time | None, to_at: time | None) -> int:
    """Lateness is told in minutes, leaving early in hours."""
    if kind == PartDay.Kind.LATE:
        if minutes is None:
            raise Refused("Podaj, ile minut osoba się spóźniła.", field="minutes")
        return minutes
    if not from_at or not to_at:
        raise Refused("Podaj, od której i do której godziny.", field="to_at" if from_at else "from_at")
    if to_at <= from_at:
        raise Refused("Godzina końca musi być późniejsza niż godzina początku.", field="to_at")
    found = (to_at.hour - from_at.hour) * 60 + to_at.minute - from_at.minute
    if found > LONGEST:
        raise Refused("To więcej niż 12 godzin. Sprawdź godziny.", field="to_at")
    return found


def _check(row: PartDay, *, on: date) -> None:
    if row.kind == PartDay.Kind.LATE and row.on > on:
        raise Refused("Tego dnia jeszcze nie było.", field="day")
    if row.kind == PartDay.Kind.EARLY and not row.reason:
        raise Refused("Napisz, dlaczego osoba prosi o zwolnienie.", field="reason")
    terms = Terms(row.programme.participant.centre)
    if not row.programme.stage_on(row.on) or not terms.is_class_day(row.on):
        raise Refused(f"{day_text(row.on)} ta osoba nie ma zajęć.", field="day")
    same = PartDay.objects.filter(programme=row.programme, on=row.on, kind=row.kind, removed_on=None)
    if known := same.first():
        raise Refused(
            f"Ten dzień ma już taki wpis: {known.minutes} min, {known.by}, {day_text(known.recorded_on)}.", field="day"
        )
    standing = Day.objects.filter(programme=row.programme, on=row.on).first()
    if standing and standing.meaning not in HERE:
        raise Refused(f"{day_text(row.on)} osoby nie było: {name_of(standing, terms)}.", field="day")
    refuse_invalid(row)


def _of(programme: Programme, *, by: User, on: date) -> Programme:
    if not programme.participant.open_to(by, RIGHT, on=on):
        raise Refused(NOT_YOURS)
    return hold(programme)


def _held(row: PartDay, *, by: User, on: date) -> PartDay:
    fresh = held(row, _of(row.programme, by=by, on=on))
    if fresh.removed_on:
        raise Refused(f"Ten wpis usunięto {day_text(fresh.removed_on)}.")
    return fresh
