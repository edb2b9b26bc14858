from typing import Any

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from cistor.documents import files, uploads
from cistor.documents.models import Upload
from cistor.journal.actions import record_readings
from cistor.names import name_key


def attached(data: bytes, name: str, mime: str = "application/pdf") -> HttpResponse:
    """A file to be saved under the name: numbers and months, never a person's, for it lies in folders and mails."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(data, content_type=mime, headers=headers)


def slug(title: str) -> str:
    """The beginning of such a name: what the file is, in plain letters."""
    return name_key(title).replace(" ", "-")


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
