"""A granted bonus is paid with its month, or with the difference of that month: once, and under its cap."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from benefits import drafting
from benefits.actions import approve
from benefits.models import Bonus
from benefits.reading.bonuses import late, paid_when, with_payment
from benefits.reading.checksums import verify
from cistor.errors import Refused
from tests.benefits.extras import make_bonus, pay_unprinted
from tests.benefits.months import AUGUST, JULY, anybody_left, correct
from tests.benefits.people import COUNTED, REASON, SIXTH, amounts, checked, make_settled_in
from tests.factories import mark_present


@pytest.fixture
def person(centre):
    programme = make_settled_in(centre)
    mark_present(programme, AUGUST, date(2026, 8, 31))
    return programme


@pytest.fixture
def quickly(centre, payroll, director):
    return partial(pay_unprinted, centre, by=payroll, director=director)


def test_a_bonus_granted_before_the_approval_is_paid_and_taxed_with_its_month(person, quickly, director):
    make_bonus(person, JULY, "300", by=director, on=COUNTED)
    row = quickly(JULY).settlements.get()
    assert (row.bonus, row.bonus_cap) == (Decimal("300.00"), Decimal("356.78"))
    # 12 % of 2083.90, rounded.
    assert (row.tax, row.net) == (Decimal("250.00"), Decimal("1833.90"))
    assert "Przyznana premia 300,00" in row.lines.get(code="bonus").because.replace("\N{NO-BREAK SPACE}", " ")


def test_what_was_refused_or_is_of_another_month_is_not_paid(person, quickly, director):
    make_bonus(person, JULY, "300", by=director, on=COUNTED, granted=False)
    make_bonus(person, AUGUST, "200", by=director, on=COUNTED)
    assert quickly(JULY).settlements.get().bonus == 0


def test_a_bonus_granted_after_the_count_sends_the_list_back_to_be_counted(person, count, director):
    july = checked(count(JULY), on=COUNTED)
    make_bonus(person, JULY, "300", by=director, on=COUNTED)
    with pytest.raises(Refused, match="Policz listę ponownie"):
        approve(july, by=director, on=COUNTED, departure_reason=REASON)


def test_a_bonus_granted_after_the_approval_is_a_difference_of_the_next_list(person, quickly, director):
    quickly(JULY)
    make_bonus(person, JULY, "300", by=director, on=date(2026, 8, 20))
    august = quickly(AUGUST)
    difference = august.settlements.get(corrects__isnull=False)
    assert (difference.span, difference.benefit, difference.bonus) == ("2026-07", 0, Decimal("300.00"))
    said = difference.lines.get(code="bonus").because.replace("\N{NO-BREAK SPACE}", " ")
    assert said == "Premia: było 0,00 zł, jest 300,00 zł; różnica 300,00 zł."
    assert august.settlements.get(span="2026-08").bonus == 0
    assert verify(august) == []
    assert not anybody_left(august, on=date(2026, 9, 5))


def test_a_bonus_paid_before_there_were_requests_stays_paid(person, quickly, monkeypatch):
    """Of data taken over there is no request to compare with."""
    monkeypatch.setattr(drafting, "granted", lambda programmes: {(person.pk, "2026-07"): Decimal("150.00")})
    quickly(JULY)
    monkeypatch.undo()
    august = quickly(AUGUST)
    assert [row.span for row in august.settlements.all()] == ["2026-08"]


def test_absences_entered_later_take_the_bonus_back_with_the_benefit(person, quickly, director):
    make_bonus(person, JULY, "300", by=director, on=COUNTED)
    quickly(JULY)
    correct(person, {date(2026, 7, day): "unexcused" for day in (6, 7, 8, 9)})
    difference = quickly(AUGUST).settlements.get(corrects__isnull=False)
    assert amounts(difference)["bonus"] == "-300.00"


def test_a_bonus_granted_after_a_difference_is_announced_for_the_next_list(person, quickly, director):
    quickly(JULY)
    correct(person, {SIXTH: "unexcused"})
    difference = quickly(AUGUST).settlements.get(corrects__isnull=False)
    assert difference.bonus_cap == Decimal("356.78")
    bonus = make_bonus(person, JULY, "300", by=director, on=date(2026, 9, 10))
    (row,) = late(Bonus.objects.all())
    assert (row, paid_when(row)) == (bonus, "z następną listą, bo listę za ten miesiąc zatwierdzono wcześniej")


def test_a_bonus_that_a_difference_found_nothing_left_for_is_announced_no_more(person, quickly, director):
    quickly(JULY)
    make_bonus(person, JULY, "300", by=director, on=date(2026, 8, 20))
    correct(person, {date(2026, 7, day): "unexcused" for day in (6, 7, 8, 9)})
    difference = quickly(AUGUST).settlements.get(corrects__isnull=False)
    assert (difference.bonus, difference.bonus_cap) == (0, 0)
    assert not late(Bonus.objects.all()).exists()
    assert paid_when(with_payment(Bonus.objects.all()).get()).startswith("nie wypłaca się")
