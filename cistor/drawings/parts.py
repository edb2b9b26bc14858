"""What is drawn, and what a drawing is: plain values, nothing of SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class Cell:
    """`kind` is a class of the stylesheet ("code-3", "unmarked", "off", "whole", "part"), `text` a few letters in the
    cell, `title` the same in words."""

    kind: str = ""
    text: str = ""
    title: str = ""
    url: str = ""


NO_CELL = Cell()


@dataclass(frozen=True)
class Row:
    """A line of the table beside a drawing: its head, and a cell a column."""

    head: str
    cells: Sequence[Cell]


@dataclass(frozen=True)
class Step:
    """A step of a waterfall; a `total` stands on the ground, anything else begins where the one before has ended."""

    label: str
    amount: Decimal
    text: str
    total: bool = False


@dataclass(frozen=True)
class Bar:
    """`kind` is a class of the stylesheet ("now", "then", "less"), `text` the amount as people read it."""

    label: str
    amount: Decimal
    text: str
    kind: str = "total"


@dataclass(frozen=True)
class Series:
    """What stacked columns have in common: its name, and an amount in złoty for each; `kind` is a class."""

    kind: str
    label: str
    amounts: Sequence[Decimal]


@dataclass(frozen=True)
class Stretch:
    """A part of a timeline, both days included; `kind` is a class of the stylesheet."""

    kind: str
    title: str
    start_on: date
    end_on: date


@dataclass(frozen=True)
class Lane:
    """A line of a way; `dots` are single days."""

    label: str
    stretches: Sequence[Stretch] = ()
    dots: Sequence[Stretch] = ()


@dataclass(frozen=True)
class Drawing:
    """`svg` is safe to print. Without columns the table stands elsewhere on the page."""

    name: str
    title: str
    svg: str
    corner: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[Row] = ()
