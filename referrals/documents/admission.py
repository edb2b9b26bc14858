"""What the qualified are told."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from participants import personal_file
from referrals import readiness, steps
from referrals.documents.common import candidacy, person_facts
from referrals.documents.intake import addressee
from referrals.models import Application


def qualified_letter(centre: Centre, application: Application | None, *, on: date) -> dict[str, Any]:
    """S1 § 2, S2 § 5: when classes begin, what the person still brings, what the centre still waits for."""
    stands = candidacy(application)
    begins = stands.round.classes_on if stands else None
    return {
        "person": person_facts(application.participant if application else None, on),
        "addressee": addressee(application) if application else [],
        "number": application.number if application else "",
        "applied_on": (application and application.applied_on) or "",
        "classes_on": begins or "",
        "to_bring": _to_bring(application, on, first_on=max(begins or on, on)) if application else _all(centre, on),
        "awaited": _awaited(application, on) if application else [],
    }


def _to_bring(application: Application, on: date, *, first_on: date) -> list[str]:
    """What the file lacks on the first day, and the statement when it is missing or too old."""
    items = [kind.name for kind in personal_file.missing_obligatory(application.participant, first_on)]
    asked = ["oświadczenie o prawach, które wykluczają uczestnictwo (do podpisania w centrum)"]
    return [*items, *(asked if readiness.exclusions_fault(application, on) else [])]


def _all(centre: Centre, on: date) -> list[str]:
    return [kind.name for kind in personal_file.asked_for(centre, on) if kind.obligatory]


def _awaited(application: Application, on: date) -> list[str]:
    """What the office has not done yet."""
    office = f" ({application.office.short_name})" if application.office else ""
    return [f"{step.label}{office}" for step in steps.left(application, steps.needed(application, on))]
