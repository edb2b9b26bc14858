"""Deadlines: one shape for all of them, and the six ways a term is counted. Pure."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Literal

from cistor.dates import (
    NO_DAYS,
    Days,
    add_calendar_days,
    add_working_days,
    month_end,
    months_later,
    moved_on,
    next_month,
)

State = Literal["open", "due_soon", "overdue", "met", "void"]

SOON = 3  # days ahead in which a deadline counts as due soon, unless it says otherwise itself
LONGEST = 3660  # ten years: more is a slip of the keyboard


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """A term computed from facts. Without `due_on` it only has an age; `due_at` adds the hour (10:00 that day)."""

    kind: str
    centre: int
    role: str
    starts_on: date
    due_on: date | None = None
    due_at: datetime | None = None
    about: str = ""
    url: str = ""
    source: str = ""
    met_on: date | None = None
    proof: str = ""
    void: str = ""
    # What somebody wrote about how it was met, or why it need not be: shown to those alone who write and sign letters.
    words: str = ""
    # Ids of whom it concerns, of the office that it ties, and of the letter that meets it.
    participant: int | None = None
    programme: int | None = None
    case: int | None = None
    office: int | None = None
    letter: int | None = None
    # How many days ahead it is due soon; what is to be done next; how far it has climbed: 1 the team, 2 the director.
    soon: int = SOON
    step: str = ""
    climbed: int = 0

    def state(self, on: date) -> State:
        """Due today is not overdue. A void deadline carries its reason, a met one its day and proof."""
        if self.void:
            return "void"
        if self.met_on:
            return "met"
        if self.due_on is None or self.due_on > on + timedelta(days=self.soon):
            return "open"
        return "overdue" if self.due_on < on else "due_soon"

    def age(self, on: date) -> int:
        """Days since it began."""
        return (on - self.starts_on).days


def _never_shifted(event: date, length: int, one_off: Days) -> date:
    return event + timedelta(days=length)


def _months_day_before(event: date, length: int, one_off: Days) -> date:
    return months_later(event, length, "day_before")


def _months_same_day(event: date, length: int, one_off: Days) -> date:
    return months_later(event, length, "same_day")


def _day_of_next_month(event: date, length: int, one_off: Days) -> date:
    """The day `length` of the month after the event, at most its last one; on a day off it moves on."""
    last = month_end(next_month(event))
    return moved_on(last.replace(day=min(length, last.day)), one_off)


COUNTING: dict[str, Callable[[date, int, Days], date]] = {
    "working_days": add_working_days,
    "calendar_days": add_calendar_days,
    "never_shifted": _never_shifted,
    "months_day_before": _months_day_before,
    "months_same_day": _months_same_day,
    "day_of_month": _day_of_next_month,
}


def due(kind: str, event_on: date, length: int, one_off: Days = NO_DAYS) -> date:
    """The last day of a term of `length` days or months that began with an event; ValueError with a Polish message."""
    if kind not in COUNTING:
        raise ValueError(f"Nieznany rodzaj terminu: {kind!r}.")
    if not 0 <= length <= LONGEST:
        raise ValueError(f"Długość terminu musi być liczbą od 0 do {LONGEST}, a jest: {length}.")
    try:
        return COUNTING[kind](event_on, length, one_off)
    except (OverflowError, ValueError) as error:
        raise ValueError("Termin wychodzi poza kalendarz.") from error
