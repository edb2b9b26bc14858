"""What the schedule of the letters did, day by day; a day on which it did not run is named."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from cistor.dates import ONE_DAY, days_between
from cistor.notices.models import Run

# By the clock of the centre; the letters of a day are prepared at six.
READY_AT = 7
NOTABLE = Q(is_daily=True) | Q(prepared__gt=0) | Q(joined__gt=0) | Q(reminded__gt=0) | Q(failed__gt=0) | ~Q(failure="")


@dataclass
class Day:
    """`runs`: the daily ones, and those that did something or failed; `quiet`: how many more came after acts."""

    on: date
    is_missed: bool
    runs: list[Run] = field(default_factory=list)
    quiet: int = 0


def owed_on(on: date) -> date:
    """The day whose daily run must be there by now: early in the morning still yesterday's."""
    return on if timezone.localtime().hour >= READY_AT else on - ONE_DAY


def days(rows: QuerySet[Run], on: date) -> list[Day]:
    """Those with a run, and those that should have had one since the first daily run; the newest first."""
    found = set(rows.order_by().values_list("on", "is_daily").distinct())
    daily, last = {day for day, is_daily in found if is_daily}, owed_on(on)
    owed = set(days_between(min(daily), last)) if daily and min(daily) <= last else set()
    missed = owed - daily
    return [Day(day, day in missed) for day in sorted({day for day, _ in found} | owed, reverse=True)]


def filled(rows: QuerySet[Run], shown: Iterable[Day]) -> list[Day]:
    """With their runs, in one query."""
    by_day = {day.on: day for day in shown}
    for row in rows.filter(on__in=by_day).annotate(is_notable=NOTABLE):
        if row.is_notable:
            by_day[row.on].runs.append(row)
        else:
            by_day[row.on].quiet += 1
    return list(by_day.values())
