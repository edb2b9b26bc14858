"""Programmes that ask for letters, and letters in any state, in a centre with its agreement (`make_centre`)."""

from datetime import date, timedelta

from cistor.centres.models import Centre, Office
from cistor.dates import months_later
from cistor.documents.models import Document
from cistor.notices.actions.prepare import prepare
from cistor.notices.models import Dispatch, Letter, LetterPerson
from participants.models import Programme, Stage
from referrals.models import Application
from tests.factories import make_participant, make_programme, make_user
from tests.referrals.making import make_application

# A Wednesday; the fifth working day after it is Monday, 4 January 2027.
SIGNED = date(2026, 12, 23)
Kind = Letter.Kind


def mopr(centre: Centre) -> Office:
    return centre.offices.filter(kind=Office.Kind.WELFARE).earliest("pk")


def pup(centre: Centre) -> Office:
    return centre.offices.filter(kind=Office.Kind.PUP).first() or centre.offices.create(
        kind=Office.Kind.PUP, name="Powiatowy Urząd Pracy", short_name="PUP"
    )


def make_signed(centre: Centre, signed_on: date = SIGNED, *, main: bool = False, **over) -> Programme:
    """Somebody new whose programme began on the day it was signed; the trial alone unless `main`."""
    return make_programme(make_participant(centre, **over), start_on=signed_on, main=main)


def make_passed(programme: Programme, *, reason: str = "", on: date | None = None) -> Stage:
    """The main period of eleven months after the trial; with a reason it was begun without the office."""
    first = programme.stages.get(kind="trial").end_on + timedelta(days=1)
    decided = {"decided_on": on or first - timedelta(days=1), "decided_by": programme.signed_by}
    end_on = months_later(first, 11, "day_before")
    return programme.stages.create(kind="main", start_on=first, end_on=end_on, provisional_reason=reason, **decided)


def make_reply(programme: Programme, on: date, *, is_qualified: bool = True):
    said = {"is_qualified": is_qualified, "received_on": on, "recorded_on": on, "way": "email"}
    return programme.qualification_replies.create(by=programme.signed_by, **said)


def come_from_pup(programme: Programme, **over) -> Application:
    """The person was admitted from an application that says so."""
    row = make_application(
        programme.participant.centre,
        participant=programme.participant,
        by=programme.signed_by,
        **(over or {"registered_at_pup": True}),
    )
    Application.objects.filter(pk=row.pk).update(status=Application.Status.ADMITTED, programme=programme)
    return row


def make_letter(programme: Programme, kind: str = Kind.ADMISSION_LIST, *, status: str = "draft", on=SIGNED, **over):
    """A letter about one programme; signed, it has a paper that nobody has drawn."""
    centre = programme.participant.centre
    office = over.pop("office", None if kind in {Kind.INSURANCE_TOLD, Kind.NOT_QUALIFIED} else mopr(centre))
    fields = {"starts_on": on, "due_on": on + timedelta(days=7), "due_source": "test", "prepared_on": on, **over}
    if status == "signed":
        by = make_user(centre, "director")
        document = make_document(programme, kind, on=on, by=by)
        fields |= {"signed_on": on, "signed_by": by, "document": document}
    letter = Letter.objects.create(
        centre=centre, kind=kind, status=status, office=office, participant=programme.participant, **fields
    )
    LetterPerson.objects.create(letter=letter, programme=programme, kind=kind, office=office, due_on=letter.due_on)
    return letter


def make_document(programme: Programme, kind: str, *, on: date, by) -> Document:
    centre = programme.participant.centre
    number = f"T/{Document.objects.filter(centre=centre).count() + 1}/{on.year}"
    about = {"participant": programme.participant, "title": kind, "people": [programme.participant_id]}
    return Document.objects.create(
        centre=centre, kind=kind, number=number, issued_on=on, issued_by=by, size=1, context={}, **about
    )


def make_reminder(centre: Centre, by, *, number: str = "PU/1/2025", on: date = date(2025, 5, 5)) -> Document:
    """A paper of another room, to an office."""
    application, about = make_application(centre, by=by), {"title": "Przypomnienie", "size": 1, "context": {}}
    person = application.participant
    paper = Document.objects.create(
        centre=centre, participant=person, kind="office_reminder", number=number, issued_on=on, issued_by=by, **about
    )
    given = {"office": mopr(centre), "about": "opinion_written", "reminded_on": on, "by": by}
    application.reminders.create(document=paper, **given)
    return paper


def send(letter: Letter, on: date) -> Dispatch:
    return Dispatch.objects.create(
        document=letter.document, office=letter.office, way="paper", sent_on=on, due_on=letter.due_on, recorded_on=on
    )


def kinds(centre: Centre) -> list[str]:
    """Of the letters that stand, the kinds in their order."""
    return sorted(Letter.objects.filter(centre=centre).standing().values_list("kind", flat=True))


def prepared(centre: Centre, *days: date):
    """The last of the daily runs."""
    return [prepare(centre, on=day, is_daily=True) for day in days][-1]
