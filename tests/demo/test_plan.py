"""The plan alone: what it promises holds on every day somebody may start the demonstration."""

import subprocess
import sys
from datetime import date, timedelta

import pytest

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
    date(2026, 12, 28),
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
        assert all(stay.ending.on < today for stay in plan.stays if stay.ending)


def test_two_trials_end_in_the_week_of_the_run_and_nobody_has_decided(today):
    monday = today - timedelta(days=today.weekday())
    ending = [
        stay
        for stay in current(cistor(today))
        if stay.main_months is None and monday <= stay.trial_end_on <= monday + timedelta(days=6)
    ]
    assert len(ending) == 2


def test_one_trial_is_over_and_the_office_has_not_answered(today):
    (waiting,) = [stay for stay in cistor(today).stays if stay.despite]
    assert today - timedelta(days=14) <= waiting.trial_end_on < today


def test_every_deed_lies_in_the_history_and_after_the_first_day_of_whom_it_is_about(today):
    for plan in plans(today):
        for deed in plan.deeds:
            assert plan.first_on <= deed.on < today or (deed.name, deed.on) == ("prepare", today)
            assert deed.stay is None or deed.name == "write_plan" or deed.on >= deed.stay.start_on


def test_letters_are_signed_before_they_are_sent(today):
    for plan in plans(today):
        signed = {(deed.stay, deed.how["kind"]): deed.on for deed in plan.deeds if deed.name == "sign"}
        sent = [deed for deed in plan.deeds if deed.name == "send"]
        assert all(signed[deed.stay, deed.how["kind"]] <= deed.on for deed in sent)


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


OFFICE = ("begin", "submit", "send", "receive", "opine", "consent", "refer")
ROUND = ("begin", "submit", "enter", "check", "need", "interview", "score", "close_scoring", "offer", "answer", "tell")


def test_every_deed_of_an_application_follows_the_one_before(today):
    for case in (case for plan in plans(today) for case in plan.cases):
        for way in (OFFICE, ROUND):
            days = [case.done[deed] for deed in way if deed in case.done]
            assert days == sorted(days)
        assert all(day < today for day in case.done.values())


def test_a_round_is_closed_between_the_scores_and_what_follows(today):
    for case in (case for plan in plans(today) for case in plan.cases if case.nabor):
        assert case.done["enter"] >= case.nabor.opened_on
        if closed_on := case.nabor.closed_on:
            assert case.done.get("close_scoring", closed_on) <= closed_on
            assert all(case.done.get(deed, closed_on) >= closed_on for deed in ("tell", "offer", "decline"))


def test_who_begins_has_the_papers_before_the_first_day(today):
    for plan in plans(today):
        first_days = {stay.person: stay.start_on for stay in plan.stays}
        begins = [case for case in plan.cases if case.person in first_days]
        assert len(begins) == (3 if plan.preset == "cistor" else 2)
        for case in begins:
            assert case.done["tell"] <= case.done["file"] < first_days[case.person]
            assert (first_days[case.person] - case.done["declare"]).days < 30


def test_people_have_numbers_that_are_right_and_agree():
    people = [one.person for plan in plans(date(2026, 11, 20)) for one in (*plan.stays, *plan.cases)]
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
        people = {id(one.person): one.person for one in (*plan.stays, *plan.cases)}.values()
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
    for case in plan.cases:
        print(case.person.fields, case.said, case.done, case.how)
    for deed in plan.deeds:
        print(deed.name, deed.on, deed.stay and deed.stay.person.fields, deed.how)
"""


def test_the_plan_is_the_same_in_every_process(monkeypatch):
    """Whatever the order in which sets come."""
    told = []
    for seed in ("1", "2"):
        monkeypatch.setenv("PYTHONHASHSEED", seed)
        told.append(subprocess.run([sys.executable, "-c", PRINTED], capture_output=True, text=True, check=True).stdout)
    assert told[0] == told[1] != ""
