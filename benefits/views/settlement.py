from itertools import chain

from django.shortcuts import render

from benefits import explanation, sources
from benefits.views.fetch import settlement_or_404
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading


@needs("see_lists")
def settlement(request, pk):
    """Where the amount comes from, to the grosz."""
    row = settlement_or_404(request, pk)
    participant = row.programme.participant
    record_reading(participant, "settlement", by=request.user)
    rows, parts, versions = explanation.weeks(row), explanation.lines_by_part(row), explanation.versions_used(row)
    for line in chain.from_iterable(parts.values()):
        line.cited = sources.short(line.source, versions)
    context = {
        "row": row,
        "list": row.payment_list,
        "participant": participant,
        "parts": parts,
        "steps": explanation.steps_of(row, parts),
        "weeks": rows,
        "codes": explanation.codes_used(row, rows),
        "versions": versions,
        "problems": row.payment_list.problems.filter(programme=row.programme_id),
        "payments": row.payments.all(),
    }
    return render(request, "benefits/settlement.html", context)
