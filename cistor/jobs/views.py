from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HTMX_STOP_POLLING

from cistor.errors import Refused
from cistor.jobs import actions
from cistor.jobs.answers import part, unattended
from cistor.jobs.models import Job


@require_GET
def job(request, pk):
    """What is being made for the user and how far it is."""
    return _part(request, pk) if request.htmx else _page(request, _own(request, pk))


def _page(request, row):
    """What works on a page of its own is shown there; here it says only why it failed, and to say it once is enough."""
    if row.makes_file:
        return render(request, "jobs/job.html", {"job": row})
    if not row.failure:
        return redirect(row)
    actions.take(row)
    return render(request, "jobs/job.html", {"job": row})


def _part(request, pk):
    """The part that changes, for the script that asks every two seconds."""
    unattended(request)
    try:
        row = _own(request, pk)
    except Http404:
        return render(request, "jobs/_gone.html", status=HTMX_STOP_POLLING)
    return part(request, "jobs/_job.html", {"job": row}, state=row.status[1])


@require_POST
def retry(request, pk):
    row = _own(request, pk)
    try:
        row = actions.retry(row, on=request.today)
    except Refused as refusal:
        messages.info(request, refusal.message)
    return redirect(row)


def _own(request, pk) -> Job:
    return get_object_or_404(Job.objects.visible_to(request.user, on=request.today), pk=pk)
