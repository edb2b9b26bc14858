"""Columns of amounts stacked on each other, with round amounts at the side and a legend above."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from cistor.drawings.canvas import BAR, HEAD, LINE, WIDTH, add, canvas, scale, write
from cistor.drawings.parts import Cell, Drawing, Row, Series
from cistor.money import NOTHING, number

# Pixels: what stands left of the columns, and how high they may grow.
AXIS, HIGH = 54, 160


class Plot(NamedTuple):
    """Where columns stand: from amounts to heights, the ground, and from one column to the next, in pixels."""

    up: Callable[[Decimal], float]
    ground: int
    step: float


def columns(
    heads: Sequence[Cell], series: Sequence[Series], *, name: str, title: str, desc: str, corner: str = ""
) -> Drawing:
    """A column for each head, its series stacked from the ground up, or down where they are negative.

    A head's `text` stands below its column, its `title` in the table, which adds up every column.
    """
    amounts = zip(*(one.amounts for one in series), strict=True) if series else [()] * len(heads)
    stacks = [_stack(column) for column in amounts]
    marks = ticks([end for stack in stacks for span in stack for end in span])
    ground = (len(series) + 1) // 2 * LINE + 10 + HIGH
    plot = Plot(scale((marks[0], marks[-1]), HIGH), ground, (WIDTH - AXIS) / max(len(heads), 1))
    svg = canvas(name, title, desc, WIDTH, ground + HEAD)
    _legend(svg, series)
    _marks(svg, plot, marks)
    for place, (head, stack) in enumerate(zip(heads, stacks, strict=True)):
        write(svg, head.text, round(AXIS + (place + 0.5) * plot.step, 1), ground + 16, "head")
        for one, (low, high) in zip(series, stack, strict=True):
            if low != high:
                said = f"{head.title or head.text}, {one.label}: {number(one.amounts[place])} zł"
                _piece(svg, plot, place, (plot.up(low), plot.up(high)), one.kind, said)
    return Drawing(name, title, tostring(svg, encoding="unicode"), corner, *_table(heads, series))


def _stack(amounts: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """From where to where each reaches, lower end first: what is positive stands on the ground, the rest hangs."""
    spans, above, below = [], Decimal(0), Decimal(0)
    for amount in amounts:
        if amount < 0:
            spans.append((below + amount, below))
            below += amount
        else:
            spans.append((above, above + amount))
            above += amount
    return spans


def ticks(values: Sequence[Decimal]) -> list[Decimal]:
    """Round numbers, evenly apart, from below the least to above the largest; the ground is always among them."""
    low, high = min((*values, Decimal(0))), max((*values, Decimal(0)))
    step = _round_up((high - low) / 3) if high > low else Decimal(1)
    # Division of decimals cuts towards 0.
    first, last = low // step - (low % step < 0), high // step + (high % step > 0)
    return [step * place for place in range(int(first), int(last) + 1)]


def _round_up(value: Decimal) -> Decimal:
    """The next of …, 1, 2, 5, 10, 20, 50, …"""
    unit = Decimal(10) ** value.adjusted()
    return next(lead * unit for lead in (1, 2, 5, 10) if lead * unit >= value)


def _legend(svg: Element, series: Sequence[Series]) -> None:
    for place, one in enumerate(series):
        left, top = (place % 2) * WIDTH // 2, (place // 2) * LINE
        add(svg, "rect", class_=one.kind, x=left, y=top + 4, width=BAR, height=BAR)
        write(svg, one.label, left + BAR + 6, top + 15, "label")


def _marks(svg: Element, plot: Plot, marks: Sequence[Decimal]) -> None:
    """The round amounts at the side, each with its line across."""
    for mark in marks:
        height = plot.ground - plot.up(mark)
        add(svg, "line", class_="mark" if mark else "mark zero", x1=AXIS, x2=WIDTH, y1=height, y2=height)
        write(svg, number(mark).removesuffix(",00"), AXIS - 6, height + 4, "axis")


def _piece(svg: Element, plot: Plot, place: int, heights: tuple[float, float], kind: str, said: str) -> None:
    """One amount of a column; what is next to nothing is still a line."""
    height = max(heights[1] - heights[0], 1)
    left, width = AXIS + place * plot.step + 2, plot.step - 4
    box = {"x": left, "y": plot.ground - heights[0] - height, "width": width, "height": height}
    rect = add(svg, "rect", class_=kind, **{side: round(size, 1) for side, size in box.items()})
    SubElement(rect, "title").text = said


def _table(heads: Sequence[Cell], series: Sequence[Series]) -> tuple[list[str], list[Row]]:
    rows = []
    for place, head in enumerate(heads):
        amounts = [one.amounts[place] for one in series]
        rows.append(Row(head.title or head.text, [Cell(text=number(a)) for a in (*amounts, sum(amounts, NOTHING))]))
    return [*(one.label for one in series), "Razem"], rows
