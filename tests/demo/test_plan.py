"""The plan alone: what it promises holds on every day somebody may start the demonstration."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

from cistor.dates import months_later
from cistor.demo import names
from cistor.demo.centres import cistor, plans, rzyszczewo
from cistor.demo.people import feminine
from participants import nrb, pesel

# Ends of years and months, a leap day, Sundays, holidays, and each day of a week.
DAYS = [
    date(2026, 1, 1),
    date(2026, 3, 29),
    date(2026, 4, 5),
    date(2026, 11, 1),
    *(date(2026, 11, day) for day in range(16, 23)),
    date(2026, 12, 31),
    date(2027, 1, 2),
    date(2027, 5, 31),
    date(2028, 2, 29),
    date(2028, 3, 1),
]


@pytest.fixture(params=DAYS, ids=str)
def today(request):
    return request.param


def current(plan):
    return [stay for stay in plan.stays if stay.ending is None]


def test_sixty_people_in_five_workshops_and_twenty_six_in_two_groups(today):
    for plan, groups, size in ((cistor(today), 5, 12), (rzyszczewo(today), 2, 13)):
        assert [sum(stay.group == n for stay in current(plan)) for n in range(groups)] == [size] * groups


def test_nobody_is_in_a_programme_that_is_over(today):
    for plan in plans(today):
        assert all(stay.main_months is None or stay.last_on >= today for stay in current(plan))
        assert all(stay.ending.on < plan.timeline.month(0) for stay in plan.stays if stay.ending)


def test_two_trials_end_in_the_week_of_the_run_and_nobody_has_decided(today):
    monday = today - timedelta(days=today.weekday())
    ending = [
        stay
        for stay in current(cistor(today))
        if monday <= months_later(stay.start_on, 1, "day_before") <= monday + timedelta(days=6)
    ]
    assert len(ending) == 2
    assert {stay.main_months for stay in ending} == {None}


def test_yesterday_is_marked_and_the_day_of_the_run_is_not(today):
    for plan in plans(today):
        for group in range(len(plan.groups)):
            assert plan.marking_days(group)[-1] == plan.timeline.yesterday < today


def test_chance_keeps_everybody_inside_the_limits(today):
    for plan in plans(today):
        for stay in plan.stays:
            kinds = [kind for kind in stay.marks.values() if kind not in ("late", "suspended")]
            assert stay.told or len(kinds) <= 13
            free = [day for day, kind in stay.marks.items() if kind == "free_day"]
            assert len(free) <= 4
            assert all(day > stay.trial_end_on for day in free)


def test_people_have_numbers_that_are_right_and_agree():
    people = [stay.person for plan in plans(date(2026, 11, 20)) for stay in plan.stays]
    for fields in (
        person.fields for person in people if person.fields["pesel"] and "pesel_faulty" not in person.fields
    ):
        assert pesel.fault(fields["pesel"]) == ""
        assert pesel.birth_on(fields["pesel"]) == fields["birth_on"]
        assert pesel.sex(fields["pesel"]) == fields["sex"]
        assert date(1960, 1, 1) <= fields["birth_on"] <= date(2004, 12, 31)
    for method in (person.method for person in people if person.method and person.method["kind"] == "account"):
        assert nrb.fault(method["nrb"]) == ""
        assert nrb.bank_name(method["nrb"])


def test_nobody_is_named_by_hand_or_twice():
    """Every name is put together from the lists, so that none can be somebody's."""
    for plan in plans(date(2026, 11, 20)):
        people = {id(stay.person): stay.person for stay in plan.stays}.values()
        surnames = [person.fields["last_name"] for person in people]
        first_names = {*names.WOMEN, *names.MEN, names.FOREIGNER[0]}
        assert len(set(surnames)) == len(surnames)
        assert set(surnames) <= {*names.SURNAMES, *map(feminine, names.SURNAMES), names.FOREIGNER[1]}
        assert {person.fields["first_name"] for person in people} <= first_names


PRINTED = """
import django; django.setup()
from datetime import date
from cistor.demo.centres import plans
for plan in plans(date(2026, 11, 20)):
    for stay in plan.stays:
        print(stay.person.fields, stay.person.method, stay.start_on, stay.ending, stay.marks, sorted(stay.unmarked))
"""


def test_the_plan_is_the_same_in_every_process(monkeypatch):
    """Whatever the order in which sets come."""
    told = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        told.append(subprocess.run([sys.executable, "-c", PRINTED], capture_output=True, text=True, check=True).stdout)
    assert told[0] == told[1] != ""
