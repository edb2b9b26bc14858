"""Papers to be filled in by hand where there is no computer at hand; nothing of anybody stands on them."""

from typing import Any

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from attendance.actions.certificates import KIND as CERTIFICATE
from attendance.actions.certificates import RIGHT as CERTIFIES
from attendance.documents.absences import empty_note
from attendance.documents.certificate import empty_certificate
from attendance.documents.order import empty_reprimand
from attendance.reading.absences import RIGHT as FOLLOWS
from attendance.views.order import RIGHTS as ORDER
from cistor.accounts.access import needs
from cistor.documents.actions import working_copy
from cistor.documents.answers import attached, slug
from cistor.documents.kinds import KINDS
from cistor.errors import Refused


@require_GET
@needs(FOLLOWS)
def absence_note(request):
    context = empty_note(request.user.home_centre, on=request.today)
    return _paper(request, "absence_note", context, back="attendance:absences")


@require_GET
@needs(*ORDER)
def reprimand(request):
    context = empty_reprimand(request.user.home_centre, on=request.today)
    return _paper(request, "reprimand", context, back="attendance:order")


@require_GET
@needs(CERTIFIES)
def certificate(request):
    return _paper(request, CERTIFICATE, empty_certificate(), back="attendance:groups")


def _paper(request, kind: str, context: dict[str, Any], *, back: str):
    facts = {"centre": request.user.home_centre, "context": context, "on": request.today}
    try:
        data = working_copy(kind=kind, **facts)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(back)
    return attached(data, f"{slug(KINDS[kind].title)}.pdf")
