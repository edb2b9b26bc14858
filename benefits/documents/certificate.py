"""The certificate of what was paid to one person."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from benefits.models import Payment, Settlement
from cistor.accounts.models import User
from cistor.dates import MONTHS_OF, in_month_text
from cistor.money import NOTHING
from participants.models import Participant

SUMS = ("benefit", "bonus", "tax", "deductions", "withheld", "paid")


def paid(participant: Participant, start: date, end: date) -> QuerySet[Settlement]:
    """What went out on these days and did not come back, in the order of payment; `paid` and `paid_on` say it.

    Of a transfer that came back and was sent again the last day counts. What is settled without a transfer (a payment
    that went towards an overpayment, a difference that asks money back) stands on its payday with 0, or benefit and tax
    would not add up.
    """
    last = Payment.objects.filter(settlement=OuterRef("pk")).order_by("-id")
    rows = Settlement.objects.approved().filter(programme__participant=participant)
    rows = rows.annotate(
        last=Subquery(last.values("kind")[:1]),
        paid=Coalesce(Subquery(last.values("amount")[:1]), NOTHING),
        paid_on=Coalesce(Subquery(last.values("on")[:1]), F("payment_list__payday")),
    )
    rows = rows.filter(Q(last=Payment.Kind.PAID) | Q(payout=0) & ~Q(benefit=0, bonus=0, tax=0, net=0))
    rows = rows.filter(paid_on__range=(start, end)).select_related("payment_list")
    return rows.defer("inputs", "computed", "person", "account").order_by("paid_on", "start_on", "pk")


def certificate_context(
    participant: Participant, rows: Sequence[Settlement], *, start: date, end: date, by: User, on: date
) -> dict[str, Any]:
    """The context of `documents/payments_certificate.html`."""
    amounts = [_amounts(row) for row in rows]
    return {
        "person": {
            "name": f"{participant.last_name} {participant.first_name}",
            "pesel": participant.pesel,
            "birth_on": participant.birth_on,
            "address": participant.address,
        },
        "when": _when(start, end),
        "overpaid": any(found["withheld"] for found in amounts),
        "rows": [
            {"period": row.period, "difference": row.corrects_id is not None, "paid_on": row.paid_on, **found}
            for row, found in zip(rows, amounts, strict=True)
        ],
        "sums": {name: sum((found[name] for found in amounts), NOTHING) for name in SUMS},
        "signatures": [{"act": "Wystawienie", "name": str(by), "role": by.role_names, "on": on}],
    }


def _when(start: date, end: date) -> str:
    """ "w lipcu 2026", "od sierpnia 2025 do lipca 2026"."""
    if (start.year, start.month) == (end.year, end.month):
        return in_month_text(start, with_year=True)
    return f"od {_of_month(start)} do {_of_month(end)}"


def _of_month(day: date) -> str:
    return f"{MONTHS_OF[day.month - 1]} {day.year}"


def _amounts(row: Settlement) -> dict[str, Any]:
    """With their signs: a row adds up from left to right; what it asks back itself is added, it waits or was taken."""
    return {
        "benefit": row.benefit,
        "bonus": row.bonus,
        "tax": -row.tax,
        "deductions": -row.deductions_taken,
        "withheld": row.paid - row.net,
        "paid": row.paid,
    }
