"""Several at once about one round."""

from datetime import date

import pytest

from cistor.errors import Refused
from referrals import places
from referrals.actions import close_round, decline, enter_all, offer, score, take_back_decline
from referrals.models import Candidacy, Round
from tests.factories import make_centre, make_user
from tests.referrals.making import make_application, make_candidacy, make_round, make_score
from tests.referrals.papers import make_letterhead
from tests.together import together

ON = date(2026, 3, 11)
MARKS = {"motivation": 4, "potential": 3, "prognosis": 5}

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def centre(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    centre = make_centre()
    make_letterhead(centre)
    return centre


@pytest.fixture
def recruiters(centre):
    return [make_user(centre, role) for role in ("psychologist", "instructor", "career_adviser", "director")]


def refusals(results) -> list[str]:
    return [result.message for result in results if isinstance(result, Refused)]


def finished(centre) -> Round:
    """A round in which everybody is scored."""
    row = make_candidacy(make_round(centre), state="scored")
    make_score(row, make_user(centre, "psychologist"))
    return row.round


@pytest.mark.parametrize("attempt", range(3))
def test_recruiters_who_save_at_once_lose_nothing(centre, recruiters, attempt):
    row = make_candidacy(make_round(centre), state="interviewed")
    together(*(lambda by=by: score(row, **MARKS, by=by, on=ON) for by in recruiters))
    assert set(row.scores.values_list("recruiter", flat=True)) == {by.pk for by in recruiters}


@pytest.mark.parametrize("attempt", range(3))
def test_one_who_sends_twice_at_once_has_one_score(centre, recruiters, attempt):
    row = make_candidacy(make_round(centre), state="interviewed")
    results = together(*(lambda: score(row, **MARKS, by=recruiters[0], on=ON) for _ in range(2)))
    assert not [result for result in results if isinstance(result, Exception)]
    assert row.scores.count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_of_two_directors_at_once_one_closes_the_round(centre, attempt):
    in_round = finished(centre)
    directors = [make_user(centre, "director") for _ in range(2)]
    results = together(*(lambda by=by: close_round(in_round, by=by, on=ON) for by in directors))
    (told,) = refusals(results)
    assert "zamknięto" in told
    assert in_round.papers.count() == 6


@pytest.mark.parametrize("attempt", range(3))
def test_who_enters_while_the_round_is_closed_is_in_it_or_refused(centre, recruiters, attempt):
    in_round, late = finished(centre), make_application(centre)
    closing, entering = together(
        lambda: close_round(in_round, by=recruiters[-1], on=ON),
        lambda: enter_all(in_round, [late], by=recruiters[-1], on=ON),
    )
    entered = Candidacy.objects.filter(application=late).exists()
    assert isinstance(closing, Refused) is entered
    assert isinstance(entering, Refused) is (not entered)


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_add_the_same_people_at_once_add_them_once(centre, recruiters, attempt):
    in_round, waiting = make_round(centre), [make_application(centre) for _ in range(3)]
    results = together(
        lambda: enter_all(in_round, waiting, by=recruiters[0], on=ON),
        lambda: enter_all(in_round, waiting[::-1], by=recruiters[1], on=ON),
    )
    assert len(refusals(results)) == 1
    assert in_round.candidacies.count() == 3


@pytest.mark.parametrize("attempt", range(3))
def test_a_place_is_offered_on_or_given_back_and_never_both(centre, recruiters, attempt):
    in_round, director = make_round(centre, places=1, closed_on=ON), recruiters[-1]
    first = make_candidacy(in_round, state="qualified", place=1)
    second = make_candidacy(in_round, state="reserve", place=2)
    decline(first, reason="Podjął pracę.", by=director, on=ON)
    _, offering = together(
        lambda: take_back_decline(first, by=director, on=ON),
        lambda: offer(second, way="phone", offered_on=ON, answer_due_on=ON, by=director, on=ON),
    )
    first.application.refresh_from_db()
    assert (first.application.recruitment_state == "qualified") is isinstance(offering, Refused)
    assert places.of_round(in_round, ON).over == 0
