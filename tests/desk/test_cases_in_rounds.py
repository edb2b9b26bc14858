"""Who is told that an open round waits for them."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.desk import rounds, waiting
from tests.factories import make_user
from tests.referrals.making import make_candidacy, make_round, make_score

WEDNESDAY = date(2026, 3, 11)


@pytest.fixture
def psychologist(centre):
    return make_user(centre, "psychologist")


@pytest.fixture
def row(centre):
    return make_round(centre, name="Nabór uzupełniający")


def told(user, question) -> list[tuple[str, str, str]]:
    return [(matter.heading(WEDNESDAY), matter.text, matter.url) for matter in question(user, WEDNESDAY)]


def texts(user, question) -> list[str]:
    return [text for _, text, _ in told(user, question)]


@pytest.mark.parametrize(
    "role", ["instructor", "psychologist", "career_adviser", "therapist", "social_worker", "director"]
)
def test_a_recruiter_is_told_how_many_wait_for_their_score(centre, row, role):
    for state in ("checked", "interviewed", "interviewed"):
        make_candidacy(row, state=state)
    assert told(make_user(centre, role), rounds.to_score) == [
        ("Na dziś", "Nabór uzupełniający: 3 kandydatów czeka na Twoją ocenę", f"/skierowania/nabory/{row.pk}/")
    ]


def test_whom_the_user_has_scored_waits_for_the_others_alone(centre, row, instructor, psychologist):
    scored = make_candidacy(row, state="interviewed")
    make_score(scored, instructor)
    assert texts(instructor, rounds.to_score) == []
    assert texts(psychologist, rounds.to_score) == ["Nabór uzupełniający: 1 kandydat czeka na Twoją ocenę"]


@pytest.mark.parametrize("state", ["entered", "scored", "qualified", "declined"])
def test_nobody_scores_before_the_formal_check_or_after_the_closing(row, instructor, state):
    make_candidacy(row, state=state)
    assert texts(instructor, rounds.to_score) == []


def test_nobody_scores_who_has_left_or_been_closed_in_a_closed_round_or_one_of_points(centre, row, instructor):
    make_candidacy(row, state="interviewed", left_on=WEDNESDAY)
    withdrawn = make_candidacy(row, state="interviewed").application
    type(withdrawn).objects.filter(pk=withdrawn.pk).update(
        status="withdrawn", closed_on=WEDNESDAY, closed_by=instructor
    )
    make_candidacy(make_round(centre, method="points"), state="interviewed")
    make_candidacy(make_round(centre, closed_on=WEDNESDAY), state="interviewed")
    assert texts(instructor, rounds.to_score) == []


@pytest.mark.parametrize("role", ["payroll", "admin"])
def test_nobody_else_is_told_of_rounds(centre, row, role):
    make_candidacy(row, state="interviewed")
    make_candidacy(make_round(centre), state="scored")
    user = make_user(centre, role)
    assert [texts(user, question) for question in (rounds.to_score, rounds.to_end, rounds.to_close)] == [[], [], []]


def test_another_centre_is_told_of_none_of_its_rounds(row, outsider):
    make_candidacy(row, state="interviewed")
    assert texts(outsider, rounds.to_score) == []


def test_whose_scores_can_be_closed_is_told_once_the_user_has_scored(row, social_worker, psychologist):
    for scored_by in (social_worker, psychologist):
        make_score(make_candidacy(row, state="interviewed"), scored_by)
    make_score(make_candidacy(row, state="checked"), social_worker)
    assert told(social_worker, rounds.to_end) == [
        ("Do wiadomości", "Nabór uzupełniający: oceny 1 kandydata można zamknąć", f"/skierowania/nabory/{row.pk}/")
    ]
    assert texts(psychologist, rounds.to_end) == []


def test_points_can_be_closed_once_the_need_is_known(centre, social_worker):
    row = make_round(centre, name="Nabór punktowy", method="points")
    make_candidacy(row, state="checked")
    make_candidacy(row, state="interviewed")
    make_candidacy(row, state="checked", income_per_head=None, jobless_since=None)
    assert texts(social_worker, rounds.to_end) == ["Nabór punktowy: oceny 2 kandydatów można zamknąć"]


def test_the_director_is_told_that_a_round_can_be_closed(row, director, social_worker):
    make_candidacy(row, state="scored")
    make_candidacy(row, state="declined", declined_on=WEDNESDAY)
    assert told(director, rounds.to_close) == [
        ("Na dziś", "Nabór uzupełniający: wszyscy ocenieni, można zamknąć", f"/skierowania/nabory/{row.pk}/")
    ]
    assert texts(social_worker, rounds.to_close) == []


@pytest.mark.parametrize("state", ["entered", "checked", "interviewed"])
def test_a_round_with_somebody_unfinished_is_not_closed(row, director, state):
    make_candidacy(row, state="scored")
    make_candidacy(row, state=state)
    assert texts(director, rounds.to_close) == []


def test_an_empty_round_and_a_closed_one_are_not_closed(centre, row, director):
    make_candidacy(row, state="scored", left_on=WEDNESDAY)
    make_candidacy(make_round(centre, closed_on=WEDNESDAY), state="scored")
    assert texts(director, rounds.to_close) == []


def test_the_desk_asks_as_often_about_many_rounds(centre, director):
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            found = waiting.matters(director, on=WEDNESDAY)
        words = " ".join(matter.text for matter in found)
        assert "Twoją ocenę" in words
        assert "można zamknąć" in words
        return len(queries)

    def more(number):
        for _ in range(number):
            in_round = make_round(centre)
            make_candidacy(in_round, state="interviewed")
            make_score(make_candidacy(in_round, state="interviewed"), director)
            make_candidacy(make_round(centre), state="scored")

    more(1)
    # The first time also asks for what every process asks once.
    asked()
    few = asked()
    more(5)
    assert asked() == few
