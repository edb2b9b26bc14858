"""Somebody whom nothing but the director's signature keeps from the classes."""

from datetime import date
from fractions import Fraction

from participants.models import FilePaper
from participants.personal_file import asked_for
from referrals.models import Application, ExclusionStatement
from tests.referrals.making import SUBMITTED, make_application, make_candidacy, make_round, somebody

TODAY = date(2026, 3, 11)
CLOSED = date(2026, 3, 6)


def declare(application: Application, *, on: date = SUBMITTED, rights=()) -> ExclusionStatement:
    return ExclusionStatement.objects.create(
        application=application, declared_on=on, rights=list(rights), recorded_by=somebody(application.centre)
    )


def fill_file(application: Application, *, but: str = "", on: date = SUBMITTED) -> None:
    """Every obligatory item, except the one named."""
    participant, by = application.participant, somebody(application.centre)
    for kind in asked_for(application.centre, on):
        if kind.obligatory and kind.code != but:
            FilePaper.objects.create(participant=participant, code=kind.code, received_on=on, entered_by=by)


def make_qualified(centre, *, office_state="referred", state="qualified", **over) -> Application:
    """Both tracks at their end, the statement fresh, the file empty."""
    application = make_application(centre, office_state=office_state, recruitment_state=state, **over)
    in_round = make_round(centre, places=3, closed_on=CLOSED, classes_on=date(2026, 3, 16))
    make_candidacy(in_round, state=state, application=application, place=1, points=Fraction(12))
    declare(application)
    return application


def make_ready(centre, **over) -> Application:
    application = make_qualified(centre, **over)
    fill_file(application)
    return application
