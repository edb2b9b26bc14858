"""The heat map: rows × columns of coloured cells, with its table beside it."""

from collections.abc import Sequence
from textwrap import wrap
from xml.etree.ElementTree import Element, SubElement, tostring

from cistor.drawings.canvas import HEAD, LETTER, add, canvas, write
from cistor.drawings.parts import NO_CELL, Cell, Drawing, Row

# Pixels: a cell, and from one cell to the next.
CELL, STEP = 26, 28
# More letters than these are small in a cell.
SHORT = 2
# Longer names of rows are cut; whole they stand in their title and in the table.
LONGEST = 22
# Or, small, in two lines of so many letters.
FOLDED, SMALL = 25, 6


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
    svg = canvas(name, title, desc, left + STEP * len(columns), HEAD + STEP * len(rows))
    _hatching(svg, name)
    for place, column in enumerate(columns):
        write(svg, column, left + place * STEP + CELL / 2, HEAD - 8, "head")
    for line, (row, row_cells) in enumerate(zip(rows, cells, strict=True)):
        top = HEAD + line * STEP
        row_name(svg, row, top)
        for place, cell in enumerate(row_cells):
            if cell:
                _cell(svg, cell, left + place * STEP, top, name)
    table = [Row(row, [cell or NO_CELL for cell in row_cells]) for row, row_cells in zip(rows, cells, strict=True)]
    return Drawing(name, title, tostring(svg, encoding="unicode"), corner, columns, table)


def _hatching(svg: Element, name: str) -> None:
    """What nobody has marked; a stylesheet cannot draw it, so the pattern comes along."""
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    pattern = SubElement(SubElement(svg, "defs"), "pattern", turned, id=f"{name}-hatch", width="6", height="6")
    add(pattern, "line", class_="hatch", x1=0, y1=0, x2=0, y2=6)


def _row_name(svg: Element, row: str, top: int) -> None:
    short = row if len(row) <= LONGEST else f"{row[: LONGEST - 1]}…"
    label = write(svg, short, 0, top + 18, "label")
    if short != row:
        SubElement(label, "title").text = row


def _folded_name(svg: Element, row: str, top: int) -> None:
    lines = wrap(row, FOLDED)
    first = top + 17 - 6 * (len(lines) - 1)
    for place, line in enumerate(lines):
        write(svg, line, 0, first + 12 * place, "label small")


def _cell(svg: Element, cell: Cell, left: int, top: int, name: str) -> None:
    place = SubElement(svg, "a", {"href": cell.url, "tabindex": "-1"}) if cell.url else SubElement(svg, "g")
    if cell.title:
        SubElement(place, "title").text = cell.title
    box = {"x": left, "y": top, "width": CELL, "height": CELL, "rx": 4}
    add(place, "rect", class_=f"cell {cell.kind}".strip(), **box)
    if cell.kind == "unmarked":
        add(place, "rect", fill=f"url(#{name}-hatch)", **box)
    if cell.text:
        size = "in-cell long" if len(cell.text) > SHORT else "in-cell"
        write(place, cell.text, left + CELL / 2, top + 17, f"{size} {cell.kind}".strip())
