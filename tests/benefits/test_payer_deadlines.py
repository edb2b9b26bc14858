"""The terms of a payer: counted from facts, met by what was written down, never asked for what is long past."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits import deadlines
from benefits.actions.payer import deregister_insurance, issue_tax_returns, record_duty, register_insurance
from benefits.models import Insurance, PayerDuty
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import TermBook
from cistor.deadlines import due
from cistor.desk import payer
from cistor.errors import Refused
from cistor.notices import deadlines as joined
from participants.models import Programme
from tests.benefits.months import JULY, approved_unprinted, count_month
from tests.benefits.people import COUNTED, make_settled_in
from tests.factories import make_participant, make_programme, make_user

AUGUST = date(2026, 8, 1)
ON = date(2026, 9, 10)


@pytest.fixture
def paid(centre, programme, payroll, director):
    """July, paid in August."""
    return approved_unprinted(count_month(centre, JULY, by=payroll), by=director, on=COUNTED)


def duties(centre, on=ON):
    rows = deadlines.of_payer(centre, TermBook([centre.pk]), on=on)
    return {(row.kind, row.about): row for row in rows}


def registrations(centre, on=ON):
    people = Programme.objects.filter(participant__centre=centre)
    return deadlines.of_registrations(people, TermBook([centre.pk]), on=on)


@pytest.mark.parametrize(
    "event, day, due_on",
    [
        ((2026, 7, 31), 15, (2026, 8, 17)),  # the Assumption, on a Saturday
        ((2026, 8, 31), 20, (2026, 9, 21)),  # a Sunday
        ((2026, 12, 31), 31, (2027, 2, 1)),  # a Sunday
        ((2026, 1, 31), 31, (2026, 3, 2)),  # February is shorter, and ends on a Saturday
    ],
)
def test_a_day_of_the_next_month_moves_on_from_a_day_off(event, day, due_on):
    assert due("day_of_month", date(*event), day) == date(*due_on)


def test_a_month_with_a_payday_owes_contributions_an_advance_and_the_refund(centre, paid):
    rows = duties(centre)
    days = {kind: row.due_on for (kind, about), row in rows.items() if about in {"sierpień 2026", "rok 2026"}}
    assert days == {
        "zus_declaration": date(2026, 9, 15),
        "pit_advance": date(2026, 9, 21),
        "refund_application": date(2026, 9, 21),
        "pit_return": date(2027, 2, 1),
    }
    assert all(row.source and row.role == "payroll" for row in rows.values())


def test_before_the_first_approved_list_nothing_is_owed(centre, programme, payroll):
    count_month(centre, JULY, by=payroll)
    assert duties(centre) == {}


def test_by_law_they_hold_where_the_centre_has_set_nothing(centre, paid):
    DeadlineLength.objects.filter(code__in=joined.OF_PAYER).delete()
    kinds = {kind for kind, _ in duties(centre)}
    # When to ask for the refund is settled with the office alone.
    assert kinds == {"zus_declaration", "pit_advance", "pit_return"}
    assert registrations(centre)[0].due_on == date(2026, 7, 8)


def test_what_was_written_down_meets_it_with_the_term_of_that_day(centre, paid, payroll):
    told = {"done_on": date(2026, 9, 8), "by": payroll, "on": ON}
    record_duty(centre, "zus_declaration", AUGUST, amount=Decimal("466.39"), **told)
    DeadlineLength.objects.filter(code="zus_declaration").update(length=5)
    row = duties(centre)["zus_declaration", "sierpień 2026"]
    assert (row.met_on, row.due_on, row.state(ON)) == (date(2026, 9, 8), date(2026, 9, 15), "met")


@pytest.mark.parametrize(
    "over, message",
    [
        ({"done_on": date(2026, 9, 11)}, "jeszcze nie było"),
        ({"done_on": date(2026, 7, 31)}, "zaczął się"),
        ({"amount": Decimal("-1")}, "ujemna"),
        ({"kind": "pit_return"}, "miesiąca albo roku"),
    ],
)
def test_it_is_refused(centre, payroll, over, message):
    told = {"kind": "zus_declaration", "done_on": ON, "amount": None, **over}
    with pytest.raises(Refused, match=message):
        record_duty(centre, told.pop("kind"), AUGUST, **told, by=payroll, on=ON)
    assert not PayerDuty.objects.exists()


@pytest.mark.parametrize(
    "act",
    [
        lambda one, **who: register_insurance(one, registered_on=date(2026, 7, 3), **who),
        lambda one, **who: deregister_insurance(one, deregistered_on=ON, **who),
        lambda one, **who: record_duty(one.participant.centre, "zus_declaration", AUGUST, done_on=ON, **who),
        lambda one, **who: issue_tax_returns(one.participant.centre, 2025, **who),
    ],
)
def test_nobody_else_writes_down_what_the_payer_did(programme, social_worker, other_centre, act):
    for by in (social_worker, make_user(other_centre, "payroll")):
        with pytest.raises(Refused, match="kadry i płace tego centrum"):
            act(programme, by=by, on=ON)


def test_a_registration_is_due_in_seven_days_and_met_by_its_day(centre, payroll):
    programme = make_programme(make_participant(centre), start_on=date(2026, 9, 4))
    (row,) = registrations(centre)
    assert (row.due_on, row.state(ON)) == (date(2026, 9, 11), "due_soon")
    register_insurance(programme, registered_on=date(2026, 9, 7), by=payroll, on=ON)
    assert registrations(centre)[0].met_on == date(2026, 9, 7)


def test_what_is_long_past_is_asked_for_only_where_such_things_were_recorded(centre, payroll):
    old = make_programme(make_participant(centre), start_on=date(2026, 2, 2))
    assert registrations(centre) == []
    other = make_programme(make_participant(centre), start_on=date(2026, 2, 2))
    who = {"by": payroll, "recorded_on": date(2026, 3, 2)}
    Insurance.objects.create(programme=other, registered_on=date(2026, 2, 5), **who)
    # What was done then is no news.
    assert [row.programme for row in registrations(centre)] == [old.pk]


def test_they_stand_among_all_deadlines_for_payroll_and_the_director(centre, paid, payroll, director, social_worker):
    for user in (payroll, director):
        assert {"zus_declaration", "pit_advance"} <= {row.kind for row in joined.of_user(user, ON)}
    assert not joined.OF_PAYER & {row.kind for row in joined.of_user(social_worker, ON)}


def test_the_desk_of_payroll_names_what_presses(centre, paid, payroll, director):
    texts = [matter.text for matter in payer.due(payroll, ON)]
    assert texts == ["1 osoba czeka na zgłoszenie do ZUS", "deklaracja i składki ZUS: sierpień 2026"]
    assert list(payer.due(director, ON)) == []


def test_another_centre_owes_nothing(paid, other_centre):
    assert duties(other_centre) == {}
    assert registrations(other_centre) == []


def test_the_number_of_queries_does_not_grow(centre, paid):
    def queries(on):
        with CaptureQueriesContext(connection) as found:
            joined.of_centre(centre, on)
        return len(found)

    few = queries(ON)
    make_settled_in(centre)
    assert queries(date(2027, 3, 1)) <= few
