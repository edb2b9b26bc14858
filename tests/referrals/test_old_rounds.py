"""Whoever fell out of a round and entered a newer one: the older one says nothing of them any more."""

from datetime import date

import pytest

from cistor.errors import Refused
from referrals.actions import (
    ask_consultation,
    check_formally,
    close_round,
    close_scoring,
    decline,
    enter_need,
    enter_round,
    hold_interview,
    leave_round,
    reopen_scoring,
    score,
    take_back_decline,
    take_back_formal_check,
    take_back_interview,
    tell,
)
from referrals.models import Candidacy
from referrals.recruiting import deeds, ways_back
from tests.referrals.making import make_candidacy, make_round, make_score
from tests.referrals.papers import make_letterhead
from tests.referrals.test_candidates import state
from tests.referrals.test_round_pages import url

# The older round is entered on the 2nd, the newer one on the 5th.
LATER, ON = date(2026, 3, 5), date(2026, 3, 11)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(settings, tmp_path, centre):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(centre)


@pytest.fixture
def given(director):
    return {"by": director, "on": ON}


def moved_on(centre, newer_state="entered", *, closed_on=None, **over):
    """(older, newer): who was declined in the older round stands in the newer one."""
    older = make_candidacy(make_round(centre, closed_on=closed_on), state="declined", declined_on=LATER, **over)
    newer = make_candidacy(make_round(centre), state=newer_state, application=older.application, on=LATER)
    return older, newer


def scored(in_round, by, **over) -> Candidacy:
    row = make_candidacy(in_round, state="scored", **over)
    make_score(row, by)
    return row


def test_each_round_places_whoever_stands_in_it(centre, given, director):
    older, newer = moved_on(centre, "scored")
    make_score(newer, director)
    stays = scored(older.round, director)
    close_round(older.round, **given)
    older.refresh_from_db()
    stays.refresh_from_db()
    assert (stays.place, older.place, older.outcome, state(newer)) == (1, None, "", "scored")
    close_round(newer.round, **given)
    newer.refresh_from_db()
    assert (newer.place, state(newer)) == (1, "qualified")


def test_criteria_not_met_are_written_though_the_person_moved_on(centre, given, director):
    older, _ = moved_on(centre, is_formally_met=False)
    scored(older.round, director)
    close_round(older.round, **given)
    older.refresh_from_db()
    assert older.outcome == "not_met"


def test_whoever_goes_on_in_a_newer_round_holds_the_older_one_up_no_more(centre, given, director):
    older, newer = moved_on(centre, "checked")
    scored(older.round, director)
    close_round(older.round, **given)
    assert state(newer) == "checked"


ACTS = [
    (check_formally, "entered", {"is_met": True}),
    (hold_interview, "checked", {"held_on": ON}),
    (ask_consultation, "checked", {"asked_on": ON}),
    (enter_need, "checked", {"income_per_head": None, "jobless_since": ON}),
    (score, "interviewed", {"motivation": 1, "potential": 1, "prognosis": 1}),
    (close_scoring, "interviewed", {}),
    (reopen_scoring, "scored", {}),
    (take_back_formal_check, "checked", {}),
    (take_back_interview, "interviewed", {}),
    (leave_round, "entered", {}),
    (decline, "entered", {"reason": "Nie."}),
    (take_back_decline, "entered", {}),
]


@pytest.mark.parametrize("act, newer_state, said", ACTS, ids=[act.__name__ for act, *_ in ACTS])
def test_no_act_in_the_older_round_moves_the_newer(centre, given, director, act, newer_state, said):
    older, newer = moved_on(centre, newer_state)
    make_score(older, director)
    with pytest.raises(Refused, match="Ten wniosek nie jest już w tym naborze"):
        act(older, **said, **given)
    assert state(newer) == newer_state


def test_nobody_leaves_a_closed_round_they_are_no_more_in(centre, given):
    older, newer = moved_on(centre, closed_on=LATER)
    with pytest.raises(Refused, match="nie jest już w tym naborze"):
        leave_round(older, **given)
    assert state(newer) == "entered"


def test_the_older_round_offers_no_deed(centre, director):
    older, newer = moved_on(centre, "interviewed")
    assert deeds(older, director, ON) == ways_back(older, director, ON) == []
    assert deeds(newer, director, ON)
    assert ways_back(newer, director, ON)


def test_a_decline_before_somebody_waits_again_is_no_mistake_to_take_back(centre, given, director):
    older, newer = moved_on(centre)
    leave_round(newer, **given)
    older.application.refresh_from_db()
    assert [deed.label for deed in ways_back(older, director, ON)] == []


def test_the_older_round_says_what_it_said(as_user, centre, director):
    older, newer = moved_on(centre, "interviewed")
    client = as_user(director, ON)
    assert client.get(url("round", older.round)).context["counts"] == [("late", "odpadł", 1)]
    assert client.get(url("round", newer.round)).context["counts"] == [("plain", "po rozmowie", 1)]
    assert client.get(url("candidate", older)).context["step"] == ("late", "odpadł")


def test_a_reserve_that_went_to_a_newer_round_says_so(as_user, centre, director):
    older = make_candidacy(make_round(centre, closed_on=LATER), state="reserve", place=1)
    enter_round(older.application, make_round(centre), by=director, on=ON)
    page = as_user(director, ON).get(url("round", older.round))
    assert page.context["counts"] == [("plain", "w późniejszym naborze", 1)]


def test_whoever_is_qualified_is_told_in_the_round_that_did_it(centre, given):
    older = make_candidacy(make_round(centre, closed_on=LATER), state="reserve", place=1)
    newer = make_candidacy(
        make_round(centre, closed_on=LATER), state="qualified", application=older.application, on=LATER
    )
    with pytest.raises(Refused, match="nie jest już w tym naborze"):
        tell(older, way="phone", told_on=ON, **given)
    assert tell(newer, way="phone", told_on=ON, **given).told_on == ON


def test_two_rounds_of_one_day_stand_in_the_order_of_entering(centre, given):
    first, second = make_round(centre), make_round(centre)
    row = make_candidacy(first, on=ON)
    leave_round(row, **given)
    later = enter_round(row.application, second, **given)
    decline(later, reason="Nie.", **given)
    with pytest.raises(Refused, match="Dodaj go innego dnia"):
        enter_round(row.application, first, **given)
