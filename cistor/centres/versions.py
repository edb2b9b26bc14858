"""Versions of one centre beside each other: which follows which, and where two differ. Pure, on fetched rows."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from cistor.centres import sheet
from cistor.centres.lists import LISTS, VersionList
from cistor.centres.models import Regulations
from cistor.dates import ONE_DAY

ABSENT = "nie ma"


@dataclass(frozen=True)
class Compared:
    """One setting, or one row of a list; `source` is its §."""

    label: str
    left: str
    right: str
    left_source: str = ""
    right_source: str = ""

    @property
    def differs(self) -> bool:
        return self.left != self.right

    @property
    def other_source(self) -> bool:
        return not self.differs and self.left_source != self.right_source


@dataclass(frozen=True)
class Section:
    title: str
    rows: list[Compared]

    def differing(self) -> "Section":
        return replace(self, rows=[row for row in self.rows if row.differs or row.other_source])


def compare(left: Regulations, right: Regulations) -> list[Section]:
    """Every setting in its group, then every list; two queries a list."""
    settings = [
        Section(title, [_setting(left, right, name) for name in names]) for title, names in sheet.GROUPS.items()
    ]
    return [*settings, *(_list(listed, left, right) for listed in LISTS.values())]


def _setting(left: Regulations, right: Regulations, name: str) -> Compared:
    one, other = sheet.row_of(left, name), sheet.row_of(right, name)
    return Compared(one.label, one.value, other.value, one.source, other.source)


def _list(listed: VersionList, left: Regulations, right: Regulations) -> Section:
    """Rows of the same key stand in one line; the order of the left, then what only the right has."""
    sides = [{getattr(row, listed.key): row for row in listed.rows(version)} for version in (left, right)]
    keys = dict.fromkeys([*sides[0], *sides[1]])
    return Section(listed.title, [_row(listed, *(side.get(key) for side in sides)) for key in keys])


def _row(listed: VersionList, left: Any, right: Any) -> Compared:
    texts = [listed.text(row) if row else ABSENT for row in (left, right)]
    sources = [row.source if row else "" for row in (left, right)]
    return Compared(listed.label(left or right), *texts, *sources)


def previous(version: Regulations, versions: Iterable[Regulations]) -> Regulations | None:
    """The adopted version that holds until this one begins; for one of the same day, that one itself."""
    earlier = [
        row
        for row in versions
        if not row.is_draft and row.pk != version.pk and row.in_force_from <= version.in_force_from
    ]
    return max(earlier, key=lambda row: row.in_force_from, default=None)


def last_day(version: Regulations, versions: Iterable[Regulations]) -> date:
    """The last day on which the version holds, or would; `date.max` when no later one is adopted."""
    later = [row.in_force_from for row in versions if not row.is_draft and row.in_force_from > version.in_force_from]
    return min(later) - ONE_DAY if later else date.max
