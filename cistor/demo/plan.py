"""What happens in one centre, and when. Pure: days and invented people, no database."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import count
from random import Random

from cistor.dates import months_later, moved_back, moved_on, next_month
from cistor.demo.cases import Case, Nabor
from cistor.demo.deeds import Deed
from cistor.demo.people import People, Person
from cistor.demo.stays import Ending, Stay
from cistor.demo.timeline import Timeline

ONE_DAY = date.resolution
REASONS = {
    "breach": "Nieusprawiedliwione nieobecności powtarzały się mimo rozmów i aneksu do programu.",
    "left": "Od tygodnia nieobecność bez wiadomości; telefon nie odpowiada, pod adresem nikogo nie zastano.",
    "declaration": "Pisemne oświadczenie o odstąpieniu: przeprowadzka do innej miejscowości.",
    "trial_failed": "Zadania w warsztacie niewykonywane, dwie rozmowy z pracownikiem socjalnym bez skutku.",
}


@dataclass(frozen=True)
class Cover:
    """Who stands in for whom: by role, an instructor by the number of the own group."""

    absent: str | int
    deputy: str | int
    start_on: date
    end_on: date


@dataclass
class Plan:
    """`groups` are the names of the workshops; the first monthly list is for `paid_from`."""

    preset: str
    timeline: Timeline
    groups: tuple[str, ...]
    first_on: date
    paid_from: date
    payday_day: int
    trial_apart: bool
    # Somebody has begun the list of the last month, and something stands in its way.
    has_draft: bool = False
    # Of the last paid month a transfer came back, and a certificate came late.
    has_aftermath: bool = False
    stays: list[Stay] = field(default_factory=list)
    covers: list[Cover] = field(default_factory=list)
    nabory: list[Nabor] = field(default_factory=list)
    cases: list[Case] = field(default_factory=list)
    deeds: list[Deed] = field(default_factory=list)
    suspended: date | None = None

    def __post_init__(self):
        self.people, self.random = People(self.preset), Random(f"days of {self.preset}")  # noqa: S311 – no secret
        self._staying, self._leaving = count(), count()

    def intake(
        self, first_on: date, size: int = 0, leaving: Iterable[tuple[str, int]] = (), *, cash_desk: int = 0
    ) -> list[Stay]:
        """A round of people who stay, the first ones paid in cash, and of those who leave: how, and in which month."""
        start_on = self.timeline.first_from(first_on)
        staying = [self.join(self.people.person(cash_desk=n < cash_desk), start_on) for n in range(size)]
        for kind, month in leaving:
            self.leave(self.join(self.people.person(), start_on, next(self._leaving)), kind, month)
        return staying

    def join(self, person: Person, start_on: date, place: int | None = None) -> Stay:
        place = next(self._staying) if place is None else place
        stay = Stay(person, place % len(self.groups), start_on)
        self.stays.append(stay)
        return stay

    def visit(self, first_on: date) -> Stay:
        """Somebody new who will not be here any more on the day of the run."""
        return self.join(self.people.person(), self.timeline.first_from(first_on), next(self._leaving))

    def leave(self, stay: Stay, kind: str, month: int) -> None:
        """In the month so many months after the first day; in month 0 the trial is broken off."""
        if kind == "trial_failed" or month == 0:
            stay.main_months = None
        if kind in ("period", "trial_failed"):
            last_on = stay.planned_end_on
            decided_on = moved_back(last_on)
        else:
            day = months_later(stay.start_on, month, "same_day") + timedelta(days=self.random.randrange(4, 18))
            last_on = self.timeline.last_until(day)
            decided_on = moved_on(last_on + ONE_DAY)
        stay.ending = Ending(kind, last_on, decided_on, REASONS.get(kind, ""))
        if kind in ("breach", "left"):
            stay.tell("unexcused", self.timeline.between(last_on - timedelta(days=7), last_on))

    def live(self, *, suspended: date) -> None:
        """Everything else that happens; on one day the classes are suspended, through nobody's fault."""
        self.suspended = suspended
        for stay in self.stays:
            stay.live(self.random, self.timeline)
            if stay.start_on <= suspended <= stay.last_on:
                stay.marks[suspended] = "suspended"
            if stay.ending and stay.ending.kind == "job":
                stay.marks.pop(stay.ending.on, None)

    # Paying -----------------------------------------------------------------------------------------------------------

    def payday(self, month: date) -> date:
        return moved_back(next_month(month).replace(day=self.payday_day))

    def trials_paid_apart(self) -> dict[date, date]:
        """Payday → the last day it pays for, of the trials that are decided."""
        decided = [stay for stay in self.stays if self.trial_apart and (stay.main_months or stay.ending)]
        over = sorted(min(stay.trial_end_on, stay.last_on) for stay in decided)
        return {moved_on(last_on + ONE_DAY): last_on for last_on in over}

    # Marking ----------------------------------------------------------------------------------------------------------

    def deputy(self, whose: str | int, day: date) -> str | int:
        """Who acts for somebody on the day; mostly themselves."""
        covers = (cover for cover in self.covers if cover.absent == whose and cover.start_on <= day <= cover.end_on)
        return next((cover.deputy for cover in covers), whose)

    def marking_days(self, group: int) -> list[date]:
        """Old days are entered month by month, before a list needs them and when a deputy comes or goes; the latest
        five day by day."""
        line = self.timeline
        until = {line.yesterday, *self.trials_paid_apart().values()}
        until |= {line.month(back) - ONE_DAY for back in range(14)}
        for cover in self.covers:
            if cover.absent == group:
                until |= {cover.start_on - ONE_DAY, cover.end_on}
        days = {line.last_until(day) for day in until if self.first_on <= day <= line.yesterday}
        return sorted(days | set(line.between(line.yesterday - timedelta(days=6), line.yesterday)))
