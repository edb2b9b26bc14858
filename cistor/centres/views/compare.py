from django.shortcuts import render

from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.centres.versions import compare, previous


@needs("see_regulations")
def versions(request):
    """Two versions side by side, every setting and list; without a choice the one in force and the one before."""
    rows = list(Regulations.objects.visible_to(request.user, on=request.today).order_by("in_force_from", "pk"))
    left, right = _chosen(request, rows)
    only = request.GET.get("roznice") == "1"
    sections = compare(left, right) if left and right else []
    context = {
        "versions": rows,
        "left": left,
        "right": right,
        "only": only,
        "sections": [section.differing() for section in sections] if only else sections,
        "count": sum(len(section.differing().rows) for section in sections),
    }
    return render(request, "centres/compare.html", context)


def _chosen(request, rows: list[Regulations]) -> tuple[Regulations | None, Regulations | None]:
    by_id = {str(row.pk): row for row in rows}
    right = by_id.get(request.GET.get("prawa", "")) or _newest(request, rows)
    left = by_id.get(request.GET.get("lewa", "")) or (previous(right, rows) if right else None)
    return left, right


def _newest(request, rows: list[Regulations]) -> Regulations | None:
    """A draft is compared with what it would follow; else what is in force with the version before."""
    drafts = [row for row in rows if row.is_draft]
    in_force = [row for row in rows if not row.is_draft and row.in_force_from <= request.today]
    return next(iter(drafts[::-1] + in_force[::-1] + rows[::-1]), None)
