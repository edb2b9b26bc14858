"""What may be asked back from the Fundusz Pracy in a month, and how a year stands."""

from datetime import date
from decimal import Decimal

import pytest
from django.db.models import F

from benefits.actions import pay_again, record_payments, record_return
from benefits.actions import refunds as acts
from benefits.models import Settlement
from benefits.reading import refunds
from tests.benefits.months import JULY, approved_unprinted, correct, count_month, third_after
from tests.benefits.people import SIXTH, make_settled_in
from tests.benefits.refunding import AUGUST, EARLY_SEPTEMBER, OCTOBER, SEPTEMBER, paid_month, prepared, sent
from tests.benefits.test_year import END_OF_AUGUST


@pytest.fixture
def programme(centre):
    """Somebody whose July has one unexcused day."""
    return make_settled_in(centre, until=END_OF_AUGUST, but={SIXTH: "unexcused"})


@pytest.fixture
def paid(centre, letterhead, payroll, director):
    return lambda month, **over: paid_month(centre, month, by=payroll, director=director, **over)


def askable(centre, month=AUGUST, on=OCTOBER) -> list[tuple[str, str, date]]:
    return [(row.span, str(row.benefit), row.paid_on) for row in refunds.not_asked(centre, month, on=on)]


def test_a_settlement_belongs_to_the_month_in_which_it_was_paid(centre, programme, paid):
    paid(JULY)
    assert askable(centre) == [("2026-07", "1694.70", date(2026, 8, 5))]
    assert askable(centre, JULY) == askable(centre, SEPTEMBER) == []


def test_an_approved_list_that_is_not_transferred_waits(centre, programme, paid):
    paid(JULY, sent=False)
    assert askable(centre) == []


def test_a_transfer_that_came_back_stays_out_until_it_is_sent_again(centre, programme, paid, payroll):
    row = paid(JULY).settlements.get()
    deed = {"by": payroll, "on": OCTOBER}
    record_return(row, returned_on=date(2026, 8, 10), **deed)
    assert askable(centre) == []
    pay_again(row, paid_on=date(2026, 9, 2), **deed)
    assert askable(centre) == [("2026-07", "1694.70", date(2026, 8, 5))]


def test_a_difference_is_a_correction_in_the_month_of_its_own_payment(centre, programme, paid):
    paid(JULY)
    correct(programme, {SIXTH: "sick"})
    paid(AUGUST)
    assert askable(centre, SEPTEMBER) == [
        ("2026-07", "44.60", date(2026, 9, 4)),
        ("2026-08", "1783.90", date(2026, 9, 4)),
    ]


def test_what_asks_money_back_lowers_the_application_by_its_payday(centre, programme, paid):
    paid(JULY)
    correct(programme, {date(2026, 7, 7): "unexcused", date(2026, 7, 8): "unexcused"})
    paid(AUGUST)
    assert ("2026-07", "-178.39", date(2026, 9, 4)) in askable(centre, SEPTEMBER)
    assert askable(centre, SEPTEMBER, on=date(2026, 9, 3)) == []


def test_the_bonus_is_never_asked_for(centre, programme, letterhead, payroll, director):
    counted = count_month(centre, JULY, by=payroll)
    counted.settlements.update(bonus=Decimal("100"), net=F("net") + Decimal("100"))
    approved_unprinted(counted, by=director, on=third_after(JULY))
    record_payments(counted, paid_on=counted.payday, by=payroll, on=counted.payday)
    (item,) = prepared(centre, by=payroll).items.all()
    # 19,52 % and 8 % of the benefit alone.
    assert [str(getattr(item, name)) for name in refunds.AMOUNTS] == ["1694.70", "330.81", "135.58"]


def test_another_centre_asks_for_its_own(centre, other_centre, programme, paid):
    paid(JULY)
    assert askable(other_centre) == []


def test_the_last_month_is_forgotten_until_somebody_asks(centre, programme, paid, payroll):
    paid(JULY)
    assert refunds.forgotten(centre, on=EARLY_SEPTEMBER).free == 1
    assert refunds.forgotten(centre, on=OCTOBER) is None
    prepared(centre, by=payroll)
    assert refunds.forgotten(centre, on=EARLY_SEPTEMBER) is None


def test_a_year_says_what_was_paid_asked_came_and_is_left(centre, programme, paid, payroll, director):
    """1 694,70 with 330,81 and 135,58 of contributions; 1 000 of it came, 61,09 was refused."""
    paid(JULY)
    refund = sent(prepared(centre, by=payroll), by=payroll, director=director)
    deed = {"by": payroll, "on": OCTOBER}
    acts.record_refund_payment(refund, paid_on=date(2026, 9, 20), amount=Decimal("1000"), **deed)
    acts.refuse_refund(refund, refused_on=OCTOBER, amount=Decimal("61.09"), note="Brak kopii listy.", **deed)
    paid(AUGUST)
    found = refunds.year_of(centre, 2026, on=OCTOBER)
    assert [refunds.asked_for(centre, month.month) for month in found.months] == [month.paid for month in found.months]
    assert [(month.month, str(month.asked), str(month.unasked)) for month in found.months] == [
        (AUGUST, "2161.09", "0.00"),
        (SEPTEMBER, "0.00", "2274.83"),
    ]
    sums = {name: str(amount) for name, amount in found.sums.items()}
    assert sums == {
        "paid": "4435.92",
        "asked": "2161.09",
        "came": "1000.00",
        "refused": "61.09",
        "left": "1100.00",
        "unasked": "2274.83",
    }


def test_a_year_takes_as_many_queries_for_many_as_for_one(centre, programme, paid, payroll, django_assert_num_queries):
    make_settled_in(centre, until=END_OF_AUGUST)
    paid(JULY)
    prepared(centre, by=payroll)
    with django_assert_num_queries(5):
        assert refunds.year_of(centre, 2026, on=OCTOBER).sums["paid"]


def test_what_was_asked_for_and_came_back_is_found(centre, programme, paid, payroll, director):
    row = paid(JULY).settlements.get()
    refund = sent(prepared(centre, by=payroll), by=payroll, director=director)
    assert not refunds.came_back(refund).exists()
    record_return(row, returned_on=date(2026, 9, 10), by=payroll, on=OCTOBER)
    assert refunds.came_back(refund).get().settlement == Settlement.objects.get()
