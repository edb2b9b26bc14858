from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header

from cistor.documents import files, uploads
from cistor.documents.actions import working_copy
from cistor.documents.kinds import KINDS
from cistor.documents.models import Upload
from cistor.errors import Refused
from cistor.journal.actions import record_readings
from cistor.names import name_key


def attached(data: bytes, name: str, mime: str = "application/pdf") -> HttpResponse:
    """A file to be saved under the name: numbers and months, never a person's, for it lies in folders and mails."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(data, content_type=mime, headers=headers)


def slug(title: str) -> str:
    """The beginning of such a name: what the file is, in plain letters."""
    return name_key(title).replace(" ", "-")


def printed(
    request: HttpRequest,
    kind: str,
    context: Callable[[], dict[str, Any]],
    *,
    back: str,
    name: str = "",
    people: Iterable[int] = (),
) -> HttpResponse:
    """A paper that is not issued, to be saved; where it is refused, back to the page that says why.

    `people`: ids of the participants who stand on it; that it was taken goes into the register of readings.
    """
    centre = request.user.home_centre
    try:
        data = working_copy(kind=kind, centre=centre, context=context(), on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    record_readings(centre, people, kind, by=request.user)
    return attached(data, name or f"{slug(KINDS[kind].title)}.pdf")


def handed_out(upload: Upload, *, by: Any) -> HttpResponse:
    """The file as it was brought, and a line in the register of readings. Whoever calls has asked whether `by` may.

    To be saved, never shown: should a browser open it all the same, it does nothing there and belongs to nobody.
    """
    data = files.read(upload.sha256)
    record_readings(upload.centre, [upload.participant_id], upload.kind, by=by)
    name = f"{slug(uploads.KINDS[upload.kind].title)}-{upload.pk}{uploads.SUFFIXES[upload.mime]}"
    response = attached(data, name, upload.mime)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    return response
