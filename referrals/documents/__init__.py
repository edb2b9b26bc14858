"""What the papers of the referrals say: kind → the function of its room.

Each is called as `paper(centre, subject, on=on, **more)` and gives what its template asks for; `subject` is the
application (a round for its lists), or None for the same paper to be filled in by hand: then every fact is "", and the
templates print dotted lines and boxes in the place of each empty value.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from cistor.centres.models import Centre
from referrals.documents import admission, intake, office, person, ranking
from referrals.documents.common import candidacy, house_facts, own_basis
from referrals.models import Application, Round

PAPERS: dict[str, Callable[..., dict[str, Any]]] = {
    "application": intake.application,
    "opinion": office.opinion,
    "referral": office.referral,
    "registration": person.registration,
    "income": person.income,
    "statements": person.statements,
    "insurance_statement": person.insurance_statement,
    "indicator_consent": person.indicator_consent,
    "followup_consent": person.followup_consent,
    "image_consent": person.image_consent,
    "interview": person.interview,
    "medical_referral": person.medical_referral,
    "monitoring_statement": person.monitoring_statement,
    "safety_card": person.safety_card,
    "ranking": ranking.ranking,
    "refusal_letter": intake.refusal_letter,
    "qualified_letter": admission.qualified_letter,
    "office_reminder": office.office_reminder,
}


def context(kind: str, subject: Application | Round, on: date, **more: Any) -> dict[str, Any]:
    """The paper about one application, or of one round; `more` is what the kind needs beside it."""
    return _whole(kind, subject.centre, subject, on, more)


def empty(kind: str, centre: Centre, on: date) -> dict[str, Any]:
    """The same paper to be filled in by hand, by the rules of the day."""
    return _whole(kind, centre, None, on, {})


def _whole(kind: str, centre: Centre, subject: Any, on: date, more: dict[str, Any]) -> dict[str, Any]:
    """With what stands on every paper: the rules and names of the house, the project of the round the person is in."""
    house = {"blank": subject is None, "basis": own_basis(kind, centre, on), **house_facts(centre, on)}
    entered = candidacy(subject) if isinstance(subject, Application) else None
    if entered and entered.round.project:
        house["project"] = entered.round.project.name
    return {**house, **PAPERS[kind](centre, subject, on=on, **more)}
