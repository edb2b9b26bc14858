from datetime import date

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from attendance.documents import leads_text
from attendance.forms import read_month
from attendance.month import MonthPage
from attendance.views.fetch import months
from cistor import places
from cistor.accounts.access import needs
from cistor.dates import month_end
from cistor.errors import Refused
from participants.models import Group


@require_http_methods(["GET", "POST"])
@needs("see_attendance")
def month(request, pk):
    """The attendance list of a group as on paper; a script makes a grid of it in which whoever may marks the days."""
    groups = list(_groups(request))
    group = next((row for row in groups if row.pk == pk), None)
    if group is None:
        raise Http404
    first = read_month(request.GET.get("miesiac"), default=request.today)
    page = MonthPage(group, first, user=request.user, today=request.today, may_mark=group.is_mine)
    if request.method == "POST":
        return _saved(request, page)
    places.keep(request, "miesiac")
    context = {
        "page": page,
        "groups": [row for row in groups if row == group or _worked(row, first)],
        "leads": leads_text(group, first),
        **months(first, request.today),
    }
    return render(request, "attendance/month.html", context)


def _saved(request, page: MonthPage) -> HttpResponse:
    """The grid as it stands now, in place of the one on the page; 409 where some of it is somebody else's."""
    if not page.may_mark:
        raise PermissionDenied
    try:
        page.save(request.POST.get("zmiany", ""))
    except Refused as refusal:
        return HttpResponse(refusal.message, status=422, content_type="text/plain; charset=utf-8")
    return render(request, "attendance/_grid.html", {"page": page}, status=409 if page.conflicts else 200)


def _groups(request):
    """The user's groups; `is_mine` where the user marks."""
    mine = Group.objects.visible_to(request.user, on=request.today, right="mark_attendance")
    rows = Group.objects.visible_to(request.user, on=request.today).select_related("centre")
    return rows.annotate(is_mine=Exists(mine.filter(pk=OuterRef("pk"))))


def _worked(group: Group, first: date) -> bool:
    """In the month."""
    return group.start_on <= month_end(first) and (group.end_on is None or first <= group.end_on)
