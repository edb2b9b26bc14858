"""The application, and the letter that refuses it."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from referrals.documents.common import house_facts, person_facts
from referrals.models import Application


def application(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def refusal_letter(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}
