"""The slip of one settlement: what the participant takes home."""

from collections.abc import Iterable
from typing import Any

from benefits.models import Line, Recovery, Settlement
from benefits.reading import explanation
from benefits.reading.letters import Letters
from benefits.reading.numbers import numbers
from benefits.reading.sources import short

WAYS = {"account": "na rachunek", "cash_desk": "w kasie banku", "": ""}
# Of an account number a slip shows its end: it tells the own account from another, and nobody can pay in by it.
SHOWN_DIGITS = 4


def slip_context(row: Settlement, named: Letters) -> dict[str, Any]:
    """The context of `documents/benefit_slip.html`; the row comes with programme, participant, list and lines.

    `named`: the letters of the centre, read once for a whole list.
    """
    letters, codes = named.on(row.end_on), named.codes_on(row.end_on)
    parts, versions = explanation.lines_by_part(row), explanation.versions_used(row)
    weeks = explanation.weeks(row, codes)
    return {
        "draft": row.payment_list.is_open,
        "difference": row.corrects_id is not None,
        "name": row.name,
        "period": row.period,
        "payday": row.payment_list.payday,
        "way": _way(row),
        "outcome": explanation.outcome(row, letters),
        "benefit_lines": _lines(parts["benefit"], letters, versions),
        "benefit": row.benefit,
        "payment_lines": _lines(parts["payment"], letters, versions),
        "net": row.net,
        "taken": [_taken(recovery) for recovery in row.recovered.all()],
        "payout": row.payout,
        "overpaid": -row.net if row.net < 0 else None,
        "zus": _lines(parts["zus"], letters, versions),
        "weeks": [[_cell(cell) for cell in week] for week in weeks],
        "codes": [{"code": code.letters, "label": code.name} for code in explanation.codes_used(weeks, codes)],
        "numbers": [number._asdict() for number in numbers(row, versions)],
        "versions": [{"title": title, "since": since} for title, since in versions],
    }


def _lines(lines: Iterable[Line], letters: dict[str, str], versions) -> list[dict[str, Any]]:
    return [
        {"text": explanation.said(line, letters), "source": short(line.source, versions), "amount": line.amount}
        for line in lines
    ]


def _way(row: Settlement) -> str:
    if not row.payout:
        return ""
    return f"{WAYS[row.method]} …{row.account[-SHOWN_DIGITS:]}" if row.account else WAYS[row.method]


def _taken(recovery: Recovery) -> dict[str, Any]:
    return {"period": recovery.overpaid.period, "amount": -recovery.amount}


def _cell(cell: explanation.Cell) -> dict[str, Any]:
    return {
        "day": cell.day.day if cell.inside else None,
        "off": not cell.has_classes,
        "code": cell.code.letters if cell.code else "",
        "unmarked": cell.unmarked,
    }
