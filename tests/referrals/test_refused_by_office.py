"""Somebody to whom the office's head has refused consent may stand in a round, and nobody is taken unawares."""

from datetime import date

import pytest

from cistor.errors import Refused
from referrals.actions import enter_all, enter_round
from tests.referrals.making import make_application, make_candidacy, make_round, make_score
from tests.referrals.test_round_pages import text, url

ON = date(2026, 3, 11)
pytestmark = pytest.mark.django_db


@pytest.fixture
def refused(centre):
    return make_application(centre, office_state="no_consent")


def test_nobody_refused_by_the_office_enters_unsaid(centre, refused, social_worker):
    in_round = make_round(centre)
    with pytest.raises(Refused, match=f"{refused.number}: kierownik urzędu nie zgodził się") as refusal:
        enter_all(in_round, [refused, make_application(centre)], by=social_worker, on=ON)
    assert refusal.value.field == "despite_no_consent"
    assert not in_round.candidacies.exists()


def test_said_so_they_enter(centre, refused, social_worker):
    in_round = make_round(centre)
    row = enter_round(refused, in_round, despite_no_consent=True, by=social_worker, on=ON)
    assert (row.application.recruitment_state, row.application.office_state) == ("entered", "no_consent")


def test_the_page_asks_only_where_somebody_was_refused(as_user, centre, social_worker):
    in_round, waiting = make_round(centre), make_application(centre)
    client = as_user(social_worker, ON)
    assert 'name="despite_no_consent"' not in text(client.get(url("enter_round", in_round)))
    refused = make_application(centre, office_state="no_consent")
    assert 'name="despite_no_consent"' in text(client.get(url("enter_round", in_round)))
    chosen = {"applications": [waiting.pk, refused.pk]}
    answer = client.post(url("enter_round", in_round), {"token": "a", **chosen})
    assert (answer.status_code, in_round.candidacies.count()) == (422, 0)
    assert 'href="#id_despite_no_consent"' in text(answer)
    client.post(url("enter_round", in_round), {"token": "a", "despite_no_consent": "on", **chosen})
    assert in_round.candidacies.count() == 2


def test_the_ranking_and_the_closing_name_them(as_user, centre, director, refused):
    in_round = make_round(centre)
    make_score(make_candidacy(in_round, state="scored", application=refused), director)
    consented = make_application(centre, office_state="consented")
    make_score(make_candidacy(in_round, state="scored", application=consented), director)
    client = as_user(director, ON)
    assert text(client.get(url("ranking", in_round))).count("brak zgody") == 1
    page = client.get(url("close_round", in_round))
    assert [row.application for row in page.context["refused"]] == [refused]
    assert "(brak zgody)" in text(page)


def test_a_closing_without_them_says_nothing(as_user, centre, director):
    in_round = make_round(centre)
    make_score(make_candidacy(in_round, state="scored"), director)
    assert "brak zgody" not in text(as_user(director, ON).get(url("close_round", in_round)))
