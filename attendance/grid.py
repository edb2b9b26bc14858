"""People × days of a month: what stands in each cell, and the sums. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import NamedTuple

# What a cell is; a day without classes keeps the kind of its day.
MARKED, UNMARKED, OUTSIDE, FUTURE = "marked", "unmarked", "outside", "future"
CLASS = "class"
HAND, CORRECTION = "hand", "correction"
HERE = ("present", "late")
WEEKDAYS = ("pn", "wt", "śr", "cz", "pt", "sb", "nd")


class Span(NamedTuple):
    start_on: date
    end_on: date | None

    def covers(self, day: date) -> bool:
        return self.start_on <= day and (self.end_on is None or day <= self.end_on)


class Column(NamedTuple):
    """A day: its kind ("class", "weekend", "holiday", "closed") and what makes it differ from the usual week."""

    day: date
    kind: str
    why: str = ""
    # Whether the day has come and the regulations know a code for it.
    is_markable: bool = False

    @property
    def weekday(self) -> str:
        return WEEKDAYS[self.day.weekday()]

    @property
    def is_off(self) -> bool:
        return self.kind != CLASS


class Mark(NamedTuple):
    meaning: str
    letters: str
    colour: int | None = None
    provisional: bool = False
    by: str = ""
    at: datetime | None = None
    label: str = ""
    # Whose word it is (`attendance.models.Source`).
    source: str = HAND

    @property
    def is_taken(self) -> bool:
        """By a fact, which no mark made by hand changes."""
        return self.source not in (HAND, CORRECTION)


class Run(NamedTuple):
    """A programme as far as a grid asks: the days it lasts, and those of them that are closed."""

    key: int
    spans: Sequence[Span]
    closed: Sequence[Span] = ()

    def is_closed(self, day: date) -> bool:
        return any(span.covers(day) for span in self.closed)


@dataclass(frozen=True)
class Person:
    """A person's days are those that lie in a programme and in the group."""

    key: int
    name: str
    programmes: list[Run]
    group: Sequence[Span]
    marks: dict[date, Mark] = field(default_factory=dict)
    is_reached: bool = True

    def run_on(self, day: date) -> Run | None:
        """The programme of the day; None outside of it or of the group."""
        if not any(span.covers(day) for span in self.group):
            return None
        return next((run for run in self.programmes if any(span.covers(day) for span in run.spans)), None)

    def is_inside(self, day: date) -> bool:
        return self.run_on(day) is not None


class Cell(NamedTuple):
    """A day of a person: `programme` is None outside, and another one where two meet in a month."""

    column: Column
    kind: str
    mark: Mark | None = None
    programme: int | None = None
    is_closed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it may still be marked, by who may mark."""
        taken = self.mark is not None and self.mark.is_taken
        return self.programme is not None and self.column.is_markable and not self.is_closed and not taken


class Row(NamedTuple):
    """The days of a person; `is_reached` where the person's own pages are open to the reader."""

    key: int
    name: str
    cells: tuple[Cell, ...]
    sums: Counter[str]
    is_reached: bool = True

    @property
    def unmarked(self) -> int:
        return self.sums[UNMARKED]

    @property
    def programme(self) -> int | None:
        """The first programme of the month, mostly the only one; a cell names its own."""
        return next((cell.programme for cell in self.cells if cell.programme), None)


class DaySums(NamedTuple):
    column: Column
    here: int
    unmarked: int


@dataclass(frozen=True)
class Grid:
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @cached_property
    def sums(self) -> list[DaySums]:
        """By day: how many took part, the late ones too, and how many nobody has marked."""
        counters = [Counter(_counted(row.cells[place]) for row in self.rows) for place in range(len(self.columns))]
        pairs = zip(self.columns, counters, strict=True)
        return [DaySums(column, sum(days[kind] for kind in HERE), days[UNMARKED]) for column, days in pairs]

    @cached_property
    def unmarked(self) -> int:
        return sum(row.unmarked for row in self.rows)


def build(columns: Sequence[Column], people: Iterable[Person], today: date) -> Grid:
    """The grid; a day after `today` without a mark is still to come, not unmarked."""
    rows = []
    for person in people:
        cells = tuple(_cell(column, person, today) for column in columns)
        rows.append(Row(person.key, person.name, cells, Counter(map(_counted, cells)), person.is_reached))
    return Grid(tuple(columns), tuple(rows))


def _cell(column: Column, person: Person, today: date) -> Cell:
    run = person.run_on(column.day)
    if run is None:
        return Cell(column, OUTSIDE)
    mark = person.marks.get(column.day)
    return Cell(column, _kind(column, mark, today), mark, run.key, run.is_closed(column.day))


def _kind(column: Column, mark: Mark | None, today: date) -> str:
    if mark:
        return MARKED
    if column.is_off:
        return column.kind
    return UNMARKED if column.day <= today else FUTURE


def _counted(cell: Cell) -> str:
    return cell.mark.meaning if cell.mark else cell.kind
