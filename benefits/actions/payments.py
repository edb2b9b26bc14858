from datetime import date

from django.db import transaction

from benefits.actions.checking import has_been
from benefits.actions.locks import locked
from benefits.models import Payment, PaymentList, Settlement
from cistor.accounts.models import User
from cistor.dates import ONE_DAY, day_text
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def record_payments(payment_list: PaymentList, *, paid_on: date, by: User, on: date) -> list[Payment]:
    """Write down that the transfers of an approved list went out: of everybody who is paid anything and was not yet.

    What came back is paid again one by one (`pay_again`).
    """
    row = locked(payment_list)
    if row.is_open or row.approved_on is None:
        raise Refused("Wypłatę zapisuje się po zatwierdzeniu listy.")
    has_been(paid_on, on=on, field="paid_on")
    if paid_on < row.approved_on:
        raise Refused(f"Lista jest zatwierdzona od {day_text(row.approved_on)}.", field="paid_on")
    payments = [
        Payment(settlement=paid, kind=Payment.Kind.PAID, on=paid_on, amount=paid.payout, recorded_by=by)
        for paid in row.settlements.never_paid().only("payout")
    ]
    if not payments:
        raise Refused("Wypłaty z tej listy są już zapisane.")
    Payment.objects.bulk_create(payments)
    record(row, "payments_recorded", by=by, people=len(payments), paid_on=paid_on)
    return payments


@transaction.atomic
def record_return(settlement: Settlement, *, returned_on: date, reason: str = "", by: User, on: date) -> Payment:
    """Write down that the transfer of one person came back; `reason` is what the bank said."""
    locked(settlement.payment_list)
    last = _last(settlement)
    if last is None or last.kind != Payment.Kind.PAID:
        raise Refused("Nie ma wypłaty, która mogłaby wrócić.")
    has_been(returned_on, on=on, field="returned_on")
    if returned_on < last.on:
        raise Refused(f"Wypłata wyszła {day_text(last.on)}.", field="returned_on")
    _once_a_day(settlement, Payment.Kind.RETURNED, returned_on, field="returned_on")
    returned = Payment.objects.create(
        settlement=settlement,
        kind=Payment.Kind.RETURNED,
        on=returned_on,
        amount=last.amount,
        reason=reason.strip(),
        recorded_by=by,
    )
    record(returned, "payment_returned", by=by, returned_on=returned_on, amount=returned.amount)
    return returned


@transaction.atomic
def pay_again(settlement: Settlement, *, paid_on: date, by: User, on: date) -> Payment:
    """Write down that what came back was transferred once more."""
    locked(settlement.payment_list)
    last = _last(settlement)
    if last is None or last.kind != Payment.Kind.RETURNED:
        raise Refused("Ta wypłata nie wróciła.")
    has_been(paid_on, on=on, field="paid_on")
    if paid_on < last.on:
        raise Refused(f"Przelew wrócił {day_text(last.on)}.", field="paid_on")
    _once_a_day(settlement, Payment.Kind.PAID, paid_on, field="paid_on")
    paid = Payment.objects.create(
        settlement=settlement, kind=Payment.Kind.PAID, on=paid_on, amount=last.amount, recorded_by=by
    )
    record(paid, "payment_repeated", by=by, paid_on=paid_on, amount=paid.amount)
    return paid


def _last(settlement: Settlement) -> Payment | None:
    """In the order in which they were written down."""
    return settlement.payments.order_by("-id").first()


def _once_a_day(settlement: Settlement, kind: Payment.Kind, day: date, *, field: str) -> None:
    """A transfer that came back on the day it left is sent again on the next one at the earliest."""
    if settlement.payments.filter(kind=kind, on=day).exists():
        first = day_text(day + ONE_DAY)
        raise Refused(f"Tego dnia zapisano już: {kind.label}. Zapisz to z dniem {first} albo późniejszym.", field=field)
