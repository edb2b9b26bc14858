"""A programme from its first day to its last: month by month, year by year, with the sums by meaning."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from attendance.grid import HERE, OUTSIDE, UNMARKED, Cell, Column, Mark, Person, Row, Run, Span, build
from attendance.models import Day
from attendance.roster import spans_of
from attendance.terms import Terms
from cistor.centres.models import DayCode, Meaning
from cistor.dates import days_between, month_end, months
from participants.models import Programme


class Month(NamedTuple):
    first: date
    row: Row

    @property
    def sums(self) -> Counter[str]:
        return self.row.sums

    @property
    def here(self) -> list[date]:
        """The days with classes on which the person took part, late ones too."""
        return [cell.column.day for cell in self.own if cell.mark and cell.mark.meaning in HERE]

    @property
    def class_days(self) -> int:
        """Days with classes of the programme; suspended ones are none."""
        return sum(not cell.mark or cell.mark.meaning != Meaning.SUSPENDED for cell in self.own)

    @property
    def own(self) -> list[Cell]:
        """The days of the programme that classes are planned for."""
        return [cell for cell in self.row.cells if cell.kind != OUTSIDE and not cell.column.is_off]

    @property
    def on_class_days(self) -> Counter[str]:
        """The marks of days with classes; a note may write weekends too."""
        return Counter(cell.mark.meaning for cell in self.own if cell.mark)


class Year(NamedTuple):
    number: int
    months: list[Month]

    @property
    def sums(self) -> Counter[str]:
        return summed(self.months)


class ProgrammeYears:
    """The days of a programme from `start` to `end`, by default all; two queries and those of the terms."""

    def __init__(
        self, programme: Programme, terms: Terms, *, today: date, start: date | None = None, end: date | None = None
    ) -> None:
        self.programme, self.terms, self.today = programme, terms, today
        spans = spans_of(programme)
        self.start = max(filter(None, (start, spans[0].start_on if spans else None)), default=today)
        self.end = min(filter(None, (end, spans[-1].end_on if spans else None)), default=today)
        self.months = self._months(spans, today)

    def _months(self, spans: list[Span], today: date) -> list[Month]:
        asked, marks = [Span(self.start, self.end)], self._marks()
        participant = self.programme.participant
        person = Person(participant.pk, str(participant), [Run(self.programme.pk, spans)], asked, marks)
        firsts = months(self.start, self.end) if spans and self.start <= self.end else ()
        return [Month(first, build(self._columns(first), [person], today).rows[0]) for first in firsts]

    def _marks(self) -> dict[date, Mark]:
        rows = Day.objects.filter(programme=self.programme).between(self.start, self.end)
        return {row.on: self._mark(row) for row in rows}

    def _mark(self, row: Day) -> Mark:
        code = self.terms.codes(row.on).get(row.meaning)
        label = self.terms.name(row.on, row.meaning)
        return Mark(row.meaning, row.code, code.colour if code else None, row.provisional, label=label)

    def _columns(self, first: date) -> list[Column]:
        days = days_between(first, month_end(first))
        return [Column(day, self.terms.kind(day), self.terms.why(day)) for day in days]

    @cached_property
    def years(self) -> list[Year]:
        return [Year(number, list(rows)) for number, rows in groupby(self.months, lambda month: month.first.year)]

    @cached_property
    def sums(self) -> Counter[str]:
        return summed(self.months)

    @cached_property
    def on_class_days(self) -> Counter[str]:
        """The marks of days with classes that have come."""
        came = [cell for month in self.months for cell in month.own if cell.column.day <= self.today]
        return Counter(cell.mark.meaning for cell in came if cell.mark)

    def counted(self, sums: Counter[str]) -> list[int]:
        """The days of each code, and last those without a mark."""
        return [*(sums[code.meaning] for code in self.codes), sums[UNMARKED]]

    @cached_property
    def codes(self) -> list[DayCode]:
        """The codes of its days, as the last of them has each; a retired one only where it stands."""
        found = {name: code for month in self.months for name, code in self.terms.codes(month_end(month.first)).items()}
        return [code for code in found.values() if not code.is_retired or self.sums[code.meaning]]


def summed(rows: Iterable[Month]) -> Counter[str]:
    return sum((row.sums for row in rows), Counter())
