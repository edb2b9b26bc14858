"""Rows as far as the user's rights reach; else 404."""

from django.shortcuts import get_object_or_404

from referrals.models import Application


def applications(request):
    """What the user may see of the centre's cases, or of those sent to the own office."""
    rows = Application.objects.visible_to(request.user, on=request.today)
    return rows.select_related("participant", "office", "centre")


def application(request, pk) -> Application:
    return get_object_or_404(applications(request), pk=pk)
