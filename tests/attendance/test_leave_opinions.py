"""What the page of a request for free days says: whose word counts, how old the paper is, what cannot be undone."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import ask_leave, opine_leave
from attendance.reading.leave import opinions_for
from tests.factories import make_group, make_participant, make_programme

TODAY, MONDAY = date(2026, 7, 1), date(2026, 7, 13)
BADGE = "zastąpiona"


@pytest.fixture
def row(centre, instructor, social_worker):
    person = make_participant(centre, group=make_group(centre, instructor))
    programme = make_programme(person, start_on=date(2026, 5, 4))
    return ask_leave(programme, days=[MONDAY], filed_on=TODAY, reason="Wyjazd.", by=social_worker, on=TODAY)


@pytest.fixture
def page(as_user, row):
    """`page(user)` → what the user reads about the request."""
    url = reverse("attendance:leave_request", args=[row.pk])
    return lambda user: as_user(user, TODAY).get(url).content.decode()


def opine(row, by, *, is_positive=True, text=""):
    return opine_leave(row, is_positive=is_positive, text=text, by=by, on=TODAY)


def test_the_newest_opinion_stands_first_and_the_older_one_of_the_same_person_is_replaced(
    page, row, social_worker, instructor, director
):
    first, other = opine(row, social_worker), opine(row, instructor)
    assert BADGE not in page(director)
    last = opine(row, social_worker, is_positive=False, text="Dwa razy nie wrócił na czas.")
    told = opinions_for(row, director)
    assert told.rows == [(last, False), (other, False), (first, True)]
    text = page(director)
    assert text.count(BADGE) == 1
    assert text.index("Dwa razy nie wrócił na czas.") < text.index(BADGE)


def test_who_has_said_something_changes_it_and_who_has_not_says_it(page, row, social_worker, instructor):
    opine(row, social_worker)
    assert "Zmień swoją opinię" in page(social_worker)
    assert "Twoja opinia" in page(instructor)
    assert "Zmień swoją opinię" not in page(instructor)


def test_a_request_is_named_before_it_is_taken_back_and_that_it_cannot_be_undone(page, row, social_worker, director):
    text = page(social_worker)
    assert "Wycofaj wniosek z 01.07.2026" in text
    assert text.index("<summary>Wycofaj wniosek</summary>") < text.index("Tego nie da się cofnąć.")
    assert "Wycofaj wniosek" not in page(director)


def test_a_paper_entered_long_after_it_was_filed_says_so_to_who_decides(as_user, row, instructor, director):
    for filed_on, words in ((date(2026, 6, 17), ""), (date(2026, 6, 16), ", 15 dni po złożeniu")):
        day = date(2026, 7, 14) if words else date(2026, 7, 15)
        late = ask_leave(row.programme, days=[day], filed_on=filed_on, reason="Ślub.", by=instructor, on=TODAY)
        answer = as_user(director, TODAY).get(reverse("attendance:leave_request", args=[late.pk]))
        assert dict(answer.context["facts"])["Wpisano"] == f"{instructor}, 1 lipca 2026{words}"
