from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre, ClosedDay, ExtraClassDay
from cistor.dates import day_text, is_working_day
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def close_day(*, centre: Centre, on_day: date, reason: str, by: User, on: date) -> ClosedDay:
    """No classes that day. Days of the past stay as they were worked."""
    _only_from_today(on_day, on)
    if (
        not is_working_day(on_day, one_off_holidays())
        and not ExtraClassDay.objects.filter(centre=centre, on=on_day).exists()
    ):
        raise Refused(f"{day_text(on_day)} i tak nie ma zajęć.", field="on")
    day = ClosedDay(centre=centre, on=on_day, reason=reason)
    day.full_clean()
    day.save()
    record(day, "day_closed", by=by, day=on_day, reason=reason)
    return day


@transaction.atomic
def reopen_day(day: ClosedDay, *, by: User, on: date) -> None:
    _only_from_today(day.on, on)
    record(day, "day_reopened", by=by, day=day.on)
    day.delete()


@transaction.atomic
def add_extra_class_day(*, centre: Centre, on_day: date, reason: str, by: User, on: date) -> ExtraClassDay:
    """A day off with classes."""
    _only_from_today(on_day, on)
    if is_working_day(on_day, one_off_holidays()):
        raise Refused(f"{day_text(on_day)} jest zwykłym dniem zajęć.", field="on")
    day = ExtraClassDay(centre=centre, on=on_day, reason=reason)
    day.full_clean()
    day.save()
    record(day, "extra_day_added", by=by, day=on_day, reason=reason)
    return day


@transaction.atomic
def remove_extra_class_day(day: ExtraClassDay, *, by: User, on: date) -> None:
    _only_from_today(day.on, on)
    record(day, "extra_day_removed", by=by, day=day.on)
    day.delete()


def _only_from_today(on_day: date, on: date) -> None:
    # A day already worked would change what was marked, and what was paid for it.
    if on_day < on:
        raise Refused("Kalendarz zmienia się od dziś naprzód: minione dni są już oznaczone i rozliczone.", field="on")
