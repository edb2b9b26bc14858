"""The days a plan speaks of, counted back from the day of the run."""

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from cistor.dates import SATURDAY, class_days, is_working_day, month_end, months_later


@dataclass
class Timeline:
    """`today` is the day of the run; month 0 is the running one, month 1 the one before it."""

    today: date
    closed: dict[date, str] = field(default_factory=dict)
    extra: dict[date, str] = field(default_factory=dict)

    def month(self, back: int) -> date:
        """The first day of the month so many months back."""
        years, month = divmod(self.today.year * 12 + self.today.month - 1 - back, 12)
        return date(years, month + 1, 1)

    def day(self, back: int) -> date:
        """The day of the run, so many months back."""
        month = self.month(back)
        return month.replace(day=min(self.today.day, month_end(month).day))

    @cached_property
    def class_days(self) -> list[date]:
        """Every class day there is to know: a little over the history, to a little over the day of the run."""
        closed, extra = frozenset(self.closed), frozenset(self.extra)
        return sorted(class_days(self.month(16), self.month(-3), closed, extra))

    def between(self, start: date, end: date) -> list[date]:
        return self.class_days[bisect_left(self.class_days, start) : bisect_right(self.class_days, end)]

    def of_month(self, back: int) -> list[date]:
        month = self.month(back)
        return self.between(month, month_end(month))

    def first_from(self, day: date) -> date:
        """The day itself, or the next class day."""
        return self.class_days[bisect_left(self.class_days, day)]

    def last_until(self, day: date) -> date:
        """The day itself, or the class day before it."""
        return self.class_days[bisect_right(self.class_days, day) - 1]

    @property
    def yesterday(self) -> date:
        """The last class day before the run."""
        return self.last_until(self.today - date.resolution)

    def before_today(self, back: int) -> date:
        """So many days before the run, or the class day before that."""
        return self.last_until(self.today - timedelta(days=back))

    def close(self, back: int, weekday: int, reason: str) -> date:
        """No classes on the second such weekday of the month, or the next one that would have them."""
        day = self.month(back) + timedelta(days=7)
        while day.weekday() != weekday or not is_working_day(day):
            day += date.resolution
        self.closed[day] = reason
        return day

    def make_up(self, lost: date, reason: str) -> None:
        """Classes on the Saturday of the week after."""
        self.extra[lost + timedelta(days=7 + SATURDAY - lost.weekday())] = reason

    def trials_to_end(self) -> tuple[date, date]:
        """First days of two trials that end between today and Sunday; where no trial can, earlier in this week."""
        sunday = self.today + timedelta(days=6 - self.today.weekday())
        starts = self.between(self.today - timedelta(days=40), self.today)
        for first in (self.today, sunday - timedelta(days=6)):
            found = [start for start in starts if first <= months_later(start, 1, "day_before") <= sunday]
            if found:
                return found[0], found[-1]
        raise ValueError(f"no trial can end in the week of {self.today}")
