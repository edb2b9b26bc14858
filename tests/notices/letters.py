"""Letters for tests, straight into the tables; every name is invented."""

from datetime import date

from cistor.documents import files
from cistor.documents.kinds import KINDS
from cistor.documents.models import Document
from cistor.notices.models import Letter
from tests.factories import make_participant, make_programme, make_user

SIGNED = date(2026, 2, 12)
# The trial's last week, and a day in it.
ON = date(2026, 3, 9)


def welfare_office(centre):
    return centre.offices.get(kind="welfare")


def make_letter(centre, kind: str, *programmes, office=None, **over) -> Letter:
    """A draft about the programmes; without any, about somebody new."""
    programmes = programmes or (make_programme(make_participant(centre), start_on=SIGNED, main=False),)
    alone = programmes[0].participant if len(programmes) == 1 else None
    facts = {"starts_on": SIGNED, "due_on": ON, "due_source": "Procedura", "prepared_on": ON, "participant": alone}
    letter = Letter.objects.create(centre=centre, kind=kind, office=office, **{**facts, **over})
    for programme in programmes:
        letter.people.create(programme=programme, kind=kind, office=office, due_on=letter.due_on)
    return letter


def make_signed(letter: Letter, *, by=None) -> Letter:
    """With a paper that nobody has laid out."""
    by, data = by or make_user(letter.centre, "director"), f"%PDF-1.7 {letter.pk}".encode()
    letter.document = Document.objects.create(
        centre=letter.centre,
        participant=letter.participant,
        kind=letter.kind,
        number=f"{KINDS[letter.kind].series}/{letter.pk}/2026",
        title=KINDS[letter.kind].title,
        issued_on=ON,
        issued_by=by,
        sha256=files.store(data),
        size=len(data),
    )
    letter.status, letter.signed_on, letter.signed_by = Letter.Status.SIGNED, ON, by
    letter.save()
    return letter
