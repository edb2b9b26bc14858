from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from cistor.documents import files
from cistor.documents.kinds import KINDS
from cistor.documents.models import Document
from cistor.journal.actions import record_reading


@require_GET
def download(request, pk):
    document = get_object_or_404(Document.objects.visible_to(request.user, on=request.today), pk=pk)
    if not _may_have(request.user, document, on=request.today):
        raise PermissionDenied
    data = files.read(document.sha256)
    if document.participant:
        record_reading(document.participant, document.kind, by=request.user)
    headers = {
        # The number, never a name: a file keeps its name in folders and mails.
        "Content-Disposition": f'attachment; filename="{document.number.replace("/", "-")}.pdf"',
        "Cache-Control": "private, no-store",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(data, content_type=document.mime, headers=headers)


def _may_have(user, document, *, on) -> bool:
    reach = [user.owners(right, on=on) for right in KINDS[document.kind].rights]
    return any(owners is None or document.issued_by_id in owners for owners in reach)
