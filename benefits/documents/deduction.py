"""The consent to a deduction, to be signed by the person."""

from datetime import date
from typing import Any

from benefits.models import Deduction
from cistor.centres.models import Regulations


def agreement_context(deduction: Deduction, *, on: date) -> dict[str, Any]:
    """The context of `documents/deduction_agreement.html`."""
    programme, kind = deduction.programme, deduction.kind
    participant, version = programme.participant, Regulations.objects.get(pk=kind.regulations_id)
    return {
        "basis": f"{version.title}, {kind.source}",
        "person": {
            "name": f"{participant.first_name} {participant.last_name}",
            "pesel": participant.pesel,
            "birth_on": participant.birth_on,
            "address": participant.address,
        },
        "regulations": {"title": version.title, "since": version.in_force_from, "source": kind.source},
        "signed_on": programme.signed_on,
        "kind": kind.name,
        "what": deduction.what,
        "amount": deduction.amount,
        "instalment": deduction.instalment or "",
        "minimum": version.minimum_paid or "",
        "ended_on": programme.ended_on if kind.condition == kind.Condition.ENDED_THROUGH_FAULT else "",
        "suspected_on": deduction.suspected_on or "",
        "head": version.head_title,
    }
