"""The page of a month of a group: the grid, what may be written where, and what came of the changes."""

import json
from datetime import date
from functools import cached_property
from typing import NamedTuple

from attendance import actions, changes, roster
from attendance.cells import Conflict
from attendance.documents import legend
from attendance.grid import Cell, Grid, Row
from attendance.keys import described
from attendance.models import Source
from attendance.reading import origins
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import DayCode
from cistor.dates import month_end
from participants.models import Group, Participant


class Clash(NamedTuple):
    """A change that was not written, as the page tells it: whose, and in which words."""

    name: str
    conflict: Conflict
    wanted: str

    @property
    def cell_id(self) -> str:
        return cell_id(self.conflict.cell.programme_id, self.conflict.on_day)


class MonthPage:
    def __init__(self, group: Group, month: date, *, user: User, today: date, may_mark: bool) -> None:
        self.group, self.month, self.user, self.today = group, month, user, today
        self.may_mark = may_mark
        self.may_see_consequences = user.may("see_consequence", on=today)
        self.terms = Terms(group.centre)
        self.conflicts: list[Conflict] = []
        self.saved: int | None = None

    def save(self, text: str) -> None:
        """Write what was sent, in one act; Refused, and nothing written, where it may not be."""
        days = changes.read(text, start=self.month, end=month_end(self.month))
        sent = sum(map(len, days.values()))
        where = {"centre": self.group.centre, "terms": self.terms}
        self.conflicts = actions.mark_days(days=days, by=self.user, on=self.today, **where)
        self.saved = sent - len(self.conflicts)

    # What is shown, as it stands after a save ------------------------------------------------------------------------

    @cached_property
    def grid(self) -> Grid:
        people = Participant.objects.visible_to(self.user, on=self.today, right="see_attendance")
        return roster.of_month(self.group, self.month, self.today, self.terms, reached=people)

    @cached_property
    def codes(self) -> list[DayCode]:
        return legend(self.grid, self.terms)

    @property
    def rows(self) -> list[tuple[Row, list[tuple[DayCode, int]]]]:
        return [(row, [(code, row.sums[code.meaning]) for code in self.codes]) for row in self.grid.rows]

    @cached_property
    def origins(self) -> dict[int, dict[str, str]]:
        """Person → what the days that a fact has taken are called."""
        with_incident = [row.key for row in self.grid.rows if any(_is_of_incident(cell) for cell in row.cells)]
        known = origins.known(self.user, with_incident, on=self.today)
        return {row.key: origins.words(knows=row.key in known) for row in self.grid.rows}

    @property
    def is_editable(self) -> bool:
        return self.may_mark and any(cell.is_open for row in self.grid.rows for cell in row.cells)

    @cached_property
    def _code_sets(self) -> dict[tuple[int, ...], list[dict]]:
        """The codes of the days, each set once: most months have one, a change of the regulations makes two."""
        sets = (self.terms.by_hand(column.day) for column in self.grid.columns)
        different = {tuple(code.pk for code in codes.values()): codes for codes in sets if codes}
        return {key: described(codes) for key, codes in different.items()}

    @property
    def code_sets(self) -> str:
        """For the script, as JSON."""
        return json.dumps(list(self._code_sets.values()), ensure_ascii=False)

    @property
    def columns(self) -> list[tuple]:
        """The days, each with the place of its codes among `code_sets`; None where nothing may be written."""
        places = {key: place for place, key in enumerate(self._code_sets)}
        sets = [tuple(code.pk for code in self.terms.by_hand(c.day).values()) for c in self.grid.columns]
        return [
            (column, places[key] if column.is_markable else None)
            for column, key in zip(self.grid.columns, sets, strict=True)
        ]

    @property
    def clashes(self) -> list[Clash]:
        names = {cell.programme: row.name for row in self.grid.rows for cell in row.cells}
        return [
            Clash(names.get(c.cell.programme_id, ""), c, self._letters(c.on_day, c.cell.meaning))
            for c in self.conflicts
        ]

    def _letters(self, day: date, meaning: str | None) -> str:
        return self.terms.codes(day)[meaning].letters if meaning else ""


def _is_of_incident(cell: Cell) -> bool:
    return cell.mark is not None and cell.mark.source == Source.SOBRIETY


def cell_id(programme: int, day: date) -> str:
    """Where a link to a cell leads."""
    return f"c-{programme}-{day.isoformat()}"
