"""What the request for free days and the leave card say."""

from datetime import date
from typing import Any

from attendance.documents.basis import cited
from attendance.models import LeaveDay, LeaveRequest
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
    filed_on, rules = row.filed_on if row else on, Rules(centre)
    version = rules.version(filed_on)
    return {
        **house(centre, filed_on),
        "basis": cited(version, "free_days", "leave_notice_days"),
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
        "waived": _said_in_full(rules.late(parts(row)[0], filed_on)) if row and row.waiver else "",
        "waiver": row.waiver if row and reads else "",
        "kept": [name for name in ("reason", "note", "waiver") if row and not reads and getattr(row, name)],
        **_ended(row),
    }


def _parts(row: LeaveRequest | None) -> dict[str, str]:
    """What was granted and what was not, where the decision left days out."""
    given, left_out = parts(row) if row and row.granted else ([], [])
    return {"given": _said_in_full(given) if left_out else "", "left_out": _said_in_full(left_out)}


def _ended(row: LeaveRequest | None) -> dict[str, Any]:
    """What became of it since: taken back, cancelled, days that came back to the balance."""
    withdrawn_on, cancelled_on = (row.withdrawn_on, row.cancelled_on) if row else (None, None)
    released = _released(row)
    return {
        "withdrawn_on": withdrawn_on or "",
        "withdrawn_why": row.note if row and withdrawn_on else "",
        "cancelled_on": cancelled_on or "",
        "cancelled_by": str(row.cancelled_by) if row and cancelled_on else "",
        "cancelled": _said_in_full([day.on for day in released if _is_of_cancelling(day)]),
        "given_back": _given_back([day for day in released if not _is_of_cancelling(day)]),
    }


def _released(row: LeaveRequest | None) -> list[LeaveDay]:
    """The days that stood once; what was refused or taken back unanswered is said elsewhere."""
    elsewhere = ("", LeaveDay.Release.REFUSED, LeaveDay.Release.WITHDRAWN)
    return [day for day in row.days.all() if day.release not in elsewhere] if row else []


def _is_of_cancelling(day: LeaveDay) -> bool:
    return day.release == LeaveDay.Release.CANCELLED and day.released_on == day.request.cancelled_on


def _given_back(days: list[LeaveDay]) -> str:
    """ "13 lipca 2026 (zwolnienie lekarskie), 14 lipca 2026 (odwołano)"."""
    found: dict[str, list[date]] = {}
    for day in days:
        found.setdefault(day.get_release_display(), []).append(day.on)
    return ", ".join(f"{_said_in_full(rows)} ({why})" for why, rows in found.items())


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
        "is_kept": bool(said and said.text and not reads),
        "by": str(said.by) if said else "",
        "on": said.given_on if said else "",
    }


def card_paper(card: Card, *, on: date) -> dict[str, Any]:
    """The card as it stands on the day, with room to go on in ink."""
    programme, balance = card.programme, card.balance
    return {
        **house(programme.participant.centre, on),
        "basis": cited(card.version, "leave_card_role"),
        "name": name_of(programme),
        "signed_on": programme.signed_on,
        "keeper": card.keeper,
        "limit": balance.limit,
        "granted": balance.granted + balance.by_hand,
        "used": card.used,
        "left": balance.left + balance.pending,
        "lines": [{"on": f"{line.on:%d.%m.%Y}", "decided": _said(line)} for line in card.lines if not line.is_pending],
        # No more than may still be granted: the signature stays on the page.
        "empty": max(0, min(balance.left + balance.pending, ROOM)),
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
        "basis": cited(version, "leave_card_role"),
        "blank": True,
        "keeper": title_of(role, version) if version and role else "",
        "limit": limit,
        "lines": [],
        "empty": max(limit, ROOM),
    }


def _said(line: Line) -> str:
    return f"{line.decided}; zwolnienie tego dnia nie jest jeszcze pewne" if line.is_contested else line.decided
