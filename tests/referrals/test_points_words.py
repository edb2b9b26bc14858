"""A round of points has no scores, and speaks of none."""

import re
from datetime import date

import pytest

from cistor.errors import Refused
from referrals.actions import close_round
from referrals.recruiting import deeds, ways_back
from tests.factories import make_centre, make_user
from tests.referrals.making import make_candidacy, make_round, make_score
from tests.referrals.test_round_pages import text, url

ON = date(2026, 3, 11)
pytestmark = pytest.mark.django_db
WORDS = ("Oceny", "oceny", "ocen ", "ocenę", "Oceń", "oceniać")


@pytest.fixture
def in_round(centre):
    return make_round(centre, method="points")


def main(answer) -> str:
    """The words of the page without the menu; a formal check is called one in every round."""
    assert answer.status_code == 200
    words = re.sub(r'(href|action|name|value|id)="[^"]*"', "", text(answer).split("<main")[1].split("</main>")[0])
    for check in ("Ocena formalna", "ocenę formalną", "Ocenę formalną", "oceny: motywacja, potencjał, rokowanie"):
        words = words.replace(check, "")
    return words


@pytest.mark.parametrize("name", ["candidate", "close_scoring", "need", "interview"])
@pytest.mark.parametrize("state", ["checked", "interviewed", "scored"])
def test_the_pages_of_a_candidate(as_user, in_round, director, name, state):
    page = main(as_user(director, ON).get(url(name, make_candidacy(in_round, state=state))))
    assert not [word for word in WORDS if word in page]


@pytest.mark.parametrize("step", ["oceny", "wycofanie", "ocena-formalna", "rozmowa", "skreslenie"])
def test_the_ways_back(as_user, in_round, director, step):
    row = make_candidacy(in_round, state="scored")
    page = main(as_user(director, ON).get(url("step_back", row, step)))
    assert not [word for word in WORDS if word in page]


@pytest.mark.parametrize("name", ["round", "ranking", "close_round"])
def test_the_pages_of_the_round(as_user, in_round, director, name):
    make_candidacy(in_round, state="checked")
    page = main(as_user(director, ON).get(url(name, in_round)))
    assert not [word for word in WORDS if word in page]


def test_the_part_of_the_case(as_user, in_round, director):
    row = make_candidacy(in_round, state="scored")
    part = as_user(director, ON).get(url("case", row.application)).context["recruitment"]
    assert "Punkty zamknięto" in dict(part["rounds"][0][1])
    assert next(deed.label for deed in part["ways_back"]) == "Otwórz punkty ponownie"


def test_the_deeds(in_round, centre, director):
    waiting, closed = make_candidacy(in_round, state="checked"), make_candidacy(in_round, state="scored")
    assert "Zamknij punkty" in [deed.label for deed in deeds(waiting, director, ON)]
    assert "Otwórz punkty ponownie" in [deed.label for deed in ways_back(closed, director, ON)]
    scored = make_candidacy(make_round(centre, method="scores"), state="interviewed")
    make_score(scored, director)
    assert "Zamknij oceny" in [deed.label for deed in deeds(scored, director, ON)]


def test_the_refusal_to_close(in_round, director):
    make_candidacy(in_round, state="checked")
    with pytest.raises(Refused, match="Nie wszyscy mają punkty"):
        close_round(in_round, by=director, on=ON)


@pytest.fixture
def needy():
    """A round by regulations that give points for both the income and the time without work."""
    return make_round(make_centre("rzyszczewo"))


def test_the_closing_says_which_points_and_what_counts_for_nothing(as_user, needy):
    row = make_candidacy(needy, state="checked", income_per_head=None, income_proof="")
    shown = as_user(make_user(needy.centre, "director"), ON).get(url("close_scoring", row))
    gained, *_ = shown.context["lines"][-1]
    assert (gained != "0", shown.context["total"]) == (True, gained)
    assert f"Razem: <strong>{gained} pkt</strong>" in text(shown)
    assert "Nie podano dochodu na osobę w rodzinie: liczy się za to 0 punktów." in text(shown)


def test_the_closing_warns_of_nothing_where_all_is_known(as_user, needy):
    director = make_user(needy.centre, "director")
    shown = as_user(director, ON).get(url("close_scoring", make_candidacy(needy, state="checked")))
    assert shown.context["missing"] == []
    assert "Nie podano" not in text(shown)


def test_nobody_gets_to_the_scale(as_user, in_round, director):
    row = make_candidacy(in_round, state="checked")
    answer = as_user(director, ON).get(url("score", row), follow=True)
    assert answer.redirect_chain == [(url("candidate", row), 302)]
    assert "W tym naborze liczą się punkty" in text(answer)
