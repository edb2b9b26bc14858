"""Bars beneath each other, a line of words above each: the waterfall, amounts from one ground, the funnel."""

from collections.abc import Sequence
from decimal import Decimal
from xml.etree.ElementTree import tostring

from cistor.drawings.canvas import BAR, LINE, WIDTH, add, canvas, scale, write
from cistor.drawings.parts import Bar, Cell, Drawing, Row, Step


def waterfall(steps: Sequence[Step], *, name: str, title: str, desc: str) -> Drawing:
    """How one amount becomes another, a bar a step from top to bottom."""
    spans = _spans(steps)
    ends = [Decimal(0), *(end for span in spans for end in span)]
    at = scale((min(ends), max(ends)), WIDTH)
    svg = canvas(name, title, desc, WIDTH, len(steps) * (LINE + BAR + 8))
    for place, (step, (start, end)) in enumerate(zip(steps, spans, strict=True)):
        top = place * (LINE + BAR + 8)
        write(svg, step.label, 0, top + 16, "label")
        write(svg, step.text, WIDTH, top + 16, "amount")
        add(svg, "rect", class_="ground", x=0, y=top + LINE, width=WIDTH, height=BAR)
        left, right = sorted((at(start), at(end)))
        add(svg, "rect", class_=_kind(step), x=left, y=top + LINE, width=max(right - left, 1), height=BAR)
    return Drawing(name, title, tostring(svg, encoding="unicode"))


def _spans(steps: Sequence[Step]) -> list[tuple[Decimal, Decimal]]:
    """From where to where each bar reaches."""
    spans, reached = [], Decimal(0)
    for step in steps:
        start = Decimal(0) if step.total else reached
        reached = start + step.amount
        spans.append((start, reached))
    return spans


def _kind(step: Step) -> str:
    return "total" if step.total else "less" if step.amount < 0 else "more"


def bars(
    rows: Sequence[Bar],
    *,
    name: str,
    title: str,
    desc: str,
    corner: str = "",
    column: str = "",
    whole: Decimal = Decimal(0),
) -> Drawing:
    """Amounts beneath each other, all from one ground; with a head for its `column` the table comes along.

    `whole`: what the ground reaches to at least, where the amounts are parts of it.
    """
    ends = [Decimal(0), whole, *(row.amount for row in rows)]
    at = scale((min(ends), max(ends)), WIDTH)
    svg = canvas(name, title, desc, WIDTH, len(rows) * (LINE + BAR + 8))
    for place, row in enumerate(rows):
        top = place * (LINE + BAR + 8)
        write(svg, row.label, 0, top + 16, "label")
        write(svg, row.text, WIDTH, top + 16, "amount")
        add(svg, "rect", class_="ground", x=0, y=top + LINE, width=WIDTH, height=BAR)
        left, right = sorted((at(Decimal(0)), at(row.amount)))
        add(svg, "rect", class_=row.kind, x=left, y=top + LINE, width=max(right - left, 1), height=BAR)
    table = [Row(row.label, [Cell(text=row.text)]) for row in rows] if column else []
    return Drawing(name, title, tostring(svg, encoding="unicode"), corner, [column] if column else [], table)


def funnel(rows: Sequence[Bar], *, name: str, title: str, desc: str) -> Drawing:
    """How many are left of the first after each step: bars beneath each other, each in the middle."""
    at = scale((Decimal(0), max((row.amount for row in rows), default=Decimal(0))), WIDTH)
    svg = canvas(name, title, desc, WIDTH, len(rows) * (LINE + BAR + 8))
    for place, row in enumerate(rows):
        top, width = place * (LINE + BAR + 8), max(at(row.amount), 1)
        write(svg, row.label, 0, top + 16, "label")
        write(svg, row.text, WIDTH, top + 16, "amount")
        add(svg, "rect", class_="ground", x=0, y=top + LINE, width=WIDTH, height=BAR)
        add(svg, "rect", class_=row.kind, x=round((WIDTH - width) / 2, 1), y=top + LINE, width=width, height=BAR)
    return Drawing(name, title, tostring(svg, encoding="unicode"))
