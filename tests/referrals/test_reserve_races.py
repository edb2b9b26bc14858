"""Several at once about the places of one round."""

from functools import partial

import pytest

from cistor.desk.erasure import erase
from cistor.errors import Refused
from referrals import places
from referrals.actions import answer, offer, reopen, withdraw
from referrals.models import Application, Offer
from tests.factories import make_centre, make_user
from tests.referrals.making import make_candidacy
from tests.referrals.test_places import TODAY, closed_round, make_offer, reserve
from tests.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def people():
    centre = make_centre()
    return [make_user(centre, role) for role in ("social_worker", "director")]


def offering(candidacy, by):
    return lambda: offer(candidacy, way="phone", offered_on=TODAY, by=by, on=TODAY)


def answering(made, by, *, is_accepted):
    return lambda: answer(made, is_accepted=is_accepted, answered_on=TODAY, note="Podjął pracę.", by=by, on=TODAY)


def refusals(results) -> list[str]:
    assert all(isinstance(result, Refused | Offer) for result in results)
    return [result.message for result in results if isinstance(result, Refused)]


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_offer_the_last_place_at_once_offer_it_once(people, attempt):
    in_round = closed_round(people[0].centre, 1)
    candidacy = reserve(in_round, 1)
    assert len(refusals(together(*(offering(candidacy, user) for user in people)))) == 1
    assert (Offer.objects.count(), places.free_places(in_round, TODAY)) == (1, 0)


@pytest.mark.parametrize("attempt", range(3))
def test_two_who_ask_two_people_at_once_never_ask_more_than_there_are_places(people, attempt):
    in_round = closed_round(people[0].centre, 1)
    first, second = reserve(in_round, 1), reserve(in_round, 2)
    assert len(refusals(together(offering(first, people[0]), offering(second, people[1])))) == 1
    assert Offer.objects.get().candidacy == first


@pytest.mark.parametrize("attempt", range(3))
def test_a_place_accepted_while_another_is_offered_is_given_once(people, attempt):
    in_round = closed_round(people[0].centre, 1)
    asked, following = make_offer(reserve(in_round, 1)), reserve(in_round, 2)
    accept = answering(asked, people[0], is_accepted=True)
    (told,) = refusals(together(accept, offering(following, people[1])))
    assert "nie ma wolnego miejsca" in told
    assert places.of_round(in_round, TODAY) == places.Places(1, held=1, offered=0)


@pytest.mark.parametrize("attempt", range(3))
def test_an_offer_accepted_and_declined_at_once_has_one_answer(people, attempt):
    in_round = closed_round(people[0].centre, 2)
    make_candidacy(in_round, state="qualified", place=1)
    made = make_offer(reserve(in_round, 2))
    results = together(
        *(answering(made, user, is_accepted=yes) for user, yes in zip(people, [True, False], strict=True))
    )
    (told,) = refusals(results)
    assert "zapisano już" in told
    made.refresh_from_db()
    assert made.candidacy.application.recruitment_state == ("qualified" if made.is_accepted else "declined")


@pytest.mark.parametrize("attempt", range(3))
def test_a_place_offered_while_its_holder_comes_back_is_given_once(people, attempt):
    in_round = closed_round(people[0].centre, 1)
    back, following = make_candidacy(in_round, state="qualified", place=1), reserve(in_round, 2)
    withdraw(back.application, by=people[0], on=TODAY)
    coming = partial(reopen, back.application, by=people[0], on=TODAY)
    results = together(coming, offering(following, people[1]))
    assert not [result for result in results if not isinstance(result, Application | Offer | Refused)]
    found = places.of_round(in_round, TODAY)
    assert (found.held + found.offered, found.over) == (1, 0)


@pytest.mark.parametrize("attempt", range(3))
def test_an_answer_and_the_erasure_of_the_person_wait_for_each_other(people, attempt):
    """An offer of an application that was closed without answering it."""
    in_round = closed_round(people[0].centre, 1)
    made = make_offer(reserve(in_round, 1))
    application = made.candidacy.application
    closed = {"status": "withdrawn", "closed_on": TODAY, "closed_by": people[0]}
    Application.objects.filter(pk=application.pk).update(**closed)
    erasing = partial(erase, application.participant, by=people[1], on=TODAY)
    told, erased = together(answering(made, people[0], is_accepted=False), erasing)
    assert (type(told), erased) == (Refused, None)
