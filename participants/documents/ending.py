"""The papers of the end: the decision to end a programme, and the certificate of taking part."""

from datetime import date
from typing import Any

from cistor.accounts.models import User
from cistor.centres.models import Meaning, Regulations
from participants.documents.common import person_facts, signer
from participants.models import Participant, Programme, Termination

Facts = dict[str, Any]
# Of art. 13 ust. 4 of the statute, which lists how a programme ceases (NSA I OSK 1455/18).
STATUTORY_POINT = {Termination.Kind.BREACH: 1, Termination.Kind.LEFT: 2}


def termination_decision(termination: Termination, *, last_on: date, by: User, on: date) -> Facts:
    """S1 § 6.II: basis, findings, reasons and the way to the court; the days as the proposal has frozen them.

    `last_on`: of the programme, as decided. The grounds are those of the regulations of the day of the proposal.
    """
    programme = termination.programme
    participant = programme.participant
    return {
        **_signed(participant, by, on),
        "person": person_facts(participant),
        "addressee": addressee(participant),
        "place": participant.centre.city,
        "statutory_point": STATUTORY_POINT[Termination.Kind(termination.kind)],
        "kind": termination.get_kind_display(),
        "regulations": _regulations(participant, termination.asked_on),
        "signed_on": programme.signed_on,
        "start_on": programme.start_on,
        "last_on": last_on,
        "through_fault": termination.through_fault,
        "grounds": termination.grounds,
        "days": [{**day, "name": day_name(day)} for day in _in_order(termination)],
        "facts": termination.facts,
        "reason": termination.reason,
        "note": termination.note,
    }


def day_name(day: Facts) -> str:
    """As the regulations call the mark; older proposals have kept its meaning alone."""
    return day.get("name") or str(Meaning(day["meaning"]).label)


def _in_order(termination: Termination) -> list[Facts]:
    """By the calendar, however they were ticked."""
    return sorted(termination.days or [], key=lambda day: day["on"])


def certificate(programme: Programme, *, skills: str, by: User, on: date) -> Facts:
    """From when until when somebody took part, and what they have learnt (the statute). How it ended is not said."""
    participant = programme.participant
    return {
        **_signed(participant, by, on),
        "person": person_facts(participant),
        "start_on": programme.start_on,
        "last_on": programme.last_on,
        "skills": skills,
    }


def addressee(participant: Participant) -> list[str]:
    lines = (participant.street, f"{participant.postal_code} {participant.city}".strip())
    return [f"{participant.first_name} {participant.last_name}", *filter(None, lines)]


def _signed(participant: Participant, by: User, on: date) -> Facts:
    """Who signs and as what: the centre's head, or whoever stands in for the head that day."""
    regulations = _regulations(participant, on)
    return {
        "head": regulations["head"] if regulations else "kierownik",
        "signer": signer(by, by.acts_for("decide_programme", on=on)),
    }


def _regulations(participant: Participant, on: date) -> Facts | None:
    version = Regulations.objects.version(participant.centre_id, on)
    if version is None:
        return None
    return {"title": version.title, "since": version.in_force_from, "head": version.head_title}
