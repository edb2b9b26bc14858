from datetime import date

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.views.decorators.http import require_GET

from benefits.reading.zus import ZusMonth, zus_month
from benefits.sheets.zus import zus_workbook
from benefits.views.fetch import YEARS
from cistor.accounts.access import needs
from cistor.dates import ONE_DAY, month_start, next_month
from cistor.documents.answers import attached
from cistor.journal.actions import record, record_readings
from cistor.sheets import XLSX

PAGE = 25


@require_GET
@needs("see_lists")
def zus(request, year, month):
    """The contributions of a month and who is insured under which title."""
    found = _month_or_404(request, year, month)
    after = next_month(found.month)
    page = Paginator(found.insured, PAGE).get_page(request.GET.get("strona"))
    people = sorted({one.programme.participant_id for one in page})
    record_readings(request.user.home_centre, people, "zus", by=request.user)
    context = {
        "found": found,
        "page": page,
        "before": month_start(found.month - ONE_DAY),
        "after": after if after <= request.today else None,
        "may_register": request.user.may("run_month", on=request.today),
    }
    return render(request, "benefits/zus.html", context)


@require_GET
@needs("see_lists")
def zus_sheet(request, year, month):
    """For a spreadsheet; a month without anybody has none."""
    found, centre = _month_or_404(request, year, month), request.user.home_centre
    if not found.insured:
        raise Http404
    people = {one.programme.participant_id for one in found.insured}
    record(centre, "zus_sheet_taken", by=request.user, month=found.month)
    record_readings(centre, sorted(people), "zus", by=request.user)
    return attached(zus_workbook(found), f"zus-{found.month:%Y-%m}.xlsx", XLSX)


def _month_or_404(request, year: int, month: int) -> ZusMonth:
    if year not in YEARS or month not in range(1, 13):
        raise Http404
    return zus_month(request.user.home_centre, date(year, month, 1))
