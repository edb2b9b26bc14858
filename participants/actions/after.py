"""After the end: the certificate, clothing and tools, and how somebody fares."""

from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.stages import locked_programme
from participants.documents import ending as papers
from participants.models import Certificate, Clearance, FollowUp, Programme


@transaction.atomic
def issue_certificate(programme: Programme, *, skills: str, by: User, on: date) -> Certificate:
    """That somebody took part, from when until when, and what they have learnt; the director signs it, once.

    However the programme ended: the paper says nothing of that, and taking part is a fact.
    """
    programme, ended_on = _ended(programme, "decide_programme", by=by, on=on)
    if Certificate.objects.filter(programme=programme).exists():
        raise Refused("Zaświadczenie z tego programu jest już wydane.")
    if ended_on > on:
        raise Refused(f"Program trwa jeszcze do {ended_on:%d.%m.%Y}. Zaświadczenie wydaje się po nim.")
    participant, skills = programme.participant, skills.strip()
    document = issue(
        kind="certificate",
        centre=participant.centre,
        participant=participant,
        context=papers.certificate(programme, skills=skills, by=by, on=on),
        by=by,
        on=on,
    )
    row = Certificate(programme=programme, skills=skills, document=document, by=by, recorded_on=on)
    row.save(force_insert=True)
    record(row, "certificate_issued", by=by, number=document.number)
    return row


@transaction.atomic
def record_clearance(
    programme: Programme, *, cleared_on: date, is_complete: bool, note: str = "", by: User, on: date
) -> Clearance:
    """Clothing, tools and keys given back, or what is missing; said once."""
    programme, _ = _ended(programme, "prepare_programme", by=by, on=on)
    if Clearance.objects.filter(programme=programme).exists():
        raise Refused("Rozliczenie odzieży i narzędzi jest już zapisane.")
    _check_day("cleared_on", cleared_on, since=programme.start_on, on=on)
    if not is_complete and not note.strip():
        raise Refused("Napisz, czego brakuje.", field="note")
    given = {"cleared_on": cleared_on, "is_complete": is_complete, "note": note.strip()}
    row = Clearance(programme=programme, **given, by=by, recorded_on=on)
    row.save(force_insert=True)
    record(row, "clearance_recorded", by=by, day=cleared_on, is_complete=is_complete)
    return row


@transaction.atomic
def record_follow_up(
    programme: Programme, *, contacted_on: date, situation: str, note: str = "", by: User, on: date
) -> FollowUp:
    """A contact after the end and what it showed (S2 annex 8: within four weeks); each is a row of its own."""
    programme, ended_on = _ended(programme, "record_contact", by=by, on=on)
    _check_day("contacted_on", contacted_on, since=ended_on, on=on)
    given = {"contacted_on": contacted_on, "situation": situation, "note": note.strip()}
    row = FollowUp(programme=programme, **given, by=by, recorded_on=on)
    refuse_invalid(row)
    row.save(force_insert=True)
    record(row, "follow_up_recorded", by=by, day=contacted_on, situation=situation)
    return row


def _ended(programme: Programme, right: str, *, by: User, on: date) -> tuple[Programme, date]:
    programme = locked_programme(programme)
    if not programme.participant.open_to(by, right, on=on):
        raise Refused("Do tego nie masz uprawnień.")
    if programme.ended_on is None:
        raise Refused("Ten program jeszcze się nie zakończył.")
    return programme, programme.ended_on


def _check_day(field: str, day: date, *, since: date, on: date) -> None:
    refuse_days(**{field: day})
    if not since <= day <= on:
        raise Refused(f"Podaj dzień od {since:%d.%m.%Y} do dziś.", field=field)
