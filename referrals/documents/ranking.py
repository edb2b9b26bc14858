"""The lists of a round."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from referrals.documents.common import house_facts
from referrals.models import Round


def ranking(centre: Centre, in_round: Round | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"round": in_round.name if in_round else "", **house_facts(centre, on)}
