from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from attendance.actions import sheets as actions
from attendance.forms import read_month
from attendance.views.fetch import group_of, months, read_id
from cistor.accounts.access import needs
from cistor.dates import month_end, next_month
from cistor.documents.answers import attached
from cistor.errors import Refused
from cistor.jobs.models import Job
from participants.models import Group, Membership


@require_GET
@needs("see_attendance")
def sheets(request):
    """The lists of all the user's groups in one file, or that of `grupa`; next month's may be made before it begins."""
    first, alone = read_month(request.GET.get("miesiac"), default=request.today), _alone(request, request.GET)
    context = {
        "groups": _groups(request, first, alone),
        "alone": alone,
        "jobs": Job.objects.waiting_for(request.user, on=request.today).filter(kind=actions.KIND),
        **months(first, next_month(request.today)),
    }
    return render(request, "attendance/sheets.html", context)


@require_POST
@needs("see_attendance")
def print_sheets(request):
    user, first = request.user, read_month(request.POST.get("miesiac"), default=request.today)
    try:
        job = actions.ask_for_sheets(
            centre=user.home_centre,
            groups=_groups(request, first, _alone(request, request.POST)),
            month=first,
            filled=request.POST.get("kody") != "nie",
            by=user,
            on=request.today,
        )
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{reverse('attendance:sheets')}?miesiac={first:%Y-%m}")
    return redirect(job)


@require_GET
@needs("see_attendance")
def sheets_file(request, pk):
    """The finished file, as long as its owner still reaches every group in it."""
    finished = Job.objects.visible_to(request.user, on=request.today).exclude(result_sha256="")
    job = get_object_or_404(finished.select_related("centre", "by"), pk=pk, kind=actions.KIND)
    reached = Group.objects.visible_to(request.user, on=request.today).filter(pk__in=job.data["groups"])
    if reached.count() < len(job.data["groups"]):
        raise Http404
    return attached(actions.take_sheets(job), job.result_name)


def _alone(request, data) -> Group | None:
    """The one group that is meant, or None for all of them."""
    return group_of(request, read_id(data["grupa"])) if data.get("grupa") else None


def _groups(request, month, alone: Group | None):
    """The groups that the user sees, with anybody in them that month."""
    members = Membership.objects.touching(month, month_end(month)).values("group")
    rows = Group.objects.visible_to(request.user, on=request.today).filter(pk__in=members)
    return rows.filter(pk=alone.pk) if alone else rows
