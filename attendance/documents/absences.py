"""The official note about an absence (S1 § 3 ust. 4 lit. f)."""

from datetime import date
from typing import Any

from django.utils.timezone import localtime

from attendance.models import Absence, Contact, Day
from attendance.reading.absences import days_of
from cistor.accounts.models import User
from cistor.centres.models import Regulations
from participants.documents.common import person_facts, signer


def absence_note(absence: Absence, *, by: User, on: date) -> dict[str, Any]:
    """The context of `documents/absence_note.html`: the days as they stand on the day of the note."""
    participant = absence.programme.participant
    version = Regulations.objects.version(participant.centre_id, absence.start_on)
    source = version.sources.get("absence_reason_role", "") if version else ""
    return {
        "basis": f"{version.title}, {source}" if version and source else "",
        "person": person_facts(participant),
        "signed_on": absence.programme.signed_on,
        "days": [
            {"on": day.on, "letters": day.code, "name": day.get_meaning_display()} for day in days_of(absence, on)
        ],
        "reported": _reported(absence),
        "contacts": [_contact(row) for row in absence.contacts.select_related("by").order_by("at", "pk")],
        "reason": absence.get_reason_kind_display(),
        "found": absence.reason,
        "found_on": absence.found_on or "",
        "talk_on": absence.talk_on or "",
        "arrangement": absence.get_arrangement_display(),
        "arranged": absence.arranged,
        "signer": signer(by, None),
    }


def is_behind(absence: Absence, contacts: int) -> bool:
    """Whether more is known by now than the note on file tells; `contacts`: how many there are."""
    told = absence.document.context if absence.document else None
    if not told:
        return False
    known = {
        "reason": absence.get_reason_kind_display(),
        "found": absence.reason,
        "talk_on": absence.talk_on.isoformat() if absence.talk_on else "",
        "arrangement": absence.get_arrangement_display(),
        "arranged": absence.arranged,
    }
    return len(told["contacts"]) != contacts or any(told[name] != value for name, value in known.items())


def _day(day: Day) -> dict[str, Any]:
    return {"on": day.on, "letters": day.code, "name": day.get_meaning_display()}


def _reported(absence: Absence) -> str:
    if absence.reported_at is None:
        return ""
    return f"{localtime(absence.reported_at):%d.%m.%Y, %H:%M}, {absence.reported_by}"


def _contact(row: Contact) -> dict[str, str]:
    whom = f"{row.get_with_whom_display()}: {row.whom}" if row.whom else row.get_with_whom_display()
    return {
        "at": f"{localtime(row.at):%d.%m.%Y, %H:%M}",
        "way": row.get_way_display(),
        "whom": whom,
        "result": row.get_result_display(),
        # The words about an incident are for fewer eyes than the note.
        "text": "" if row.incident_id else row.text,
        "by": str(row.by),
    }
