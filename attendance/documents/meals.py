from datetime import date
from typing import Any

from attendance.documents.basis import basis_of
from attendance.documents.sheet import code_of, leads_text
from attendance.reading.meals import eaters
from participants.models import Group

# Of a list to be filled in by hand: as many as leave room for the signature on the page.
ROWS = 18


def meal_list(group: Group, day: date, *, filled: bool) -> dict[str, Any]:
    """The context of `documents/meal_list.html`: who is here on the day, or room for names and the day."""
    people = [str(programme.participant) for programme in eaters(group, day)] if filled else []
    return {
        "basis": basis_of(group.centre_id, day, "meals"),
        "blank": not filled,
        "group": {"name": group.name, "instructor": leads_text(group, day)},
        "code": code_of(group, dzien=f"{day:%Y-%m-%d}") if filled else "",
        "day": day if filled else "",
        "people": people if filled else [""] * ROWS,
    }
