"""What the letters say: kind → the facts its template asks for, read when the letter is opened or signed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.text import capfirst

from cistor import dates
from cistor.accounts.models import User
from cistor.accounts.roles import Role
from cistor.centres.models import Office, Regulations
from cistor.notices.models import Letter
from participants import qualification
from participants.deadlines import INSURED_AFTER
from participants.documents.ending import addressee as own_lines
from participants.models import Programme, Stage
from referrals.documents.common import house_facts
from referrals.documents.intake import addressee as applicant_lines
from referrals.documents.office import office_lines
from referrals.models import Application

Facts = dict[str, Any]
# Whose words about the trial go into the letter to the office by themselves, as the form says; whose never do.
TOLD, CONFIDED = {Role.INSTRUCTOR, Role.SOCIAL_WORKER}, {Role.PSYCHOLOGIST, Role.THERAPIST}
# The statute's two words for an end: the first when the aim is reached or the time is over.
COMPLETED = (Programme.EndKind.PERIOD, Programme.EndKind.JOB, Programme.EndKind.BUSINESS)


def context(letter: Letter, on: date) -> Facts:
    """The whole context of the paper. People are named by name and day of birth: enough to tell namesakes apart, and
    no more than a list asks for that may travel by e-mail (the office has the number in its own referral)."""
    house = house_facts(letter.centre, on)
    return {
        "head": house["head"],
        "addressee": _addressee(letter),
        "agreement": _agreement(letter),
        # Until somebody writes, what the team has said by then.
        "text": text_of(letter),
        "signer": _signer(letter),
        **PAPERS[letter.kind](letter),
    }


def copy_to(letter: Letter) -> Office | None:
    """Who gets the letter for information: the welfare office of somebody who was not qualified (S0 II.3)."""
    return qualification.office_of(_programme(letter)) if letter.kind == Letter.Kind.NOT_QUALIFIED else None


def text_of(letter: Letter) -> str:
    """What was written, be it nothing; until then what a draft begins with."""
    return letter.text if letter.text or letter.text_saved else default_text(letter)


def default_text(letter: Letter) -> str:
    """What the free text of a draft begins with, once the letter has its people. "" where the facts say it all."""
    write = BEGINNINGS.get(Letter.Kind(letter.kind))
    return write(_programme(letter)) if write else ""


# What all of them share --------------------------------------------------------------------------------------------


def programmes(letter: Letter) -> list[Programme]:
    """Whom the letter is about, by name."""
    rows = letter.people.select_related("programme__participant", "programme__office")
    rows = rows.prefetch_related("programme__stages").order_by("programme__participant__order_key", "pk")
    return [row.programme for row in rows]


def _programme(letter: Letter) -> Programme:
    return programmes(letter)[0]


def _addressee(letter: Letter) -> list[str]:
    if letter.office:
        return office_lines(letter.office)
    person = _programme(letter).participant
    applied = Application.objects.filter(participant=person).order_by("-applied_on", "-pk").first()
    return [{"woman": "Pani", "man": "Pan"}[person.sex], *(applicant_lines(applied) if applied else own_lines(person))]


def _agreement(letter: Letter) -> str:
    """The paper by which the office is told or asked."""
    if letter.office is None:
        return ""
    return letter.office.agreements.in_force(letter.starts_on).values_list("title", flat=True).first() or ""


def _signer(letter: Letter) -> Facts:
    """Names of who signs and of whom they stand in for; "" before that."""
    return {"name": str(letter.signed_by or ""), "stands_in_for": str(letter.signed_for or "")}


def _person(programme: Programme) -> Facts:
    person, trial = programme.participant, programme.stage(Stage.Kind.TRIAL)
    return {
        "name": f"{person.first_name} {person.last_name}",
        "sex": person.sex,
        "birth_on": person.birth_on,
        "signed_on": programme.signed_on,
        "start_on": programme.start_on,
        "planned_end_on": programme.planned_end_on,
        "insured_from": programme.start_on + INSURED_AFTER,
        # Cut short where the programme ended in it.
        "trial": {"start_on": trial.start_on, "end_on": min(trial.end_on, programme.last_on)} if trial else None,
    }


# Each kind ---------------------------------------------------------------------------------------------------------


def _admission_list(letter: Letter) -> Facts:
    """S0 II.1: who has signed since the last list."""
    rows = sorted((_person(programme) for programme in programmes(letter)), key=lambda row: row["signed_on"])
    return {"people": rows, "period": {"start_on": rows[0]["signed_on"], "end_on": rows[-1]["signed_on"]}}


def _insurance_told(letter: Letter) -> Facts:
    """S0 II.2, S2 annex 5: from when and on what condition, where to go, what the unemployed tell the PUP."""
    programme = _programme(letter)
    office = qualification.office_of(programme)
    return {"person": _person(programme), "office": office_lines(office) if office else []}


def _qualification_request(letter: Letter) -> Facts:
    """S0 II.3: the trial, its course, the main period proposed, and until when the answer is needed."""
    programme = _programme(letter)
    return {"person": _person(programme), "main": _main_period(programme), "answer_by": _trial_end(programme)}


def _trial_end(programme: Programme) -> date:
    trial = programme.stage(Stage.Kind.TRIAL)
    return trial.end_on if trial else programme.start_on


def _main_period(programme: Programme) -> Facts:
    """As decided, else the longest that the regulations allow."""
    if main := programme.stage(Stage.Kind.MAIN):
        return {"start_on": main.start_on, "end_on": main.end_on}
    start = _trial_end(programme) + dates.ONE_DAY
    regulations = Regulations.objects.version(programme.participant.centre, start)
    end = dates.months_later(start, regulations.main_months, "day_before") if regulations else ""
    return {"start_on": start, "end_on": end}


def _not_qualified(letter: Letter) -> Facts:
    """S0 II.3: to the participant, the office for information."""
    programme = _programme(letter)
    copy = copy_to(letter)
    office = copy.name if copy else ""
    by_office = programme.end_kind == Programme.EndKind.NOT_QUALIFIED
    return {**_ended(programme), "decided_by": office if by_office else "", "copy_to": office}


def _ended(programme: Programme) -> Facts:
    """Before its first day the duty to insure has not arisen, so that none expires."""
    person = _person(programme)
    return {
        "person": person,
        "ended_on": programme.last_on,
        "was_insured": programme.last_on >= person["insured_from"],
    }


def _early_end(letter: Letter) -> Facts:
    """S0 II.4: that and when it ended, in the words of the statute; the reasons stay in the centre's files.

    Which ground it was concerns the office that sends and insures the person, no other.
    """
    programme = _programme(letter)
    insures = bool(letter.office and letter.office.kind in qualification.WELFARE)
    return {
        **_ended(programme),
        "completed": programme.end_kind in COMPLETED,
        "ground": programme.get_end_kind_display() if insures else "",
        "insures": insures,
    }


PAPERS: dict[str, Callable[[Letter], Facts]] = {
    Letter.Kind.ADMISSION_LIST: _admission_list,
    Letter.Kind.INSURANCE_TOLD: _insurance_told,
    Letter.Kind.QUALIFICATION_REQUEST: _qualification_request,
    Letter.Kind.NOT_QUALIFIED: _not_qualified,
    Letter.Kind.EARLY_END: _early_end,
}


# The beginning of the free text ------------------------------------------------------------------------------------


def _course(programme: Programme) -> str:
    """The trial in the words of those who led and knew it, each under their role."""
    rows = [row for row in programme.assessments.select_related("by") if _is_told(row.by)]
    return "\n\n".join(f"{capfirst(row.by.role_names)}: {row.text}" for row in rows)


def _is_told(by: User) -> bool:
    """Whether the words enter the letter by themselves: never those of who holds what was said in confidence."""
    return bool(TOLD & set(by.roles)) and not CONFIDED & set(by.roles)


def _reasons(programme: Programme) -> str:
    """As the centre's head, or the office, has decided; what the team thinks of somebody is not told to them by it."""
    return programme.end_reason


BEGINNINGS: dict[Letter.Kind, Callable[[Programme], str]] = {
    Letter.Kind.QUALIFICATION_REQUEST: _course,
    Letter.Kind.NOT_QUALIFIED: _reasons,
}
