from django.shortcuts import render
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET

from attendance.forms import read_day
from attendance.reading import morning as report
from attendance.views.tabs import tabs
from cistor import places
from cistor.accounts.access import needs
from cistor.journal.actions import record_readings


@require_GET
@needs("follow_absence")
def morning(request):
    """Of today, or of a day that was; made to be printed too."""
    day = min(read_day(request.GET.get("dzien"), default=request.today), request.today)
    page = report.morning(request.user, day, localtime(), on=request.today)
    people = {row.run.programme.participant_id for row in page.absent}
    record_readings(request.user.home_centre, people, "absence", by=request.user)
    places.keep(request, "dzien")
    context = {
        "page": page,
        "unmarked": [(row, report.told(row)) for row in page.unmarked],
        "today": request.today,
        "tabs": tabs(request),
    }
    return render(request, "attendance/morning.html", context)
