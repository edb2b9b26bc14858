"""Tables as people bring them: spreadsheets and CSV of every kind, and files that are a trap."""

from contextlib import suppress
from datetime import date, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from cistor import tables
from cistor.sheets import Column, Sheet, workbook
from cistor.tables import Unreadable, read

BORN = datetime(1980, 5, 17)  # noqa: DTZ001 – a cell has no zone
LIMITS = {"most_rows": 5, "most_columns": 3}


def book(*rows) -> bytes:
    made, file = Workbook(), BytesIO()
    for row in rows:
        made.active.append(row)
    made.save(file)
    return file.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The same archive with one part put in its place."""
    file = BytesIO()
    with ZipFile(BytesIO(data)) as given, ZipFile(file, "w", ZIP_DEFLATED) as made:
        for part in given.namelist():
            made.writestr(part, content if part == name else given.read(part))
        if name not in given.namelist():
            made.writestr(name, content)
    return file.getvalue()


def refusal(data: bytes, **limits) -> str:
    with pytest.raises(Unreadable) as refused:
        read(data, **LIMITS | limits)
    return str(refused.value)


def test_a_spreadsheet_gives_what_somebody_would_have_typed():
    data = book(["PESEL", "Dzień", "Zgoda"], [80051700071, BORN, True], [1.5, date(2026, 1, 2), None])
    assert read(data, **LIMITS) == [
        ["PESEL", "Dzień", "Zgoda"],
        ["80051700071", "17.05.1980", "tak"],
        ["1.5", "02.01.2026", ""],
    ]


def test_what_the_program_writes_it_reads():
    data = workbook([Sheet("Kandydaci", [Column("Nazwisko"), Column("Imię")], [["=Łoś", "Żaneta"]])])
    assert read(data, **LIMITS)[1] == ["=Łoś", "Żaneta", ""]


def test_a_formula_is_not_computed():
    assert read(book(["a"], ["=1+1"], ["koniec"]), **LIMITS) == [["a", "", ""], ["", "", ""], ["koniec", "", ""]]


def test_empty_rows_at_the_end_and_columns_beyond_the_last_are_left_out():
    assert read(book(["a", "b", "c", "d"], [None], [" "]), **LIMITS) == [["a", "b", "c"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
@pytest.mark.parametrize("separator", [";", ",", "\t"])
def test_csv_of_any_usual_kind_is_read(encoding, separator):
    text = f'Nazwisko{separator}Imię\r\n"Łoś{separator} z domu Żuk"{separator}Wera\r\n'
    assert read(text.encode(encoding), **LIMITS) == [
        ["Nazwisko", "Imię", ""],
        [f"Łoś{separator} z domu Żuk".strip(), "Wera", ""],
    ]


def test_just_enough_rows_pass_and_one_more_does_not():
    assert len(read(book(*[["a"]] * 5), **LIMITS)) == 5
    assert "za dużo wierszy" in refusal(book(*[["a"]] * 6))
    assert "za dużo wierszy" in refusal(b"a\n" * 6)


def test_a_cell_in_the_millionth_row_is_a_row_too_many_and_takes_no_time():
    far = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576">'
    far += b'<c r="XFD1048576" t="inlineStr"><is><t>a</t></is></c></row></sheetData></worksheet>'
    assert read(with_part(book(["a"]), "xl/worksheets/sheet1.xml", far), **LIMITS) == []


def test_what_unfolds_without_end_is_not_unfolded():
    bomb = with_part(book(["a"]), "xl/media/zero.bin", b"\0" * (tables.MOST_UNPACKED + 1))
    assert len(bomb) < tables.LARGEST
    assert "po rozpakowaniu" in refusal(bomb)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_definitions_that_multiply_are_refused_before_they_do(encoding):
    evil = f'<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE a [<!ENTITY b "bbbb">]><a>&b;</a>'.encode(encoding)
    assert "niedozwolone" in refusal(with_part(book(["a"]), "xl/sharedStrings.xml", evil))


@pytest.mark.parametrize(
    "data, said",
    [
        (b"", "pusty"),
        (b"a" * (tables.LARGEST + 1), "2 MB"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "stary"),
        (b"PK\x03\x04 and no archive", "Nie udało się"),
        (b"%PDF-1.7\0", "To nie jest arkusz"),
        (b"a\x81\x81", "To nie jest arkusz"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data, said):
    assert said in refusal(data)


def test_an_archive_without_a_sheet_is_no_table():
    file = BytesIO()
    with ZipFile(file, "w") as made:
        made.writestr("a.txt", "a")
    assert "Nie udało się" in refusal(file.getvalue())


@given(st.binary(max_size=200), st.sampled_from([b"", tables.BEGINNING]))
def test_no_bytes_are_too_strange_to_be_answered(data, beginning):
    with suppress(Unreadable):
        assert all(len(row) == 3 for row in read(beginning + data, **LIMITS))
