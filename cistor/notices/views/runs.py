"""What the schedule of the letters did, run by run."""

from django.shortcuts import render
from django.views.decorators.http import require_GET

from cistor.accounts.access import needs
from cistor.notices.models import Run
from cistor.notices.views.tabs import page_of


@require_GET
@needs("see_runs")
def runs(request):
    page = page_of(request, Run.objects.visible_to(request.user, on=request.today))
    return render(request, "notices/runs.html", {"page": page})
