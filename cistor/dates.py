"""Polish days: holidays, working days, terms, month spans, and how a date is said. Pure: nothing here reads a clock.

A one-off holiday (2018-11-12) is data: it is handed in as a set. A centre's own closed days never move a term.
"""

from calendar import monthrange
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Literal

MonthRule = Literal["day_before", "same_day"]
Days = frozenset[date]

NO_DAYS: Days = frozenset()
ONE_DAY = timedelta(days=1)
SATURDAY = 5

# Days off -------------------------------------------------------------------------------------------------------------


@cache
def holiday_names(year: int) -> dict[date, str]:
    """The statutory public holidays of a year with their Polish names, 24 December among them since 2025."""
    from holidays.countries import Poland  # a third of a second: paid by the first question only

    return dict(Poland(years=year, language="pl"))


@cache
def holidays_of(year: int) -> Days:
    return frozenset(holiday_names(year))


def is_working_day(day: date, one_off: Days = NO_DAYS) -> bool:
    """Monday to Friday, no public holiday."""
    return day.weekday() < SATURDAY and day not in holidays_of(day.year) and day not in one_off


def moved_on(day: date, one_off: Days = NO_DAYS) -> date:
    """The day itself, or the first working day after it."""
    while not is_working_day(day, one_off):
        day += ONE_DAY
    return day


def moved_back(day: date, one_off: Days = NO_DAYS) -> date:
    """The day itself, or the last working day before it."""
    while not is_working_day(day, one_off):
        day -= ONE_DAY
    return day


# Terms; the day of the event is never counted -------------------------------------------------------------------------


def add_working_days(event: date, count: int, one_off: Days = NO_DAYS) -> date:
    """The last of `count` working days after the event."""
    day = event
    for _ in range(count):
        day = moved_on(day + ONE_DAY, one_off)
    return day


def add_calendar_days(event: date, count: int, one_off: Days = NO_DAYS) -> date:
    """A term in calendar days; one that ends on a Saturday, Sunday or holiday moves on (KPA art. 57 § 4)."""
    return moved_on(event + timedelta(days=count), one_off)


def months_later(first: date, months: int, rule: MonthRule) -> date:
    """The last day of a period of whole months from its first day.

    The date with the same number in the target month (`same_day`) or the day before it (`day_before`); where that month
    has no such date, its last day under both rules.
    """
    years, month = divmod(first.month - 1 + months, 12)
    year, month = first.year + years, month + 1
    length = monthrange(year, month)[1]
    if first.day > length:
        return date(year, month, length)
    same = date(year, month, first.day)
    return same - ONE_DAY if rule == "day_before" else same


# Spans; both days included --------------------------------------------------------------------------------------------


def month_start(day: date) -> date:
    return day.replace(day=1)


