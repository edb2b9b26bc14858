"""What several papers say alike."""

from datetime import date
from typing import Any

from cistor.accounts.models import User
from participants.models import Participant

AS_STORED = ("pesel", "birth_on", "sex", "street", "postal_code", "city", "address", "phone", "email")
PERSON = ("name", "document", "age", *AS_STORED)


def person_facts(participant: Participant | None, on: date | None = None) -> dict[str, Any]:
    """Who the paper is about; each fact is "" where it is not known, and on an empty form. The age is that of `on`."""
    if participant is None:
        return dict.fromkeys(PERSON, "")
    return {
        "name": f"{participant.first_name} {participant.last_name}",
        "document": f"{participant.get_document_kind_display()} {participant.document_number}".strip(),
        "age": age(participant.birth_on, on) if on else "",
        **{name: getattr(participant, name) for name in AS_STORED},
    }


def signer(by: User | None, absent: User | None) -> dict[str, str]:
    """For `_letter_signed.html`: by name, and whose stand-in; each "" where there is nobody."""
    return {"name": str(by or ""), "stands_in_for": str(absent or "")}


def age(birth_on: date, on: date) -> int:
    """Full years."""
    return on.year - birth_on.year - ((on.month, on.day) < (birth_on.month, birth_on.day))
