"""What waits after its day: days nobody has marked, and a month nobody has closed."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from attendance.actions import close
from attendance.actions.holding import is_closed
from cistor.centres.models import ClosedDay
from cistor.dates import days_between
from cistor.desk import waiting
from participants.models import Membership
from tests.factories import end, make_group, make_participant, make_programme, mark

WEDNESDAY = date(2026, 3, 11)
FEBRUARY, FEBRUARY_END = date(2026, 2, 1), date(2026, 2, 28)
MONDAY, TUESDAY = date(2026, 3, 9), date(2026, 3, 10)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor, name="Stolarnia")


@pytest.fixture
def programme(centre, group, director):
    """From Monday on; until Wednesday there are two days to mark."""
    return make_programme(make_participant(centre, group=group), start_on=MONDAY, by=director)


@pytest.fixture
def older(centre, group, director):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5), by=director)


def unmarked(user, on=WEDNESDAY) -> list[waiting.Matter]:
    return [matter for matter in waiting.matters(user, on=on) if ": nieoznaczon" in matter.text]


def not_closed(user, on=WEDNESDAY) -> list[waiting.Matter]:
    return [matter for matter in waiting.matters(user, on=on) if "nie jest zamknięty" in matter.text]


def unmarked_texts(user, on=WEDNESDAY) -> list[str]:
    return [matter.text for matter in unmarked(user, on)]


def test_days_that_passed_unmarked_are_late_and_lead_to_the_first(instructor, programme, group):
    (matter,) = unmarked(instructor)
    assert matter.text == "Stolarnia: nieoznaczone 2 dni (09.03, 10.03)"
    assert (matter.kind, matter.word) == ("late", "po terminie")
    assert matter.url == f"/obecnosc/grupa/{group.pk}/?dzien=2026-03-09"


def test_one_marked_is_one_less_and_all_marked_is_nothing(instructor, programme):
    mark(programme, {MONDAY: "present"}, by=instructor)
    assert unmarked_texts(instructor) == ["Stolarnia: nieoznaczony 1 dzień (10.03)"]
    mark(programme, {TUESDAY: "sick"}, by=instructor)
    assert unmarked(instructor) == []


def test_of_many_days_only_the_first_is_named_and_none_before_last_month(instructor, older):
    # 20 weekdays in February, 7 in March.
    assert unmarked_texts(instructor) == ["Stolarnia: nieoznaczone 27 dni, od 02.02"]


def test_only_those_who_may_mark_are_asked_the_instructor_for_the_own_groups(
    centre, programme, instructor, social_worker, director, payroll, admin, outsider
):
    make_programme(make_participant(centre, group=make_group(centre, name="Kuchnia")), start_on=TUESDAY)
    both = ["Kuchnia: nieoznaczony 1 dzień (10.03)", "Stolarnia: nieoznaczone 2 dni (09.03, 10.03)"]
    assert unmarked_texts(instructor) == both[1:]
    assert sorted(unmarked_texts(social_worker)) == sorted(unmarked_texts(director)) == both
    assert [unmarked(user) for user in (payroll, admin, outsider)] == [[], [], []]


def test_a_closed_day_is_nobodys_duty(instructor, social_worker, programme, centre, group, director):
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=WEDNESDAY)
    assert is_closed(programme, MONDAY)
    assert unmarked_texts(instructor) == ["Stolarnia: nieoznaczony 1 dzień (10.03)"]


def test_a_mark_on_a_closed_day_stands_for_nobody_else(instructor, social_worker, programme, centre, group, director):
    other = make_programme(make_participant(centre, group=group), start_on=MONDAY, by=director)
    mark(programme, {MONDAY: "present", TUESDAY: "present"}, by=instructor)
    close(programme, start_on=MONDAY, end_on=TUESDAY, by=social_worker, on=WEDNESDAY)
    mark(other, {TUESDAY: "present"}, by=instructor)
    assert unmarked_texts(instructor) == ["Stolarnia: nieoznaczony 1 dzień (09.03)"]


def test_a_day_outside_classes_the_group_or_the_programme_is_no_duty(instructor, director, centre, group, programme):
    ClosedDay.objects.create(centre=centre, on=MONDAY, reason="Remont")
    assert unmarked_texts(instructor) == ["Stolarnia: nieoznaczony 1 dzień (10.03)"]
    Membership.objects.filter(participant=programme.participant).update(end_on=MONDAY)
    assert unmarked(instructor) == []
    Membership.objects.filter(participant=programme.participant).update(end_on=None)
    end(programme, ended_on=MONDAY)
    assert unmarked(instructor) == []


@pytest.mark.parametrize(
    "day, kind, word", [(date(2026, 3, 5), "soon", "do 05.03"), (date(2026, 3, 6), "late", "po terminie")]
)
def test_a_month_that_is_over_waits_to_be_closed_until_the_payday(payroll, older, day, kind, word):
    (matter,) = not_closed(payroll, day)
    assert matter.text == "Luty 2026 nie jest zamknięty"
    assert (matter.kind, matter.word, matter.due) == (kind, word, date(2026, 3, 5))
    assert matter.url == "/obecnosc/zamkniecie/?miesiac=2026-02"


def test_a_month_closed_in_part_still_waits_and_closed_whole_does_not(payroll, social_worker, older):
    close(older, start_on=FEBRUARY, end_on=date(2026, 2, 20), by=social_worker, on=WEDNESDAY)
    assert len(not_closed(payroll)) == 1
    close(older, start_on=date(2026, 2, 21), end_on=FEBRUARY_END, by=social_worker, on=WEDNESDAY)
    assert not_closed(payroll) == []


def test_only_those_who_may_close_are_asked_to(older, programme, instructor, social_worker, director, outsider):
    assert [len(not_closed(user)) for user in (social_worker, director, instructor, outsider)] == [1, 1, 0, 0]


def test_a_month_in_which_nobody_was_waits_for_nobody(payroll, programme):
    assert not_closed(payroll) == []


def test_the_number_of_queries_does_not_grow_with_groups_or_people(centre, social_worker, director):
    def grow(number):
        for _ in range(number):
            group = make_group(centre)
            for _ in range(2):
                row = make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5), by=director)
                mark(row, dict.fromkeys(days_between(date(2026, 2, 2), date(2026, 2, 6)), "present"), by=social_worker)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            waiting.matters(social_worker, on=WEDNESDAY)
        return len(captured)

    grow(1)
    queries()
    few = queries()
    grow(4)
    assert queries() == few
