from datetime import date
from decimal import Decimal

from django.db.models import Sum
from django.shortcuts import get_object_or_404, render

from benefits.documents import paid
from benefits.models import Bonus, Settlement
from benefits.reading.bonuses import paid_when, with_payment
from benefits.reading.deductions import summary
from benefits.reading.explanation import MEANINGS
from benefits.reading.letters import Letters
from cistor.accounts.access import needs
from cistor.dates import day_count
from cistor.journal.actions import record_reading
from cistor.money import NOTHING
from participants.models import Participant
from participants.views import card


@needs("see_lists")
def person(request, pk):
    """A participant's tab: everything they were or will be paid, what was taken, what was paid too much."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_lists")
    people = people.with_phase(request.today).with_group(request.today)
    participant = get_object_or_404(people, pk=pk)
    record_reading(participant, "settlements", by=request.user)
    rows = Settlement.objects.filter(programme__participant=participant).select_related("payment_list")
    rows = rows.defer("inputs", "computed", "person", "account")
    context = {
        **card.page(request, participant, "benefits:person"),
        "settlements": _with_taken(participant, rows.prefetch_related("payments").order_by("-start_on", "-pk")),
        "past_end": rows.past_end().select_related("programme"),
        "overpaid": rows.overpaid(),
        "paid": _paid(participant, request.today),
        "certificates": participant.documents.filter(kind="payments_certificate"),
        "enforcements": _enforcements(request, participant),
        "owed": _owed(request, participant),
        "bonuses": _bonuses(participant),
        "may_certify": participant.open_to(request.user, "run_month", on=request.today) and not participant.erased_on,
    }
    return render(request, "benefits/person.html", context)


def _owed(request, participant: Participant):
    """None for who has no business with deductions."""
    return summary(participant) if participant.open_to(request.user, "enter_deduction", on=request.today) else None


def _enforcements(request, participant: Participant):
    """None for who has no business with them."""
    may = participant.open_to(request.user, "answer_bailiff", on=request.today)
    return participant.enforcements.select_related("answer").prefetch_related("answer__dispatches") if may else None


def _bonuses(participant: Participant) -> list[Bonus]:
    rows = with_payment(Bonus.objects.filter(programme__participant=participant)).defer("reason", "note")
    found = list(rows)
    for row in found:
        row.when = paid_when(row) if row.granted else ""
    return found


def _paid(participant: Participant, today: date) -> Decimal:
    """What stands paid over all the years."""
    return paid(participant, date.min, today).aggregate(all=Sum("paid", default=NOTHING))["all"]


def _with_taken(participant: Participant, rows) -> list[Settlement]:
    """Each with what its absences took, in the letters of its time: "NN 2 dni, L4 1 dzień"."""
    letters, found = Letters(participant.centre_id), list(rows)
    for row in found:
        names, row.lost = letters.on(row.end_on), row.base - row.benefit
        row.days_taken = ", ".join(_days(names, kind, count) for kind, count in row.counts.items())
    return found


def _days(names: dict[str, str], kind: str, count: int) -> str:
    over = " ponad limit" if kind.endswith("over_limit") else ""
    return f"{names.get(MEANINGS.get(kind, kind), '?')}{over} {day_count(count)}"
