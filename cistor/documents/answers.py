from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attached(data: bytes, name: str, mime: str = "application/pdf") -> HttpResponse:
    """A file to be saved under the name: numbers and months, never a person's, for it lies in folders and mails."""
    headers = {"Content-Disposition": content_disposition_header(as_attachment=True, filename=name)}
    return HttpResponse(data, content_type=mime, headers=headers)
