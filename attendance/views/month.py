from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance import roster
from attendance.documents import leads_text, legend
from attendance.forms import read_month
from attendance.terms import Terms
from attendance.views.fetch import group_of, months
from cistor.accounts.access import needs


@require_GET
@needs("see_attendance")
def month(request, pk):
    """The attendance list of a group as on paper, to read."""
    group, terms = group_of(request, pk), Terms(request.user.home_centre)
    first = read_month(request.GET.get("miesiac"), default=request.today)
    grid = roster.of_month(group, first, request.today, terms)
    codes = legend(grid, terms)
    context = {
        "group": group,
        "grid": grid,
        "codes": codes,
        "rows": [(row, [row.sums[code.meaning] for code in codes]) for row in grid.rows],
        "leads": leads_text(group, first),
        "today": request.today,
        **months(first, request.today),
    }
    return render(request, "attendance/month.html", context)
