"""Nobody is erased while an amount of theirs is open: they could be paid nothing afterwards, nor pay back."""

from datetime import date

import pytest

from benefits.actions import pay_again, record_payments, record_return
from cistor.desk.erasure import erase
from cistor.errors import Refused
from tests.benefits.months import AUGUST, correct
from tests.benefits.people import LAST_OF_JULY, PAYDAY
from tests.factories import end

LATER = date(2026, 9, 4)


@pytest.fixture
def settled(approved, programme, payroll):
    """July is paid, and the programme ended with it."""
    end(programme, ended_on=LAST_OF_JULY)
    record_payments(approved, paid_on=PAYDAY, by=payroll, on=PAYDAY)
    return approved.settlements.get()


@pytest.fixture
def overpaid(settled, programme, pay):
    """A correction asks back what there is no later payment to take it from."""
    correct(programme, {date(2026, 7, 9): "unexcused"})
    pay(AUGUST)
    return programme.settlements.get(corrects=settled)


def test_who_is_paid_in_full_is_erased(settled, director):
    erase(settled.programme.participant, by=director, on=LATER)
    settled.programme.participant.refresh_from_db()
    assert settled.programme.participant.erased_on == LATER


def test_who_was_not_paid_is_not_erased(approved, programme, director):
    end(programme, ended_on=LAST_OF_JULY)
    with pytest.raises(Refused, match="wypłaty nie zapisano"):
        erase(programme.participant, by=director, on=LATER)


def test_whose_transfer_came_back_is_not_erased_before_it_is_sent_again(settled, payroll, director):
    record_return(settled, returned_on=PAYDAY, by=payroll, on=LATER)
    with pytest.raises(Refused, match="wrócił"):
        erase(settled.programme.participant, by=director, on=LATER)
    pay_again(settled, paid_on=LATER, by=payroll, on=LATER)
    erase(settled.programme.participant, by=director, on=LATER)


def test_who_is_owed_a_difference_is_not_erased(settled, programme, director):
    correct(programme, {date(2026, 7, 6): "present"})
    with pytest.raises(Refused, match="różnicę"):
        erase(programme.participant, by=director, on=LATER)


def test_whose_overpayment_waits_is_not_erased(overpaid, programme, director):
    assert overpaid.net < 0
    with pytest.raises(Refused, match="nadpłatę"):
        erase(programme.participant, by=director, on=LATER)
