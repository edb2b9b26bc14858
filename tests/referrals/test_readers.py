"""What of a candidate is read by whom: incomes by those who enter them, closed rounds by those who run them."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from referrals.actions import close_round
from tests.factories import make_user
from tests.referrals.making import make_candidacy, make_round, make_score
from tests.referrals.papers import make_letterhead
from tests.referrals.test_round_pages import text, url

ON = date(2026, 3, 11)
pytestmark = pytest.mark.django_db
RECRUITERS = ["instructor", "psychologist", "career_adviser", "therapist"]
INCOME = "380,00"


@pytest.fixture(autouse=True)
def files(settings, tmp_path, centre):
    settings.MEDIA_ROOT = tmp_path
    make_letterhead(centre)


@pytest.fixture
def needy(other_centre):
    """Where the regulations ask for the income, so that it makes points."""
    make_letterhead(other_centre)
    return make_candidacy(make_round(other_centre), state="scored", income_per_head=Decimal("380.00"))


@pytest.mark.parametrize("role", RECRUITERS)
@pytest.mark.parametrize("name", ["candidate", "ranking"])
def test_an_income_is_read_by_nobody_who_only_scores(as_user, needy, role, name):
    client = as_user(make_user(needy.round.centre, role), ON)
    page = text(client.get(url(name, needy if name == "candidate" else needy.round)))
    assert "pkt</strong>" in page
    assert INCOME not in page
    assert "Bez pracy od" not in page


@pytest.mark.parametrize("name", ["candidate", "ranking"])
def test_who_enters_incomes_reads_what_they_gave(as_user, needy, name):
    client = as_user(make_user(needy.round.centre, "social_worker"), ON)
    assert INCOME in text(client.get(url(name, needy if name == "candidate" else needy.round)))


def papers_of(in_round) -> dict[bool, set]:
    return {public: set(in_round.papers.filter(is_public=public)) for public in (True, False)}


def test_the_lists_with_names_are_for_who_runs_the_round(as_user, needy):
    centre, in_round = needy.round.centre, needy.round
    close_round(in_round, by=make_user(centre, "director"), on=ON)
    papers = papers_of(in_round)
    for role, shown in [("social_worker", papers[True] | papers[False]), ("instructor", papers[True])]:
        client = as_user(make_user(centre, role), ON)
        assert set(client.get(url("round", in_round)).context["papers"]) == shown
        for paper in papers[True] | papers[False]:
            answer = client.get(reverse("documents:download", args=[paper.document_id]))
            assert answer.status_code == (200 if paper in shown else 403)


@pytest.mark.parametrize("role", RECRUITERS)
def test_who_only_scores_reads_no_candidate_of_a_closed_round(as_user, centre, director, role):
    row = make_candidacy(make_round(centre), state="scored", interview_note="Rozmowa o domu.")
    make_score(row, director)
    client = as_user(make_user(centre, role), ON)
    assert client.get(url("candidate", row)).status_code == 200
    close_round(row.round, by=director, on=ON)
    assert client.get(url("candidate", row)).status_code == 404
    for name in ("round", "ranking"):
        page = text(client.get(url(name, row.round)))
        assert str(row.application.participant) in page
        assert url("candidate", row) not in page
        assert "Motywacja" not in page


def test_who_left_a_round_is_scored_no_more_and_read_no_more(as_user, centre, instructor):
    row = make_candidacy(make_round(centre), left_on=ON)
    assert as_user(instructor, ON).get(url("candidate", row)).status_code == 404


def test_who_runs_a_round_reads_it_after_the_closing(as_user, centre, director, social_worker):
    row = make_candidacy(make_round(centre), state="scored")
    make_score(row, director)
    close_round(row.round, by=director, on=ON)
    client = as_user(social_worker, ON)
    assert client.get(url("candidate", row)).status_code == 200
    assert url("candidate", row) in text(client.get(url("round", row.round)))
    assert "Motywacja" in text(client.get(url("ranking", row.round)))
