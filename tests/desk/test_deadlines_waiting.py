"""Deadlines that no letter, list or case shows wait on the desk of those who can do something about them."""

from datetime import date

import pytest

from cistor.desk import deadlines
from cistor.notices.models import Discharge
from tests.factories import make_group, make_participant, make_programme

WEDNESDAY = date(2026, 3, 11)


@pytest.fixture
def programme(centre, instructor):
    """To be insured from 17 March."""
    person = make_participant(centre, group=make_group(centre, instructor), last_name="Zmyślona")
    return make_programme(person, start_on=date(2026, 2, 14))


def texts(user, on=WEDNESDAY):
    return [(matter.text, matter.word) for matter in deadlines.due(user, on)]


def test_what_is_due_within_the_week_is_one_click_from_the_deed(programme, social_worker):
    (matter,) = deadlines.due(social_worker, WEDNESDAY)
    assert matter.text == "Zmyślona Kalina: zgłoszenie do ubezpieczenia zdrowotnego"
    assert (matter.kind, matter.word, matter.due) == ("soon", "zostało 6 dni", date(2026, 3, 17))
    assert matter.url == f"/terminy/insurance_duty/{programme.pk}/odnotuj/"


def test_a_day_earlier_it_does_not_press_and_a_day_late_it_is_red(programme, social_worker):
    assert texts(social_worker, date(2026, 3, 10)) == []
    assert [matter.kind for matter in deadlines.due(social_worker, date(2026, 3, 18))] == ["late"]


def test_neither_payroll_nor_the_instructor_nor_another_centre_hears_of_it(programme, payroll, instructor, outsider):
    assert [texts(user) for user in (payroll, instructor, outsider)] == [[], [], []]


def test_what_was_done_is_gone(programme, social_worker):
    facts = {"due_on": date(2026, 3, 17), "discharged_on": WEDNESDAY, "by": social_worker, "reason": "Zgłoszono."}
    Discharge.objects.create(kind="insurance_duty", programme=programme, is_waiver=False, **facts)
    assert texts(social_worker) == []


def test_the_planned_end_waits_for_the_director_in_its_last_week(programme, director):
    assert texts(director, date(2027, 2, 7))[-1][0] == "Zmyślona Kalina: zbliżający się koniec programu"
