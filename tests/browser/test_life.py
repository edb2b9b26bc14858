"""The life of a programme by the roles that act in it."""

from datetime import date

import pytest

from attendance.models import Day
from tests.browser import life
from tests.browser.hands import Keyboard, Mouse
from tests.browser.life import ASKED, SIGNED, LifePlace
from tests.browser.place import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ABSENT = [date(2026, 3, day) for day in (5, 6, 9)]


@pytest.fixture
def on(monkeypatch):
    """`on(day)`: from now on it is that day."""
    return lambda day: monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)


def test_from_the_signature_into_the_main_period(browse, on):
    """The head of the office answers by the keyboard."""
    on(SIGNED)
    place = LifePlace()
    director, social_worker, instructor = (
        Mouse(browse(user)) for user in (place.director, place.social_worker, place.instructor)
    )
    life.sign_the_programme(director, place)
    place.write_letters(SIGNED)
    life.see_the_drafts(social_worker)
    for kind, way in (("admission_list", "poczta"), ("insurance_told", "wręczono")):
        life.sign_letter(director, place, kind)
        life.send_letter(social_worker, place, kind, way)
    on(ASKED)
    place.write_letters(ASKED)
    life.assess(instructor, place)
    life.sign_letter(director, place, "qualification_request")
    life.send_letter(social_worker, place, "qualification_request", "faks")
    life.qualify(Keyboard(browse(place.welfare_head)), place)
    life.pass_on(director, place)


def test_more_months_the_end_and_the_certificate(browse, on):
    on(SIGNED)
    place = LifePlace()
    life.begin(place)
    director, social_worker = Mouse(browse(place.director)), Mouse(browse(place.social_worker))
    on(date(2027, 1, 11))
    life.ask_for_more(social_worker, place)
    life.grant_more(director, place)
    on(date(2027, 5, 4))
    life.end(director, place)
    life.certify(director, place)
    life.read_the_way(social_worker, place)


def test_a_termination_is_proposed_with_days_decided_and_delivered(browse):
    place = Place()
    place.mark_until_yesterday()
    programme = place.programmes[0]
    Day.objects.filter(programme=programme, on__in=ABSENT).update(meaning="unexcused", code="NN")
    director, social_worker = Mouse(browse(place.director)), Mouse(browse(place.social_worker))
    life.propose(social_worker, programme, ABSENT)
    life.terminate(director, programme)
    life.deliver(social_worker, programme)
    assert len(programme.terminations.get().days) == 3
