"""The hours of classes that a group plans for its week."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from attendance.models import ClassHours
from attendance.models.groups import DAYS
from cistor.accounts.models import User
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from participants.models import Group

RIGHT = "set_groups"


@transaction.atomic
def set_hours(group: Group, *, start_on: date, hours: Mapping[str, Decimal], by: User, on: date) -> ClassHours:
    """From this day on the group plans so many hours; `hours` by the names of DAYS, each 0–12. What holds before that
    day stays as it was; of two plans from one day the later one holds.
    """
    group = Group.objects.select_for_update(no_key=True).get(pk=group.pk)
    if group.centre_id != by.home_centre_id or not by.may(RIGHT, on=on):
        raise Refused("Plan godzin wpisuje pracownik socjalny albo kierujący centrum.")
    refuse_days(start_on=start_on)
    if start_on < group.start_on:
        raise Refused(f"Grupa działa od {group.start_on:%d.%m.%Y}.", field="start_on")
    if not any(hours[day] for day in DAYS):
        raise Refused("Wpisz godziny przynajmniej jednego dnia.", field=DAYS[0])
    planned: dict[str, Any] = {day: hours[day] for day in DAYS}
    row = ClassHours(group=group, start_on=start_on, by=by, recorded_on=on, **planned)
    refuse_invalid(row)
    row.save(force_insert=True)
    record(row, "hours_set", by=by, start_on=start_on, **planned)
    return row
