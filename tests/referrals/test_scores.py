"""Each recruiter scores alone, and reads nobody else's score before the scoring of the candidate is closed."""

import re
from dataclasses import is_dataclass
from datetime import date

import pytest
from django.db.models import Model, QuerySet
from django.forms import BaseForm
from django.urls import reverse

from cistor.desk.traces import of_person
from cistor.errors import Refused
from cistor.journal.models import Entry
from referrals.actions import close_scoring, reopen_scoring, score
from referrals.models import Score
from tests.factories import make_user
from tests.referrals.making import make_candidacy, make_round, make_score

ON = date(2026, 3, 11)

SECRET = "Całkiem nieznana uwaga"
MARKS = {"motivation": 31337, "potential": 29443, "prognosis": 27551}
pytestmark = pytest.mark.django_db


@pytest.fixture
def psychologist(centre):
    return make_user(centre, "psychologist")


@pytest.fixture
def candidacy(centre):
    return make_candidacy(make_round(centre), state="interviewed")


@pytest.fixture
def others(candidacy, psychologist):
    """What somebody else has scored."""
    row = make_score(candidacy, psychologist, motivation=5, potential=1, prognosis=4)
    Score.objects.filter(pk=row.pk).update(note=SECRET)
    return row


@pytest.fixture
def hidden(others):
    """The same with marks off every scale: nothing else on a page looks like them."""
    Score.objects.filter(pk=others.pk).update(**MARKS)
    return others


def given(candidacy, by, **over):
    marks = {"motivation": 4, "potential": 3, "prognosis": 5, **over}
    return score(candidacy, **marks, by=by, on=ON)


def test_two_recruiters_score_beside_each_other(candidacy, instructor, psychologist):
    given(candidacy, instructor)
    given(candidacy, psychologist, motivation=1)
    assert dict(candidacy.scores.values_list("recruiter", "motivation")) == {instructor.pk: 4, psychologist.pk: 1}


def test_the_own_score_may_change_until_the_closing(candidacy, instructor):
    given(candidacy, instructor)
    given(candidacy, instructor, motivation=2)
    assert candidacy.scores.get().motivation == 2
    close_scoring(candidacy, by=instructor, on=ON)
    with pytest.raises(Refused, match="są już zamknięte"):
        given(candidacy, instructor, motivation=5)


def test_a_reopened_scoring_takes_scores_again(candidacy, instructor):
    given(candidacy, instructor)
    close_scoring(candidacy, by=instructor, on=ON)
    reopen_scoring(candidacy, by=instructor, on=ON)
    given(candidacy, instructor, motivation=1)
    candidacy.application.refresh_from_db()
    assert candidacy.application.recruitment_state == "interviewed"


@pytest.mark.parametrize("mark", [0, 6])
def test_a_mark_lies_on_the_scale(candidacy, instructor, mark):
    with pytest.raises(Refused) as refusal:
        given(candidacy, instructor, potential=mark)
    assert (refusal.value.field, refusal.value.message) == ("potential", "Potencjał: ocena od 1 do 5.")


def test_who_is_not_checked_is_not_scored(centre, instructor):
    with pytest.raises(Refused, match="po ocenie formalnej"):
        given(make_candidacy(make_round(centre)), instructor)


def test_points_take_no_scores(centre, instructor):
    with pytest.raises(Refused, match="liczą się punkty"):
        given(make_candidacy(make_round(centre, method="points"), state="checked"), instructor)


def test_a_closed_round_takes_no_scores(centre, instructor):
    row = make_candidacy(make_round(centre, closed_on=ON), state="interviewed")
    with pytest.raises(Refused, match="zamknięto"):
        given(row, instructor)


def test_nothing_is_closed_without_a_score_or_before_the_talk(centre, candidacy, instructor):
    with pytest.raises(Refused, match="Nikt jeszcze nie ocenił"):
        close_scoring(candidacy, by=instructor, on=ON)
    with pytest.raises(Refused, match="Najpierw rozmowa"):
        close_scoring(make_candidacy(candidacy.round, state="checked"), by=instructor, on=ON)


# Blind


def test_the_database_gives_others_scores_only_once_they_are_closed(candidacy, others, instructor, psychologist):
    assert not Score.objects.visible_to(instructor, on=ON).exists()
    assert Score.objects.visible_to(psychologist, on=ON).get() == others
    close_scoring(candidacy, by=psychologist, on=ON)
    assert Score.objects.visible_to(instructor, on=ON).get() == others


def test_the_history_keeps_them_too(candidacy, others, director):
    person = candidacy.application.participant
    sources = {source for _, source, _ in of_person(person, "zmiany")}
    assert "referrals.scoreevent" not in sources
    close_scoring(candidacy, by=director, on=ON)
    assert "referrals.scoreevent" in {source for _, source, _ in of_person(person, "zmiany")}


