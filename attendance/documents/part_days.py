"""The written request to be let go from a part of the classes (S1 § 3 ust. 4 lit. b)."""

from datetime import date, time
from typing import Any

from attendance.documents.basis import basis_of
from attendance.models import PartDay
from cistor.centres.models import Centre
from participants.documents.common import person_facts


def part_day_request(centre: Centre, row: PartDay | None, *, on: date) -> dict[str, Any]:
    """The context of `documents/part_day_request.html`; without a row, a form to be filled in by hand."""
    return {
        "basis": basis_of(centre.pk, row.on if row else on, "part_day"),
        "blank": row is None,
        "person": person_facts(row.programme.participant if row else None),
        "day": row.on if row else "",
        "minutes": row.minutes if row else "",
        "from_at": _hour(row.from_at) if row else "",
        "to_at": _hour(row.to_at) if row else "",
        "reason": row.reason if row else "",
        "agreed": None if row is None else row.agreed,
        "agreed_by": str(row.agreed_by or "") if row else "",
    }


def _hour(at: time | None) -> str:
    """Nothing on requests of before, which knew only minutes."""
    return f"{at:%-H:%M}" if at else ""
