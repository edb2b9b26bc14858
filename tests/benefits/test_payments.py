"""The transfers of an approved list, written down once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from benefits.actions import record_payments, run_month
from benefits.models import Payment, PaymentList, Problem
from cistor.errors import Refused
from tests.benefits.people import COUNTED, JULY, SIXTH, check_and_approve, make_settled_in


def test_the_transfers_are_written_down_once_for_everybody_who_is_paid(
    centre, programme, letterhead, payroll, director
):
    nothing = make_settled_in(centre, but=dict.fromkeys((SIXTH + timedelta(days=n) for n in range(4)), "unexcused"))
    july = check_and_approve(run_month(centre=centre, month=JULY, by=payroll, on=COUNTED), by=director, on=COUNTED)
    (payment,) = record_payments(july, paid_on=date(2026, 8, 5), by=payroll, on=date(2026, 8, 5))
    assert (payment.settlement.programme, payment.kind, payment.amount) == (programme, "paid", Decimal("1491.70"))
    assert not Payment.objects.filter(settlement__programme=nothing).exists()
    with pytest.raises(Refused, match="już zapisane"):
        record_payments(july, paid_on=date(2026, 8, 6), by=payroll, on=date(2026, 8, 6))


def test_a_draft_is_not_paid(july, payroll):
    with pytest.raises(Refused, match="po zatwierdzeniu"):
        record_payments(july, paid_on=date(2026, 8, 5), by=payroll, on=date(2026, 8, 5))


def test_nothing_is_paid_before_it_is_approved(approved, payroll):
    with pytest.raises(Refused, match="3 sierpnia 2026") as refusal:
        record_payments(approved, paid_on=date(2026, 8, 2), by=payroll, on=COUNTED)
    assert refusal.value.field == "paid_on"


def test_what_is_still_to_come_was_not_paid(approved, payroll):
    with pytest.raises(Refused, match="jeszcze nie było") as refusal:
        record_payments(approved, paid_on=date(2026, 8, 5), by=payroll, on=date(2026, 8, 4))
    assert refusal.value.field == "paid_on"


def test_a_payment_is_never_changed(approved, payroll):
    record_payments(approved, paid_on=date(2026, 8, 5), by=payroll, on=date(2026, 8, 5))
    for attempt in (lambda: Payment.objects.update(amount=0), lambda: Payment.objects.all().delete()):
        with pytest.raises(DatabaseError, match="issued, never changes"), transaction.atomic():
            attempt()


def test_a_list_says_how_it_stands(centre, july, director, payroll):
    def stands():
        row = PaymentList.objects.with_sums().get(pk=july.pk)
        return row.people, row.payout, row.problem_count, row.unpaid

    assert stands() == (1, Decimal("1491.70"), 0, 1)
    Problem.objects.create(payment_list=july, programme=july.settlements.get().programme, kind="failed", text="-")
    assert stands() == (1, Decimal("1491.70"), 1, 1)
    Problem.objects.all().delete()
    record_payments(check_and_approve(july, by=director, on=COUNTED), paid_on=COUNTED, by=payroll, on=COUNTED)
    assert stands() == (1, Decimal("1491.70"), 0, 0)
