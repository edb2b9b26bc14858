"""Which days of a settlement can cost something."""

from bisect import bisect_left, bisect_right
from datetime import date
from typing import NamedTuple

from benefits.rules.inputs import FREE_OF_COST, Inputs
from benefits.rules.rulebook import MAIN, TRIAL
from benefits.rules.stretches import Stretch
from cistor.dates import month_start

# Days of one kind under the terms of one stretch, in date order.
Found = list[tuple[Stretch, list[date]]]


class OverLimit(NamedTuple):
    """An unexcused day over its limit, and its place in the row that was counted."""

    day: date
    place: int
    stretch: Stretch


class Absences(NamedTuple):
    """The days by kind, and the unexcused ones over their limit."""

    by_kind: dict[str, Found]
    over_limit: list[OverLimit]


def absences(inputs: Inputs, stretches: list[Stretch]) -> Absences:
    """The days of a settlement that can cost something.

    Days outside the programme are ignored, and days without classes, but for sick ones that go by the calendar.
    """
    days = days_by_kind(inputs, stretches[-1].end_on)
    within, over = _sick(inputs, days["sick"], stretches)
    by_kind = {
        "unexcused": _found(days["unexcused"], stretches),
        "sick": within,
        "sick_over_limit": over,
        "excused": _found(days["excused"], stretches),
        "care": _found(days["care"], stretches),
    }
    return Absences(by_kind, _over_limit(days["unexcused"], stretches))


def days_by_kind(inputs: Inputs, last: date) -> dict[str, list[date]]:
    """The marks of the programme up to a day that count, by kind, in date order: limits reach back over its months."""
    first = inputs.programme.first_on
    marked: dict[str, list[date]] = {"unexcused": [], "sick": [], "excused": [], "care": []}
    for day, kind in inputs.marks.items():
        if kind not in FREE_OF_COST and first <= day <= last:
            marked[kind].append(day)
    class_days = inputs.rulebook.calendar.of_years(first.year, last.year)
    days = {kind: sorted(class_days.intersection(found)) if found else found for kind, found in marked.items()}
    days["sick"] = [day for day in sorted(marked["sick"]) if day in class_days or _by_calendar(inputs, day)]
    return days


def _by_calendar(inputs: Inputs, day: date) -> bool:
    return inputs.rulebook.settings_on(day).sick_day_unit == "calendar_days"


def _found(days: list[date], stretches: list[Stretch]) -> Found:
    """The days of each stretch that has any."""
    if not days:
        return []
    cut = [(stretch, days[slice(*_places(days, stretch))]) for stretch in stretches]
    return [(stretch, found) for stretch, found in cut if found]


def _places(days: list[date], stretch: Stretch) -> tuple[int, int]:
    return bisect_left(days, stretch.start_on), bisect_right(days, stretch.end_on)


def _sick(inputs: Inputs, days: list[date], stretches: list[Stretch]) -> tuple[Found, Found]:
    """The sick days within their limit and those over it: the later ones, whatever version the earlier fell under.

    The counter runs in date order over the scope of the day's version. Over the main period, days of the trial have no
    place in the row: they are neither counted nor limited.
    """
    within: Found = []
    over: Found = []
    if not days:
        return within, over
    main = inputs.programme.start_of(MAIN)
    before = {
        "programme": 0,
        "main_period": bisect_left(days, main) if main else 0,
        "settlement": bisect_left(days, stretches[0].start_on),
    }
    for stretch in stretches:
        first, end = _places(days, stretch)
        scope, limit = stretch.settings.sick_limit_scope, stretch.settings.sick_days_limit
        unlimited = scope == "main_period" and stretch.period == TRIAL
        turn = end if unlimited else min(max(before[scope] + limit, first), end)
        within += [(stretch, days[first:turn])] if turn > first else []
        over += [(stretch, days[turn:end])] if end > turn else []
    return within, over


def _over_limit(days: list[date], stretches: list[Stretch]) -> list[OverLimit]:
    """The unexcused days over the limit of their settlement or calendar month, by the version of the day.

    By the calendar month, days that another settlement pays for are counted too.
    """
    before = bisect_left(days, stretches[0].start_on)
    over: list[OverLimit] = []
    for stretch in stretches if len(days) > before else ():
        by_month = stretch.settings.unexcused_limit_scope == "calendar_month"
        for place in range(*_places(days, stretch)):
            since = bisect_left(days, month_start(days[place])) if by_month else before
            if place - since >= stretch.settings.unexcused_days_limit:
                over.append(OverLimit(days[place], place - since + 1, stretch))
    return over
