from datetime import date

from django.db import transaction

from benefits.actions.locks import locked
from benefits.models import Payment, PaymentList
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def record_payments(payment_list: PaymentList, *, paid_on: date, by: User, on: date) -> list[Payment]:
    """Write down that the transfers of an approved list went out; whoever is paid nothing gets no row."""
    row = locked(payment_list)
    if row.is_open or row.approved_on is None:
        raise Refused("Wypłatę zapisuje się po zatwierdzeniu listy.")
    if paid_on > on:
        raise Refused("Tego dnia jeszcze nie było.", field="paid_on")
    if paid_on < row.approved_on:
        raise Refused(f"Lista jest zatwierdzona od {day_text(row.approved_on)}.", field="paid_on")
    payments = [
        Payment(settlement=paid, kind=Payment.Kind.PAID, on=paid_on, amount=paid.payout, recorded_by=by)
        for paid in row.settlements.unpaid().only("payout")
    ]
    if not payments:
        raise Refused("Wypłaty z tej listy są już zapisane.")
    Payment.objects.bulk_create(payments)
    record(row, "payments_recorded", by=by, people=len(payments), paid_on=paid_on)
    return payments
