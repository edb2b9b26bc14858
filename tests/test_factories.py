from datetime import date

import pytest
from stdnum.pl import pesel as pesel_rules

from tests.factories import make_group, make_participant, make_programme, mark_present, nrb, pesel

pytestmark = pytest.mark.django_db


def test_people_of_the_factories_hold_valid_numbers():
    assert pesel_rules.is_valid(pesel(date(2001, 2, 28), woman=False, serial=7))
    assert int(nrb(3)[2:] + "2521" + nrb(3)[:2]) % 97 == 1


def test_a_made_programme_has_a_trial_and_a_main_period_back_to_back(centre, instructor):
    person = make_participant(centre, group=make_group(centre, instructor))
    programme = make_programme(person, start_on=date(2026, 3, 1))
    assert [(str(s.start_on), str(s.end_on)) for s in programme.stages.all()] == [
        ("2026-03-01", "2026-03-31"),
        ("2026-04-01", "2027-02-28"),
    ]


def test_present_is_marked_on_class_days_only(centre):
    programme = make_programme(make_participant(centre), start_on=date(2026, 12, 1))
    mark_present(programme, date(2026, 12, 21), date(2026, 12, 31), but={date(2026, 12, 23): "sick"})
    assert [(day.on.day, day.code) for day in programme.days.all()] == [
        (21, "O"), (22, "O"), (23, "L4"), (28, "O"), (29, "O"), (30, "O"), (31, "O")
    ]  # fmt: skip
