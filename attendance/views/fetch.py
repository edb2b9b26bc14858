from django.http import Http404
from django.shortcuts import get_object_or_404

from cistor.dates import ONE_DAY, next_month
from participants.models import Group


def group_of(request, pk) -> Group:
    return get_object_or_404(Group.objects.visible_to(request.user, on=request.today).select_related("centre"), pk=pk)


def chosen_group(request, text) -> Group | None:
    """The group that the address names, or None for the whole centre."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    rows = Group.objects.visible_to(request.user, on=request.today, right="close_attendance")
    return get_object_or_404(rows, pk=int(text))


def months(first, today) -> dict:
    """The month of a page and its neighbours, as `_months.html` asks for them."""
    following = next_month(first)
    return {
        "month": first,
        "previous": (first - ONE_DAY).replace(day=1),
        "following": following if following <= today else None,
    }