def month_end(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


def next_month(day: date) -> date:
    """The first day of the month after."""
    return month_end(day) + ONE_DAY


def months(start: date, end: date) -> Iterator[date]:
    """The first day of every month that the span touches; none when it ends before it starts."""
    month = month_start(start) if start <= end else next_month(end)
    while month <= end:
        yield month
        month = next_month(month)


def length(start: date, end: date) -> int:
    """Days from `start` to `end`, both counted; 0 when there are none."""
    return max((end - start).days + 1, 0)


@lru_cache(maxsize=4096)
def days_between(start: date, end: date) -> tuple[date, ...]:
    """Every day of the span, both ends included."""
    return tuple(start + timedelta(days=n) for n in range(length(start, end)))


# Class days -----------------------------------------------------------------------------------------------------------


def class_days(start: date, end: date, closed: Days = NO_DAYS, extra: Days = NO_DAYS, one_off: Days = NO_DAYS) -> Days:
    """The class days of a span: working days that the centre has not closed, and its extra ones (Saturdays).

    A day that is both closed and extra has classes: somebody added them to that very day.
    """
    found: set[date] = set()
    for month in months(start, end):
        found |= _class_days_of_month(month, closed, extra, one_off)
    return frozenset(day for day in found if start <= day <= end)


@lru_cache(maxsize=4096)
def _class_days_of_month(month: date, closed: Days, extra: Days, one_off: Days) -> Days:
    return frozenset(
        day
        for day in days_between(month, month_end(month))
        if day in extra or (day not in closed and is_working_day(day, one_off))
    )


# Wording --------------------------------------------------------------------------------------------------------------

WEEKDAYS = ("poniedziałek", "wtorek", "środa", "czwartek", "piątek", "sobota", "niedziela")
# "lipiec" stands alone; "lipca" follows a day's number.
MONTHS = (
    "styczeń",
    "luty",
    "marzec",
    "kwiecień",
    "maj",
    "czerwiec",
    "lipiec",
    "sierpień",
    "wrzesień",
    "październik",
    "listopad",
    "grudzień",
)
MONTHS_OF = (
    "stycznia",
    "lutego",
    "marca",
    "kwietnia",
    "maja",
    "czerwca",
    "lipca",
    "sierpnia",
    "września",
    "października",
    "listopada",
    "grudnia",
)
# "w lipcu" follows a preposition.
MONTHS_IN = (
    "styczniu",
    "lutym",
    "marcu",
    "kwietniu",
    "maju",
    "czerwcu",
    "lipcu",
    "sierpniu",
    "wrześniu",
    "październiku",
    "listopadzie",
    "grudniu",
)


def day_text(day: date) -> str:
    """As in "21 listopada 2026"."""
    return f"{day.day} {MONTHS_OF[day.month - 1]} {day.year}"


def weekday_text(day: date) -> str:
    """As in "sobota, 21 listopada 2026"."""
    return f"{WEEKDAYS[day.weekday()]}, {day_text(day)}"


def month_text(day: date) -> str:
    """As in "lipiec 2026"."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def in_month_text(day: date, *, with_year: bool = False) -> str:
    """As in "w lipcu", "we wrześniu 2026"."""
    name = MONTHS_IN[day.month - 1]
    return f"{'we' if name.startswith('wrz') else 'w'} {name}{f' {day.year}' if with_year else ''}"


def day_count(count: int) -> str:
    """One is "1 dzień", any other number "2 dni"."""
    return f"{count} dzień" if count == 1 else f"{count} dni"


def span_text(start: date, end: date) -> str:
    """What both days share is said once: "18–30 czerwca 2026", "18 maja – 17 czerwca 2026", "2 lipca 2026"."""
    if start == end:
        return day_text(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day_text(end)}"
    if start.year == end.year:
        return f"{start.day} {MONTHS_OF[start.month - 1]} – {day_text(end)}"
    return f"{day_text(start)} – {day_text(end)}"


def days_text(days: Iterable[date]) -> str:
    """In date order, three neighbours or more as a range: "6 i 9 października", "29 i 30 czerwca, 1–3 lipca".

    The year is said only when the days lie in more than one.
    """
    ordered = sorted(days)
    if len(ordered) == 1:
        return _days_of_month(ordered, with_year=False)
    with_year = bool(ordered) and ordered[0].year != ordered[-1].year
    months = (list(days) for _, days in groupby(ordered, key=attrgetter("year", "month")))
    return ", ".join(_days_of_month(days, with_year) for days in months)


def joined(parts: Sequence[str]) -> str:
    """Commas, and "i" before the last: "a, b i c"."""
    return " i ".join((", ".join(parts[:-1]), parts[-1])) if len(parts) > 1 else "".join(parts)


def _days_of_month(days: list[date], with_year: bool) -> str:
    parts: list[str] = []
    for first, last in _runs(days):
        parts += [f"{first}–{last}"] if last - first > 1 else [str(day) for day in range(first, last + 1)]
    name = MONTHS_OF[days[0].month - 1]
    return f"{joined(parts)} {name} {days[0].year}" if with_year else f"{joined(parts)} {name}"


def _runs(days: list[date]) -> list[tuple[int, int]]:
    """Neighbouring days of a month, by their first and last numbers."""
    runs: list[tuple[int, int]] = []
    for number in [day.day for day in days]:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    return runs
