from datetime import date
from decimal import Decimal

import pytest

from participants.models import TaxStatement
from tests.benefits.people import (
    JULY,
    PAYDAY,
    check_and_approve,
    counted,
    make_settled_in,
)


@pytest.mark.parametrize("share, tax", [(None, "214.00"), (1, "0.00"), (2, "64.00"), (3, "114.00")])
def test_the_statement_lowers_the_advance_by_its_share(centre, payroll, share, tax):
    programme = make_settled_in(centre)
    if share:
        TaxStatement.objects.create(participant=programme.participant, start_on=PAYDAY, share=share)
    assert str(counted(centre, payroll).settlements.get().tax) == tax


def test_a_statement_that_ended_before_the_payday_lowers_nothing(centre, payroll):
    programme = make_settled_in(centre)
    TaxStatement.objects.create(participant=programme.participant, start_on=JULY, end_on=date(2026, 8, 4), share=1)
    assert counted(centre, payroll).settlements.get().tax == Decimal("214.00")


def test_the_payday_moves_back_from_a_day_off_and_not_from_a_closed_day(centre, other_centre, payroll, outsider):
    make_settled_in(centre)
    make_settled_in(other_centre)
    # 5 September 2026 is a Saturday; 10 August 2026 a Monday on which only the centre is closed.
    assert counted(centre, payroll, month=date(2026, 8, 1), on=date(2026, 9, 1)).payday == date(2026, 9, 4)
    assert counted(other_centre, outsider).payday == date(2026, 8, 10)


@pytest.mark.parametrize(
    "counted_on, payday",
    [
        (date(2026, 8, 5), date(2026, 8, 5)),
        (date(2026, 8, 6), date(2026, 8, 6)),
        (date(2026, 8, 29), date(2026, 8, 31)),
    ],
)
def test_a_month_counted_after_its_payday_is_paid_on_the_next_working_day(centre, payroll, counted_on, payday):
    make_settled_in(centre)
    july = counted(centre, payroll, on=counted_on)
    assert (july.payday, july.settlements.get().inputs["payday"]) == (payday, str(payday))


def test_two_months_may_be_paid_on_one_day(centre, payroll, director, letterhead):
    programme = make_settled_in(centre, since=date(2026, 6, 1))
    june = counted(centre, payroll, month=date(2026, 6, 1), on=PAYDAY)
    check_and_approve(june, by=director, on=PAYDAY)
    july = counted(centre, payroll, on=PAYDAY)
    assert (june.payday, july.payday) == (PAYDAY, PAYDAY)
    assert july.settlements.get(programme=programme).inputs["earlier_payments"]
