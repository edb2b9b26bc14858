"""Letters that come in; an answer to a request for qualification is recorded in the same act."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Centre, Office
from cistor.documents.actions import next_number
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.notices.models import IncomingLetter
from cistor.notices.replies import first_asked_on, reply_term
from participants import qualification
from participants.actions.trial import record_reply
from participants.models import Participant, Programme, QualificationReply

SERIES = "P"
Way = IncomingLetter.Way
# The letter came in an envelope or by hand: for the answer it is a letter either way.
REPLY_WAYS = {
    Way.PAPER: QualificationReply.Way.PAPER,
    Way.HANDED: QualificationReply.Way.PAPER,
    Way.EMAIL: QualificationReply.Way.EMAIL,
    Way.FAX: QualificationReply.Way.FAX,
}


@dataclass(frozen=True)
class Answer:
    """What an office says about the qualification of somebody."""

    is_qualified: bool
    note: str = ""


@transaction.atomic
def register_letter(
    *,
    centre: Centre,
    kind: str,
    received_on: date,
    way: str,
    office: Office | None = None,
    sender: str = "",
    participant: Participant | None = None,
    about: str = "",
    scan: Upload | None = None,
    answer: Answer | None = None,
    by: User,
    on: date,
) -> IncomingLetter:
    """Give it the next number of the centre's own series; from an office of the register or from whom `sender` names.

    `answer` belongs to a letter of the kind QUALIFICATION and to no other.
    """
    sender = sender.strip()
    _refuse_foreign(centre, office, participant, by=by, on=on)
    _refuse_wrong(received_on, office, sender, on)
    reply = _replied(kind, participant, received_on, way, scan, answer, by=by, on=on)
    letter = IncomingLetter.objects.create(
        centre=centre,
        number=next_number(centre=centre, series=SERIES, year=on.year),
        kind=kind,
        received_on=received_on,
        way=way,
        office=office,
        sender=sender,
        participant=participant,
        about=about.strip(),
        scan=scan,
        reply=reply,
        by=by,
        recorded_on=on,
    )
    record(letter, "letter_registered", by=by, number=letter.number, kind=kind, received_on=received_on)
    return letter


def _refuse_foreign(
    centre: Centre, office: Office | None, participant: Participant | None, *, by: User, on: date
) -> None:
    if by.home_centre_id != centre.pk or not by.may("register_letter", on=on):
        raise Refused("Pismo rejestruje pracownik socjalny, księgowość albo kierujący centrum.")
    if office and office.centre_id != centre.pk:
        raise Refused("Wybierz urząd ze spisu centrum.", field="office")
    if participant and participant.centre_id != centre.pk:
        raise Refused("Wybierz osobę z tego centrum.", field="participant")


def _refuse_wrong(received_on: date, office: Office | None, sender: str, on: date) -> None:
    if received_on > on:
        raise Refused("Dzień wpływu nie może być z przyszłości.", field="received_on")
    if bool(office) == bool(sender):
        raise Refused("Wskaż urząd ze spisu albo wpisz nadawcę, jedno z dwojga.", field="sender")


def _replied(
    kind: str,
    participant: Participant | None,
    received_on: date,
    way: str,
    scan: Upload | None,
    answer: Answer | None,
    *,
    by: User,
    on: date,
) -> QualificationReply | None:
    if kind != IncomingLetter.Kind.QUALIFICATION:
        return None
    programme = answered_programme(participant, on)
    if answer is None:
        raise Refused("Napisz, czy urząd kwalifikuje tę osobę.", field="answer")
    _refuse_too_early(programme, received_on)
    due_on, due_source = reply_term(programme)
    return record_reply(
        programme,
        is_qualified=answer.is_qualified,
        received_on=received_on,
        way=REPLY_WAYS[Way(way)],
        note=answer.note,
        scan=scan,
        due_on=due_on,
        due_source=due_source,
        by=by,
        on=on,
    )


def _refuse_too_early(programme: Programme, received_on: date) -> None:
    asked_on = first_asked_on(programme)
    if asked_on and received_on < asked_on:
        raise Refused(f"Wniosek wysłano {asked_on:%d.%m.%Y}. Podaj dzień od tego dnia do dziś.", field="received_on")


def answered_programme(participant: Participant | None, on: date) -> Programme:
    """The programme that an answer is about: the open one, else one to which an answer still does something."""
    if participant is None:
        raise Refused("Wskaż osobę, której dotyczy kwalifikacja.", field="participant")
    programmes = list(participant.programmes.prefetch_related("stages"))
    waiting = (row for row in programmes if qualification.is_provisional(row) or qualification.may_take_back(row, on))
    programme = next((row for row in programmes if row.ended_on is None), None) or next(waiting, None)
    if programme is None:
        raise Refused("Ta osoba nie ma otwartego programu.", field="participant")
    return programme
