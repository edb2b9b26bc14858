"""The transfers of an approved list, written down once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from benefits.actions import pay_again, record_payments, record_return, run_month
from benefits.models import Payment, PaymentList, Problem
from cistor.errors import Refused
from cistor.journal.models import Entry
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


# What came back -------------------------------------------------------------------------------------------------------

FIFTH, SEVENTH, NINTH = date(2026, 8, 5), date(2026, 8, 7), date(2026, 8, 9)


@pytest.fixture
def paid(approved, payroll):
    record_payments(approved, paid_on=FIFTH, by=payroll, on=FIFTH)
    return approved.settlements.get()


def stands(settlement) -> tuple[int, int]:
    row = PaymentList.objects.with_sums().get(pk=settlement.payment_list_id)
    return row.unpaid, row.returned


def test_a_transfer_that_came_back_is_a_row_of_its_own_and_waits(paid, payroll):
    back = record_return(paid, returned_on=SEVENTH, reason=" rachunek zamknięty ", by=payroll, on=NINTH)
    assert (back.kind, back.on, back.amount, back.reason) == ("returned", SEVENTH, paid.payout, "rachunek zamknięty")
    assert stands(paid) == (1, 1)
    entry = Entry.objects.get(verb="payment_returned")
    assert (entry.by, entry.participant) == (payroll, paid.programme.participant)


def test_it_is_paid_again_the_same_amount_and_may_come_back_once_more(paid, payroll):
    record_return(paid, returned_on=SEVENTH, by=payroll, on=NINTH)
    again = pay_again(paid, paid_on=SEVENTH, by=payroll, on=NINTH)
    assert (again.kind, again.amount, stands(paid)) == ("paid", paid.payout, (0, 0))
    record_return(paid, returned_on=NINTH, by=payroll, on=NINTH)
    assert stands(paid) == (1, 1)
    assert list(paid.payments.order_by("pk").values_list("kind", "on")) == [
        ("paid", FIFTH),
        ("returned", SEVENTH),
        ("paid", SEVENTH),
        ("returned", NINTH),
    ]


def test_the_first_payment_of_the_others_leaves_alone_what_came_back(paid, payroll):
    record_return(paid, returned_on=SEVENTH, by=payroll, on=NINTH)
    with pytest.raises(Refused, match="już zapisane"):
        record_payments(paid.payment_list, paid_on=NINTH, by=payroll, on=NINTH)


def test_what_was_never_sent_does_not_come_back(approved, payroll):
    with pytest.raises(Refused, match="Nie ma wypłaty"):
        record_return(approved.settlements.get(), returned_on=FIFTH, by=payroll, on=FIFTH)


def test_it_comes_back_once(paid, payroll):
    record_return(paid, returned_on=SEVENTH, by=payroll, on=NINTH)
    with pytest.raises(Refused, match="Nie ma wypłaty"):
        record_return(paid, returned_on=NINTH, by=payroll, on=NINTH)


@pytest.mark.parametrize("day, why", [(date(2026, 8, 4), "5 sierpnia 2026"), (date(2026, 8, 10), "jeszcze nie było")])
def test_it_does_not_come_back_before_it_went_nor_in_the_future(paid, payroll, day, why):
    with pytest.raises(Refused, match=why) as refusal:
        record_return(paid, returned_on=day, by=payroll, on=NINTH)
    assert refusal.value.field == "returned_on"


@pytest.mark.parametrize("day, why", [(date(2026, 8, 6), "7 sierpnia 2026"), (date(2026, 8, 10), "jeszcze nie było")])
def test_it_is_not_paid_again_before_it_came_back_nor_in_the_future(paid, payroll, day, why):
    record_return(paid, returned_on=SEVENTH, by=payroll, on=NINTH)
    with pytest.raises(Refused, match=why) as refusal:
        pay_again(paid, paid_on=day, by=payroll, on=NINTH)
    assert refusal.value.field == "paid_on"


def test_what_came_back_on_its_own_day_is_paid_again_on_the_next(paid, payroll):
    record_return(paid, returned_on=FIFTH, by=payroll, on=SEVENTH)
    with pytest.raises(Refused, match="z dniem 6 sierpnia 2026 albo późniejszym"):
        pay_again(paid, paid_on=FIFTH, by=payroll, on=SEVENTH)
    assert pay_again(paid, paid_on=date(2026, 8, 6), by=payroll, on=SEVENTH).kind == "paid"


def test_what_did_not_come_back_is_not_paid_again(paid, payroll):
    with pytest.raises(Refused, match="nie wróciła"):
        pay_again(paid, paid_on=NINTH, by=payroll, on=NINTH)
