"""A proposal to end a programme rests on days that its grounds can speak of."""

from datetime import date, timedelta

import pytest

from attendance.reading.termination import Case
from cistor.errors import Refused
from participants.actions import propose_termination
from participants.models import Termination
from tests.factories import make_participant, make_programme, mark

pytestmark = pytest.mark.django_db

START, TODAY = date(2026, 9, 1), date(2026, 11, 23)
DAYS = [day for day in (date(2026, 10, 5) + timedelta(days=n) for n in range(40)) if day.weekday() < 5]
SAID = {"facts": "Dwie rozmowy bez skutku.", "reason": "Dni przybywa."}
PROPOSAL = {"token": "a", "kind": "breach", **SAID, "last_on": "2026-11-23", "through_fault": "no"}


@pytest.fixture
def programme(centre):
    return make_programme(make_participant(centre), start_on=START)


@pytest.fixture
def send(as_user, social_worker, programme):
    """`send(grounds, days)` → the answer to the form, filled in with these."""

    def sent(grounds, days):
        given = {**PROPOSAL, "grounds": grounds, "days": [str(day) for day in days]}
        return as_user(social_worker, TODAY).post(f"/obecnosc/rozwiazanie/{programme.pk}/", given)

    return sent


def absent(programme, count, meaning="sick"):
    mark(programme, dict.fromkeys(DAYS[:count], meaning))


def errors(answer) -> dict:
    return {name: " ".join(told) for name, told in answer.context["form"].errors.items()}


def test_the_ground_of_the_threshold_is_refused_before_the_threshold_is_passed(programme, send):
    absent(programme, 14)
    answer = send(["c"], DAYS[:14])
    assert (answer.status_code, errors(answer)) == (
        422,
        {"grounds": "Dni zajęć bez udziału jest 14; lit. c jest podstawą od 15."},
    )
    assert not Termination.objects.exists()


def test_the_ground_of_the_threshold_is_refused_to_a_person_without_one_missed_day(programme, send):
    answer = send(["b", "c"], [])
    assert errors(answer) == {"grounds": "Dni zajęć bez udziału jest 0; lit. c jest podstawą od 15."}


@pytest.mark.parametrize("ticked", [0, 3, 14])
def test_beyond_the_threshold_the_days_that_pass_it_have_to_be_ticked(programme, send, ticked):
    absent(programme, 16)
    answer = send(["c"], DAYS[:ticked])
    assert errors(answer) == {"days": f"Lit. c opiera się na co najmniej 15 dniach, a zaznaczono {ticked}."}
    assert not Termination.objects.exists()


def test_the_days_that_pass_the_threshold_are_enough_for_its_ground(programme, send):
    absent(programme, 16)
    assert send(["c"], DAYS[:15]).status_code == 302
    assert len(Termination.objects.get().days) == 15


def test_another_ground_asks_for_no_number_of_days(programme, send):
    absent(programme, 2, "unexcused")
    assert send(["b"], DAYS[:1]).status_code == 302


@pytest.mark.parametrize("days, is_refused", [(0, True), (14, True), (15, False)])
def test_the_act_refuses_the_ground_of_the_threshold_too(programme, social_worker, days, is_refused):
    found = Case(programme, on=TODAY)
    rows = [{"on": str(day), "meaning": "sick", "letters": "L4"} for day in DAYS[:days]]
    given = {"kind": "breach", "grounds": found.frozen_grounds("c"), "days": rows, "last_on": TODAY, **SAID}

    def propose():
        return propose_termination(programme, **given, through_fault=False, by=social_worker, on=TODAY)

    if not is_refused:
        assert len(propose().days) == 15
        return
    with pytest.raises(Refused, match=f"co najmniej 15 dniach, a zaznaczono {days}") as told:
        propose()
    assert told.value.field == "days"


def test_one_day_named_over_and_over_passes_no_threshold(programme, social_worker):
    found, day = Case(programme, on=TODAY), {"on": "2026-10-05", "meaning": "sick", "letters": "L4"}
    given = {"kind": "breach", "grounds": found.frozen_grounds("c"), "days": [day] * 15, "last_on": TODAY, **SAID}
    with pytest.raises(Refused, match="a zaznaczono 1"):
        propose_termination(programme, **given, through_fault=False, by=social_worker, on=TODAY)


KINDS = ["unexcused", "free_day", "sick", "excused", "care"]


def test_without_a_threshold_only_days_that_a_ground_can_speak_of_are_offered(other_centre):
    programme = make_programme(make_participant(other_centre), start_on=START)
    mark(programme, dict(zip(DAYS, KINDS, strict=False)))
    assert [day.meaning for day in Case(programme, on=TODAY).days] == ["unexcused", "sick"]


def test_without_a_ground_about_sickness_sick_days_are_not_offered_either(other_centre):
    programme = make_programme(make_participant(other_centre), start_on=START)
    mark(programme, dict(zip(DAYS, KINDS, strict=False)))
    Case(programme, on=TODAY).regulations.grounds.filter(meaning="sickness").delete()
    assert [day.meaning for day in Case(programme, on=TODAY).days] == ["unexcused"]


def test_a_threshold_counts_every_reason_of_an_absence(programme):
    mark(programme, dict(zip(DAYS, KINDS, strict=False)))
    assert [day.meaning for day in Case(programme, on=TODAY).days] == KINDS
