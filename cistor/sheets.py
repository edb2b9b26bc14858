"""Tables as spreadsheets (XLSX). Pure: rows in, bytes out, the same bytes each time.

Sums are written as values. A formula would have no result until some program computed it, and whoever reads the file
without one (a preview, a script) would find nothing there.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from itertools import chain
from typing import Any, Literal, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side
from openpyxl.utils import get_column_letter

from cistor.money import NOTHING, number, percent

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

Kind = Literal["text", "amount", "count", "day", "percent"]
Value = str | Decimal | Fraction | int | date | None

# As the file format writes them: a Polish Excel shows 1 783,90 zł.
FORMATS: dict[Kind, str] = {
    "text": "@",
    "amount": '#,##0.00\\ "zł"',
    "count": "0",
    "day": "dd.mm.yyyy",
    "percent": "0.00%",
}
SUMMED: tuple[Kind, ...] = ("amount", "count")
NARROWEST, WIDEST = 8, 60
# Spreadsheets take a text that begins so for a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
NOT_IN_TITLES = re.compile(r"[\\/?*\[\]:]")
LONGEST_TITLE = 31
CLOCK = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*</dcterms:\1>")
NO_TIME = (1980, 1, 1, 0, 0, 0)


class Column(NamedTuple):
    """Amounts are Decimal złoty, counts int, days date, percents a share (0.12 is 12%); None is an empty cell."""

    label: str
    kind: Kind = "text"


@dataclass(frozen=True)
class Sheet:
    """`sums` is the label of a last row that adds up amounts and counts, "" for none; it stands in the first column."""

    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Value]]
    sums: str = ""


def workbook(sheets: Iterable[Sheet], *, title: str = "") -> bytes:
    """An XLSX file. It names no author, for a file is passed on."""
    book = Workbook(write_only=True)
    book.properties.creator, book.properties.title = "Cistor", title or None
    for style in _styles():
        book.add_named_style(style)
    for sheet in sheets:
        _write(book, sheet)
    file = BytesIO()
    book.save(file)
    return _timeless(file.getvalue())


def sums_of(sheet: Sheet) -> list[Value]:
    """The last row: its label, then the sum of each column that has one."""
    sums = [_sum(sheet, place) for place in range(len(sheet.columns))]
    return [sheet.sums, *sums[1:]]


def _sum(sheet: Sheet, place: int) -> Value:
    kind = sheet.columns[place].kind
    if kind not in SUMMED:
        return None
    values: list[Any] = [row[place] for row in sheet.rows if row[place] is not None]
    return sum(values, NOTHING if kind == "amount" else 0)


def _write(book: Workbook, sheet: Sheet) -> None:
    page = book.create_sheet(NOT_IN_TITLES.sub(" ", sheet.title)[:LONGEST_TITLE])
    last = [sums_of(sheet)] if sheet.sums else []
    # Before the first row: this kind of workbook writes as it goes.
    page.freeze_panes = "B2"
    page.print_title_rows = "1:1"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    for place, width in enumerate(_widths(sheet, last), 1):
        page.column_dimensions[get_column_letter(place)].width = width
    page.append([_cell(page, column.label, "head") for column in sheet.columns])
    for row in sheet.rows:
        page.append(_cells(page, sheet, row))
    for row in last:
        page.append(_cells(page, sheet, row, "sum_"))
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(sheet.rows) + 1}"


def _cells(page: Any, sheet: Sheet, row: Sequence[Value], style: str = "") -> list[Any]:
    return [_cell(page, value, f"{style}{column.kind}") for value, column in zip(row, sheet.columns, strict=True)]


def _cell(page: Any, value: Value, style: str) -> Any:
    if isinstance(value, str):
        return _text(page, value, style)
    cell = WriteOnlyCell(page, Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value)
    cell.style = style
    return cell


def _text(page: Any, value: str, style: str) -> Any:
    cell = WriteOnlyCell(page, ILLEGAL_CHARACTERS_RE.sub("", value))
    cell.style = style
    # Whatever it looks like, and also after somebody edits it.
    cell.data_type = "s"
    cell.quotePrefix = value.startswith(FORMULA)
    return cell


def _styles() -> Iterator[NamedStyle]:
    bold, line = Font(bold=True), Border(top=Side("thin"))
    under = Border(bottom=Side("thin"))
    yield NamedStyle("head", font=bold, border=under, alignment=Alignment(wrap_text=True, vertical="bottom"))
    for kind, shown in FORMATS.items():
        place = Alignment(vertical="top", wrap_text=kind == "text")
        yield NamedStyle(kind, number_format=shown, alignment=place)
        yield NamedStyle(f"sum_{kind}", font=bold, border=line, number_format=shown, alignment=place)


def _widths(sheet: Sheet, last: list[list[Value]]) -> Iterator[int]:
    for place, column in enumerate(sheet.columns):
        said = (_shown(row[place], column.kind) for row in chain(sheet.rows, last))
        longest = max((len(line) for text in said for line in text.split("\n")), default=0)
        word = max((len(word) for word in column.label.split()), default=0)
        yield min(max(longest + 2, word + 4, NARROWEST), WIDEST)


def _shown(value: Value, kind: Kind) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, date):
        return f"{value:%d.%m.%Y}"
    if kind == "percent":
        return percent(Fraction(value))
    return f"{number(Decimal(value))} zł" if isinstance(value, Decimal) else str(value)


def _timeless(data: bytes) -> bytes:
    """The same archive without the moments at which it was made."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as made, ZipFile(file, "w", ZIP_DEFLATED) as kept:
        for name in made.namelist():
            content = made.read(name)
            kept.writestr(ZipInfo(name, NO_TIME), CLOCK.sub(b"", content), ZIP_DEFLATED)
    return file.getvalue()
