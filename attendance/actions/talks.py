"""On which day a talk may be set: after an absence and after an incident alike."""

from datetime import date

from cistor.dates import day_text
from cistor.errors import Refused
from participants.actions.checking import refuse_days
from participants.models import Programme


def refuse_talk_day(programme: Programme, day: date | None) -> None:
    """It is held while the person is in the programme; afterwards the duty would wait for nobody."""
    refuse_days(talk_on=day)
    if day and day > programme.last_on:
        last = day_text(programme.last_on)
        raise Refused(f"Ostatni dzień programu to {last}. Rozmowę wyznacz najpóźniej na ten dzień.", field="talk_on")
