from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse

from attendance.documents.basis import basis_of_codes
from attendance.grid import MARKED, OUTSIDE, Cell, Column, Grid
from attendance.terms import Terms
from cistor.centres.models import DayCode
from cistor.dates import joined, month_end, month_text
from participants.models import Group, GroupLead


def attendance_sheet(group: Group, month: date, grid: Grid, terms: Terms, *, filled: bool) -> dict[str, Any]:
    """The context of `documents/attendance_sheet.html`; not `filled`, the days of classes and the sums are for ink."""
    codes = legend(grid, terms)
    sums = [[row.sums[code.meaning] if filled else None for code in codes] for row in grid.rows]
    return {
        "basis": basis_of_codes(group.centre_id, month_end(month)),
        "filled": filled,
        "group": {"name": group.name, "instructor": leads_text(group, month)},
        "month": month_text(month),
        "code": code_of(group, miesiac=f"{month:%Y-%m}"),
        "days": [_day(column) for column in grid.columns],
        "notes": _notes(grid.columns),
        "codes": [{"code": code.letters, "label": code.name} for code in codes],
        "people": [
            {"name": row.name, "sums": counted, "cells": [_cell(cell, filled) for cell in row.cells]}
            for row, counted in zip(grid.rows, sums, strict=True)
        ],
        "here": [{"off": day.column.is_off, "people": day.here if filled else None} for day in grid.sums],
        "sums": [sum(column) if filled else None for column in zip(*sums, strict=True)],
        "signatures": [{"act": "Prowadzący zajęcia", "name": "", "role": "", "on": ""}],
    }


def code_of(group: Group, **query: str) -> str:
    """The address of the group's month or day as a QR code, a data URL: it holds ids and dates, no names."""
    address = f"{settings.PUBLIC_URL}{reverse('attendance:scanned', args=[group.pk], query=query)}"
    return segno.make(address, error="m").svg_data_uri(border=2, omitsize=True, dark="#000")


def legend(grid: Grid, terms: Terms) -> list[DayCode]:
    """The codes of the month; where the regulations changed inside it, as its last day has them. A retired one only
    where it stands."""
    codes = {**terms.codes(grid.columns[0].day), **terms.codes(grid.columns[-1].day)}.values()
    return [code for code in codes if not code.is_retired or any(row.sums[code.meaning] for row in grid.rows)]


def leads_text(group: Group, month: date) -> str:
    """Who led the group in the month, one after the other."""
    leads = GroupLead.objects.filter(group=group).touching(month, month_end(month)).order_by("start_on", "id")
    return joined(list(dict.fromkeys(str(lead.instructor) for lead in leads.select_related("instructor"))))


def _day(column: Column) -> dict[str, Any]:
    return {
        "number": column.day.day,
        "weekday": column.weekday,
        "off": column.is_off,
    }


def _notes(columns: Iterable[Column]) -> list[dict[str, Any]]:
    """What makes days differ from the usual week; neighbours with the same reason stand together."""
    notes = []
    for why, run in groupby(columns, key=lambda column: column.why):
        days = [column.day.day for column in run]
        if why:
            notes.append({"days": str(days[0]) if len(days) == 1 else f"{days[0]}–{days[-1]}", "why": why})
    return notes


def _cell(cell: Cell, filled: bool) -> dict[str, Any]:
    mark = cell.mark if filled and cell.kind == MARKED else None
    return {
        "code": mark.letters if mark else "",
        "off": cell.column.is_off,
        "outside": cell.kind == OUTSIDE,
        "provisional": bool(mark and mark.provisional),
    }