def test_the_journal_says_that_and_not_what(candidacy, instructor):
    given(candidacy, instructor)
    assert Entry.objects.get(verb="candidate_scored").data is None


PAGES = ["candidate", "score", "close_scoring", "formal_check", "interview", "consultation"]


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_the_candidate_shows_them(as_user, candidacy, hidden, director, name):
    assert_blind(as_user(director, ON).get(reverse(f"referrals:{name}", args=[candidacy.pk])), hidden)


def test_no_step_back_shows_them(as_user, candidacy, hidden, director):
    assert_blind(as_user(director, ON).get(reverse("referrals:step_back", args=[candidacy.pk, "rozmowa"])), hidden)


@pytest.mark.parametrize("name", ["round", "ranking", "close_round"])
def test_no_page_of_the_round_shows_them(as_user, candidacy, hidden, director, name):
    assert_blind(as_user(director, ON).get(reverse(f"referrals:{name}", args=[candidacy.round_id])), hidden)


def test_the_card_of_the_case_and_the_traces_do_not_show_them(as_user, candidacy, hidden, director):
    client, person = as_user(director, ON), candidacy.application.participant
    assert_blind(client.get(reverse("referrals:case", args=[candidacy.application_id])), hidden)
    assert_blind(client.get(reverse("desk:traces", args=[person.pk])), hidden)


def test_the_same_pages_are_seen_through_once_they_are_closed(as_user, candidacy, hidden, director):
    """What the blindness is measured with finds them where they are."""
    close_scoring(candidacy, by=director, on=ON)
    answer = as_user(director, ON).get(reverse("referrals:candidate", args=[candidacy.pk]))
    assert shown(answer) == {SECRET, *MARKS.values(), sum(MARKS.values())}
    assert loaded(answer, hidden)


def assert_blind(answer, score):
    """Neither on the page nor in what the page was made from."""
    assert answer.status_code == 200
    assert not shown(answer)
    assert not loaded(answer, score)


def shown(answer) -> set:
    page = answer.content.decode()
    numbers = [*MARKS.values(), sum(MARKS.values())]
    said = {number for number in numbers if re.search(rf"\b{number // 1000}\s?{number % 1000}\b", page)}
    return said | ({SECRET} if SECRET in page else set())


def loaded(answer, score) -> list[Score]:
    """The score as it lies in memory behind the page, prefetched or at the end of another row, with what is hidden."""
    rows = [one for one in reachable([layer.flatten() for layer in answer.context], set()) if isinstance(one, Score)]
    return [row for row in rows if row.pk == score.pk and {*MARKS, "note"} & set(row.__dict__)]


def reachable(value, seen):
    if id(value) in seen:
        return
    seen.add(id(value))
    yield value
    for one in inside(value):
        yield from reachable(one, seen)


def inside(value) -> list:
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list | tuple | set):
        return list(value)
    if isinstance(value, QuerySet):
        return value._result_cache or []
    if isinstance(value, Model):
        return [vars(value), value._state.fields_cache]
    return [vars(value)] if is_dataclass(value) or isinstance(value, BaseForm) else []


def test_the_page_says_who_has_scored_and_the_own_score(as_user, candidacy, others, instructor):
    given(candidacy, instructor, motivation=2, potential=2, prognosis=2)
    page = as_user(instructor, ON).get(reverse("referrals:candidate", args=[candidacy.pk])).content.decode()
    assert f"Ocenili: {others.recruiter}" in page
    assert "Twoja ocena: motywacja 2, potencjał 2, rokowanie 2." in page


def test_once_closed_everybody_reads_all_of_them(as_user, candidacy, others, instructor):
    close_scoring(candidacy, by=instructor, on=ON)
    page = as_user(instructor, ON).get(reverse("referrals:candidate", args=[candidacy.pk])).content.decode()
    assert SECRET in page
    assert "Motywacja: ocena 5 (w skali od 1 do 5) × waga 1." in page


def test_a_recruiter_scores_on_the_page_and_changes_it_there(as_user, candidacy, instructor):
    client, url = as_user(instructor, ON), reverse("referrals:score", args=[candidacy.pk])
    marks = {"motivation": "4", "potential": "3", "prognosis": "5", "note": "Rzeczowa."}
    client.post(url, {"token": "a", **marks})
    client.post(url, {"token": "b", **marks, "motivation": "2"})
    assert candidacy.scores.get().motivation == 2
    assert client.get(url).context["form"].initial["note"] == "Rzeczowa."


def test_a_mark_off_the_scale_comes_back(as_user, candidacy, instructor):
    url = reverse("referrals:score", args=[candidacy.pk])
    answer = as_user(instructor, ON).post(url, {"token": "a", "motivation": "6", "potential": "3", "prognosis": "5"})
    assert answer.status_code == 422
    assert not candidacy.scores.exists()
