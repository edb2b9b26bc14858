"""When to ask for a refund is counted from the end of the month, and met by whatever sending is told of."""

from datetime import date, timedelta

import pytest

from benefits import deadlines
from benefits.actions import refunds as acts
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import TermBook
from cistor.notices.actions.sending import dispatch
from tests.benefits.months import JULY
from tests.benefits.people import make_settled_in
from tests.benefits.refunding import AUGUST, EARLY_SEPTEMBER, paid_month, prepared

ON = date(2026, 9, 30)


@pytest.fixture
def paid(centre, letterhead, payroll, director):
    make_settled_in(centre)
    return paid_month(centre, JULY, by=payroll, director=director)


def asked(centre):
    rows = deadlines.of_payer(centre, TermBook([centre.pk]), on=ON)
    return next(row for row in rows if (row.kind, row.about) == ("refund_application", "sierpień 2026"))


def test_days_are_counted_from_the_end_of_the_month(centre, paid):
    DeadlineLength.objects.filter(code="refund_application").update(unit="calendar_days", length=10)
    assert asked(centre).due_on == date(2026, 9, 10)


def test_sent_from_the_register_of_letters_it_is_met(centre, paid, payroll, director):
    signed = acts.sign_refund(prepared(centre, month=AUGUST, by=payroll), by=director, on=EARLY_SEPTEMBER)
    told = {"office": signed.office, "way": "paper", "by": director, "on": ON}
    dispatch(signed.document, sent_on=EARLY_SEPTEMBER + timedelta(days=2), **told)
    row = asked(centre)
    assert (row.met_on, row.state(ON)) == (EARLY_SEPTEMBER + timedelta(days=2), "met")
