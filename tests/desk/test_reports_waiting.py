"""The report of the morning stands on the desk of somebody who can open it, whoever was chosen as superior."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.actions.absences import report_absence
from attendance.reading.absences import open_absences
from cistor.accounts.models import StandIn
from cistor.desk import absences as desk
from tests.factories import make_group, make_participant, make_programme, make_user, mark

TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)
MORNING = datetime(2026, 3, 11, 8, 45, tzinfo=UTC)
UNREPORTED = "Raport poranny: 1 nieobecność niezgłoszona"
UNMARKED = "Raport poranny: 1 grupa nieoznaczona"
BEFORE = "Nieobecności niezgłoszone z poprzednich dni: 1"
TOLD = "Nieobecni bez znanej przyczyny: 1 osoba"
UNFIT = ["psychologist", "career_adviser", "therapist", "payroll", "admin", "instructor"]


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


@pytest.fixture
def absent(programme):
    mark(programme, {WEDNESDAY: "unexcused"})
    return programme


def led_by(instructor, superior):
    instructor.superior = superior
    instructor.save()
    return superior


def reports(user, on=WEDNESDAY) -> list[str]:
    return [matter.text for matter in desk.of_the_morning(user, on, open_absences(user, on))]


@pytest.mark.parametrize("role", UNFIT)
def test_the_director_gets_the_report_that_the_superior_cannot_open(absent, centre, instructor, director, role):
    boss = led_by(instructor, make_user(centre, role))
    assert reports(director) == [UNREPORTED]
    assert UNREPORTED not in [matter.text for matter in desk.waiting(boss, WEDNESDAY)]


def test_the_director_gets_the_report_of_a_superior_whose_account_is_off(absent, centre, instructor, director):
    boss = led_by(instructor, make_user(centre, "social_worker"))
    assert reports(director) == []
    boss.is_active = False
    boss.save()
    assert reports(director) == [UNREPORTED]


def test_a_group_not_marked_and_a_day_before_come_to_the_director_too(centre, programme, instructor, director):
    led_by(instructor, make_user(centre, "payroll"))
    assert reports(director) == [UNMARKED]
    mark(programme, {TUESDAY: "unexcused", WEDNESDAY: "present"})
    assert reports(director) == [BEFORE]


def test_what_was_reported_reaches_the_director_where_the_superior_cannot_read_it(absent, centre, instructor, director):
    boss = led_by(instructor, make_user(centre, "instructor"))
    report_absence(absent, start_on=WEDNESDAY, by=instructor, on=WEDNESDAY, at=MORNING)
    assert (reports(director), reports(boss)) == ([TOLD], [])


def test_who_stands_in_for_the_director_gets_what_falls_to_the_director(absent, centre, instructor, director):
    led_by(instructor, make_user(centre, "psychologist"))
    deputy = make_user(centre, "payroll")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=WEDNESDAY, end_on=WEDNESDAY)
    assert reports(deputy) == [UNREPORTED]


def test_the_director_stays_told_of_nothing_that_a_fit_superior_gets(absent, centre, instructor, director):
    boss = led_by(instructor, make_user(centre, "instructor", "social_worker"))
    assert (reports(director), reports(boss)) == ([], [UNREPORTED])


def test_the_desk_asks_the_same_questions_whoever_reported(centre, programme, director):
    def queries() -> int:
        runs = open_absences(director, WEDNESDAY)
        with CaptureQueriesContext(connection) as captured:
            list(desk.of_the_morning(director, WEDNESDAY, runs))
        return len(captured)

    def somebody_reports():
        lead = make_user(centre, "instructor", superior=make_user(centre, "social_worker"))
        person = make_participant(centre, group=make_group(centre, lead))
        absent = make_programme(person, start_on=date(2026, 1, 5))
        mark(absent, {WEDNESDAY: "unexcused"})
        report_absence(absent, start_on=WEDNESDAY, by=lead, on=WEDNESDAY, at=MORNING)

    somebody_reports()
    queries()
    few = queries()
    for _ in range(3):
        somebody_reports()
    assert queries() == few
