"""Days from left to right, with today's line: one timeline, or lanes beneath each other."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

from cistor.dates import ONE_DAY, months
from cistor.drawings.canvas import BAR, HEAD, LETTER, LINE, add, canvas, scale, write
from cistor.drawings.parts import Drawing, Lane, Stretch

# Pixels: the width of a timeline; of lanes the width of the days, the height of one, the radius of a dot.
LONG = 480
WAY, LANE, DOT = 640, 30, 6
# More months than these would run into each other.
MARKS = 8


def timeline(stretches: Sequence[Stretch], *, today: date, name: str, title: str, desc: str) -> Drawing:
    """Stretches of days after each other, with the first and the last day below and a line where today is."""
    first = min(stretch.start_on for stretch in stretches)
    last = max(stretch.end_on for stretch in stretches) + ONE_DAY
    at = scale((_number(first), _number(last)), LONG)
    svg = canvas(name, title, desc, LONG, 3 * LINE)
    for stretch in stretches:
        left, right = at(_number(stretch.start_on)), at(_number(stretch.end_on + ONE_DAY))
        bar = add(svg, "rect", class_=stretch.kind, x=left, y=LINE, width=max(right - left - 1, 1), height=BAR)
        SubElement(bar, "title").text = stretch.title
    write(svg, f"{first:%d.%m.%Y}", 0, 3 * LINE - 10, "label")
    write(svg, f"{last - ONE_DAY:%d.%m.%Y}", LONG, 3 * LINE - 10, "end")
    if first <= today < last:
        add(svg, "line", class_="today", x1=at(_number(today)), x2=at(_number(today)), y1=LINE - 5, y2=LINE + BAR + 5)
        write(svg, "dziś", min(max(at(_number(today)), 14), LONG - 14), LINE - 9, "head")
    return Drawing(name, title, tostring(svg, encoding="unicode"))


def lanes(rows: Sequence[Lane], *, today: date, name: str, title: str, desc: str) -> Drawing:
    """Lanes beneath each other over the same days, the months marked below and a line through all where today is."""
    everything = [part for row in rows for part in (*row.stretches, *row.dots)]
    first, last = min(part.start_on for part in everything), max(part.end_on for part in everything) + ONE_DAY
    left = max(len(row.label) for row in rows) * LETTER + 12
    days = scale((_number(first), _number(last)), WAY)
    foot = HEAD + LANE * len(rows)
    svg = canvas(name, title, desc, left + WAY, foot + HEAD)

    def at(day: date) -> float:
        return left + days(_number(day))

    for month in _marked_months(first, last):
        add(svg, "line", class_="mark", x1=at(month), x2=at(month), y1=HEAD, y2=foot)
        write(svg, f"{month:%m.%Y}", at(month), foot + 16, "head" if at(month) < left + WAY - DOT * 4 else "axis")
    for place, row in enumerate(rows):
        _lane(svg, row, HEAD + LANE * place, at)
    if first <= today < last:
        add(svg, "line", class_="today", x1=at(today), x2=at(today), y1=HEAD - 5, y2=foot)
        write(svg, "dziś", min(max(at(today), left + 14), left + WAY - 14), HEAD - 9, "head")
    return Drawing(name, title, tostring(svg, encoding="unicode"))


def _lane(svg: Element, row: Lane, top: int, at: Callable[[date], float]) -> None:
    """Its dots above its stretches."""
    write(svg, row.label, 0, top + LANE / 2 + 5, "label")
    for part in row.stretches:
        start, end = at(part.start_on), at(part.end_on + ONE_DAY)
        box = {"x": start, "y": top + (LANE - BAR) / 2, "width": round(max(end - start - 1, 2), 1), "height": BAR}
        SubElement(add(svg, "rect", class_=part.kind, **box), "title").text = part.title
    for part in row.dots:
        dot = add(svg, "circle", class_=f"dot {part.kind}", cx=at(part.start_on), cy=top + LANE / 2, r=DOT)
        SubElement(dot, "title").text = part.title


def _marked_months(first: date, last: date) -> list[date]:
    """Of a long way every second, third, … month."""
    found = [month for month in months(first, last) if first <= month < last]
    return found[:: max(-(-len(found) // MARKS), 1)]


def _number(day: date) -> Decimal:
    return Decimal(day.toordinal())
