from datetime import date
from typing import Any

from attendance.grid import MARKED, OUTSIDE, Cell, Column, Grid
from attendance.terms import Terms
from cistor.centres.models import DayCode
from cistor.dates import joined, month_end, month_text
from participants.models import Group, GroupLead


def attendance_sheet(group: Group, month: date, grid: Grid, terms: Terms, *, filled: bool) -> dict[str, Any]:
    """The context of `documents/attendance_sheet.html`; not `filled`, the days of classes stay empty for ink."""
    codes = legend(grid, terms)
    listed = [{"code": code.letters, "label": code.name} for code in codes]
    return {
        "group": {"name": group.name, "instructor": leads_text(group, month)},
        "month": month_text(month),
        "days": [_day(column) for column in grid.columns],
        "codes": listed,
        "sums": listed if filled else [],
        "people": [
            {
                "name": row.name,
                "sums": [row.sums[code.meaning] for code in codes] if filled else [],
                "cells": [_cell(cell, filled) for cell in row.cells],
            }
            for row in grid.rows
        ],
        "signatures": [{"act": "Prowadzący zajęcia", "name": "", "role": "", "on": ""}],
    }


def legend(grid: Grid, terms: Terms) -> list[DayCode]:
    """The codes of the month; where the regulations changed inside it, as its last day has them."""
    return list({**terms.codes(grid.columns[0].day), **terms.codes(grid.columns[-1].day)}.values())


def leads_text(group: Group, month: date) -> str:
    """Who led the group in the month, one after the other."""
    leads = GroupLead.objects.filter(group=group).touching(month, month_end(month)).order_by("start_on", "id")
    return joined(list(dict.fromkeys(str(lead.instructor) for lead in leads.select_related("instructor"))))


def _day(column: Column) -> dict[str, Any]:
    return {
        "number": column.day.day,
        "weekday": column.weekday,
        "off": column.is_off,
        "why": column.why,
    }


def _cell(cell: Cell, filled: bool) -> dict[str, Any]:
    mark = cell.mark if filled and cell.kind == MARKED else None
    return {
        "code": mark.letters if mark else "",
        "off": cell.column.is_off,
        "outside": cell.kind == OUTSIDE,
        "provisional": bool(mark and mark.provisional),
    }
