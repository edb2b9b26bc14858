"""The changes of a month as the page sends them: one field, since a month has more cells than a form takes fields."""

import json
from datetime import date
from typing import Any

from attendance.cells import Cell, state
from cistor.centres.models import Meaning
from cistor.errors import Refused

STATES = frozenset({"", *Meaning.values, *(state(meaning, provisional=True) for meaning in Meaning.values)})
# Four groups of 31 people in a month of 31 days.
MOST = 4000
UNREADABLE = "Nie zapisano: zmiany przyszły nieczytelne. Odśwież stronę i spróbuj ponownie."


def read(text: str, *, start: date, end: date) -> dict[date, list[Cell]]:
    """`[[programme, "2026-03-11", seen, wanted], …]` as the cells of the days; Refused for anything else."""
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError):
        raise Refused(UNREADABLE) from None
    if not isinstance(rows, list):
        raise Refused(UNREADABLE)
    if len(rows) > MOST:
        raise Refused(f"Nie zapisano: naraz można zmienić najwyżej {MOST} pól. Zapisuj częściej.")
    days: dict[date, list[Cell]] = {}
    for row in rows:
        day, cell = _cell(row)
        if not start <= day <= end:
            raise Refused("Nie zapisano: jedna ze zmian leży poza tym miesiącem. Odśwież stronę.")
        days.setdefault(day, []).append(cell)
    if len(rows) > len({(day, cell.programme_id) for day, cells in days.items() for cell in cells}):
        raise Refused(UNREADABLE)
    return days


def _cell(row: Any) -> tuple[date, Cell]:
    try:
        programme, day, seen, wanted = row
        when = date.fromisoformat(day)
    except (TypeError, ValueError):
        raise Refused(UNREADABLE) from None
    # True is a number to Python; a day may be written in more than one way.
    known = type(programme) is int and 0 < programme < 2**63 and when.isoformat() == day
    if not known or not isinstance(seen, str) or not isinstance(wanted, str) or not {seen, wanted} <= STATES:
        raise Refused(UNREADABLE)
    return when, Cell.of(programme, seen, wanted)
