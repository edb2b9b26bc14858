"""The request for a bonus with its opinions and the decision."""

from datetime import date
from typing import Any

from benefits.models import Bonus, BonusOpinion
from benefits.reading.bonuses import asked, caps_of, regulations_of, standing
from cistor.dates import month_text
from cistor.money import percent
from participants.documents.common import signer


def bonus_request(bonus: Bonus, *, on: date) -> dict[str, Any]:
    """The context of `documents/bonus_request.html`; before the decision a draft."""
    programme = bonus.programme
    participant = programme.participant
    cap = caps_of(participant.centre, [programme], bonus.month)[programme.pk]
    regulations = regulations_of(participant.centre_id, cap)
    return {
        "head": regulations.head_title if regulations else "kierownik",
        "basis": f"{regulations.title}, {cap.source}" if regulations and cap.source else "",
        "name": f"{participant.first_name} {participant.last_name}",
        "month": month_text(bonus.month),
        "signed_on": programme.signed_on,
        "percent": percent(bonus.asked_percent / 100) if bonus.asked_percent else "",
        "asked": asked(bonus, cap),
        "cap": {"amount": cap.amount, "basis": cap.basis, "because": cap.because},
        "reason": bonus.reason,
        "asked_by": {"name": str(bonus.asked_by), "role": bonus.asked_by.role_names, "on": bonus.asked_on},
        "opinions": [_opinion(opinion) for opinion in standing(bonus.opinions.select_related("by"))],
        "granted": bonus.granted,
        "amount": bonus.amount or "",
        "note": bonus.note,
        "decided_on": bonus.decided_on or "",
        "signer": signer(bonus.decided_by, bonus.decided_for),
    }


def _opinion(opinion: BonusOpinion) -> dict[str, Any]:
    return {
        "name": str(opinion.by),
        "role": opinion.by.role_names,
        "on": opinion.given_on,
        "is_positive": opinion.is_positive,
        "text": opinion.text,
    }
