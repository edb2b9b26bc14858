"""What an approval compares where something was overpaid, and what is nobody's failure."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import OperationalError

from benefits.drafting import _each as each
from benefits.drafting import draft, results, stored
from benefits.gather import cases
from benefits.models import Settlement
from benefits.reading.checksums import verify
from tests.benefits.months import AUGUST, JULY, correct
from tests.benefits.people import check_and_approve, make_settled_in

THIRD = date(2026, 9, 3)


@pytest.fixture
def august(centre, pay, count):
    """A list that takes from August what July was overpaid."""
    programme = make_settled_in(centre, until=date(2026, 9, 30))
    pay(JULY)
    correct(programme, {date(2026, 7, 6): "unexcused"})
    return count(AUGUST)


def extend(programme) -> None:
    """A fact that says nothing about what July and August pay."""
    main = programme.stages.get(kind="main")
    programme.stages.filter(pk=main.pk).update(end_on=date(2027, 5, 31))


def test_facts_that_change_no_amount_do_not_stop_a_list_with_an_overpayment(august, director):
    difference = august.settlements.get(span="2026-07")
    before = difference.checksum
    extend(difference.programme)
    approved = check_and_approve(august, by=director, on=THIRD)
    difference.refresh_from_db()
    assert difference.inputs["programme"]["main"][1] == "2027-05-31"
    assert difference.checksum != before
    assert verify(approved) == []


def test_another_amount_taken_is_another_result(august):
    now = draft(august, on=THIRD)
    assert results(now.made) == results(stored(list(august.settlements.all())))
    now.recoveries[0].amount -= Decimal("0.01")
    assert results(now.made) != results(stored(list(august.settlements.all())))


def test_a_cut_connection_is_nobodys_failure(august):
    def cut(run, case):
        raise OperationalError("server closed the connection unexpectedly")

    programme = Settlement.objects.first().programme_id
    (case,) = cases(august.centre, until=date(2026, 9, 30), also=[programme])
    with pytest.raises(OperationalError):
        list(each(None, [case], cut, []))
