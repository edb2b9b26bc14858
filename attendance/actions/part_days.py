"""A part of a day without the person: late by minutes, or let go early by who leads (S1 § 3 ust. 4 lit. a–b)."""

from datetime import date

from django.db import transaction

from attendance.actions.marks import locked
from attendance.models import Day, PartDay
from attendance.reading.absences import HERE
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.actions.checking import refuse_invalid
from participants.models import Programme

RIGHT = "mark_attendance"
NOT_YOURS = "Spóźnienia i zwolnienia z części zajęć wpisuje prowadzący grupę, pracownik socjalny albo dyrektor."


@transaction.atomic
def record_part_day(
    programme: Programme,
    *,
    day: date,
    kind: str,
    minutes: int,
    reason: str = "",
    agreed: bool | None = None,
    by: User,
    on: date,
) -> PartDay:
    """Write down minutes; a request to go early, also of a day to come, may carry the answer of who leads.

    The mark of the day and the benefit stay as they are. Refused on a day without classes of the person.
    """
    row = PartDay(
        programme=_of(programme, by=by, on=on),
        on=day,
        kind=kind,
        minutes=minutes,
        reason=reason.strip(),
        agreed=agreed if kind == PartDay.Kind.EARLY else None,
        by=by,
        recorded_on=on,
    )
    row.agreed_by = by if row.agreed is not None else None
    _check(row, on=on)
    row.save(force_insert=True)
    record(row, "part_day_recorded", by=by, day=day, kind=kind, minutes=minutes)
    return row


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


def _check(row: PartDay, *, on: date) -> None:
    if row.kind == PartDay.Kind.LATE and row.on > on:
        raise Refused("Tego dnia jeszcze nie było.", field="day")
    if row.kind == PartDay.Kind.EARLY and not row.reason:
        raise Refused("Napisz, dlaczego osoba prosi o zwolnienie.", field="reason")
    if not row.programme.stage_on(row.on) or not Terms(row.programme.participant.centre).is_class_day(row.on):
        raise Refused(f"{day_text(row.on)} ta osoba nie ma zajęć.", field="day")
    standing = Day.objects.filter(programme=row.programme, on=row.on).first()
    if standing and standing.meaning not in HERE:
        raise Refused(f"{day_text(row.on)} osoby nie było: {standing.get_meaning_display()}.", field="day")
    refuse_invalid(row)


def _of(programme: Programme, *, by: User, on: date) -> Programme:
    if not programme.participant.open_to(by, RIGHT, on=on):
        raise Refused(NOT_YOURS)
    # An erasure waits for the person too.
    people.locked(programme.participant)
    return locked(Programme.objects.filter(pk=programme.pk))[programme.pk]


def _held(row: PartDay, *, by: User, on: date) -> PartDay:
    programme = _of(row.programme, by=by, on=on)
    fresh = PartDay.objects.select_for_update(of=("self",), no_key=True).get(pk=row.pk)
    fresh.programme = programme
    if fresh.removed_on:
        raise Refused(f"Ten wpis usunięto {day_text(fresh.removed_on)}.")
    return fresh
