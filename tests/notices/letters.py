"""Letters for tests, straight into the tables; every name is invented."""

from datetime import date

from cistor.documents.actions import issue
from cistor.notices import documents
from cistor.notices.models import Letter
from tests.factories import make_participant, make_programme, make_user
from tests.referrals.papers import make_letterhead

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
    """Its paper issued and locked."""
    if not letter.centre.letterheads.exists():
        make_letterhead(letter.centre)
    by = by or make_user(letter.centre, "director")
    letter.document = issue(
        kind=letter.kind,
        centre=letter.centre,
        context=documents.context(letter, ON),
        by=by,
        on=ON,
        participant=letter.participant,
        people=[programme.participant_id for programme in documents.programmes(letter)],
    )
    letter.status, letter.signed_on, letter.signed_by = Letter.Status.SIGNED, ON, by
    letter.save()
    return letter
