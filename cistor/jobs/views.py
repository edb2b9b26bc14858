from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from cistor.errors import Refused
from cistor.jobs import actions
from cistor.jobs.models import Job


@require_GET
def job(request, pk):
    """What is being made for the user and how far it is; a script asks for the changing part every second."""
    row = _own(request, pk)
    if not request.htmx:
        return render(request, "jobs/job.html", {"job": row})
    # Nothing new is no answer: a screen reader would read the same again every second.
    if request.GET.get("widziano") == row.status[1]:
        return HttpResponse(status=204)
    return render(request, "jobs/_job.html", {"job": row})


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
