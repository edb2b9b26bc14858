from django.shortcuts import render

from benefits import checksums
from benefits.views.fetch import list_or_404, settlement_or_404
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading


@needs("see_lists")
def verify_list(request, pk):
    """Compute the whole list again from its stored inputs."""
    shown = list_or_404(request, pk)
    return render(request, "benefits/verify_list.html", {"list": shown, "wrong": checksums.verify(shown)})


@needs("see_lists")
def verify_settlement(request, pk):
    """Compute again from the stored inputs and lay both results side by side."""
    row = settlement_or_404(request, pk)
    record_reading(row.programme.participant, "settlement", by=request.user)
    check = checksums.check(row)
    return render(request, "benefits/verify_settlement.html", {"row": row, "check": check})
