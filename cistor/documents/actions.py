import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model
from django.template.loader import render_to_string

from cistor import pdf
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.dates import day_text
from cistor.documents import files, uploads
from cistor.documents.kinds import KINDS
from cistor.documents.models import Document, Letterhead, Sequence, Upload
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def issue(
    *,
    kind: str,
    centre: Centre,
    context: dict[str, Any],
    by: User | None,
    on: date,
    participant: Model | None = None,
    people: Iterable[int] = (),
    replaces: Document | None = None,
) -> Document:
    """Give the paper its number, make the file, keep both with the data it was made from. It is never made again.

    `people` are the participants, by their ids, whom a paper about several of them names. `context` holds what the
    template of the kind asks for: texts, numbers, dates, Decimals, lists and dicts of them; `basis`, where the
    regulations add to the statute in the foot of the page; `blank` on a form to be filled in by hand.
    """
    _not_replaced_yet(replaces)
    number = next_number(centre=centre, series=KINDS[kind].series, year=on.year)
    stored = _stored(kind, centre, context, number=number, on=on)
    data = _rendered(kind, stored)
    document = Document.objects.create(
        centre=centre,
        participant_id=participant.pk if participant else None,
        kind=kind,
        number=number,
        title=KINDS[kind].title,
        issued_on=on,
        issued_by=by,
        sha256=files.store(data),
        size=len(data),
        context=stored,
        people=sorted(set(people)),
        replaces=replaces,
    )
    record(document, "document_issued", by=by, kind=kind, number=number, sha256=document.sha256)
    return document


@transaction.atomic
def adopt_letterhead(
    *,
    centre: Centre,
    in_force_from: date,
    name: str,
    address: str,
    place: str,
    body: str = "",
    contact: str = "",
    logo: bytes = b"",
    by: User | None,
) -> Letterhead:
    """What stands at the top of the centre's papers from a day on; those already issued keep theirs."""
    letterhead = Letterhead(
        centre=centre, in_force_from=in_force_from, name=name, body=body, address=address, contact=contact, place=place
    )
    if logo:
        letterhead.logo_mime, letterhead.logo_sha256 = _logo_type(logo), files.store(logo)
    letterhead.full_clean()
    letterhead.save()
    record(letterhead, "letterhead_adopted", by=by, in_force_from=in_force_from)
    return letterhead


def _logo_type(logo: bytes) -> str:
    try:
        return pdf.picture_type(logo)
    except ValueError:
        raise Refused("Logo ma być obrazem PNG albo JPEG w kolorach ekranu (RGB).", field="logo") from None


@transaction.atomic
def keep_upload(*, centre: Centre, participant: Model, kind: str, name: str, data: bytes, by: User, on: date) -> Upload:
    """Keep a file that somebody brought; `kind` of `uploads.KINDS`, `name` as it was called there. Refused with
    `field="file"` unless the content is a whole PDF, JPG or PNG of at most 10 MB."""
    mime = uploads.content_type(data)
    upload = Upload.objects.create(
        centre=centre,
        participant_id=participant.pk,
        kind=kind,
        name=uploads.tidy_name(name),
        sha256=files.store(data),
        size=len(data),
        mime=mime,
        uploaded_on=on,
        uploaded_by=by,
    )
    record(upload, "upload_kept", by=by, kind=kind)
    return upload


def working_copy(*, kind: str, centre: Centre, context: dict[str, Any], on: date) -> bytes:
    """The PDF of a paper not issued: it says so, has no number and is kept nowhere."""
    return working_copies(kind=kind, centre=centre, contexts=[context], on=on)


def working_copies(*, kind: str, centre: Centre, contexts: Iterable[dict[str, Any]], on: date) -> bytes:
    """One PDF of several papers not issued, laid out one by one as `contexts` gives them; at least one."""
    wholes = (_with_logo(_stored(kind, centre, context, number="", on=on)) for context in contexts)
    return pdf.render_all(f"documents/{kind}.html", wholes)


def words(*, kind: str, centre: Centre, context: dict[str, Any], on: date) -> str:
    """What a paper not issued would say, as HTML for a page of the program."""
    stored = _stored(kind, centre, context, number="", on=on)
    return render_to_string(f"documents/{kind}.html", {**stored, "logo_url": "", "on_screen": True})


def next_number(*, centre: Centre, series: str, year: int) -> str:
    """`LW/3/2026`. The row stays locked to the end of the transaction: one that fails leaves no gap."""
    Sequence.objects.bulk_create([Sequence(centre=centre, series=series, year=year)], ignore_conflicts=True)
    sequence = Sequence.objects.select_for_update().get(centre=centre, series=series, year=year)
    sequence.last += 1
    sequence.save(update_fields=["last"])
    return f"{series}/{sequence.last}/{year}"


def _not_replaced_yet(document: Document | None) -> None:
    if document is None:
        return
    Document.objects.select_for_update().get(pk=document.pk)
    if Document.objects.filter(replaces=document).exists():
        raise Refused(f"Dokument {document.number} został już zastąpiony nowszym.")


def _stored(kind: str, centre: Centre, context: dict[str, Any], *, number: str, on: date) -> Any:
    """The whole context as plain JSON: the paper is made from this and from nothing else."""
    letterhead = Letterhead.objects.in_force(centre, on)
    if letterhead is None:
        raise Refused(f"Centrum nie ma papieru firmowego na dzień {day_text(on)}.")
    basis = "; ".join(filter(None, [KINDS[kind].basis, context.get("basis")]))
    draft = KINDS[kind].numbered and not number and not context.get("blank")
    document = {"number": number, "draft": draft, "title": KINDS[kind].title, "issued_on": on, "basis": basis}
    whole = {**context, "document": document, "letterhead": _head(letterhead)}
    return json.loads(json.dumps(whole, cls=DjangoJSONEncoder))


def _head(letterhead: Letterhead) -> dict[str, Any]:
    texts = {name: getattr(letterhead, name) for name in ("name", "body", "address", "contact", "place")}
    logo = {"sha256": letterhead.logo_sha256, "mime": letterhead.logo_mime} if letterhead.logo_sha256 else None
    return {**texts, "logo": logo}


def _rendered(kind: str, stored: dict[str, Any]) -> bytes:
    return pdf.render(f"documents/{kind}.html", _with_logo(stored))


def _with_logo(stored: dict[str, Any]) -> dict[str, Any]:
    logo = stored["letterhead"]["logo"]
    return {**stored, "logo_url": files.data_url(**logo) if logo else ""}
