"""A chain is taken whole, whatever days its links end on: a trial that was extended ends in another month."""

from datetime import date, timedelta

import pytest

from benefits.actions import draft_trial_list
from participants.models import Programme
from tests.benefits.months import AUGUST, JULY, SEPTEMBER, correct
from tests.benefits.people import check_and_approve, make_settled_in, said
from tests.factories import make_participant, make_programme, mark_present

TENTH = date(2026, 8, 10)


def extend_trial(programme: Programme, *, until: date) -> None:
    trial, main = (programme.stages.filter(kind=kind) for kind in ("trial", "main"))
    main.update(start_on=until + timedelta(days=1))
    trial.update(end_on=until)


@pytest.fixture
def programme(centre):
    """Somebody whose trial is paid up to the twentieth of July."""
    programme = make_programme(make_participant(centre), start_on=date(2026, 7, 6))
    programme.stages.filter(kind="trial").update(end_on=date(2026, 7, 20))
    programme.stages.filter(kind="main").update(start_on=date(2026, 7, 21))
    mark_present(programme, programme.signed_on, date(2026, 9, 30), but={date(2026, 8, 5): "unexcused"})
    return programme


@pytest.fixture
def extended(programme, centre, pay, payroll, director):
    """… and, extended, with August up to the tenth; somebody else stays all the time."""
    stays = make_settled_in(centre, until=date(2026, 9, 30))
    (trial,) = draft_trial_list(centre=centre, by=payroll, on=date(2026, 7, 21))
    check_and_approve(trial, by=director, on=date(2026, 7, 21))
    pay(JULY)
    extend_trial(programme, until=TENTH)
    difference = pay(AUGUST).settlements.get(span="trial")
    assert difference.end_on == TENTH
    return stays


def test_an_earlier_list_leaves_a_link_that_ends_later_to_a_later_list(extended, programme, count):
    correct(programme, {date(2026, 7, 7): "unexcused"})
    correct(extended, {date(2026, 7, 7): "unexcused"})
    again = count(JULY, number=2, on=date(2026, 9, 4))
    assert ([row.programme for row in again.settlements.all()], said(again)) == ([extended], [])


def test_what_changed_in_the_first_days_is_settled_against_the_last_link(extended, programme, count):
    correct(programme, {date(2026, 7, 7): "unexcused"})
    difference = count(SEPTEMBER).settlements.get(span="trial")
    assert (difference.corrects.end_on, difference.corrects.corrects.end_on) == (TENTH, date(2026, 7, 20))


def test_a_chain_that_begins_more_than_three_years_ago_is_left_whole(extended, programme, centre, count):
    stays = make_settled_in(centre, since=date(2029, 8, 1), until=date(2029, 8, 31))
    programme.stages.filter(kind="main").delete()
    counted = count(date(2029, 8, 1), on=date(2029, 8, 31))
    assert stays in [row.programme for row in counted.settlements.all()]
    assert not counted.settlements.filter(span="trial").exists()
