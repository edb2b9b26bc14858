"""An absence is followed up: reported, looked into, talked about, arranged (S1 § 3 ust. 4 lit. f)."""

from datetime import date, datetime
from typing import Any

from django.db import transaction

from attendance.actions.holding import hold
from attendance.actions.talks import refuse_talk_day
from attendance.documents.absences import absence_note
from attendance.models import Absence
from attendance.reading.absences import RIGHT, Run, asked_of, may_reopen, next_of, run_of
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.documents.actions import issue
from cistor.documents.models import Document
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_invalid
from participants.actions.deciding import held
from participants.models import Programme

CLOSING = ["arrangement", "arranged", "end_on", "closed_by", "closed_on"]
ASK_FIRST = (
    "Nikt jeszcze nie poprosił o usprawiedliwienie żadnego z tych dni. Poproś o nie najpierw: odsyłacz stoi przy "
    "każdym dniu na stronie nieobecności."
)
NOT_YOURS = "Nieobecności tej osoby wyjaśnia prowadzący jej grupę, pracownik socjalny albo kierujący centrum."


@transaction.atomic
def report_absence(programme: Programme, *, start_on: date, by: User, on: date, at: datetime) -> Absence:
    """The superior is told that somebody is absent without a reason; `start_on` may be any day of the absence.

    Said again it stays as it was said first. Refused where that day is no unexcused day of an open absence.
    """
    programme = _of(programme, by=by, on=on)
    run = run_of(programme, start_on, on)
    if run is None:
        raise Refused(f"{day_text(start_on)} nie ma u tej osoby niewyjaśnionej nieobecności.")
    absence = run.row or _begun(run)
    if absence.reported_at is None:
        absence.reported_by, absence.reported_at = by, at
        absence.save(update_fields=["reported_by", "reported_at"])
        record(absence, "absence_reported", by=by, start_on=absence.start_on)
    return absence


def _begun(run: Run) -> Absence:
    row = Absence(programme=run.programme, start_on=run.days[0])
    refuse_invalid(row)
    row.save(force_insert=True)
    return row


@transaction.atomic
def record_reason(absence: Absence, *, kind: str, reason: str, by: User, on: date) -> Absence:
    """What was found out; may be put right as long as the absence is open."""
    row = _held(absence, by=by, on=on)
    if kind == Absence.Reason.OTHER and not reason.strip():
        raise Refused("Napisz, jaka to przyczyna.", field="reason")
    row.reason_kind, row.reason, row.found_by, row.found_on = kind, reason.strip(), by, on
    refuse_invalid(row)
    row.save(update_fields=["reason_kind", "reason", "found_by", "found_on"])
    record(row, "absence_reason_found", by=by, reason=kind)
    return row


@transaction.atomic
def plan_talk(absence: Absence, *, talk_on: date | None, by: User, on: date) -> Absence:
    """The day on which the reintegration staff talk with the person; None calls the talk off."""
    row = _held(absence, by=by, on=on)
    refuse_talk_day(row.programme, talk_on)
    if talk_on and talk_on < on:
        raise Refused("Rozmowę wyznacza się na dziś albo na dzień, który przyjdzie.", field="talk_on")
    row.talk_on = talk_on
    row.save(update_fields=["talk_on"])
    if talk_on:
        record(row, "absence_talk_planned", by=by, talk_on=talk_on)
    else:
        record(row, "absence_talk_called_off", by=by)
    return row


@transaction.atomic
def close_absence(absence: Absence, *, arrangement: str, arranged: str, by: User, on: date) -> Absence:
    """What was arranged; its last day is the last unexcused one by now. Unexcused days after it are a new absence.

    A talk set for a day to come stays to be held. Refused before the reason is written down, unless a note or an
    excuse has explained all the days; and where a day is to be excused, before somebody has asked for one.
    """
    row = _held(absence, by=by, on=on)
    run = run_of(row.programme, row.start_on, on)
    days = run.days if run else []
    if days and not row.reason_kind:
        raise Refused("Najpierw wpisz przyczynę albo to, że nie udało się jej ustalić.")
    if arrangement == Absence.Arrangement.OTHER and not arranged.strip():
        raise Refused("Napisz, na czym stanęło.", field="arranged")
    if arrangement == Absence.Arrangement.EXCUSE and not asked_of(row, on).exists():
        raise Refused(ASK_FIRST, field="arrangement")
    row.arrangement, row.arranged = arrangement, arranged.strip()
    row.end_on, row.closed_by, row.closed_on = max([row.start_on, *days]), by, on
    refuse_invalid(row)
    row.save(update_fields=CLOSING)
    record(row, "absence_closed", by=by, arrangement=arrangement, end_on=row.end_on)
    return row


@transaction.atomic
def reopen_absence(absence: Absence, *, reason: str, by: User, on: date) -> Absence:
    """Closed too early or with a wrong arrangement: it waits again, its reason and its talks as they were.

    Why stands in `arranged` until it is closed again. Refused after what followed has become an absence of its own.
    """
    row = _row(absence, by=by, on=on)
    if row.closed_on is None:
        raise Refused("Ta nieobecność nie jest zakończona.")
    if not may_reopen(row, by, on):
        raise Refused("Sprawę otwiera na nowo ten, kto ją zakończył, albo kierujący centrum.")
    if following := next_of(row):
        raise Refused(f"Po niej zaczęto już następną, od {day_text(following.start_on)}. Tam wpisz dalsze ustalenia.")
    if not reason.strip():
        raise Refused("Napisz, dlaczego sprawa ma czekać znowu.", field="reason")
    before: dict[str, Any] = {"arrangement": row.arrangement, "end_on": row.end_on}
    row.arrangement, row.arranged, row.end_on, row.closed_by, row.closed_on = "", reason.strip(), None, None, None
    row.save(update_fields=CLOSING)
    record(row, "absence_reopened", by=by, **before)
    return row


@transaction.atomic
def issue_note(absence: Absence, *, by: User, on: date) -> Document:
    """The official note with what is known by now; a later one takes the place of the first."""
    row = _row(absence, by=by, on=on)
    participant = row.programme.participant
    row.document = issue(
        kind="absence_note",
        centre=participant.centre,
        participant=participant,
        context=absence_note(row, by=by, on=on),
        replaces=row.document,
        by=by,
        on=on,
    )
    row.save(update_fields=["document"])
    return row.document


def _of(programme: Programme, *, by: User, on: date) -> Programme:
    """Held, for whoever follows up this person's absences."""
    if not programme.participant.open_to(by, RIGHT, on=on):
        raise Refused(NOT_YOURS)
    return hold(programme)


def _row(absence: Absence, *, by: User, on: date) -> Absence:
    return held(absence, _of(absence.programme, by=by, on=on))


def _held(absence: Absence, *, by: User, on: date) -> Absence:
    row = _row(absence, by=by, on=on)
    if row.closed_on:
        raise Refused(f"Tę nieobecność zakończono {day_text(row.closed_on)}.")
    return row
