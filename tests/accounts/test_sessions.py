from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from tests.factories import login

PAGE = "/konto/"


@pytest.fixture
def idle(client, instructor, settings):
    """`idle(minutes)` ends the session of a signed-in user that much sooner, as if they had been away."""
    settings.SESSION_COOKIE_AGE = 30 * 60
    login(client, instructor)

    def away(minutes):
        Session.objects.update(expire_date=timezone.now() + timedelta(minutes=30 - minutes))

    return away


def minutes_left() -> int:
    return round((Session.objects.get().expire_date - timezone.now()).total_seconds() / 60)


@pytest.mark.parametrize("minutes", [2, 29])
def test_every_page_after_a_pause_prolongs_the_session(client, idle, minutes):
    idle(minutes)
    assert client.get(PAGE).status_code == 200
    assert minutes_left() == 30


def test_a_page_right_after_another_leaves_the_session_as_it_is(client, idle):
    idle(0.5)
    before = Session.objects.get().expire_date
    client.get(PAGE)
    assert Session.objects.get().expire_date == before


def test_with_the_shortest_idle_time_too_who_works_stays(client, instructor, settings):
    settings.SESSION_COOKIE_AGE = 60
    login(client, instructor)
    Session.objects.update(expire_date=timezone.now() + timedelta(seconds=50))
    client.get(PAGE)
    assert Session.objects.get().expire_date > timezone.now() + timedelta(seconds=55)


def test_idleness_ends_the_session(client, idle):
    idle(30)
    assert client.get(PAGE).status_code == 302
