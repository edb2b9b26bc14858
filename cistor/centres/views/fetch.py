"""Versions and drafts, each fetched as the one who asks."""

from django.shortcuts import get_object_or_404

from cistor.centres.models import Regulations


def version_or_404(request, pk: int) -> Regulations:
    return get_object_or_404(Regulations.objects.visible_to(request.user, on=request.today), pk=pk)


def draft_or_404(request, pk: int) -> Regulations:
    rows = Regulations.objects.visible_to(request.user, on=request.today).filter(is_draft=True)
    return get_object_or_404(rows, pk=pk)
