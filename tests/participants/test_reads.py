from datetime import date, timedelta

import pytest

from participants import actions
from participants.models import Participant, Phase
from tests.factories import end, make_group, make_participant, make_programme, make_user

pytestmark = pytest.mark.django_db

START = date(2026, 3, 2)


def phase(person, on):
    return Participant.objects.with_phase(on).get(pk=person.pk).phase


def test_a_phase_is_read_from_the_stages_and_the_day(centre):
    person = make_participant(centre)
    programme = make_programme(person, start_on=START)
    read = {on: phase(person, on) for on in (date(2026, 3, 1), START, date(2026, 4, 1), date(2026, 4, 2))}
    assert list(read.values()) == [Phase.NOT_STARTED, Phase.TRIAL, Phase.TRIAL, Phase.MAIN]
    assert phase(person, programme.planned_end_on + timedelta(days=1)) == Phase.BETWEEN
    assert phase(make_participant(centre), START) == Phase.NONE


def test_a_trial_that_ran_out_waits_for_a_decision(centre):
    person = make_participant(centre)
    make_programme(person, start_on=START, main=False)
    assert phase(person, date(2026, 4, 2)) == Phase.BETWEEN


def test_who_returns_stands_in_the_new_programme(centre):
    person = make_participant(centre)
    end(make_programme(person, start_on=START), ended_on=date(2026, 5, 29))
    make_programme(person, start_on=date(2026, 9, 1))
    days = [date(2026, 5, 29), date(2026, 5, 30), date(2026, 8, 31), date(2026, 9, 1)]
    assert [phase(person, on) for on in days] == [Phase.MAIN, Phase.NOT_STARTED, Phase.NOT_STARTED, Phase.TRIAL]


CUTS = [None, START, date(2026, 3, 20), date(2026, 4, 1), date(2026, 4, 2), date(2026, 6, 30)]


@pytest.mark.parametrize("main", [True, False])
@pytest.mark.parametrize("cut", CUTS)
def test_the_database_reads_a_phase_as_the_programme_does(centre, main, cut):
    person = make_participant(centre)
    programme = make_programme(person, start_on=START, main=main)
    if cut:
        end(programme, ended_on=min(cut, programme.planned_end_on))
    edges = [START, date(2026, 4, 1), date(2026, 6, 30), cut or START, programme.planned_end_on]
    for on in sorted({edge + timedelta(days=n) for edge in edges for n in (-1, 0, 1)}):
        row = Participant.objects.with_phase(on).get(pk=person.pk)
        stage = programme.stage_on(on)
        assert row.phase == programme.phase_on(on), on
        assert row.stage_end_on == (min(stage.end_on, programme.ended_on or stage.end_on) if stage else None), on
        assert row.starts_on == (START if on < START else None), on


def test_a_phase_is_a_phase_with_its_label(centre):
    person = make_participant(centre)
    make_programme(person, start_on=START)
    read = phase(person, START)
    assert (read.label, read.badge) == ("okres próbny", "info")


def test_phases_of_many_take_one_query(centre, django_assert_num_queries):
    for _ in range(5):
        make_programme(make_participant(centre), start_on=START)
    with django_assert_num_queries(1):
        rows = Participant.objects.with_phase(START).with_group(START)
        assert [row.phase for row in rows] == [Phase.TRIAL] * 5


def test_a_group_is_that_of_the_day(centre, social_worker):
    first, second = make_group(centre, name="Kuchnia"), make_group(centre, name="Ogród")
    person = make_participant(centre)
    for group, day in ((first, START), (second, date(2026, 5, 4))):
        actions.join_group(person, group=group, start_on=day, by=social_worker, on=day)
    read = [Participant.objects.with_group(on).get().group_name for on in (date(2026, 3, 1), START, date(2026, 5, 4))]
    assert read == [None, "Kuchnia", "Ogród"]


# Search --------------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(centre):
    names = [("Łącka-Śliwa", "Żaneta"), ("Rzepa", "Jan"), ("Lackowska", "Anna")]
    return [make_participant(centre, last_name=last, first_name=first) for last, first in names]


FOUND = [
    ("łącka", [0]),
    ("lac", [2, 0]),
    ("śliwa", [0]),
    ("sliwa zan", [0]),
    ("Żepa", [1]),
    ("jan rzepa", [1]),
    ("jan lacka", []),
    ("epa", []),
    ("%", []),
    ("", []),
]


@pytest.mark.parametrize("text, found", FOUND)
def test_names_are_found_by_their_beginning_and_as_they_sound(three, text, found):
    assert list(Participant.objects.named(text)) == [three[n] for n in found]


def test_two_letters_are_too_few_to_be_a_sound(centre):
    make_participant(centre, last_name="Szulc")
    assert not Participant.objects.named("su").exists()
    assert Participant.objects.named("sulc").exists()


def test_a_pesel_is_found_whole_only(three):
    number = three[1].pesel
    assert list(Participant.objects.with_pesel(number)) == [three[1]]
    assert not Participant.objects.with_pesel(number[:10]).exists()


# Reach ---------------------------------------------------------------------------------------------------------------


def test_a_right_reaches_own_groups_for_an_instructor_and_everybody_for_others(centre, instructor, social_worker):
    mine, others = make_participant(centre, group=make_group(centre, instructor)), make_participant(centre)
    reach = [
        person.open_to(user, "see_phone", on=START) for user in (instructor, social_worker) for person in (mine, others)
    ]
    assert reach == [True, False, True, True]


def test_no_right_reaches_nobody_and_no_right_reaches_another_centre(centre, payroll, outsider):
    person = make_participant(centre)
    assert not person.open_to(payroll, "see_phone", on=START)
    assert not person.open_to(outsider, "see_phone", on=START)


def test_two_roles_of_one_person_keep_their_own_reach(centre):
    both = make_user(centre, "instructor", "psychologist")
    person = make_participant(centre)
    assert person.open_to(both, "see_overview", on=START)
    assert not person.open_to(both, "see_phone", on=START)
