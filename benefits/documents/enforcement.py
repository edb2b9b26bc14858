"""The answer to a bailiff: the benefit is exempt from enforcement."""

from datetime import date
from typing import Any

from django.db.models import Q

from benefits.documents.claim import regulations_of
from benefits.models import Enforcement
from cistor.accounts.models import User
from participants.documents.common import signer
from participants.documents.decisions import house
from participants.models import Participant


def bailiff_answer(enforcement: Enforcement, *, by: User, on: date) -> dict[str, Any]:
    """The context of `documents/bailiff_answer.html`; the answer goes to the bailiff, not to the participant."""
    participant = enforcement.participant
    centre = participant.centre
    return {
        **house(centre, on),
        "basis": regulations_of(centre, on),
        "addressee": addressee(enforcement),
        "signature": enforcement.signature,
        "received_on": enforcement.received_on,
        "person": {
            "name": f"{participant.first_name} {participant.last_name}",
            "pesel": participant.pesel,
            "birth_on": participant.birth_on,
        },
        **_standing(participant, on),
        "clerk": str(by),
        "signer": signer(None, None),
    }


def _standing(participant: Participant, on: date) -> dict[str, Any]:
    """`stands`: "now", "past" with the `ended_on` of the last programme, "never"."""
    programmes = participant.programmes.filter(signed_on__lte=on)
    if programmes.filter(Q(ended_on=None) | Q(ended_on__gte=on)).exists():
        return {"stands": "now", "ended_on": ""}
    ended_on = programmes.order_by("-ended_on").values_list("ended_on", flat=True).first()
    return {"stands": "past" if ended_on else "never", "ended_on": ended_on or ""}


def addressee(enforcement: Enforcement) -> list[str]:
    """Lines: whose letter it was, and where they have theirs sent."""
    town = f"{enforcement.postal_code} {enforcement.city}".strip()
    return [line for line in (enforcement.bailiff, enforcement.street, town) if line]
