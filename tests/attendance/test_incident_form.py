"""What the form of an incident asks back: a contrary answer, and a second incident of a day."""

from datetime import date, time

import pytest

from attendance.actions.incidents import record_incident, withdraw_incident
from attendance.models import Incident
from tests.factories import make_group, make_participant, make_programme, mark

pytestmark = pytest.mark.django_db
TODAY, TALK = date(2026, 3, 11), "2026-03-13"
FORM = {"on_day": "2026-03-11", "at": "07:40", "substance": "alcohol", "suspicion": "Woń.", "talk_on": TALK}
LINE = {"test_at": "07:55", "device": "alkomat", "result": "0,42 mg/l", "is_signed": "yes", "outcome": "tested"}
POSITIVE, NEGATIVE = {**LINE, "is_positive": "yes"}, {**LINE, "is_positive": "no", "talk_on": ""}


@pytest.fixture
def programme(centre, instructor):
    return make_programme(make_participant(centre, group=make_group(centre, instructor)), start_on=date(2026, 1, 5))


@pytest.fixture
def send(as_user, programme, instructor):
    """`send(outcome=…)` → the answer to the form as the instructor sends it."""
    client, tokens = as_user(instructor, TODAY), iter("abcdef")

    def sent(**over):
        return client.post(f"/obecnosc/incydenty/nowy/{programme.pk}/", {"token": next(tokens), **FORM, **over})

    return sent


def errors(answer) -> dict:
    return answer.context["form"].errors if answer.status_code == 422 else {}


@pytest.mark.parametrize(
    "given, word",
    [({"outcome": "admitted"}, "no"), (POSITIVE, "no"), (NEGATIVE, "yes")],
    ids=["admitted", "positive", "negative"],
)
def test_an_answer_that_contradicts_the_outcome_is_an_error_and_none_is_needed(send, given, word):
    assert list(errors(send(**given, sent_away=word))) == ["sent_away"]
    assert not Incident.objects.exists()
    assert send(**given).status_code == 302
    assert Incident.objects.get().sent_away is (word == "no")


def test_after_a_refusal_either_answer_is_taken(send):
    assert send(outcome="refused", sent_away="no").status_code == 302


def test_a_talk_set_for_who_is_cleared_is_an_error(send):
    assert list(errors(send(**{**NEGATIVE, "talk_on": TALK}))) == ["talk_on"]


@pytest.fixture
def earlier(programme, social_worker):
    about = {"on_day": TODAY, "at": time(7, 5), "substance": "alcohol", "suspicion": "Chwiejny krok."}
    about |= {"outcome": "refused", "by": social_worker, "on": TODAY}
    return record_incident(programme, **about).incident


def test_a_second_incident_of_the_day_is_named_and_needs_a_tick(send, earlier, social_worker):
    answer = send(outcome="admitted")
    assert list(errors(answer)) == ["despite"]
    page = answer.content.decode()
    assert f'name="despite" value="incident-{earlier.pk}"' in page
    assert f"7:05, wpis: {social_worker}" in page
    assert "Chwiejny krok." not in page
    assert answer.context["form"].fields["despite"].required
    assert send(outcome="admitted", despite=f"incident-{earlier.pk}").status_code == 302
    assert Incident.objects.count() == 2


def test_what_came_after_the_tick_is_asked_about_too(send, earlier, programme):
    ticked = {"outcome": "admitted", "despite": [f"incident-{earlier.pk}"]}
    mark(programme, {TODAY: "unexcused"})
    page = send(**ticked).content.decode()
    assert "Dzień jest oznaczony jako NN" in page
    assert Incident.objects.count() == 1
    assert send(**{**ticked, "despite": [*ticked["despite"], "mark-NN"]}).status_code == 302


def test_nothing_is_asked_after_a_withdrawn_one_or_of_another_day(send, earlier, social_worker):
    assert send(outcome="admitted", on_day="2026-03-10").status_code == 302
    withdraw_incident(earlier, by=social_worker, on=TODAY)
    assert send(outcome="admitted").status_code == 302


def test_who_is_marked_unexcused_that_day_needs_a_tick_too(send, programme):
    mark(programme, {TODAY: "unexcused"})
    assert "oznaczony jako NN" in send(outcome="admitted").content.decode()
    assert send(outcome="admitted", despite="mark-NN").status_code == 302


def test_the_tick_is_asked_for_once_nothing_else_is_wrong(send, earlier):
    answer = send(outcome="refused")
    assert list(errors(answer)) == ["sent_away"]
    assert 'name="despite"' not in answer.content.decode()
