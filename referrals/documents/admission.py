"""What the qualified are told."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from referrals.documents.common import house_facts, person_facts
from referrals.models import Application


def qualified_letter(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}
