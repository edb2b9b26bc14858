"""The office's papers, and the letter that reminds it."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from referrals.documents.common import house_facts, person_facts
from referrals.models import Application


def opinion(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def referral(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def office_reminder(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}
