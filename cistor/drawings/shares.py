"""Shares of a whole as columns, one beside the other in time, with the half and the whole marked across."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from xml.etree.ElementTree import SubElement, tostring

from cistor.drawings.canvas import HEAD, WIDTH, add, canvas, write
from cistor.drawings.parts import Cell, Drawing, Row
from cistor.money import percent

# Pixels: what stands left of the columns, how high the whole is; so many names below at most.
AXIS, HIGH, NAMES = 54, 120, 6
MARKS = (Decimal(0), Decimal("0.5"), Decimal(1))


def shares(
    heads: Sequence[Cell],
    values: Sequence[Fraction | None],
    *,
    name: str,
    title: str,
    desc: str,
    corner: str,
    column: str,
    width: int = WIDTH,
) -> Drawing:
    """A column for each head, from nothing to the whole; None draws none and says "–" in the table.

    A head's `text` stands below its column as far as there is room, its `title` in the table.
    """
    svg = canvas(name, title, desc, width, HEAD + HIGH + HEAD)
    ground, step = HEAD + HIGH, (width - AXIS) / max(len(heads), 1)
    for mark in MARKS:
        height = round(float(ground - HIGH * mark), 1)
        add(svg, "line", class_="mark" if mark else "mark zero", x1=AXIS, x2=width, y1=height, y2=height)
        write(svg, percent(mark), AXIS - 6, height + 4, "axis")
    each = -(-len(heads) // NAMES)
    for place, (head, value) in enumerate(zip(heads, values, strict=True)):
        if place % each == 0:
            write(svg, head.text, round(AXIS + (place + 0.5) * step, 1), ground + 16, "head")
        if value is not None:
            high = max(round(float(HIGH * value), 1), 1)
            box = {"x": round(AXIS + place * step + 1, 1), "y": ground - high, "width": round(step - 2, 1)}
            rect = add(svg, "rect", class_="total", **box, height=high)
            SubElement(rect, "title").text = f"{head.title or head.text}: {percent(value)}"
    rows = [Row(head.title or head.text, [Cell(text=_said(value))]) for head, value in zip(heads, values, strict=True)]
    return Drawing(name, title, tostring(svg, encoding="unicode"), corner, [column], rows)


def _said(value: Fraction | None) -> str:
    return "–" if value is None else percent(value)
