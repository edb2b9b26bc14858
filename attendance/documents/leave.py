"""What the request for free days and the leave card say."""

from datetime import date
from typing import Any

from attendance.models import LeaveRequest
from attendance.reading.leave import Rules, parts
from attendance.reading.leave_card import Card, Line, title_of
from cistor.accounts.roles import Role
from cistor.centres.models import Centre, Regulations
from cistor.dates import days_text
from participants.documents.decisions import house, name_of

# Rows for ink below what is known.
ROOM = 6


def request_paper(centre: Centre, row: LeaveRequest | None, *, reads: bool, on: date) -> dict[str, Any]:
    """As it was entered; without one, a form to be filled in by hand. `reads`: with reason and texts of opinions."""
    filed_on = row.filed_on if row else on
    version = Rules(centre).version(filed_on)
    return {
        **house(centre, filed_on),
        "basis": _basis(version, "free_days"),
        "blank": row is None,
        "name": name_of(row.programme) if row else "",
        "days": [day.on for day in row.days.all()] if row else [],
        "filed_on": filed_on if row else "",
        "reason": row.reason if row and reads else "",
        "ahead": (version.leave_notice_days if version else None) or "",
        "opinions": _opinions(row, version, reads),
        "granted": row.granted if row else None,
        **_parts(row),
        "decider": row.decider if row else "",
        "decided_on": row.decided_on if row else "",
        "note": row.note if row and reads else "",
    }


def _parts(row: LeaveRequest | None) -> dict[str, str]:
    """What was granted and what was not, where the decision left days out."""
    given, left_out = parts(row) if row and row.granted else ([], [])
    return {"given": _said_in_full(given) if left_out else "", "left_out": _said_in_full(left_out)}


def _said_in_full(days: list[date]) -> str:
    """ "2 i 4 grudnia 2026"."""
    one_year = len({day.year for day in days}) == 1
    return f"{days_text(days)} {days[0].year}" if one_year else days_text(days)


def _opinions(row: LeaveRequest | None, version: Regulations | None, reads: bool) -> list[dict[str, Any]]:
    """One for each role that the regulations ask, with what its newest opinion says."""
    said = {opinion.role: opinion for opinion in row.opinions.all()} if row else {}
    roles = list(version.leave_opinions) if version else []
    return [_opinion(role, said.get(role), reads) for role in roles]


def _opinion(role: str, said: Any, reads: bool) -> dict[str, Any]:
    return {
        "role": Role(role).label,
        "is_positive": said.is_positive if said else None,
        "text": said.text if said and reads else "",
        "by": str(said.by) if said else "",
        "on": said.given_on if said else "",
    }


def card_paper(card: Card, *, on: date) -> dict[str, Any]:
    """The card as it stands on the day, with room to go on in ink."""
    programme, balance = card.programme, card.balance
    return {
        **house(programme.participant.centre, on),
        "basis": _basis(card.version, "leave_card_role"),
        "name": name_of(programme),
        "signed_on": programme.signed_on,
        "keeper": card.keeper,
        "limit": balance.limit,
        "granted": balance.granted + balance.by_hand,
        "used": card.used,
        "left": balance.left + balance.pending,
        "lines": [{"on": f"{line.on:%d.%m.%Y}", "decided": _said(line)} for line in card.lines if not line.is_pending],
        "empty": ROOM,
        "on": on,
    }


def empty_card(centre: Centre, *, on: date) -> dict[str, Any]:
    """The form to be kept by hand; nothing of anybody stands on it."""
    rules = Rules(centre)
    version, limit = rules.version(on), rules.limit(on)
    role = version.leave_card_role if version else ""
    return {
        **house(centre, on),
        **dict.fromkeys(("name", "signed_on", "granted", "used", "left", "on"), ""),
        "basis": _basis(version, "leave_card_role"),
        "keeper": title_of(role, version) if version and role else "",
        "limit": limit,
        "lines": [],
        "empty": max(limit, ROOM),
    }


def _said(line: Line) -> str:
    return f"{line.decided}; zwolnienie tego dnia nie jest jeszcze pewne" if line.is_contested else line.decided


def _basis(version: Regulations | None, setting: str) -> str:
    source = version.sources.get(setting) if version else None
    return f"{version.title}, {source}" if version and source else ""
