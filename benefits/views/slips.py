from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from benefits.actions import slips as actions
from benefits.views.fetch import settlement_or_404
from cistor.accounts.access import needs
from cistor.documents.answers import attached
from cistor.errors import Refused


@require_GET
@needs("see_lists")
def slip(request, pk):
    """The slip of one settlement as a PDF."""
    row = settlement_or_404(request, pk)
    try:
        data = actions.print_slip(row, by=request.user, on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("benefits:settlement", pk)
    return attached(data, f"pasek-{row.span}-{row.pk}.pdf")
