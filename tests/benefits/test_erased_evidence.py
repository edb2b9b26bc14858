"""Evidence that names an erased person: files stay, the data they were made from forgets the name, the bank file is
handed out no more."""

from datetime import date

import pytest

from benefits.actions import record_payments
from benefits.actions import refunds as acts
from benefits.actions.orders import take_file
from cistor.desk.erasure import erase
from cistor.errors import Refused
from tests.benefits.orders import PAY_ON, make_profile, ordered
from tests.benefits.people import COUNTED, LAST_OF_JULY
from tests.benefits.refunding import EARLY_SEPTEMBER, prepared
from tests.factories import end

ERASED = date(2032, 1, 5)


def test_papers_forget_the_name_and_the_bank_file_stays_unread(approved, programme, payroll, director):
    centre = approved.centre
    make_profile(centre, by=director)
    order = ordered(approved, by=payroll, on=COUNTED)
    record_payments(approved, paid_on=PAY_ON, by=payroll, on=PAY_ON)
    refund = acts.sign_refund(prepared(centre, by=payroll), by=director, on=EARLY_SEPTEMBER)
    end(programme, ended_on=LAST_OF_JULY)
    person, papers = programme.participant, (order.document, refund.document)
    assert all(person.last_name in str(paper.context) for paper in papers)
    erase(person, by=director, on=ERASED)
    for paper in papers:
        paper.refresh_from_db()
        assert person.last_name not in str(paper.context)
        assert paper.sha256
    order.refresh_from_db()
    with pytest.raises(Refused, match="dane usunięto"):
        take_file(order, by=payroll)
    assert order.content
