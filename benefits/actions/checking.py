"""What every act about money asks before it writes."""

from datetime import date

from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.errors import Refused
from participants.actions.checking import refuse_days


def refuse_without(by: User, right: str, centre: Centre, on: date, words: str) -> None:
    """Who is not of the centre's staff, or lacks the right that day."""
    if by.home_centre_id != centre.pk or not by.may(right, on=on):
        raise Refused(words)


def has_been(day: date, *, on: date, field: str) -> None:
    refuse_days(**{field: day})
    if day > on:
        raise Refused("Tego dnia jeszcze nie było.", field=field)
