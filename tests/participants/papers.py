"""Papers of a personal file, straight into the table."""

from datetime import date

from participants.models import FilePaper, Participant
from participants.personal_file import asked_for
from tests.factories import make_user

RECEIVED = date(2026, 3, 2)


def make_paper(participant: Participant, code: str = "medical_certificate", *, by=None, **over) -> FilePaper:
    by = by or make_user(participant.centre, "social_worker")
    return FilePaper.objects.create(
        **{"participant": participant, "code": code, "received_on": RECEIVED, "entered_by": by, **over}
    )


def fill_file(participant: Participant, *, but: tuple[str, ...] = (), on: date = RECEIVED, by=None) -> None:
    """Everything obligatory, except what stands in `but`."""
    by = by or make_user(participant.centre, "social_worker")
    for kind in asked_for(participant.centre, on):
        if kind.obligatory and kind.code not in but:
            make_paper(participant, kind.code, received_on=on, by=by)
