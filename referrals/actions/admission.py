"""The admission: both tracks have come to their end, the director signs, the trial period begins."""

from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions import participant as people
from participants.actions import sign_programme
from participants.actions.checking import refuse_days, refuse_invalid
from participants.models import Programme
from referrals import readiness
from referrals.actions.locks import locked_open
from referrals.models import STATUS_MOVES, Application


def missing(application: Application, on: date) -> list[str]:
    """Sentences: what still lacks of the tracks, the exclusions and the personal file."""
    return [gap.text for gap in readiness.gaps(application, on)]


@transaction.atomic
def admit(
    application: Application, *, signed_on: date, start_on: date, despite: str = "", by: User, on: date
) -> Programme:
    """The IPZS is signed and the application done with.

    Only what is missing of the personal file can be passed over, for the reason in `despite`; the tracks and the
    exclusions never.
    """
    # The person first, as whoever signs or erases does.
    people.locked(application.participant)
    application = locked_open(application)
    refuse_days(signed_on=signed_on, start_on=start_on)
    _refuse_unready(application, signed_on, on)
    despite = despite.strip() if readiness.missing_papers(application, start_on) else ""
    programme = sign_programme(
        application.participant,
        signed_on=signed_on,
        start_on=start_on,
        despite=despite,
        office=application.office,
        by=by,
        on=on,
    )
    STATUS_MOVES.make(application, "admit")
    application.programme, application.admitted_despite = programme, despite
    refuse_invalid(application)
    application.save(update_fields=["status", "programme", "admitted_despite"])
    record(application, "application_admitted", by=by, programme=programme.pk, start_on=start_on)
    return programme


def _refuse_unready(application: Application, signed_on: date, on: date) -> None:
    for gap in readiness.obstacles(application, on, signed_on=signed_on):
        raise Refused(gap.text)
    first, why = readiness.first_signing_day(application)
    if signed_on < first:
        raise Refused(f"IPZS można podpisać najwcześniej {day_text(first)}: {why}.", field="signed_on")
