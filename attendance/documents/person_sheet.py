from collections.abc import Sequence
from typing import Any

from attendance.documents.basis import basis_of_codes
from attendance.grid import MARKED, OUTSIDE, Cell
from attendance.reading.years import Month, ProgrammeYears
from cistor.centres.models import DayCode
from cistor.dates import joined, month_text, span_text
from participants.models import Membership

DAYS = 31
NO_DAY = {"code": "", "off": True, "outside": False, "provisional": False}


def person_sheet(years: ProgrammeYears, *, filled: bool = True) -> dict[str, Any]:
    """The context of `documents/person_sheet.html`; not `filled`, the days of classes and the sums are for ink."""
    codes = years.codes
    return {
        "basis": basis_of_codes(years.programme.participant.centre_id, years.end),
        "filled": filled,
        "person": {"name": str(years.programme.participant), "groups": _groups(years)},
        "period": span_text(years.start, years.end),
        "days": list(range(1, DAYS + 1)),
        "codes": [{"code": code.letters, "label": code.name} for code in codes],
        "months": [_month(month, codes, filled) for month in years.months],
        "sums": _sums(years.sums, codes, filled),
        "signatures": [{"act": "Sporządzenie", "name": "", "role": "", "on": ""}],
    }


def _groups(years: ProgrammeYears) -> str:
    stays = Membership.objects.filter(participant=years.programme.participant_id).touching(years.start, years.end)
    rows = stays.order_by("start_on", "id").select_related("group")
    return joined(list(dict.fromkeys(row.group.name for row in rows)))


def _month(month: Month, codes: Sequence[DayCode], filled: bool) -> dict[str, Any]:
    cells = [_cell(cell, filled) for cell in month.row.cells]
    return {
        "name": month_text(month.first),
        "cells": [*cells, *[NO_DAY] * (DAYS - len(cells))],
        "sums": _sums(month.sums, codes, filled),
    }


def _sums(sums: dict[str, int], codes: Sequence[DayCode], filled: bool) -> list[int | None]:
    return [sums[code.meaning] if filled else None for code in codes]


def _cell(cell: Cell, filled: bool) -> dict[str, Any]:
    mark = cell.mark if filled and cell.kind == MARKED else None
    return {
        "code": mark.letters if mark else "",
        "off": cell.column.is_off,
        "outside": cell.kind == OUTSIDE,
        "provisional": bool(mark and mark.provisional),
    }
