"""A limit counts the days of the newest computation, not those that were paid for first."""

from datetime import date

from benefits.actions import draft_trial_list
from benefits.unusual.facts import facts_of
from cistor.centres.models import Regulations
from tests.benefits.months import AUGUST, JULY, SEPTEMBER, SIXTH, correct
from tests.benefits.people import check_and_approve, make_on_trial, make_settled_in
from tests.benefits.test_unusual import said

SEVENTH, EIGHTH = date(2026, 7, 7), date(2026, 7, 8)
END_OF_SEPTEMBER = date(2026, 9, 30)


def test_a_day_of_the_trial_corrected_since_counts_in_its_month(centre, letterhead, payroll, director, count):
    """Two unexcused days after the trial, and one in it that nobody knew when it was paid."""
    Regulations.objects.filter(centre=centre).update(unexcused_limit_scope="calendar_month")
    late = dict.fromkeys([date(2026, 7, 22), date(2026, 7, 23)], "unexcused")
    programme = make_on_trial(centre, start_on=date(2026, 6, 18), until=END_OF_SEPTEMBER, but=late, main=True)
    (trial,) = draft_trial_list(centre=centre, by=payroll, on=date(2026, 7, 20))
    check_and_approve(trial, by=director, on=date(2026, 7, 20))
    correct(programme, {EIGHTH: "unexcused"})
    assert said(count(JULY))["LIMIT"] == [
        "Wykorzystano limit dni nieusprawiedliwionych (3): następny zabierze całe świadczenie."
    ]


def test_of_a_chain_the_newest_days_count(centre, pay, count):
    programme = make_settled_in(centre, until=END_OF_SEPTEMBER)
    pay(JULY)
    correct(programme, {SIXTH: "unexcused", SEVENTH: "unexcused"})
    pay(AUGUST)
    correct(programme, {SIXTH: "sick", EIGHTH: "unexcused"})
    september = count(SEPTEMBER)
    assert facts_of(september).limited[programme.pk] == {"unexcused": [SEVENTH, EIGHTH], "sick": [SIXTH]}
