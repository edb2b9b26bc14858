from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import FileItemKind
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.journal.actions import record
from participants import personal_file
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.participant import locked
from participants.models import FilePaper, Participant


@transaction.atomic
def add_paper(
    participant: Participant,
    *,
    code: str,
    received_on: date,
    valid_until: date | None = None,
    place: str = "",
    note: str = "",
    upload: Upload | None = None,
    by: User,
    on: date,
) -> FilePaper:
    """A paper has come into the personal file; `code` is an item of the regulations of the day."""
    participant = locked(participant)
    kind = _kind(participant, code, on)
    refuse_days(received_on=received_on, valid_until=valid_until)
    _refuse_wrong_days(kind, received_on, valid_until, on)
    _refuse_strange(upload, participant)
    paper = FilePaper(participant=participant, code=code, received_on=received_on, valid_until=valid_until)
    paper.place, paper.note = " ".join(place.split()), note.strip()
    paper.upload, paper.entered_by = upload, by
    refuse_invalid(paper)
    paper.save(force_insert=True)
    record(paper, "add_paper", by=by, code=code, received_on=received_on, valid_until=valid_until)
    return paper


def _kind(participant: Participant, code: str, on: date) -> FileItemKind:
    for kind in personal_file.asked_for(participant.centre, on):
        if kind.code == code:
            return kind
    raise Refused("Regulamin nie zna takiego dokumentu w teczce.", field="code")


def _refuse_wrong_days(kind: FileItemKind, received_on: date, valid_until: date | None, on: date) -> None:
    if received_on > on:
        raise Refused("Dzień otrzymania nie może być z przyszłości.", field="received_on")
    if kind.expires and valid_until is None:
        raise Refused("Ten dokument traci ważność. Podaj, do kiedy jest ważny.", field="valid_until")
    if valid_until and valid_until < received_on:
        raise Refused("Dokument nie może stracić ważności przed dniem otrzymania.", field="valid_until")


def _refuse_strange(upload: Upload | None, participant: Participant) -> None:
    """A file of another person, or one that stands by another paper already."""
    if upload and (upload.participant_id != participant.pk or FilePaper.objects.filter(upload=upload).exists()):
        raise Refused("Ten plik należy do innego dokumentu.", field="file")


@transaction.atomic
def remove_paper(paper: FilePaper, *, by: User, on: date) -> FilePaper:
    """Entered by mistake, or given back: it counts no more; row and file stay in the history."""
    locked(paper.participant)
    paper = FilePaper.objects.select_for_update().get(pk=paper.pk)
    if paper.removed_on:
        raise Refused(f"Ten dokument usunięto z teczki już {paper.removed_on:%d.%m.%Y}.")
    paper.removed_on, paper.removed_by = on, by
    paper.save(update_fields=["removed_on", "removed_by"])
    record(paper, "remove_paper", by=by, code=paper.code)
    return paper
