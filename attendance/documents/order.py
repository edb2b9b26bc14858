"""The papers of order: the protocol of a test for sobriety, and the written reprimand."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.timezone import localtime

from attendance.models import BreachEvent, Incident, SobrietyTest
from cistor.accounts.models import User
from cistor.centres.models import Centre, Regulations
from participants.documents.common import person_facts, signer
from participants.documents.ending import addressee

Facts = dict[str, Any]
UNDER = {Incident.Substance.ALCOHOL: "alkoholu", Incident.Substance.DRUGS: "środków odurzających"}


def protocol(incident: Incident | None, *, on: date) -> Facts:
    """The context of `documents/sobriety_protocol.html`; None: a form to be filled in by hand."""
    person = incident.programme.participant if incident else None
    known: Facts = {"day": incident.on, "at": f"{incident.at:%-H:%M}"} if incident else {"day": "", "at": ""}
    return {
        "blank": incident is None,
        "person": person_facts(person),
        **known,
        "substances": _ticked(Incident.Substance, incident.substance if incident else ""),
        "suspicion": incident.suspicion if incident else "",
        "outcomes": _ticked(Incident.Outcome, incident.outcome if incident else ""),
        "tests": [_test(row) for row in incident.tests.order_by("at", "pk")] if incident else [],
        "sent_away": incident.sent_away if incident else None,
        "talk_on": incident.talk_on or "" if incident else "",
        "recorded_by": str(incident.recorded_by) if incident else "",
        "regulations": _regulations(person.centre_id, on) if person else None,
    }


def _ticked(choices: Any, chosen: str) -> list[Facts]:
    return [{"label": str(one.label), "ticked": one.value == chosen} for one in choices]


def _test(row: SobrietyTest) -> Facts:
    at = localtime(row.at)
    return {
        "on": at.date(),
        "at": f"{at:%-H:%M}",
        "device": row.device,
        "result": row.result,
        "is_positive": row.is_positive,
        "unsigned_why": "" if row.is_signed else row.unsigned_why,
        "tested_by": str(row.tested_by),
    }


def register(tests: Iterable[SobrietyTest], *, start: date | None, end: date | None) -> Facts:
    """The context of `documents/sobriety_register.html`, the oldest first; why somebody was suspected is not for a
    sheet that goes from hand to hand."""
    rows = sorted(tests, key=lambda row: (row.at, row.pk))
    return {
        "start": start or "",
        "end": end or "",
        "tests": [
            {
                **_test(row),
                "name": str(row.incident.programme.participant),
                "substance": row.incident.get_substance_display(),
                "withdrawn": row.incident.withdrawn_on is not None,
            }
            for row in rows
        ],
    }


def reprimand(event: Incident | BreachEvent, *, what: str, text: str, source: str, by: User, on: date) -> Facts:
    """What for, of which day, and why (S1 § 3 ust. 6 lit. d); signed by the head of the centre.

    `what`, in the words of who gives it, or "": the register may name others who were there. `source`: of the measure,
    as the regulations name it, or "".
    """
    participant = event.programme.participant
    breach = event.breach if isinstance(event, BreachEvent) else None
    return {
        **_of_the_centre(participant.centre_id, on),
        "blank": False,
        "person": person_facts(participant),
        "addressee": addressee(participant),
        "day": event.on,
        "what": what.strip().rstrip("."),
        "point": {"source": f"{breach.source} lit. {breach.letter}", "text": breach.text} if breach else None,
        "reason": text,
        "measure_source": source,
        "signer": signer(by, by.acts_for("decide_attendance", on=on)),
    }


def empty_reprimand(centre: Centre, *, on: date) -> Facts:
    """The same letter to be filled in by hand."""
    unknown = dict.fromkeys(("day", "what", "reason", "measure_source"), "")
    known = {"blank": True, "person": person_facts(None), "addressee": [], "point": None, "signer": signer(None, None)}
    return {**_of_the_centre(centre.pk, on), **unknown, **known}


def _of_the_centre(centre: int, on: date) -> Facts:
    regulations = _regulations(centre, on)
    return {"regulations": regulations, "head": regulations["head"] if regulations else "kierownik"}


def described(event: Incident | BreachEvent) -> str:
    """What happened, as the register has it: offered to who writes the letter."""
    if isinstance(event, BreachEvent):
        return event.text
    if event.outcome == Incident.Outcome.REFUSED:
        return f"odmowa badania przy podejrzeniu: {event.get_substance_display()}"
    return f"stawienie się na zajęcia pod wpływem {UNDER[event.substance]}"


def _regulations(centre: int, on: date) -> Facts | None:
    version = Regulations.objects.version(centre, on)
    if version is None:
        return None
    return {"title": version.title, "since": version.in_force_from, "head": version.head_title}
