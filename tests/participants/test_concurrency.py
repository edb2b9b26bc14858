"""Two people at once on the same person."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connection

from cistor.errors import Refused
from participants import actions
from participants.models import Membership, Participant, Programme
from tests.factories import make_centre, make_group, make_participant, make_programme, make_reply, make_user, pesel

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.concurrency]

DAY = date(2026, 3, 2)
ROUNDS = 4


def together(*acts):
    """Each act in a thread of its own, started at once → the messages of those that were refused."""
    barrier = Barrier(len(acts))

    def run(act):
        barrier.wait(timeout=10)
        try:
            act()
        except Refused as refused:
            return refused.message
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(filter(None, pool.map(run, acts)))


@pytest.fixture
def place():
    centre = make_centre("cistor")
    return centre, make_user(centre, "director")


def test_of_two_who_sign_one_signs(place):
    centre, director = place
    for _ in range(ROUNDS):
        person = make_participant(centre)

        def sign(person=person):
            days = {"signed_on": DAY, "start_on": DAY}
            actions.sign_programme(person, **days, despite="Teczka jest na papierze.", by=director, on=DAY)

        (message,) = together(sign, sign)
        assert "otwarty program" in message
        assert Programme.objects.filter(participant=person).count() == 1


def test_of_two_who_put_the_same_person_in_one_does(place):
    centre, director = place
    for serial in range(ROUNDS):
        born = date(1984, 5, 17)
        given = {"first_name": "Wera", "last_name": "Nowa", "birth_on": born, "sex": "woman"}
        number = pesel(born, serial=serial)

        def create(number=number, given=given):
            actions.create_participant(centre=centre, by=director, on=DAY, pesel=number, **given)

        (message,) = together(create, create)
        assert "jest już w kartotece" in message
        assert Participant.objects.with_pesel(number).count() == 1


def test_of_two_who_pass_one_passes(place):
    centre, director = place
    for _ in range(ROUNDS):
        programme = make_programme(make_participant(centre), start_on=DAY, main=False)
        make_reply(programme, by=director)

        def pass_on(programme=programme):
            actions.pass_to_main(programme, by=director, on=date(2026, 4, 1))

        assert len(together(pass_on, pass_on)) == 1
        assert programme.stages.count() == 2


def test_a_refusal_of_the_office_ends_the_programme_whoever_passes_it_on_meanwhile(place):
    centre, director = place
    on, why = date(2026, 4, 1), "Urząd zapowiedział odpowiedź na jutro."
    for _ in range(ROUNDS):
        programme = make_programme(make_participant(centre), start_on=DAY, main=False)

        def pass_on(programme=programme):
            actions.pass_to_main(programme, provisional_reason=why, by=director, on=on)

        def refuse(programme=programme):
            answer = {"is_qualified": False, "received_on": on, "way": "fax"}
            actions.record_reply(programme, **answer, by=director, on=on)

        assert len(together(pass_on, refuse)) <= 1
        programme.refresh_from_db()
        assert (programme.end_kind, programme.ended_on) == ("not_qualified", on)


def test_who_joins_two_groups_at_once_is_in_one_at_a_time(place):
    centre, director = place
    groups = [make_group(centre), make_group(centre)]
    for _ in range(ROUNDS):
        person = make_participant(centre)

        def join(group, person=person):
            actions.join_group(person, group=group, start_on=DAY, by=director, on=DAY)

        assert together(lambda: join(groups[0]), lambda: join(groups[1])) == []
        assert Membership.objects.filter(participant=person).in_force(DAY).count() == 1
