"""On which day a talk may be set: after an absence and after an incident alike."""

from datetime import date, timedelta

from cistor.dates import day_text
from cistor.errors import Refused
from participants.actions.checking import refuse_days
from participants.models import Programme

# A trial without a decision may become a programme of twelve months.
TWELVE_MONTHS = timedelta(days=365)


def last_day(programme: Programme) -> date:
    return programme.start_on + TWELVE_MONTHS if programme.passing_from else programme.last_on


def refuse_talk_day(programme: Programme, day: date | None) -> None:
    """It is held while the person is in the programme; afterwards the duty would wait for nobody."""
    refuse_days(talk_on=day)
    if day and day > (last := last_day(programme)):
        raise Refused(f"Rozmowę wyznacz w czasie programu, najpóźniej na {day_text(last)}.", field="talk_on")
