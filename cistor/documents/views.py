from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from cistor.accounts.access import needs
from cistor.documents import actions, files, uploads
from cistor.documents.answers import attached, handed_out
from cistor.documents.forms import LetterheadForm
from cistor.documents.models import Document, Letterhead, Upload
from cistor.documents.reach import may_open
from cistor.errors import Refused
from cistor.journal.actions import record_readings
from cistor.journal.once import claim


@require_GET
def download(request, pk):
    document = get_object_or_404(Document.objects.visible_to(request.user, on=request.today), pk=pk)
    if not may_open(document, request.user, on=request.today):
        raise PermissionDenied
    if not document.sha256:
        return render(request, "410.html", status=410)
    data = files.read(document.sha256)
    about = [document.participant_id] if document.participant_id else document.people
    record_readings(document.centre, about, document.kind, by=request.user)
    return attached(data, f"{document.number.replace('/', '-')}.pdf", document.mime)


@require_GET
def upload(request, pk):
    """Of the centre's staff only: an office reaches its scans through its case (`referrals:scan_file`)."""
    row = get_object_or_404(Upload.objects.visible_to(request.user, on=request.today).exclude(sha256=""), pk=pk)
    reach = [request.user.owners(right, on=request.today) for right in uploads.KINDS[row.kind].rights]
    if request.user.is_of_office or not any(owners is None or row.uploaded_by_id in owners for owners in reach):
        raise PermissionDenied
    return handed_out(row, by=request.user)


@needs("set_regulations")
def letterhead(request):
    """The paper in force and those before it; a new one from a day on."""
    in_force = Letterhead.objects.in_force(request.user.home_centre, request.today)
    form = LetterheadForm(request.POST or None, request.FILES or None, initial=_as_now(in_force, request.today))
    form.instance.centre = request.user.home_centre
    if request.method == "POST" and form.is_valid() and _adopt(request, form):
        messages.success(request, "Papier firmowy jest zapisany.")
        return redirect("documents:letterhead")
    rows = Letterhead.objects.visible_to(request.user, on=request.today)
    context = {"form": form, "rows": rows, "in_force": in_force}
    return render(request, "papers/letterhead.html", context, status=422 if form.errors else 200)


def _as_now(in_force, today) -> dict:
    names = ("name", "body", "address", "contact", "place")
    return {"in_force_from": today, **({name: getattr(in_force, name) for name in names} if in_force else {})}


def _adopt(request, form) -> bool:
    values = {name: form.cleaned_data[name] for name in form.Meta.fields}
    logo = form.cleaned_data["logo"]
    try:
        with transaction.atomic():
            if claim(form.cleaned_data["token"], by=request.user):
                actions.adopt_letterhead(
                    centre=request.user.home_centre, logo=logo.read() if logo else b"", by=request.user, **values
                )
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    except ValidationError as error:
        form.add_error(None, error)
    return form.is_valid()
