from datetime import date
from typing import Any

from attendance.documents.basis import basis_of
from attendance.models import IssuedItem
from attendance.reading.items import of_person
from attendance.reading.meals import of_programme
from cistor.centres.models import Centre
from cistor.dates import in_month_text
from participants.documents.common import person_facts
from participants.documents.decisions import house
from participants.models import Programme

# A sheet has room for so many; what is given later is written in by hand.
ROWS = 11
CELLS = ("given_on", "what", "quantity", "value", "returned_on")
EMPTY = dict.fromkeys(CELLS, "") | {"is_signed": False, "is_returnable": True, "over": ""}


def issue_card(centre: Centre, programme: Programme | None, *, on: date) -> dict[str, Any]:
    """The context of `documents/issue_card.html`; without a programme, a card to be kept by hand."""
    rows = [_row(item) for item in _items(programme)] if programme else []
    return {
        **house(centre, on),
        "basis": basis_of(centre.pk, on, "things"),
        "blank": programme is None,
        "person": person_facts(programme.participant if programme else None),
        "signed_on": programme.signed_on if programme else "",
        "meals": _meals(programme, on) if programme else "",
        "rows": rows + [EMPTY] * max(ROWS - len(rows), 0),
    }


def _items(programme: Programme) -> list[IssuedItem]:
    """As they were given."""
    return [row for row in reversed(of_person(programme.participant)) if row.programme_id == programme.pk]


def _meals(programme: Programme, on: date) -> str:
    """ "14 w listopadzie 2026, 120 w całym programie; z obecności"."""
    found = of_programme(programme, until=on)
    return f"{found.of_month(on)} {in_month_text(on, with_year=True)}, {found.total} w całym programie; z obecności"


def _row(item: IssuedItem) -> dict[str, Any]:
    return {
        "given_on": item.given_on,
        "what": f"{item.get_kind_display()}: {item.what}",
        "quantity": item.quantity,
        "value": item.value,
        "is_signed": item.is_signed,
        "is_returnable": item.is_returnable,
        "returned_on": item.returned_on or "",
        "over": f"spisano {item.written_off_on:%d.%m.%Y}" if item.written_off_on else "",
    }
