"""What the schedule of the letters did, day by day."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from cistor.accounts.access import needs
from cistor.notices import prepared
from cistor.notices import runs as schedule
from cistor.notices.models import Run
from cistor.notices.views.tabs import page_of


@require_GET
@needs("see_runs")
def runs(request):
    rows, centre = Run.objects.visible_to(request.user, on=request.today), request.user.home_centre
    page = page_of(request, schedule.days(rows, request.today))
    context = {
        "page": page,
        "days": schedule.filled(rows, page),
        "only_some": prepared.only_some(centre, request.today) if centre else "",
    }
    return render(request, "notices/runs.html", context)
