from http import HTTPStatus

from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET

from attendance import roster
from attendance.documents import attendance_sheet
from attendance.forms import read_day, read_month
from attendance.terms import Terms
from attendance.views.fetch import group_of
from cistor.accounts.access import needs
from cistor.dates import month_start
from cistor.documents.answers import printed
from cistor.journal.actions import record

# More people than this take more than a moment: a job makes the sheet and shows how far it is.
AT_ONCE = 40


@require_GET
@needs("see_attendance")
def scanned(request, pk):
    """Where the code on a printed list leads: to its day, or in its month to the group's today, else to the month."""
    group_of(request, pk)
    if "dzien" in request.GET:
        day = read_day(request.GET["dzien"], default=request.today)
        return redirect(f"{reverse('attendance:today', args=[pk])}?dzien={day:%Y-%m-%d}")
    first = read_month(request.GET.get("miesiac"), default=request.today)
    if first == month_start(request.today):
        return redirect("attendance:today", pk)
    return redirect(f"{reverse('attendance:month', args=[pk])}?miesiac={first:%Y-%m}")


@require_GET
@needs("see_attendance")
def sheet(request, pk):
    """The same month as a printout: with the codes, or empty for ink."""
    group, terms = group_of(request, pk), Terms(request.user.home_centre)
    first = read_month(request.GET.get("miesiac"), default=request.today)
    filled = request.GET.get("kody") != "nie"
    grid = roster.of_month(group, first, request.today, terms)
    if len(grid.rows) > AT_ONCE:
        return redirect(reverse("attendance:sheets", query={"miesiac": f"{first:%Y-%m}", "grupa": pk}))
    paper = printed(
        request,
        "attendance_sheet",
        lambda: attendance_sheet(group, first, grid, terms, filled=filled),
        back=f"{reverse('attendance:month', args=[pk])}?miesiac={first:%Y-%m}",
        name=f"lista-obecnosci-{pk}-{first:%Y-%m}.pdf",
        people=[row.key for row in grid.rows],
    )
    if paper.status_code == HTTPStatus.OK:
        record(group, "attendance_sheet_printed", by=request.user, month=first, filled=filled)
    return paper
