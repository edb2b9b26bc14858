"""In the end the tax is what is due on what is owed: what lowered no tax in its own month lowers that of the next."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.models import PaymentList, Settlement
from benefits.reading.checksums import verify
from tests.benefits.months import AUGUST, JULY, OCTOBER, SEPTEMBER, SIXTH, correct, figures, mark_days
from tests.benefits.people import make_settled_in
from tests.factories import end

END_OF_OCTOBER = date(2026, 10, 31)
NINTH = date(2026, 7, 9)


@pytest.fixture
def programme(centre):
    """Somebody present on every day until the end of October."""
    return make_settled_in(centre, until=END_OF_OCTOBER)


@pytest.fixture
def ended(programme):
    """… whose programme lasts for July only."""
    end(programme, ended_on=date(2026, 7, 31))
    return programme


def test_what_is_asked_back_and_owed_again_is_taxed_once(ended, pay):
    pay(JULY)
    correct(ended, {SIXTH: "unexcused"})
    assert figures(pay(AUGUST)) == [("2026-07", "-89.20", "0.00", "0.00")]
    correct(ended, {SIXTH: "present"})
    again = pay(SEPTEMBER)
    assert figures(again) == [("2026-07", "89.20", "89.20", "0.00")]
    assert again.settlements.get().inputs["earlier_payments"] == [{"taxable": "-89.20", "advance": "0.00"}]
    assert totals() == (Decimal("214.00"), Decimal("1569.90"))
    assert nothing_differs()


def test_the_sentence_names_what_comes_from_earlier_months(ended, pay):
    pay(JULY)
    correct(ended, {SIXTH: "unexcused"})
    pay(AUGUST)
    correct(ended, {SIXTH: "present"})
    line = pay(SEPTEMBER).settlements.get().lines.get(code="tax")
    assert line.because.replace("\xa0", " ") == (
        "Zaliczka na podatek: razem w miesiącu −89,20 + 89,20 = 0,00 zł (z ujemnymi różnicami, także przeniesionymi "
        "z wcześniejszych miesięcy); 12% × 0,00 zł = 0,00 zł, po zaokrągleniu 0,00 zł."
    )


def test_it_is_carried_until_it_is_used_up(programme, pay):
    """July is lost, August brings half of it, September more than the rest."""
    mark_days(programme, {date(2026, 8, day): "unexcused" for day in (3, 4, 5)})
    pay(JULY)
    correct(programme, {date(2026, 7, day): "unexcused" for day in (6, 7, 8, 9)})
    august, september, october = pay(AUGUST), pay(SEPTEMBER), pay(OCTOBER)
    taxes = [row.tax for row in (august.settlements.get(span="2026-08"), september.settlements.get())]
    # −1 783,90 + 1 516,31 = −267,59; then 12 % of 1 783,90 − 267,59.
    assert taxes == [Decimal("0.00"), Decimal("182.00")]
    assert october.settlements.get().tax == Decimal("214.00")
    assert earlier(october) == []
    assert nothing_differs()


def test_what_comes_after_a_taxed_payment_of_its_month_is_carried_too(programme, pay):
    """The 214 of August stay taken whatever a second list of the same month asks back."""
    pay(JULY)
    pay(AUGUST)
    correct(programme, {SIXTH: "unexcused"})
    second = pay(AUGUST, number=2, on=date(2026, 9, 4))
    assert figures(second) == [("2026-07", "-89.20", "0.00", "0.00")]
    september = pay(SEPTEMBER)
    assert earlier(september) == [{"taxable": "-89.20", "advance": "0.00"}]
    assert september.settlements.get().tax == Decimal("203.00")


def test_a_month_that_takes_it_all_carries_nothing(programme, pay):
    pay(JULY)
    correct(programme, {SIXTH: "unexcused"})
    assert pay(AUGUST).settlements.get(span="2026-08").tax == Decimal("203.00")
    assert earlier(pay(SEPTEMBER)) == []


def earlier(payment_list: PaymentList) -> list[dict[str, str]]:
    return payment_list.settlements.get().inputs["earlier_payments"]


def totals() -> tuple[Decimal, Decimal]:
    """Of everything that was ever settled: the tax, and what was transferred."""
    rows = list(Settlement.objects.all())
    return sum(row.tax for row in rows), sum(row.payout for row in rows)


def nothing_differs() -> bool:
    return not [found for row in PaymentList.objects.all() for found in verify(row)]
