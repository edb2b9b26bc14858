from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from benefits.reading import year_drawings as drawn
from benefits.reading.year import Year, year_of
from benefits.sheets.year import year_workbook
from benefits.views.fetch import YEARS
from cistor.accounts.access import needs
from cistor.documents.answers import attached
from cistor.journal.actions import record, record_readings
from cistor.sheets import XLSX
from participants.models import Participant

PAGE = 25
# With the name alone: every other column of a person would cost a decryption.
NAMES = Participant.objects.only("last_name", "first_name")


@require_GET
@needs("see_lists")
def year(request, year):
    """What a year has cost, what absences took, who got what."""
    found = _year_or_404(request, year)
    page = Paginator(found.people, PAGE).get_page(request.GET.get("strona"))
    names = NAMES.in_bulk(page.object_list)
    people = drawn.people(found, [names[pk] for pk in page])
    context = {
        "found": found,
        "cost": drawn.cost(found),
        "taken": drawn.taken(found),
        "heads": drawn.heads(year),
        "page": page,
        "people": people,
        "heat": drawn.heat(people, found),
        "before": year - 1 if found.first and found.first < year else None,
        "after": year + 1 if year < max(found.last or 0, request.today.year) else None,
    }
    return render(request, "benefits/year.html", context)


@require_GET
@needs("see_lists")
def year_sheet(request, year):
    """For a spreadsheet; a year in which nothing was paid has none."""
    found, centre = _year_or_404(request, year), request.user.home_centre
    if not found.rows:
        raise Http404
    data = year_workbook(found, NAMES.in_bulk(found.people))
    record(centre, "year_sheet_taken", by=request.user, year=year)
    record_readings(centre, found.people, "payment_list", by=request.user)
    return attached(data, f"swiadczenia-{year}.xlsx", XLSX)


def _year_or_404(request, year: int) -> Year:
    if year not in YEARS:
        raise Http404
    return year_of(request.user.home_centre, year)
