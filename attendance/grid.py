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
    by: object = None
    at: datetime | None = None
    label: str = ""


@dataclass(frozen=True)
class Person:
    """A person's days are those that lie in the programme and in the group."""

    key: int
    name: str
    programme: list[Span]
    group: Sequence[Span]
    marks: dict[date, Mark] = field(default_factory=dict)

    def is_inside(self, day: date) -> bool:
        return any(span.covers(day) for span in self.programme) and any(span.covers(day) for span in self.group)


class Cell(NamedTuple):
    column: Column
    kind: str
    mark: Mark | None = None


class Row(NamedTuple):
    key: int
    name: str
    cells: tuple[Cell, ...]
    sums: Counter[str]

    @property
    def unmarked(self) -> int:
        return self.sums[UNMARKED]


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
        rows.append(Row(person.key, person.name, cells, Counter(map(_counted, cells))))
    return Grid(tuple(columns), tuple(rows))


def _cell(column: Column, person: Person, today: date) -> Cell:
    if not person.is_inside(column.day):
        return Cell(column, OUTSIDE)
    if mark := person.marks.get(column.day):
        return Cell(column, MARKED, mark)
    if column.is_off:
        return Cell(column, column.kind)
    return Cell(column, UNMARKED if column.day <= today else FUTURE)


def _counted(cell: Cell) -> str:
    return cell.mark.meaning if cell.mark else cell.kind
