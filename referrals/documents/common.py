"""What several papers say alike."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre, Regulations
from participants.models import Participant

PERSON = ("name", "pesel", "document", "birth_on", "sex", "street", "postal_code", "city", "address", "phone", "email")


def person_facts(participant: Participant | None) -> dict[str, Any]:
    """Who the paper is about; each fact is "" where it is not known, and on an empty form."""
    if participant is None:
        return dict.fromkeys(PERSON, "")
    plain = ("pesel", "birth_on", "sex", "street", "postal_code", "city", "address", "phone", "email")
    return {
        "name": f"{participant.first_name} {participant.last_name}",
        "document": f"{participant.get_document_kind_display()} {participant.document_number}".strip(),
        **{name: getattr(participant, name) for name in plain},
    }


def house_facts(centre: Centre, on: date) -> dict[str, Any]:
    """What the centre's own rules give its papers: the regulations of the day and the title of its head."""
    regulations = Regulations.objects.version(centre, on)
    return {
        "head": regulations.head_title if regulations else "kierownik",
        "regulations": {"title": regulations.title, "since": regulations.in_force_from} if regulations else None,
    }
