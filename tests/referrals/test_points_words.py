"""A round of points has no scores, and speaks of none."""

import re
from datetime import date

import pytest

from cistor.errors import Refused
from referrals.actions import close_round
from referrals.recruiting import deeds, ways_back
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
