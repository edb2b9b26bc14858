"""The application from its draft to its end; the office and the recruitment have acts of their own."""

from datetime import date
from typing import Any

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import StatutoryWording
from cistor.documents.actions import issue, next_number
from cistor.documents.models import Document, Upload
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.actions.checking import refuse_days, refuse_first, refuse_invalid
from participants.models import Participant
from referrals import completeness, documents
from referrals.actions.locks import locked, locked_open
from referrals.actions.reserve import close_offers, hold_its_round, seat
from referrals.models import STATUS_MOVES, Application, ExclusionStatement

SERIES = "W"
# What the application says; everything else on the row is written by acts.
FIELDS = (
    "applied_on",
    "applicant",
    "applicant_name",
    "consent_on",
    "category",
    "further_categories",
    "registered_at_pup",
    "reason",
    "aim",
    "stay_address",
    "correspondence_address",
    "office",
)
Status = Application.Status
# A person has one of these at a time.
OPEN = (Status.DRAFT, Status.OPEN)


class AlreadyOpen(Refused):
    """The person has an application that goes on; `existing` is the one to open instead."""

    def __init__(self, existing: Application):
        super().__init__(f"Ta osoba ma już otwarty wniosek ({existing}). Drugiego się nie zakłada.")
        self.existing = existing


@transaction.atomic
def begin(participant: Participant, *, by: User, on: date, **fields: Any) -> Application:
    """A draft for the person, with what it already says; AlreadyOpen while another of theirs is a draft or goes on."""
    participant = people.locked(participant)
    _refuse_second(participant)
    application = Application(centre_id=participant.centre_id, participant=participant, begun_on=on, begun_by=by)
    _set(application, {"applied_on": on} | fields)
    _refuse_wrong(application, on)
    # Alone what was said: that a new draft keeps the constraints needs no query for each of them.
    application.clean_fields(exclude={field.name for field in application._meta.fields} - set(fields))
    application.save(force_insert=True)
    record(application, "application_begun", by=by)
    return application


def _refuse_second(participant: Participant) -> None:
    existing = participant.applications.filter(status__in=OPEN).first()
    if existing:
        raise AlreadyOpen(existing)


@transaction.atomic
def save_draft(application: Application, *, by: User, on: date, **fields: Any) -> Application:
    """Set what is named; a draft may lack anything. An application under way is corrected and must stay complete."""
    application = locked(application)
    if application.status not in OPEN:
        raise Refused("Zamkniętego wniosku się nie zmienia. Jeżeli zamknięto go przez pomyłkę, otwórz go ponownie.")
    changed = _set(application, fields)
    if not changed:
        return application
    _refuse_wrong(application, on)
    if application.status == Status.OPEN:
        refuse_first(completeness.lacking(application))
    refuse_invalid(application)
    application.save(update_fields=changed)
    is_draft = application.status == Status.DRAFT
    record(application, "application_saved" if is_draft else "application_corrected", by=by, changed=changed)
    return application


def _set(application: Application, fields: dict[str, Any]) -> list[str]:
    unknown = set(fields) - set(FIELDS)
    if unknown:
        raise TypeError(f"not what an application says: {sorted(unknown)}")
    values = {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}
    changed = [name for name, value in values.items() if getattr(application, name) != value]
    if "office" in changed and application.office_state != Application.Office.TO_SEND:
        raise Refused("Wniosek już wysłano do tego urzędu. Najpierw cofnij wysłanie.", field="office")
    for name in changed:
        setattr(application, name, values[name])
    if application.office and application.office.centre_id != application.centre_id:
        raise ValueError("an office of another centre")
    return changed


def _refuse_wrong(application: Application, on: date) -> None:
    refuse_days(applied_on=application.applied_on, consent_on=application.consent_on)
    refuse_first(completeness.faults(application, on))


