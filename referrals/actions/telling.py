"""The qualified are told of the formalities and of the first day of classes."""

from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.actions.checking import refuse_days
from referrals import documents
from referrals.actions.candidates import held_newest
from referrals.models import Application, Candidacy


@transaction.atomic
def tell(candidacy: Candidacy, *, way: str, told_on: date, note: str = "", by: User, on: date) -> Candidacy:
    """Which way and on which day; where it is a letter, that letter is issued in the same act.

    Told again, the newest stands; the history keeps the one before.
    """
    candidacy = held_newest(candidacy)
    application = candidacy.application
    refuse_days(told_on=told_on)
    _refuse_wrong(candidacy, application, way=way, told_on=told_on, on=on)
    candidacy.told_way, candidacy.told_on, candidacy.told_by, candidacy.told_note = way, told_on, by, note.strip()
    candidacy.save(update_fields=["told_way", "told_on", "told_by", "told_note"])
    record(candidacy, "candidate_told", by=by, way=way, told_on=told_on)
    if way == Candidacy.Way.LETTER:
        _issue_letter(application, by=by, on=on)
    return candidacy


def _refuse_wrong(candidacy: Candidacy, application: Application, *, way: str, told_on: date, on: date) -> None:
    if application.recruitment_state != Application.Recruitment.QUALIFIED:
        raise Refused("Powiadamia się osoby zakwalifikowane.")
    if way not in Candidacy.Way.values:
        raise Refused("Wybierz, jak powiadomiono.", field="way")
    if told_on > on:
        raise Refused("Dzień powiadomienia nie może być z przyszłości.", field="told_on")
    if candidacy.round.closed_on is None or told_on < candidacy.round.closed_on:
        raise Refused("Powiadamia się po zamknięciu naboru.", field="told_on")


def _issue_letter(application: Application, *, by: User, on: date) -> None:
    issue(
        kind="qualified_letter",
        centre=application.centre,
        participant=application.participant,
        context=documents.context("qualified_letter", application, on),
        by=by,
        on=on,
    )
