"""Which days of a settlement can cost something."""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from benefits.rules.inputs import FREE_OF_COST, Inputs
from benefits.rules.programme import PaidSpan
from benefits.rules.rulebook import MAIN
from cistor.dates import month_start


class OverLimit(NamedTuple):
    """An unexcused day over its limit: its place in the row, and the row it was counted in."""

    day: date
    place: int
    limit: int
    scope: str


class Absences(NamedTuple):
    """The days by kind, each in date order, and the unexcused ones over their limit."""

    by_kind: dict[str, list[date]]
    over_limit: list[OverLimit]


def absences(inputs: Inputs, span: PaidSpan) -> Absences:
    """The days of a span that can cost something.

    Days outside the programme are ignored, and days without classes, but for sick ones that go by the calendar.
    """
    days = _days(inputs, span)
    start = span.covered.start_on
    within, over = _sick(inputs, days["sick"], start)
    by_kind = {
        "unexcused": _since(days["unexcused"], start),
        "sick": within,
        "sick_over_limit": over,
        "excused": _since(days["excused"], start),
        "care": _since(days["care"], start),
    }
    return Absences(by_kind, list(_over_limit(inputs, days["unexcused"], start)))


def _days(inputs: Inputs, span: PaidSpan) -> dict[str, list[date]]:
    """The marks of the programme up to the span's end that count, by kind, in date order."""
    first, last = inputs.programme.first_on, span.covered.end_on
    marked: dict[str, list[date]] = {"unexcused": [], "sick": [], "excused": [], "care": []}
    for day, kind in inputs.marks.items():
        if kind not in FREE_OF_COST and first <= day <= last:
            marked[kind].append(day)
    class_days = inputs.rulebook.calendar.of_years(first.year, last.year)
    days = {kind: sorted(class_days.intersection(found)) for kind, found in marked.items()}
    days["sick"] = [day for day in sorted(marked["sick"]) if day in class_days or _by_calendar(inputs, day)]
    return days


def _by_calendar(inputs: Inputs, day: date) -> bool:
    return inputs.rulebook.settings_on(day).sick_day_unit == "calendar_days"


def _since(days: list[date], start: date) -> list[date]:
    return days[bisect_left(days, start) :]


def _sick(inputs: Inputs, days: list[date], start: date) -> tuple[list[date], list[date]]:
    """The sick days from `start` on, within the limit and over it.

    The counter runs in date order over the scope that the version of the day gives. Over the main period, days of the
    trial have no place in the row: they are neither counted nor limited.
    """
    within: list[date] = []
    over: list[date] = []
    first = bisect_left(days, start)
    main = inputs.programme.start_of(MAIN)
    in_trial = bisect_left(days, main) if main else len(days)
    before = {"programme": 0, "main_period": in_trial, "settlement": first}
    for place, day in enumerate(days[first:], first + 1):
        settings = inputs.rulebook.settings_on(day)
        limited = place - before[settings.sick_limit_scope] > settings.sick_days_limit
        (over if limited else within).append(day)
    return within, over


def _over_limit(inputs: Inputs, days: list[date], start: date) -> Iterator[OverLimit]:
    """The unexcused days from `start` on over the limit of their settlement or month, by the version of the day.

    By the calendar month, days that another settlement pays for are counted too.
    """
    first = bisect_left(days, start)
    for place, day in enumerate(days[first:], first + 1):
        settings = inputs.rulebook.settings_on(day)
        by_month = settings.unexcused_limit_scope == "calendar_month"
        place -= bisect_left(days, month_start(day)) if by_month else first
        if place > settings.unexcused_days_limit:
            yield OverLimit(day, place, settings.unexcused_days_limit, settings.unexcused_limit_scope)
