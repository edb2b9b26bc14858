"""Deadlines that no letter, list or case shows wait on the desk of those who can do something about them."""

from datetime import date

import pytest

from cistor.desk import deadlines
from cistor.notices.escalation import climb
from cistor.notices.models import Discharge
from tests.factories import make_group, make_participant, make_programme
from tests.notices.letters import make_letter, make_signed
from tests.notices.test_deadlines import sent

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


def test_an_answer_that_is_owed_says_how_far_it_has_climbed(centre, programme, social_worker):
    office = centre.offices.get(kind="welfare")
    facts = {"starts_on": date(2026, 3, 7), "due_on": date(2026, 3, 12)}
    request = make_signed(make_letter(centre, "qualification_request", programme, office=office, **facts))
    sent(request, date(2026, 3, 9))
    # Owed by the trial's last day, Friday the 13th.
    climb(centre, date(2026, 3, 14))
    assert "Zmyślona Kalina: odpowiedź o kwalifikacji (przypomniano)" in dict(texts(social_worker, date(2026, 3, 14)))
    climb(centre, date(2026, 3, 17))
    assert "Zmyślona Kalina: odpowiedź o kwalifikacji (u dyrektora)" in dict(texts(social_worker, date(2026, 3, 18)))


def test_a_provisional_main_period_says_it_alone(centre, programme, social_worker):
    office = centre.offices.get(kind="welfare")
    request = make_signed(make_letter(centre, "qualification_request", programme, office=office))
    sent(request, date(2026, 3, 9))
    programme.stages.filter(kind="main").update(provisional_reason="Odpowiedź w drodze.")
    assert not [text for text, _ in texts(social_worker, date(2026, 3, 16)) if "kwalifikacji" in text]


def test_the_planned_end_waits_for_the_director_in_its_last_week(programme, director):
    assert texts(director, date(2027, 2, 7))[-1][0] == "Zmyślona Kalina: zbliżający się koniec programu"
