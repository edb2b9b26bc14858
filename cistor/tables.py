"""Tables that people bring, XLSX or CSV: bytes in, rows of text out. Pure; nothing in a file is ever computed or run.

A spreadsheet is an archive that a small file can make unfold without end, so its size is known before it is unpacked.
A formula gives the value that its own program left there, or nothing.
"""

import csv
import re
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO, StringIO
from itertools import islice
from typing import Any
from xml.parsers import expat
from zipfile import ZipFile

from openpyxl import load_workbook

LARGEST = 2 * 1024 * 1024
# All parts of a spreadsheet together, unpacked.
MOST_UNPACKED = 20 * 1024 * 1024
LONGEST_CELL = 4000
BEGINNING = b"PK\x03\x04"
# An encrypted workbook, or one of before 2007.
OLD_BEGINNING = b"\xd0\xcf\x11\xe0"
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Unreadable(ValueError):
    """The file cannot be read as a table; the message is Polish and goes to the person."""


def read(data: bytes, *, most_rows: int, most_columns: int) -> list[list[str]]:
    """The rows of the first sheet as text, each of the same width, empty ones at the end left out; else Unreadable."""
    if not data:
        raise Unreadable("Plik jest pusty.")
    if len(data) > LARGEST:
        raise Unreadable("Plik jest za duży: najwyżej 2 MB.")
    if data.startswith(OLD_BEGINNING):
        raise Unreadable("To stary albo zabezpieczony hasłem arkusz. Zapisz go jako XLSX bez hasła.")
    read_rows = _workbook if data.startswith(BEGINNING) else _csv
    # One more than may be: so that too many are told from just enough.
    rows = [[_tidy(cell) for cell in row[:most_columns]] for row in read_rows(data, most_rows + 1, most_columns)]
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > most_rows:
        raise Unreadable(f"Arkusz ma za dużo wierszy: razem z nagłówkiem najwyżej {most_rows}. Podziel go na części.")
    return [row + [""] * (most_columns - len(row)) for row in rows]


def _tidy(text: str) -> str:
    return UNPRINTABLE.sub("", text).strip()[:LONGEST_CELL]


# XLSX -----------------------------------------------------------------------------------------------------------------


def _workbook(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    try:
        _refuse_traps(data)
        book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        # What the file says of its own extent may be wrong; a cell may also claim to stand in the millionth row.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_row=most_rows, max_col=most_columns, values_only=True)
        return [[_text(value) for value in row] for row in islice(rows, most_rows)]
    except Unreadable:
        raise
    except Exception as error:
        # The library meets a damaged file with errors of every kind.
        raise Unreadable("Nie udało się odczytać arkusza. Zapisz go jeszcze raz jako XLSX albo CSV.") from error


def _refuse_traps(data: bytes) -> None:
    """No part is unpacked beyond what the archive says of it, and what it says is little; no part defines entities."""
    with ZipFile(BytesIO(data)) as archive:
        if sum(part.file_size for part in archive.infolist()) > MOST_UNPACKED:
            raise Unreadable("Arkusz jest po rozpakowaniu za duży. Zostaw w nim same dane kandydatów.")
        for part in archive.infolist():
            if part.filename.endswith((".xml", ".rels")):
                _refuse_entities(archive.read(part))


def _refuse_entities(part: bytes) -> None:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(part, True)


def _refuse(*_: object) -> None:
    raise Unreadable("Arkusz zawiera niedozwolone definicje. Zapisz go jeszcze raz jako XLSX albo CSV.")


def _text(value: Any) -> str:
    """As somebody would have typed it: a day as 31.12.2026, a whole number without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "tak" if value else "nie"
    if isinstance(value, datetime | date):
        return f"{value.day:02}.{value.month:02}.{value.year:04}"
    if isinstance(value, float) and value.is_integer():
        return f"{Decimal(value):f}"[:LONGEST_CELL]
    return str(value)


# CSV ------------------------------------------------------------------------------------------------------------------


def _csv(data: bytes, most_rows: int, most_columns: int) -> list[list[str]]:
    text = _decoded(data)
    head = text.lstrip().partition("\n")[0]
    separator = max(";,\t", key=head.count)
    try:
        return list(islice(csv.reader(StringIO(text, newline=""), delimiter=separator), most_rows))
    except csv.Error as error:
        raise Unreadable("Nie udało się odczytać pliku CSV. Sprawdź cudzysłowy i zapisz go jeszcze raz.") from error


def _decoded(data: bytes) -> str:
    """UTF-8, or Windows-1250 as an older Polish Excel writes; anything else is no text."""
    if b"\0" not in data:
        for encoding in ("utf-8-sig", "cp1250"):
            try:
                return data.decode(encoding)
            except UnicodeDecodeError:
                continue
    raise Unreadable("To nie jest arkusz XLSX ani plik CSV w kodowaniu UTF-8 albo Windows-1250.")
