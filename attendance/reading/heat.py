"""Days as heat maps: months by the days of the month."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from attendance.grid import FUTURE, MARKED, OUTSIDE, UNMARKED, Cell
from attendance.reading.years import Month, ProgrammeYears, Year
from attendance.terms import Terms
from cistor import drawings
from cistor.dates import day_text, month_text
from cistor.drawings import Drawing, heat_map
from participants.models import Programme

DESC = "Wiersze to miesiące programu, kolumny to dni miesiąca. Litery są oznaczeniami; kreskowane pola są nieoznaczone."
COLUMNS = [str(number) for number in range(1, 32)]


def of_programme(programme: Programme, terms: Terms, *, today: date) -> Drawing:
    """Each day as it is marked; one query, if the stages are at hand."""
    rows = ProgrammeYears(programme, terms, today=today).months
    return _map(rows, _address(programme), name="programme", title="Obecność w całym programie")


def of_year(year: Year, programme: Programme) -> Drawing:
    """The days of the programme that lie in the year."""
    return _map(year.months, _address(programme), name=f"year-{year.number}", title=f"Obecność w {year.number} roku")


def _address(programme: Programme) -> str:
    return reverse("attendance:day", args=[programme.participant_id])


def _map(rows: Sequence[Month], address: str, *, name: str, title: str) -> Drawing:
    cells = [[_cell(cell, address) for cell in month.row.cells] for month in rows]
    padded = [[*row, *[None] * (len(COLUMNS) - len(row))] for row in cells]
    names = [month_text(month.first) for month in rows]
    return heat_map(names, COLUMNS, padded, name=name, title=title, desc=DESC, corner="Miesiąc")


def _cell(cell: Cell, address: str) -> drawings.Cell | None:
    day = cell.column.day
    url = f"{address}?dzien={day:%Y-%m-%d}"
    if cell.kind == OUTSIDE:
        return None
    if cell.kind == MARKED and cell.mark:
        maybe = ", tymczasowo" if cell.mark.provisional else ""
        title = f"{day_text(day)}: {cell.mark.label}{maybe}"
        kind = f"code-{cell.mark.colour}" if cell.mark.colour else "off"
        return drawings.Cell(kind, cell.mark.letters, title, url)
    if cell.kind == FUTURE:
        return drawings.Cell("coming", title=f"{day_text(day)}: jeszcze nie było")
    if cell.kind == UNMARKED:
        return drawings.Cell("unmarked", title=f"{day_text(day)}: nieoznaczone", url=url)
    return drawings.Cell("off", title=f"{day_text(day)}: bez zajęć")
