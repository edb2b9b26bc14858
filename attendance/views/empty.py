"""Papers to be filled in by hand where there is no computer at hand; nothing of anybody stands on them."""

from django.views.decorators.http import require_GET

from attendance.actions.certificates import KIND as CERTIFICATE
from attendance.actions.certificates import RIGHT as CERTIFIES
from attendance.documents.absences import empty_note
from attendance.documents.certificate import empty_certificate
from attendance.documents.order import empty_reprimand
from attendance.reading.absences import RIGHT as FOLLOWS
from attendance.views.order import RIGHTS as ORDER
from cistor.accounts.access import needs
from cistor.documents.answers import printed


@require_GET
@needs(FOLLOWS)
def absence_note(request):
    centre = request.user.home_centre
    return printed(request, "absence_note", lambda: empty_note(centre, on=request.today), back="attendance:absences")


@require_GET
@needs(*ORDER)
def reprimand(request):
    centre = request.user.home_centre
    return printed(request, "reprimand", lambda: empty_reprimand(centre, on=request.today), back="attendance:order")


@require_GET
@needs(CERTIFIES)
def certificate(request):
    return printed(request, CERTIFICATE, empty_certificate, back="attendance:groups")
