"""The forms and statements of the person."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from referrals.documents.common import house_facts, person_facts
from referrals.models import Application


def registration(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def income(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def statements(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def insurance_statement(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def indicator_consent(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def followup_consent(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def image_consent(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def interview(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def medical_referral(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def monitoring_statement(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}


def safety_card(centre: Centre, application: Application | None, *, on: date, **more: Any) -> dict[str, Any]:
    return {"person": person_facts(application and application.participant), **house_facts(centre, on)}
