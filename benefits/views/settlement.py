from itertools import chain

from django.db.models import Sum
from django.shortcuts import render

from benefits.models import Problem, Settlement
from benefits.reading import explanation, sources
from benefits.reading.differences import comparison
from benefits.reading.letters import Letters
from benefits.reading.numbers import numbers
from benefits.reading.recoveries import left_of
from benefits.views.fetch import settlement_or_404
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from cistor.money import NOTHING


@needs("see_lists")
def settlement(request, pk):
    """Where the amount comes from, to the grosz."""
    row = settlement_or_404(request, pk)
    participant = row.programme.participant
    record_reading(participant, "settlement", by=request.user)
    previous, following = explanation.neighbours(row)
    context = {
        "row": row,
        "list": row.payment_list,
        "participant": participant,
        **_explained(row),
        "taken": row.recovered.select_related("overpaid__payment_list"),
        "overpaid": _overpaid(row, may=request.user.may("decide_recovery", on=request.today)),
        "comparison": comparison(row),
        "previous": previous,
        "following": following,
        "problems": _problems_of(row),
        "payments": row.payments.all(),
    }
    return render(request, "benefits/settlement.html", context)


def _explained(row: Settlement) -> dict:
    named = Letters(row.programme.participant.centre_id)
    letters, codes = named.on(row.end_on), named.codes_on(row.end_on)
    weeks, parts, versions = (
        explanation.weeks(row, codes),
        explanation.lines_by_part(row),
        explanation.versions_used(row),
    )
    for line in chain.from_iterable(parts.values()):
        line.said, line.cited = explanation.said(line, letters), sources.short(line.source, versions)
    return {
        "outcome": explanation.outcome(row, letters),
        "parts": parts,
        "steps": explanation.steps_of(row, parts),
        "weeks": weeks,
        "codes": explanation.codes_used(weeks, codes),
        "numbers": numbers(row, versions),
        "versions": versions,
    }


def _overpaid(row: Settlement, *, may: bool) -> dict | None:
    """What was paid too much by this settlement, from which payments it was taken, what waits, and by which
    instalments; `decide`: whether the reader may say otherwise."""
    if row.net >= 0:
        return None
    taken = row.recoveries.select_related("taken_from__payment_list")
    together = taken.aggregate(amount=Sum("amount", default=NOTHING))["amount"]
    return {
        "amount": -row.net,
        "taken": taken,
        "waits": -row.net - together,
        "terms": row.recovery_terms.select_related("decided_by", "decided_for").first(),
        "decide": may and not row.payment_list.is_open and left_of(row) > NOTHING,
    }


def _problems_of(row: Settlement) -> list[Problem]:
    """Of this person; days of another settlement on the same list are none of its business."""
    problems = row.payment_list.problems.in_the_way().filter(programme=row.programme_id)
    return [one for one in problems if not one.days or any(row.start_on <= day <= row.end_on for day in one.days)]
