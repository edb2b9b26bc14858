"""What is owed and late climbs: the team the day after, the director two working days later, and no further."""

from datetime import date

import pytest

from cistor.notices import deadlines
from cistor.notices.escalation import climb
from cistor.notices.models import Reminder
from tests.factories import make_participant, make_programme
from tests.notices.letters import make_letter

# A Thursday, the last day of the term.
DUE = date(2026, 2, 12)
FRIDAY, SATURDAY, MONDAY, TUESDAY = date(2026, 2, 13), date(2026, 2, 14), date(2026, 2, 16), date(2026, 2, 17)


@pytest.fixture
def letter(centre):
    """Due on Thursday by the agreement: signed on Thursday the week before."""
    programme = make_programme(make_participant(centre), start_on=date(2026, 2, 5))
    office = centre.offices.get(kind="welfare")
    facts = {"starts_on": date(2026, 2, 5), "due_on": DUE, "due_source": "Procedura"}
    return make_letter(centre, "admission_list", programme, office=office, **facts)


def steps() -> list[int]:
    return sorted(Reminder.objects.filter(kind="admission_list").values_list("step", flat=True))


def test_nothing_climbs_on_the_last_day(centre, letter):
    assert climb(centre, DUE) == 0
    assert steps() == []


@pytest.mark.parametrize("on, taken", [(FRIDAY, [1]), (SATURDAY, [1]), (MONDAY, [1]), (TUESDAY, [1, 2])])
def test_the_team_is_reminded_the_day_after_and_the_director_told_two_working_days_later(centre, letter, on, taken):
    climb(centre, on)
    assert steps() == taken


def test_each_step_is_taken_once_however_often_it_runs(centre, letter):
    assert [climb(centre, on) > 0 for on in (FRIDAY, FRIDAY, MONDAY, TUESDAY, TUESDAY)] == [
        True,
        False,
        False,
        True,
        False,
    ]
    assert steps() == [1, 2]


def test_days_without_a_run_lose_nothing_and_it_stops_at_the_director(centre, letter):
    climb(centre, date(2026, 3, 20))
    climb(centre, date(2026, 4, 20))
    assert steps() == [1, 2]


def test_how_far_it_has_climbed_stands_beside_it_until_the_letter_is_void(centre, letter):
    climb(centre, FRIDAY)
    participant = letter.people.get().programme.participant
    (row,) = (row for row in deadlines.of_participant(participant, FRIDAY) if row.kind == "admission_list")
    assert row.climbed == Reminder.Step.TEAM
    letter.status, letter.void_reason = "void", "Lista poszła pocztą."
    letter.save()
    assert climb(centre, TUESDAY) == 0


def test_another_centre_is_left_alone(letter, other_centre):
    assert climb(other_centre, TUESDAY) == 0
