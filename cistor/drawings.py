"""Drawings as SVG, made on the server and coloured by classes of the stylesheet. Pure.

Each has a title and a description for who cannot see it; its numbers stand in a table beside it. The links of cells are
for the pointer: keyboard and screen reader find the same ones in the table, so a map is not three hundred stops.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree.ElementTree import Element, SubElement, tostring

# Pixels: a cell and the space after it, the letters, the head; widths, lines and bars of the others.
CELL, STEP, LETTER, HEAD = 26, 28, 7, 24
WIDTH, LONG, LINE, BAR = 360, 480, 22, 12
ONE_DAY = date.resolution
# More letters than these fit into a cell only when small.
SHORT = 2
# Longer names of rows are cut; whole they stand in their title and in the table.
LONGEST = 22


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
class Stretch:
    """A part of a timeline, both days included; `kind` is a class of the stylesheet."""

    kind: str
    title: str
    start_on: date
    end_on: date


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
) -> Drawing:
    """Rows × columns; `cells[row][column]` is None where there is nothing. `name` is unique in the page."""
    left = max((min(len(row), LONGEST) for row in rows), default=0) * LETTER + 12
    svg = _canvas(name, title, desc, left + STEP * len(columns), HEAD + STEP * len(rows))
    _hatching(svg, name)
    for place, column in enumerate(columns):
        _text(svg, column, left + place * STEP + CELL / 2, HEAD - 8, "head")
    for line, (row, row_cells) in enumerate(zip(rows, cells, strict=True)):
        top = HEAD + line * STEP
        _row_name(svg, row, top)
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
    element = _add(parent, "text", class_=kind, x=x, y=y)
    element.text = text
    return element


def _add(parent: Element, tag: str, **attributes: object) -> Element:
    return SubElement(parent, tag, {name.rstrip("_"): str(value) for name, value in attributes.items()})
