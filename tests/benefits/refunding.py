"""Months paid and refunds asked for, step by step."""

from datetime import date

from benefits.actions import record_payments
from benefits.actions import refunds as acts
from benefits.models import PaymentList, Refund
from cistor.centres.models import Centre, Office
from tests.benefits.months import approved_unprinted, count_month, third_after

# July is paid at the beginning of August, August at that of September.
AUGUST, SEPTEMBER = date(2026, 8, 1), date(2026, 9, 1)
EARLY_SEPTEMBER, OCTOBER = date(2026, 9, 7), date(2026, 10, 5)


def paid_month(
    centre: Centre, month: date, *, by, director, on: date | None = None, sent: bool = True, number: int = 1
) -> PaymentList:
    """Counted, approved without its paper, and transferred on its payday."""
    counted = count_month(centre, month, by=by, on=on, number=number)
    row = approved_unprinted(counted, by=director, on=on or third_after(month))
    if sent and row.settlements.unpaid().exists():
        record_payments(row, paid_on=row.payday, by=by, on=row.payday)
    return row


def labour_office(centre: Centre) -> Office:
    return centre.offices.get(kind="pup")


def prepared(centre: Centre, *, by, month: date = AUGUST, on: date = EARLY_SEPTEMBER) -> Refund:
    return acts.prepare_refund(centre, month=month, office=labour_office(centre), by=by, on=on)


def sent(refund: Refund, *, by, director, on: date = EARLY_SEPTEMBER) -> Refund:
    """Signed and sent on the day."""
    row = acts.sign_refund(refund, by=director, on=on)
    acts.send_refund(row, sent_on=on, by=by, on=on)
    return row
