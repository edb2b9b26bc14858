"""Sobriety: an incident with its outcome, the register of tests, the protocol (S1 § 3 ust. 6)."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any, NamedTuple

from django.db import transaction
from django.utils.timezone import localtime

from attendance.actions.corrections import Followed, corrections_for
from attendance.actions.holding import hold
from attendance.actions.settling import settle
from attendance.actions.talks import last_day, refuse_talk_day
from attendance.documents.order import protocol
from attendance.models import Incident, SobrietyTest
from attendance.reading.order import doubts
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import held
from participants.models import Programme

RIGHT, SENSITIVE, DECIDE = "record_incident", "see_diagnosis", "decide_attendance"
WHO = {
    RIGHT: "To wpisuje instruktor grupy, pracownik socjalny albo kierujący centrum.",
    SENSITIVE: "Ewidencję badań prowadzi pracownik socjalny, specjalista albo kierujący centrum.",
}
Outcome = Incident.Outcome
# Read by whoever reads corrections, payroll among them: what happened is not their business.
REASON = "Zmienił się inny zapis o tym dniu."
MEANWHILE = "Przed chwilą ktoś inny zapisał coś o tym dniu. Zapisz jeszcze raz: strona powie, co to było."


class RegisterLine(NamedTuple):
    """A line of the register, as it was filled in; without a signature it says why."""

    at: datetime
    device: str
    result: str
    is_positive: bool
    is_signed: bool
    unsigned_why: str = ""


class Recorded(NamedTuple):
    """The incident, and what became of its day."""

    incident: Incident
    followed: Followed = Followed()


@transaction.atomic
def record_incident(
    programme: Programme,
    *,
    on_day: date,
    at: time,
    substance: str,
    suspicion: str,
    outcome: str,
    sent_away: bool = False,
    test: RegisterLine | None = None,
    talk_on: date | None = None,
    despite: Collection[str] = (),
    by: User,
    on: date,
) -> Recorded:
    """Write down that somebody was suspected of being under the influence, and what came of it.

    Who admits it or tests positive is sent away whatever `sent_away` says, who tests negative stays; after a refusal,
    and while the register lacks the test, it is the word of whoever was there. A day of being sent away is unexcused;
    the person is told the day of a talk (lit. b), unless the programme is over; who is cleared by a test owes none.
    Who tested writes the line of the register here, even one who may not read it afterwards.
    `despite`: the names of the doubts (`reading.order.doubts`) that whoever writes has read and ticked; refused for
    any other, which somebody wrote meanwhile.
    """
    programme = held_for(programme, by=by, on=on)
    refuse_day(programme, on_day, on)
    if doubts(programme, on_day).keys() - set(despite):
        raise Refused(MEANWHILE)
    row = Incident(programme=programme, on=on_day, at=at, substance=substance, suspicion=suspicion.strip())
    row.outcome, row.recorded_by, row.recorded_on = outcome, by, on
    row.sent_away = _is_sent_away(outcome, test, sent_away)
    row.talk_on = None if test and not row.sent_away else talk_on
    _check(row, test, on=on)
    row.save(force_insert=True)
    record(row, "incident_recorded", by=by, day=on_day, sent_away=row.sent_away)
    if test:
        _write_test(row, test, by=by, on=on)
    return _settled(row, by=by, on=on) if row.sent_away else Recorded(row)


def _is_sent_away(outcome: str, test: RegisterLine | None, word: bool) -> bool:
    if outcome == Outcome.ADMITTED:
        return True
    return test.is_positive if test else word


def _check(row: Incident, test: RegisterLine | None, *, on: date) -> None:
    if test and row.outcome != Outcome.TESTED:
        raise Refused("Badanie wpisuje się, gdy osoba zaprzeczyła i ją zbadano.", field="outcome")
    _check_talk(row, row.talk_on, on=on)
    refuse_invalid(row)


def _check_talk(row: Incident, talk_on: date | None, *, on: date) -> None:
    if row.sent_away and talk_on is None and on <= last_day(row.programme):
        raise Refused("Wyznacz dzień rozmowy: osoba odsunięta od zajęć ma go poznać od razu.", field="talk_on")
    refuse_talk_day(row.programme, talk_on)
    if talk_on and talk_on < row.on:
        raise Refused(f"Rozmowa nie może być wcześniej niż {day_text(row.on)}.", field="talk_on")


@transaction.atomic
def add_test(incident: Incident, *, test: RegisterLine, talk_on: date | None = None, by: User, on: date) -> Recorded:
    """A line of the register for an incident after a denial; a positive one sends the person away, from that day.

    Negative ones alone take back the word of whoever was there: the day is again what it was.
    """
    row = _held_incident(incident, by=by, on=on, right=SENSITIVE)
    if row.outcome != Outcome.TESTED:
        raise Refused("W tym incydencie nie było badania: osoba potwierdziła albo odmówiła.")
    _write_test(row, test, by=by, on=on)
    was, is_sent_away = (row.sent_away, row.talk_on), row.tests.filter(is_positive=True).exists()
    # Who is cleared owes no talk.
    row.sent_away, row.talk_on = is_sent_away, (talk_on or row.talk_on) if is_sent_away else None
    if was == (row.sent_away, row.talk_on):
        return Recorded(row)
    _check_talk(row, row.talk_on, on=on)
    row.save(update_fields=["sent_away", "talk_on"])
    return _settled(row, by=by, on=on) if row.sent_away != was[0] else Recorded(row)


def _write_test(row: Incident, test: RegisterLine, *, by: User, on: date) -> SobrietyTest:
    if not row.on <= localtime(test.at).date() <= on:
        raise Refused(f"Badanie mogło się odbyć od {day_text(row.on)} do {day_text(on)}.", field="test_at")
    if not test.is_signed and not test.unsigned_why.strip():
        raise Refused("Napisz, dlaczego nie ma podpisu osoby badanej.", field="unsigned_why")
    found = SobrietyTest(incident=row, **test._asdict(), tested_by=by, recorded_on=on)
    refuse_invalid(found)
    found.save(force_insert=True)
    record(found, "sobriety_tested", by=by, day=row.on)
    return found


@transaction.atomic
def plan_talk(incident: Incident, *, talk_on: date, by: User, on: date) -> Incident:
    """Set or move the day of the talk; the desk keeps it until somebody has talked."""
    row = _held_incident(incident, by=by, on=on)
    _check_talk(row, talk_on, on=on)
    row.talk_on = talk_on
    row.save(update_fields=["talk_on"])
    record(row, "incident_talk_planned", by=by, day=talk_on)
    return row


@transaction.atomic
def withdraw_incident(incident: Incident, *, why: str = "", by: User, on: date) -> Recorded:
    """It was recorded by mistake: the day is again what the other facts and the mark say. Not while a measure stands
    on it; with a line of the register only whoever keeps it.

    Once a paper was given, a protocol or with a measure taken back, only the director does so, and says why: the
    paper stays among the documents.
    """
    row = _held_incident(incident, by=by, on=on)
    refuse_measures(row)
    if problem := refusal_of_withdrawal(row, by, on=on):
        raise Refused(problem)
    if has_papers(row) and not why.strip():
        raise Refused("Napisz, dlaczego wycofujesz incydent, z którego jest już dokument.", field="why")
    row.withdrawn_on, row.withdrawn_by = on, by
    row.save(update_fields=["withdrawn_on", "withdrawn_by"])
    reason: dict[str, Any] = {"why": why.strip()} if why.strip() else {}
    record(row, "incident_withdrawn", by=by, day=row.on, **reason)
    return _settled(row, by=by, on=on) if row.sent_away else Recorded(row)


def refusal_of_withdrawal(row: Incident, user: User, *, on: date) -> str:
    """Why this user may not withdraw it, "" where they may; measures aside."""
    person = row.programme.participant
    if has_papers(row) and not person.open_to(user, DECIDE, on=on):
        return "Z tego incydentu jest już dokument: wycofuje go kierujący centrum albo kto go tego dnia zastępuje."
    if row.tests.exists() and not has_papers(row) and not person.open_to(user, SENSITIVE, on=on):
        return WHO[SENSITIVE]
    return ""


def has_papers(row: Incident) -> bool:
    """A protocol was issued, or a measure was taken, and taken back since."""
    return row.document_id is not None or row.measures.exists()


@transaction.atomic
def issue_protocol(incident: Incident, *, by: User, on: date) -> Document:
    """The incident and its tests as a paper to sign. The same one again, until the register has a further line."""
    row = _held_incident(incident, by=by, on=on, right=SENSITIVE)
    if row.document and not is_to_issue(row):
        return row.document
    person = row.programme.participant
    whose: dict[str, Any] = {"centre": person.centre, "participant": person, "replaces": row.document}
    row.document = issue(kind="sobriety_protocol", context=protocol(row, on=on), **whose, by=by, on=on)
    row.save(update_fields=["document"])
    return row.document


def is_to_issue(row: Incident) -> bool:
    """Whether there is no protocol yet, or the register has more lines than it says."""
    known = (row.document.context or {}).get("tests", []) if row.document else None
    return known is None or len(known) != row.tests.count()


def held_for(programme: Programme, *, by: User, on: date, right: str = RIGHT) -> Programme:
    """For whoever may record what happened."""
    if not programme.participant.open_to(by, right, on=on):
        raise Refused(WHO[right])
    return hold(programme)


def refuse_day(programme: Programme, day: date, on: date) -> None:
    """It has been, and within the programme."""
    if day > on:
        raise Refused("Tego dnia jeszcze nie było.", field="on_day")
    if not programme.stage_on(day):
        raise Refused("Tego dnia ta osoba nie była w programie.", field="on_day")


def refuse_measures(row: Any) -> None:
    if row.measures.filter(retraction=None).exists():
        raise Refused("Zastosowano już środek: najpierw wycofuje go kierujący centrum.")


def _held_incident(incident: Incident, *, by: User, on: date, right: str = RIGHT) -> Incident:
    row = held(incident, held_for(incident.programme, by=by, on=on, right=right))
    if row.withdrawn_on:
        raise Refused(f"Ten wpis wycofano {day_text(row.withdrawn_on)}.")
    return row


def _settled(row: Incident, *, by: User, on: date) -> Recorded:
    settled = settle([row.programme_id], row.on, row.on, centre=row.programme.participant.centre, by=by)
    return Recorded(row, corrections_for(settled, reason=REASON, by=by, on=on))
