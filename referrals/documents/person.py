"""The forms and statements of the person (S2, annexes 2–8), and the papers before the classes (S1 § 2 ust. 2)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from cistor.centres.models import Centre, DeadlineLength, Regulations, StatutoryWording
from cistor.money import zloty
from participants.models import Membership, Participant
from referrals.documents.common import candidacy, categories, person_facts, term_days
from referrals.models import Application, Candidacy

Facts = dict[str, Any]


def registration(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """Annex 2: who, where, which courses, which place on the labour market, which groups."""
    return {
        "person": _person(application, on),
        "sexes": _choices(Participant.Sex.choices, application.participant.sex if application else ""),
        "stay_address": application.stay_address if application else "",
        "correspondence_address": application.correspondence_address if application else "",
        "at_pup": _at_pup(application),
        "jobless_since": _jobless_since(candidacy(application)),
        "categories": categories(application, on),
    }


def income(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """Annex 3; where the regulations give points for it, the threshold, and since when the person is without work."""
    regulations = Regulations.objects.version(centre, on)
    by_points = bool(regulations and regulations.recruitment == Regulations.Recruitment.POINTS)
    entered = candidacy(application)
    per_head = entered.income_per_head if entered else None
    return {
        "person": _person(application, on),
        "per_head": "" if per_head is None else zloty(per_head),
        "threshold": zloty(regulations.income_threshold) if by_points and regulations.income_threshold else "",
        "asks_jobless": by_points,
        "jobless_since": _jobless_since(entered),
    }


def statements(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """Annex 4, and what the person declares about the rights that exclude (art. 1 ust. 3), as declared last."""
    declared = application.exclusion_statements.first() if application else None
    words = StatutoryWording.objects.in_force("exclusion", declared.declared_on if declared else on)
    has = declared.rights if declared else []
    return {
        "person": _person(application, on),
        "excluded": [
            {"label": "nie mam prawa do żadnego z nich", "ticked": declared is not None and not has},
            {"label": "mam prawo do:", "ticked": bool(has)},
        ],
        "exclusions": [{"label": text, "ticked": code in has} for code, text in words.items()],
    }


def insurance_statement(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """Annex 5: what the person was told of the health insurance, and who will report them."""
    return {"person": _person(application, on), "at_pup": _at_pup(application)}


def indicator_consent(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """Annex 6."""
    return {"person": _person(application, on)}


def followup_consent(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """Annex 7; how long after the end, the centre's own term says."""
    days = term_days(DeadlineLength.Code.FOLLOW_UP, centre, on)
    return {"person": _person(application, on), "term": _weeks(days) if days else ""}


def image_consent(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """Annex 8; apart from every other statement, and it may be withdrawn."""
    return {"person": _person(application, on)}


def interview(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """The questionnaire of the qualifying talk with the consent to the data (S1 § 2)."""
    entered = candidacy(application)
    return {
        "person": _person(application, on),
        "at_pup": _at_pup(application),
        "jobless_since": _jobless_since(entered),
        "categories": categories(application, on),
        "reason": application.reason if application else "",
        "aim": application.aim if application else "",
        "talk": _talk(entered),
    }


def medical_referral(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """To the occupational doctor; what the person suffers from is not asked."""
    return {"person": _person(application, on), "group": _group(application, on), "first": bool(application)}


def monitoring_statement(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """That the person knows of the cameras."""
    return {"person": _person(application, on)}


def safety_card(centre: Centre, application: Application | None, *, on: date) -> Facts:
    """The trainings before the classes, each to be signed by both."""
    return {"person": _person(application, on), "group": _group(application, on)}


def _person(application: Application | None, on: date) -> Facts:
    return person_facts(application.participant if application else None, on)


def _at_pup(application: Application | None) -> list[Facts]:
    registered = application.registered_at_pup if application else None
    return _choices(
        [(True, "w ewidencji powiatowego urzędu pracy"), (False, "poza ewidencją urzędu pracy")], registered
    )


def _choices(choices: Iterable[tuple[Any, str]], chosen: Any) -> list[Facts]:
    return [{"label": label, "ticked": value == chosen} for value, label in choices]


def _jobless_since(entered: Candidacy | None) -> date | str:
    return (entered.jobless_since if entered else None) or ""


def _talk(entered: Candidacy | None) -> Facts:
    if entered is None or entered.interview_on is None:
        return {"on": "", "by": "", "note": "", "consultation": False}
    return {
        "on": entered.interview_on,
        "by": str(entered.interview_by),
        "note": entered.interview_note,
        "consultation": entered.consultation_on is not None,
    }


def _group(application: Application | None, on: date) -> str:
    return _group_of(application.participant, on) if application else ""


def _group_of(participant: Participant, on: date) -> str:
    rows = Membership.objects.in_force(on).filter(participant=participant)
    return rows.values_list("group__name", flat=True).first() or ""


def _weeks(days: int) -> str:
    """ "4 tygodni" after "w ciągu", "30 dni" where the days make no weeks."""
    return f"{days // 7} {'tygodnia' if days == 7 else 'tygodni'}" if days % 7 == 0 else f"{days} dni"
