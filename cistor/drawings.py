"""Drawings as SVG, made on the server and coloured by classes of the stylesheet. Pure.

Each has a title and a description for who cannot see it; its numbers stand in a table beside it. The links of cells are
for the pointer: keyboard and screen reader find the same ones in the table, so a map is not three hundred stops.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from textwrap import wrap
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from cistor.dates import ONE_DAY, months
from cistor.money import NOTHING, number

# Pixels: a cell and the space after it, the letters, the head; widths, lines and bars of the others.
CELL, STEP, LETTER, HEAD = 26, 28, 7, 24
WIDTH, LONG, LINE, BAR = 360, 480, 22, 12
# Of lanes: the days of a way, a lane, the radius of a dot; more marks than these would run into each other.
WAY, LANE, DOT, MARKS = 640, 30, 6, 8
# Of columns: what stands left of them and how high they may grow.
AXIS, HIGH = 54, 160
# More letters than these are small in a cell.
SHORT = 2
# Longer names of rows are cut; whole they stand in their title and in the table.
LONGEST = 22
# Or, small, in two lines of so many letters.
FOLDED, SMALL = 25, 6


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


def scale(domain: tuple[Decimal, Decimal], width: int) -> Callable[[Decimal], float]:
    """From values to pixels; a domain without extent lies at 0."""
    low, high = domain
    return lambda value: round(float((value - low) / (high - low)) * width, 1) if high > low else 0.0


def heat_map(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell | None]],
    *,
    name: str,
    title: str,
    desc: str,
    corner: str = "",
    two_lines: bool = False,
) -> Drawing:
    """Rows × columns; `cells[row][column]` is None where there is nothing. `name` is unique in the page.

    `two_lines`: the names of rows are folded instead of cut.
    """
    longest, letter, row_name = (FOLDED, SMALL, _folded_name) if two_lines else (LONGEST, LETTER, _row_name)
    left = max((min(len(row), longest) for row in rows), default=0) * letter + 12
    svg = _canvas(name, title, desc, left + STEP * len(columns), HEAD + STEP * len(rows))
    _hatching(svg, name)
    for place, column in enumerate(columns):
        _text(svg, column, left + place * STEP + CELL / 2, HEAD - 8, "head")
    for line, (row, row_cells) in enumerate(zip(rows, cells, strict=True)):
        top = HEAD + line * STEP
        row_name(svg, row, top)
        for place, cell in enumerate(row_cells):
            if cell:
                _cell(svg, cell, left + place * STEP, top, name)
    table = [Row(row, [cell or NO_CELL for cell in row_cells]) for row, row_cells in zip(rows, cells, strict=True)]
    return Drawing(name, title, tostring(svg, encoding="unicode"), corner, columns, table)


def waterfall(steps: Sequence[Step], *, name: str, title: str, desc: str) -> Drawing:
    """How one amount becomes another, a bar a step from top to bottom."""
    spans = _spans(steps)
    ends = [Decimal(0), *(end for span in spans for end in span)]
    at = scale((min(ends), max(ends)), WIDTH)
    svg = _canvas(name, title, desc, WIDTH, len(steps) * (LINE + BAR + 8))
    for place, (step, (start, end)) in enumerate(zip(steps, spans, strict=True)):
        top = place * (LINE + BAR + 8)
        _text(svg, step.label, 0, top + 16, "label")
        _text(svg, step.text, WIDTH, top + 16, "amount")
        _add(svg, "rect", class_="ground", x=0, y=top + LINE, width=WIDTH, height=BAR)
        left, right = sorted((at(start), at(end)))
        _add(svg, "rect", class_=_kind(step), x=left, y=top + LINE, width=max(right - left, 1), height=BAR)
    return Drawing(name, title, tostring(svg, encoding="unicode"))


def bars(rows: Sequence[Bar], *, name: str, title: str, desc: str, corner: str = "", column: str = "") -> Drawing:
    """Amounts beneath each other, all from one ground; with a head for its `column` the table comes along."""
    ends = [Decimal(0), *(row.amount for row in rows)]
    at = scale((min(ends), max(ends)), WIDTH)
    svg = _canvas(name, title, desc, WIDTH, len(rows) * (LINE + BAR + 8))
    for place, row in enumerate(rows):
        top = place * (LINE + BAR + 8)
        _text(svg, row.label, 0, top + 16, "label")
        _text(svg, row.text, WIDTH, top + 16, "amount")
        _add(svg, "rect", class_="ground", x=0, y=top + LINE, width=WIDTH, height=BAR)
        left, right = sorted((at(Decimal(0)), at(row.amount)))
        _add(svg, "rect", class_=row.kind, x=left, y=top + LINE, width=max(right - left, 1), height=BAR)
    table = [Row(row.label, [Cell(text=row.text)]) for row in rows] if column else []
    return Drawing(name, title, tostring(svg, encoding="unicode"), corner, [column] if column else [], table)


def funnel(rows: Sequence[Bar], *, name: str, title: str, desc: str) -> Drawing:
    """How many are left of the first after each step: bars beneath each other, each in the middle."""
    at = scale((Decimal(0), max((row.amount for row in rows), default=Decimal(0))), WIDTH)
    svg = _canvas(name, title, desc, WIDTH, len(rows) * (LINE + BAR + 8))
    for place, row in enumerate(rows):
        top, width = place * (LINE + BAR + 8), max(at(row.amount), 1)
        _text(svg, row.label, 0, top + 16, "label")
        _text(svg, row.text, WIDTH, top + 16, "amount")
        _add(svg, "rect", class_="ground", x=0, y=top + LINE, width=WIDTH, height=BAR)
        _add(svg, "rect", class_=row.kind, x=round((WIDTH - width) / 2, 1), y=top + LINE, width=width, height=BAR)
    return Drawing(name, title, tostring(svg, encoding="unicode"))


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
    svg = _canvas(name, title, desc, WIDTH, ground + HEAD)
    _legend(svg, series)
    _marks(svg, plot, marks)
    for place, (head, stack) in enumerate(zip(heads, stacks, strict=True)):
        _text(svg, head.text, round(AXIS + (place + 0.5) * plot.step, 1), ground + 16, "head")
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
        _add(svg, "rect", class_=one.kind, x=left, y=top + 4, width=BAR, height=BAR)
        _text(svg, one.label, left + BAR + 6, top + 15, "label")


def _marks(svg: Element, plot: Plot, marks: Sequence[Decimal]) -> None:
    """The round amounts at the side, each with its line across."""
    for mark in marks:
        height = plot.ground - plot.up(mark)
        _add(svg, "line", class_="mark" if mark else "mark zero", x1=AXIS, x2=WIDTH, y1=height, y2=height)
        _text(svg, number(mark).removesuffix(",00"), AXIS - 6, height + 4, "axis")


def _piece(svg: Element, plot: Plot, place: int, heights: tuple[float, float], kind: str, said: str) -> None:
    """One amount of a column; what is next to nothing is still a line."""
    height = max(heights[1] - heights[0], 1)
    left, width = AXIS + place * plot.step + 2, plot.step - 4
    box = {"x": left, "y": plot.ground - heights[0] - height, "width": width, "height": height}
    rect = _add(svg, "rect", class_=kind, **{side: round(size, 1) for side, size in box.items()})
    SubElement(rect, "title").text = said


def _table(heads: Sequence[Cell], series: Sequence[Series]) -> tuple[list[str], list[Row]]:
    rows = []
    for place, head in enumerate(heads):
        amounts = [one.amounts[place] for one in series]
        rows.append(Row(head.title or head.text, [Cell(text=number(a)) for a in (*amounts, sum(amounts, NOTHING))]))
    return [*(one.label for one in series), "Razem"], rows


def timeline(stretches: Sequence[Stretch], *, today: date, name: str, title: str, desc: str) -> Drawing:
    """Stretches of days after each other, with the first and the last day below and a line where today is."""
    first = min(stretch.start_on for stretch in stretches)
    last = max(stretch.end_on for stretch in stretches) + ONE_DAY
    at = scale((_number(first), _number(last)), LONG)
    svg = _canvas(name, title, desc, LONG, 3 * LINE)
    for stretch in stretches:
        left, right = at(_number(stretch.start_on)), at(_number(stretch.end_on + ONE_DAY))
        bar = _add(svg, "rect", class_=stretch.kind, x=left, y=LINE, width=max(right - left - 1, 1), height=BAR)
        SubElement(bar, "title").text = stretch.title
    _text(svg, f"{first:%d.%m.%Y}", 0, 3 * LINE - 10, "label")
    _text(svg, f"{last - ONE_DAY:%d.%m.%Y}", LONG, 3 * LINE - 10, "end")
    if first <= today < last:
        _add(svg, "line", class_="today", x1=at(_number(today)), x2=at(_number(today)), y1=LINE - 5, y2=LINE + BAR + 5)
        _text(svg, "dziś", min(max(at(_number(today)), 14), LONG - 14), LINE - 9, "head")
    return Drawing(name, title, tostring(svg, encoding="unicode"))


def lanes(rows: Sequence[Lane], *, today: date, name: str, title: str, desc: str) -> Drawing:
    """Lanes beneath each other over the same days, the months marked below and a line through all where today is."""
    everything = [part for row in rows for part in (*row.stretches, *row.dots)]
    first, last = min(part.start_on for part in everything), max(part.end_on for part in everything) + ONE_DAY
    left = max(len(row.label) for row in rows) * LETTER + 12
    days = scale((_number(first), _number(last)), WAY)
    foot = HEAD + LANE * len(rows)
    svg = _canvas(name, title, desc, left + WAY, foot + HEAD)

    def at(day: date) -> float:
        return left + days(_number(day))

    for month in _marked_months(first, last):
        _add(svg, "line", class_="mark", x1=at(month), x2=at(month), y1=HEAD, y2=foot)
        _text(svg, f"{month:%m.%Y}", at(month), foot + 16, "head" if at(month) < left + WAY - DOT * 4 else "axis")
    for place, row in enumerate(rows):
        _lane(svg, row, HEAD + LANE * place, at)
    if first <= today < last:
        _add(svg, "line", class_="today", x1=at(today), x2=at(today), y1=HEAD - 5, y2=foot)
        _text(svg, "dziś", min(max(at(today), left + 14), left + WAY - 14), HEAD - 9, "head")
    return Drawing(name, title, tostring(svg, encoding="unicode"))


def _lane(svg: Element, row: Lane, top: int, at: Callable[[date], float]) -> None:
    """Its dots above its stretches."""
    _text(svg, row.label, 0, top + LANE / 2 + 5, "label")
    for part in row.stretches:
        start, end = at(part.start_on), at(part.end_on + ONE_DAY)
        box = {"x": start, "y": top + (LANE - BAR) / 2, "width": round(max(end - start - 1, 2), 1), "height": BAR}
        SubElement(_add(svg, "rect", class_=part.kind, **box), "title").text = part.title
    for part in row.dots:
        dot = _add(svg, "circle", class_=f"dot {part.kind}", cx=at(part.start_on), cy=top + LANE / 2, r=DOT)
        SubElement(dot, "title").text = part.title


def _marked_months(first: date, last: date) -> list[date]:
    """Of a long way every second, third, … month."""
    found = [month for month in months(first, last) if first <= month < last]
    return found[:: max(-(-len(found) // MARKS), 1)]


def _number(day: date) -> Decimal:
    return Decimal(day.toordinal())


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


def _canvas(name: str, title: str, desc: str, width: int, height: int) -> Element:
    named = {"aria-labelledby": f"{name}-title", "aria-describedby": f"{name}-desc"}
    size = {"viewBox": f"0 0 {width} {height}", "width": str(width), "height": str(height)}
    svg = Element("svg", {"class": "drawing", "role": "group", **named, **size})
    SubElement(svg, "title", id=f"{name}-title").text = title
    SubElement(svg, "desc", id=f"{name}-desc").text = desc
    return svg


def _hatching(svg: Element, name: str) -> None:
    """What nobody has marked; a stylesheet cannot draw it, so the pattern comes along."""
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = SubElement(SubElement(svg, "defs"), "pattern", turned, id=f"{name}-hatch", width="6", height="6")
    _add(pattern, "line", class_="hatch", x1=0, y1=0, x2=0, y2=6)


def _row_name(svg: Element, row: str, top: int) -> None:
    short = row if len(row) <= LONGEST else f"{row[: LONGEST - 1]}…"
    label = _text(svg, short, 0, top + 18, "label")
    if short != row:
        SubElement(label, "title").text = row


def _folded_name(svg: Element, row: str, top: int) -> None:
    lines = wrap(row, FOLDED)
    first = top + 17 - 6 * (len(lines) - 1)
    for place, line in enumerate(lines):
        _text(svg, line, 0, first + 12 * place, "label small")


def _cell(svg: Element, cell: Cell, left: int, top: int, name: str) -> None:
    place = SubElement(svg, "a", {"href": cell.url, "tabindex": "-1"}) if cell.url else SubElement(svg, "g")
    if cell.title:
        SubElement(place, "title").text = cell.title
    box = {"x": left, "y": top, "width": CELL, "height": CELL, "rx": 4}
    _add(place, "rect", class_=f"cell {cell.kind}".strip(), **box)
    if cell.kind == "unmarked":
        _add(place, "rect", fill=f"url(#{name}-hatch)", **box)
    if cell.text:
        size = "in-cell long" if len(cell.text) > SHORT else "in-cell"
        _text(place, cell.text, left + CELL / 2, top + 17, f"{size} {cell.kind}".strip())


def _text(parent: Element, text: str, x: float, y: float, kind: str) -> Element:
    (element := _add(parent, "text", class_=kind, x=x, y=y)).text = text
    return element


def _add(parent: Element, tag: str, **attributes: object) -> Element:
    return SubElement(parent, tag, {name.rstrip("_"): str(value) for name, value in attributes.items()})