@transaction.atomic
def submit(application: Application, *, by: User, on: date) -> Application:
    """Complete, so it gets its number and goes on; Refused with the first thing that is missing."""
    application = locked(application)
    refuse_first(completeness.faults(application, on) | completeness.lacking(application))
    STATUS_MOVES.make(application, "submit")
    application.number = next_number(centre=application.centre, series=SERIES, year=on.year)
    application.submitted_on, application.submitted_by = on, by
    refuse_invalid(application)
    application.save(update_fields=["status", "number", "submitted_on", "submitted_by"])
    record(application, "application_submitted", by=by, number=application.number)
    return application


@transaction.atomic
def attach_scan(application: Application, upload: Upload, *, by: User, on: date) -> Application:
    """The paper that was signed; a newer scan takes the place of the older, which stays among the uploads."""
    application = locked(application)
    if upload.participant_id != application.participant_id:
        raise ValueError("an upload of somebody else")
    application.scan = upload
    application.save(update_fields=["scan"])
    record(application, "application_scanned", by=by, upload=upload.pk)
    return application


@transaction.atomic
def declare_exclusions(
    application: Application, *, declared_on: date, rights: list[str], by: User, on: date
) -> ExclusionStatement:
    """What the person says of the rights that exclude (art. 1 ust. 3); none: an empty list. Earlier statements stay."""
    application = locked(application)
    if application.status not in OPEN:
        raise Refused("Ten wniosek jest zamknięty, więc oświadczeń już się do niego nie dopisuje.")
    refuse_days(declared_on=declared_on)
    if declared_on > on:
        raise Refused("Dzień oświadczenia nie może być z przyszłości.", field="declared_on")
    known = StatutoryWording.objects.in_force(StatutoryWording.Kind.EXCLUSION, declared_on)
    if set(rights) - set(known):
        raise Refused("Tego prawa ustawa w tym dniu nie wymienia.", field="rights")
    statement = ExclusionStatement.objects.create(
        application=application,
        declared_on=declared_on,
        rights=[code for code in known if code in rights],
        recorded_by=by,
    )
    record(statement, "exclusions_declared", by=by, declared_on=declared_on, rights=statement.rights)
    return statement


@transaction.atomic
def withdraw(application: Application, *, reason: str = "", by: User, on: date) -> Application:
    """The person, or whoever applied, takes the application back; a draft is given up the same way."""
    application = locked(application)
    STATUS_MOVES.make(application, "withdraw")
    _close(application, reason=reason, by=by, on=on)
    record(application, "application_withdrawn", by=by)
    return application


@transaction.atomic
def refuse(application: Application, *, reason: str, by: User, on: date) -> Document:
    """The centre refuses, says why, and the letter is issued in the same act."""
    application = locked_open(application)
    if not reason.strip():
        raise Refused("Odmowa wymaga uzasadnienia: stanie ono w piśmie.", field="reason")
    STATUS_MOVES.make(application, "refuse")
    _close(application, reason=reason, by=by, on=on)
    record(application, "application_refused", by=by)
    return issue(
        kind="refusal_letter",
        centre=application.centre,
        participant=application.participant,
        context=documents.context("refusal_letter", application, on),
        by=by,
        on=on,
    )


def _close(application: Application, *, reason: str, by: User, on: date) -> None:
    application.closed_on, application.closed_by, application.close_reason = on, by, reason.strip()
    refuse_invalid(application)
    application.save(update_fields=["status", "closed_on", "closed_by", "close_reason"])
    close_offers(application, by=by, on=on)


@transaction.atomic
def reopen(application: Application, *, by: User, on: date) -> Application:
    """The way back when it was closed by mistake; what was issued stays issued.

    Both tracks stand where they stood, except for who had a place that somebody else has now: back to the reserve list.
    """
    _refuse_second(people.locked(application.participant))
    in_round = hold_its_round(application)
    application = locked(application)
    STATUS_MOVES.make(application, "reopen")
    if not application.number:
        raise Refused("Tego wniosku nie złożono. Załóż nowy szkic.")
    application.closed_on, application.closed_by, application.close_reason = None, None, ""
    # Before it is saved: the places are counted without it.
    seat(application, in_round, on)
    refuse_invalid(application)
    application.save(update_fields=["status", "recruitment_state", "closed_on", "closed_by", "close_reason"])
    record(application, "application_reopened", by=by)
    return application
