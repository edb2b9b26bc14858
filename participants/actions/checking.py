"""How the acts of this room refuse what the checks and the database do not accept."""

from collections.abc import Collection, Mapping
from datetime import date

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models

from cistor.errors import Refused
from participants import checks


def refuse_first(problems: Mapping[str, str]) -> None:
    for field, message in problems.items():
        raise Refused(message, field=field)


def refuse_days(**days: date | None) -> None:
    """Days that no calendar of ours reaches; the keyword is the field."""
    refuse_first({field: checks.day(day) for field, day in days.items() if day and checks.day(day)})


def refuse_invalid(obj: models.Model, *, but: Collection[str] = ()) -> None:
    """Ask the model and the database's constraints before they are violated; `but`: fields that a later act fills."""
    start_on, end_on = vars(obj).get("start_on"), vars(obj).get("end_on")
    # PostgreSQL cannot even build such a range, so the constraint that would say it never gets to speak.
    if start_on and end_on and end_on < start_on:
        raise Refused(f"Ostatni dzień nie może być wcześniejszy niż pierwszy ({start_on:%d.%m.%Y}).", field="end_on")
    try:
        obj.full_clean(exclude=but)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise Refused(messages[0], field=None if field == NON_FIELD_ERRORS else field) from error
