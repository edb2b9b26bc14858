"""The month of a person: a calendar, what is used of the limits, and the whole programme."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.reading.person import PersonMonth
from cistor.centres.models import ClosedDay, Regulations
from tests.factories import end, make_group, make_participant, make_programme, mark, mark_present

JULY, JULY_END, FRIDAY = date(2026, 7, 1), date(2026, 7, 31), date(2026, 7, 10)


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor)
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)


def month_of(programme, month=JULY, today=JULY_END):
    return PersonMonth(programme.participant, month, today=today)


def counters(programme, month=JULY):
    return [tuple(counter) for counter in month_of(programme, month).counters]


def page_of(client, programme, month="2026-07"):
    page = client.get(reverse("attendance:person", args=[programme.participant_id]), {"miesiac": month})
    assert page.status_code == 200
    return page.content.decode()


# The calendar ---------------------------------------------------------------------------------------------------------


def test_weeks_run_from_monday_to_sunday(programme):
    weeks = month_of(programme).weeks
    assert {len(week) for week in weeks} == {7}
    assert [cell and cell.column.day.day for cell in weeks[0]] == [None, None, 1, 2, 3, 4, 5]
    assert [cell and cell.column.day.day for cell in weeks[-1]] == [27, 28, 29, 30, 31, None, None]


def test_a_month_of_31_days_that_begins_on_a_saturday_takes_six_weeks(programme):
    weeks = month_of(programme, date(2026, 8, 1), date(2026, 8, 31)).weeks
    assert len(weeks) == 6
    assert weeks[0][5].column.day == date(2026, 8, 1)


def test_every_day_that_has_come_leads_to_its_page(as_user, programme, instructor):
    page = page_of(as_user(instructor, FRIDAY), programme)
    address = reverse("attendance:day", args=[programme.participant_id])
    calendar = page.partition('<table class="own-month">')[2].partition("</table>")[0]
    assert calendar.count(f'href="{address}?dzien=2026-07-') == 10
    assert 'aria-current="date"' in calendar


def test_holidays_and_closed_days_are_named(as_user, centre, programme, instructor):
    ClosedDay.objects.create(centre=centre, on=date(2026, 11, 10), reason="przerwa")
    page = page_of(as_user(instructor, date(2026, 11, 30)), programme, "2026-11")
    assert "przerwa" in page
    assert "Narodowe Święto Niepodległości" in page


def test_days_before_the_programme_are_outside(as_user, programme, instructor):
    page = page_of(as_user(instructor, FRIDAY), programme, "2026-05")
    assert page.partition('<table class="own-month">')[2].partition("</table>")[0].count("poza programem") == 3


# Limits ---------------------------------------------------------------------------------------------------------------


def test_the_counters_stand_against_the_limits_of_the_centre(programme):
    mark(programme, {date(2026, 6, 8): "sick", date(2026, 6, 9): "free_day", date(2026, 7, 1): "sick"})
    mark(programme, dict.fromkeys([date(2026, 7, 2), date(2026, 7, 3)], "unexcused"))
    assert counters(programme) == [
        ("dni NN w tym miesiącu", 2, 3),
        ("dni chorobowe w programie", 2, 14),
        ("wykorzystane dni wolne w programie", 1, 4),
    ]


def test_a_month_of_trial_and_main_period_counts_each_settlement(programme):
    mark(programme, {date(2026, 6, 2): "unexcused", date(2026, 6, 8): "unexcused", date(2026, 6, 9): "unexcused"})
    assert counters(programme, date(2026, 6, 1))[:2] == [
        ("dni NN w okresie próbnym", 1, 3),
        ("dni NN w tym rozliczeniu", 2, 3),
    ]


def test_by_the_calendar_month_there_is_one_counter(centre, programme):
    Regulations.objects.filter(centre=centre).update(
        unexcused_limit_scope="calendar_month", sick_limit_scope="main_period"
    )
    mark(programme, {date(2026, 6, 2): "unexcused", date(2026, 6, 8): "unexcused", date(2026, 6, 9): "sick"})
    assert counters(programme, date(2026, 6, 1))[:2] == [
        ("dni NN w tym miesiącu", 2, 3),
        ("dni chorobowe w okresie właściwym", 1, 14),
    ]
    assert counters(programme, date(2026, 5, 1))[1:] == [("wykorzystane dni wolne w programie", 0, 4)]


def test_of_free_days_the_limit_is_never_more_than_the_statute_gives(centre, programme):
    Regulations.objects.filter(centre=centre).update(free_days=20)
    assert counters(programme)[-1] == ("wykorzystane dni wolne w programie", 0, 12)


def test_what_comes_after_the_month_is_not_counted_in_it(programme):
    mark(programme, {date(2026, 7, 1): "sick", date(2026, 8, 3): "sick", date(2026, 8, 4): "free_day"})
    used = [("dni chorobowe w programie", 1, 14), ("wykorzystane dni wolne w programie", 0, 4)]
    assert counters(programme)[1:] == used


def test_a_limit_that_is_reached_or_passed_says_so(as_user, programme, instructor):
    mark(programme, dict.fromkeys([date(2026, 7, day) for day in (1, 2, 3)], "unexcused"))
    client = as_user(instructor, JULY_END)
    assert "limit wykorzystany" in page_of(client, programme)
    mark(programme, {date(2026, 7, 6): "unexcused"})
    assert "ponad limit" in page_of(client, programme)


def test_contradictory_facts_leave_the_calendar_standing(as_user, programme, instructor):
    end(programme, ended_on=date(2028, 1, 1))
    assert '<table class="own-month">' in page_of(as_user(instructor, FRIDAY), programme)
    assert counters(programme) == []


# The whole programme --------------------------------------------------------------------------------------------------


def test_the_programme_is_drawn_month_by_month_with_its_data(as_user, programme, instructor):
    mark(programme, {FRIDAY: "unexcused"})
    drawing = month_of(programme).drawing
    assert [row.head for row in drawing.rows][:3] == ["maj 2026", "czerwiec 2026", "lipiec 2026"]
    cell = drawing.rows[2].cells[9]
    assert (cell.text, cell.kind, cell.title) == ("NN", "code-7", "10 lipca 2026: nieobecność nieusprawiedliwiona")
    assert "Cały program" in page_of(as_user(instructor, FRIDAY), programme)


def test_a_month_outside_shows_the_programme_all_the_same(as_user, programme, instructor):
    page = page_of(as_user(instructor, FRIDAY), programme, "2026-04")
    assert "W tym miesiącu poza programem" in page
    assert "Cały program" in page


def test_who_has_no_programme_has_no_drawing(centre):
    assert PersonMonth(make_participant(centre), JULY, today=FRIDAY).drawing is None


def test_the_number_of_queries_grows_with_nothing(as_user, programme, instructor, django_assert_max_num_queries):
    client = as_user(instructor, JULY_END)
    with django_assert_max_num_queries(33) as few:
        page_of(client, programme)
    mark_present(programme, date(2026, 5, 4), JULY_END, but={FRIDAY: "sick"}, by=instructor)
    with django_assert_max_num_queries(len(few)):
        page_of(client, programme)
