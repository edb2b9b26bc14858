"""The order of a list as its address names it, `?porzadek=-kwota`, and the heads of its table."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.db.models import F, OrderBy, QuerySet
from django.http import Http404

PARAMETER = "porzadek"


class Column(NamedTuple):
    """A head of the table; only with a `key` for the address and a column to go `by` can it be sorted."""

    label: str
    key: str = ""
    by: str = ""
    css: str = ""


class Head(NamedTuple):
    """`order`: what the address says after a click, "" for a head that only labels; `sorted`: its aria-sort, or ""."""

    label: str
    css: str
    order: str
    sorted: str


class Sorting:
    """`usual` is the order of a list nobody has sorted: a key, with a minus in front when it goes down."""

    def __init__(self, columns: Sequence[Column], request: Any, *, usual: str) -> None:
        self.columns, self.usual = columns, usual
        self.order = request.GET.get(PARAMETER) or usual
        self.key, self.goes_down = _read(self.order)
        if not self.key or self.key not in {column.key for column in columns}:
            raise Http404

    def apply(self, rows: QuerySet) -> QuerySet:
        """What is missing stands last, whichever way; among equals the usual order decides."""
        return rows.order_by(self._by(self.order), self._by(self.usual), "pk")

    def _by(self, order: str) -> OrderBy:
        key, goes_down = _read(order)
        column = F(next(column.by for column in self.columns if column.key == key))
        return column.desc(nulls_last=True) if goes_down else column.asc(nulls_last=True)

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.columns]

    def _head(self, column: Column) -> Head:
        if column.key != self.key or not column.key:
            return Head(column.label, column.css, column.key, "")
        order = column.key if self.goes_down else f"-{column.key}"
        return Head(column.label, column.css, order, "descending" if self.goes_down else "ascending")


def _read(order: str) -> tuple[str, bool]:
    """The key, and whether it goes down."""
    return order.removeprefix("-"), order.startswith("-")
