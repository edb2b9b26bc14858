"""Tables as spreadsheets: what a reader without Excel finds in the file."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from cistor.sheets import Column, Sheet, sums_of, workbook

COLUMNS = [
    Column("Osoba"),
    Column("Do wypłaty", "amount"),
    Column("Dni", "count"),
    Column("Wypłata", "day"),
    Column("Stawka", "percent"),
]
ROWS = [
    ["Zmyślona Kalina", Decimal("1783.90"), 2, date(2026, 8, 5), Fraction(1, 8)],
    ["Wymyślony Jan", Decimal("-0.01"), None, None, Decimal("0.0976")],
]
PAID = Sheet("Wypłaty", COLUMNS, ROWS, sums="Razem")


def read(*sheets: Sheet):
    return load_workbook(BytesIO(workbook(sheets)), data_only=True)


def values(sheet: Sheet) -> list[list]:
    return [[cell.value for cell in row] for row in read(sheet).active.iter_rows()]


def test_every_value_keeps_its_type():
    head, first, second, _ = values(PAID)
    assert head == ["Osoba", "Do wypłaty", "Dni", "Wypłata", "Stawka"]
    assert [*first[:3], first[3].date(), first[4]] == ["Zmyślona Kalina", 1783.9, 2, date(2026, 8, 5), 0.125]
    assert second[2:4] == [None, None]


def test_amounts_come_back_to_the_grosz():
    amounts = [Decimal(n) / 100 for n in (1, 10, 178390, 89195, 99999999, -1, 1_000_000_001)]
    read_back = values(Sheet("-", [Column("Kwota", "amount")], [[amount] for amount in amounts]))[1:]
    assert [Decimal(str(value)).quantize(Decimal("0.01")) for (value,) in read_back] == amounts


def test_the_sums_are_there_without_computing_anything():
    assert values(PAID)[-1] == ["Razem", 1783.89, 2, None, None]
    assert sums_of(PAID) == ["Razem", Decimal("1783.89"), 2, None, None]


def test_an_empty_table_sums_up_to_nothing():
    assert sums_of(Sheet("-", COLUMNS, [], sums="Razem")) == ["Razem", Decimal("0.00"), 0, None, None]
    assert len(values(Sheet("-", COLUMNS, []))) == 1


@pytest.mark.parametrize("text", ["=1+1", "+48 600", "-5", "@SUM(A1)", "=cmd|' /C calc'!A0", "#N/A", "0123", "\t=1"])
def test_what_looks_like_a_formula_stays_text(text):
    cell = read(Sheet("-", [Column("Opis")], [[text]])).active["A2"]
    assert (cell.value, cell.data_type) == (text, "s")


def test_text_is_told_apart_from_numbers_after_an_edit():
    cell = read(Sheet("-", [Column("Opis")], [["=1+1"]])).active["A2"]
    assert cell.quotePrefix
    assert cell.number_format == "@"


def test_signs_that_no_file_may_hold_are_left_out():
    assert values(Sheet("-", [Column("Opis")], [["a\x00b\x1fc"]]))[1] == ["abc"]


def test_amounts_and_days_are_shown_the_polish_way():
    page = read(PAID).active
    assert page["B2"].number_format == '#,##0.00\\ "zł"'
    assert page["D2"].number_format == "dd.mm.yyyy"
    assert page["B4"].font.bold


def test_the_head_stays_in_sight_and_is_printed_on_each_page():
    page = read(PAID).active
    assert (page.freeze_panes, page.print_title_rows) == ("B2", "$1:$1")
    assert page["A1"].font.bold
    assert page.auto_filter.ref == "A1:E3"
    assert page.column_dimensions["A"].width >= len("Zmyślona Kalina")


def test_long_titles_and_signs_that_titles_may_not_hold_are_no_obstacle():
    assert read(Sheet("Okresy [próbne]: 1/2026 – ciąg dalszy tej listy", COLUMNS, [])).sheetnames == [
        "Okresy  próbne   1 2026 – ciąg "
    ]


def test_a_workbook_holds_its_sheets_in_order():
    assert read(PAID, Sheet("Pozycje", COLUMNS, [])).sheetnames == ["Wypłaty", "Pozycje"]


def test_the_same_table_gives_the_same_bytes_and_names_nobody():
    data = workbook([PAID], title="Lista")
    assert data == workbook([PAID], title="Lista")
    core = ZipFile(BytesIO(data)).read("docProps/core.xml").decode()
    assert "<dc:creator>Cistor</dc:creator>" in core
    assert "Lista" in core
    assert "modified" not in core
