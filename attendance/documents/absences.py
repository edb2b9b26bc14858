"""The official note about an absence (S1 § 3 ust. 4 lit. f)."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from attendance.documents.basis import basis_of
from attendance.models import Absence, Contact, Day
from attendance.reading.absences import named
from cistor.accounts.models import User
from cistor.centres.models import Centre
from participants.documents.common import person_facts, signer

Named = tuple[Day, str]


def absence_note(absence: Absence, *, by: User, on: date) -> dict[str, Any]:
    """The context of `documents/absence_note.html`: the days as they stand on the day of the note."""
    participant = absence.programme.participant
    return {
        "blank": False,
        "basis": basis_of(participant.centre_id, absence.start_on, "absence_reason_role"),
        "person": person_facts(participant),
        "signed_on": absence.programme.signed_on,
        "days": _days(named(absence, on)),
        "reported": _reported(absence),
        "contacts": _contacts(absence),
        "reason": absence.get_reason_kind_display(),
        "found": absence.reason,
        "found_on": absence.found_on or "",
        "talk_on": absence.talk_on or "",
        "arrangement": absence.get_arrangement_display(),
        "arranged": absence.arranged,
        "signer": signer(by, None),
    }


def empty_note(centre: Centre, *, on: date) -> dict[str, Any]:
    """The same note to be filled in by hand."""
    return {
        "blank": True,
        "basis": basis_of(centre.pk, on, "absence_reason_role"),
        "reasons": [str(label) for label in Absence.Reason.labels],
        "arrangements": [str(label) for label in Absence.Arrangement.labels],
    }


def is_behind(absence: Absence, days: Iterable[Named]) -> bool:
    """Whether more is known by now than the note on file tells, or what it tells of was taken back.

    `days`: of the absence, with their names, as they stand.
    """
    told = absence.document.context if absence.document else None
    if not told:
        return False
    known = {
        "days": [{**row, "on": row["on"].isoformat()} for row in _days(days)],
        "reported": _reported(absence),
        "reason": absence.get_reason_kind_display(),
        "found": absence.reason,
        "talk_on": absence.talk_on.isoformat() if absence.talk_on else "",
        "arrangement": absence.get_arrangement_display(),
        "arranged": absence.arranged,
    }
    told = {**told, "reported": _hour(told["reported"])}
    return _tries(told["contacts"]) != _tries(_contacts(absence)) or any(told[name] != known[name] for name in known)


def _days(days: Iterable[Named]) -> list[dict[str, Any]]:
    return [{"on": day.on, "letters": day.code, "name": name} for day, name in days]


def _tries(contacts: list[dict[str, str]]) -> list[tuple[str, str]]:
    return [(_hour(row["at"]), row["result"]) for row in contacts]


def _hour(moment: str) -> str:
    """As it is written today: earlier notes say ", 07:24"."""
    return re.sub(r", 0(?=\d:)", ", ", moment, count=1)


def _contacts(absence: Absence) -> list[dict[str, str]]:
    rows = absence.contacts.filter(retraction__isnull=True).select_related("by")
    return [_contact(row) for row in rows.order_by("at", "pk")]


def _reported(absence: Absence) -> str:
    if absence.reported_at is None:
        return ""
    return f"{localtime(absence.reported_at):%d.%m.%Y, %-H:%M}, {absence.reported_by}"


def _contact(row: Contact) -> dict[str, str]:
    # The words about an incident are for fewer eyes than the note, and so is with whom it was.
    whom, text = ("", "") if row.incident_id else (row.whom, row.text)
    return {
        "at": f"{localtime(row.at):%d.%m.%Y, %-H:%M}",
        "way": row.get_way_display(),
        "whom": f"{row.get_with_whom_display()}: {whom}" if whom else row.get_with_whom_display(),
        "result": row.get_result_display(),
        "text": text,
        "by": str(row.by),
    }
