"""The day of a person: what stands, what it costs, who marked what and why it was corrected."""

from datetime import date

import pytest
from django.urls import reverse

from attendance import actions
from attendance.cells import Cell
from attendance.reading import history
from attendance.reading.person import PersonDay
from cistor.journal.history import acting
from cistor.journal.models import Reading
from cistor.money import NBSP
from tests.factories import make_group, make_participant, make_programme, mark, mark_present

JULY, JULY_END, FRIDAY, MONDAY = date(2026, 7, 1), date(2026, 7, 31), date(2026, 7, 10), date(2026, 7, 13)
AUGUST = date(2026, 8, 3)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group, instructor):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)


def set_mark(programme, seen, meaning, *, by, on=FRIDAY, provisional=False):
    cell = Cell(programme.pk, seen, meaning, provisional=provisional)
    with acting("attendance:today", by=by):
        assert not actions.mark(centre=by.home_centre, on_day=FRIDAY, cells=[cell], by=by, on=on)


def day_url(programme, day="2026-07-10"):
    return reverse("attendance:day", args=[programme.participant_id]) + f"?dzien={day}"


def text_of(client, programme, day="2026-07-10"):
    page = client.get(day_url(programme, day))
    assert page.status_code == 200
    return page.content.decode().replace(NBSP, " ")


# What stands ----------------------------------------------------------------------------------------------------------


def test_the_page_says_what_stands_who_marked_it_and_what_it_costs(as_user, programme, instructor):
    mark(programme, {FRIDAY: "unexcused"}, by=instructor, provisional=True)
    page = text_of(as_user(instructor, MONDAY), programme)
    assert "piątek, 10 lipca 2026" in page
    assert '<span class="code code-7 provisional">NN</span>' in page
    assert str(instructor) in page
    assert "1. dzień NN w tym miesiącu: −89,20 zł." in page


def test_a_table_says_what_each_other_mark_would_cost(as_user, programme, instructor):
    page = text_of(as_user(instructor, FRIDAY), programme)
    assert "Dzień chorobowy 1 z 14: −44,60 zł." in page
    assert page.count("Bez zmian w świadczeniu.") == 6


def test_what_cannot_be_computed_is_said(as_user, programme, instructor):
    programme.stages.filter(kind="main").update(start_on=date(2026, 6, 10))
    page = text_of(as_user(instructor, FRIDAY), programme)
    assert "Nie można policzyć skutku." in page


def test_days_off_to_come_and_outside_the_programme_are_named(as_user, programme, instructor):
    client = as_user(instructor, FRIDAY)
    assert "bez zajęć" in text_of(client, programme, "2026-07-04")
    assert "Tego dnia jeszcze nie było" in text_of(client, programme, "2026-07-13")
    assert "Tego dnia poza programem" in text_of(client, programme, "2026-05-01")


def test_the_days_beside_it_are_days_of_classes_that_have_come(programme, instructor):
    page = PersonDay(programme.participant, MONDAY, user=instructor, today=MONDAY)
    assert (page.previous, page.following) == (FRIDAY, None)


@pytest.mark.parametrize("day", ["", "2026-13-01", "jutro", "1999-01-01", "9" * 1000])
def test_a_day_that_is_none_is_not_found(as_user, programme, instructor, day):
    assert as_user(instructor, FRIDAY).get(day_url(programme, day)).status_code == 404


def test_looking_at_a_day_is_written_in_the_reading_log(as_user, programme, instructor):
    as_user(instructor, FRIDAY).get(day_url(programme))
    reading = Reading.objects.get(what="attendance_day")
    assert (reading.participant, reading.by) == (programme.participant, instructor)


# History --------------------------------------------------------------------------------------------------------------


def test_every_change_says_who_when_in_which_act_and_what_was_before(programme, instructor, social_worker):
    set_mark(programme, None, "unexcused", by=instructor)
    set_mark(programme, "unexcused", "sick", by=social_worker)
    set_mark(programme, "sick", None, by=instructor)
    changes = history.changes_of(programme, FRIDAY, [], {})
    assert [(one.by, one.act) for one in changes] == [
        (instructor, "attendance:today"),
        (social_worker, "attendance:today"),
        (instructor, "attendance:today"),
    ]
    said = [tuple(side and side.meaning for side in (one.before, one.after)) for one in changes]
    assert said == [("sick", None), ("unexcused", "sick"), (None, "unexcused")]


def test_the_history_stands_on_the_page_with_the_act_in_words(as_user, programme, instructor):
    set_mark(programme, None, "unexcused", by=instructor)
    page = text_of(as_user(instructor, FRIDAY), programme)
    assert "obecność dnia" in page
    assert "nieoznaczone" in page


def test_a_change_made_outside_the_program_says_so(as_user, programme, instructor):
    mark(programme, {FRIDAY: "late"})
    assert "poza programem" in text_of(as_user(instructor, FRIDAY), programme)


def test_a_change_made_by_a_job_says_so(as_user, programme, instructor):
    with acting("demo_data"):
        mark(programme, {FRIDAY: "late"})
    page = text_of(as_user(instructor, FRIDAY), programme)
    assert "zadanie w tle" in page
    assert "dane pokazowe" in page


def test_a_day_nobody_has_marked_has_no_history(as_user, programme, instructor):
    assert "Nikt jeszcze nie oznaczył tego dnia." in text_of(as_user(instructor, FRIDAY), programme)


# Closing and correction -----------------------------------------------------------------------------------------------


@pytest.fixture
def corrected(programme, social_worker, director):
    """Closed with its month, then corrected from unexcused to sick."""
    mark_present(programme, JULY, JULY_END, but={FRIDAY: "unexcused"})
    actions.close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    asked = actions.ask_correction(
        programme, on_day=FRIDAY, meaning="sick", reason="Zwolnienie doszło później.", by=social_worker, on=AUGUST
    )
    actions.decide_correction(asked, granted=True, note="", by=director, on=AUGUST)
    return programme


def test_a_correction_stands_beside_the_change_it_allowed(corrected, social_worker):
    page = PersonDay(corrected.participant, FRIDAY, user=social_worker, today=AUGUST)
    newest, oldest = page.changes
    assert newest.correction == page.corrections[0]
    assert oldest.correction is None


def test_a_correction_says_who_asked_why_and_who_decided(as_user, corrected, social_worker, director):
    page = text_of(as_user(social_worker, AUGUST), corrected)
    assert f"korekta, o którą prosi {social_worker}: „Zwolnienie doszło później.”" in page
    assert f"Dzień zamknięty z miesiącem: {social_worker}, 03.08.2026" in page
    assert str(director) in page


def test_reasons_are_hidden_from_who_asks_for_no_corrections(as_user, corrected, instructor):
    page = text_of(as_user(instructor, AUGUST), corrected)
    assert "korekta, o którą prosi" in page
    assert "Zwolnienie doszło później." not in page


def test_a_refused_request_explains_no_change(programme, social_worker, director):
    mark_present(programme, JULY, JULY_END, but={FRIDAY: "unexcused"})
    actions.close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    asked = actions.ask_correction(
        programme, on_day=FRIDAY, meaning="sick", reason="Prośba.", by=social_worker, on=AUGUST
    )
    actions.decide_correction(asked, granted=False, note="Brak zwolnienia.", by=director, on=AUGUST)
    page = PersonDay(programme.participant, FRIDAY, user=social_worker, today=AUGUST)
    assert [change.correction for change in page.changes] == [None]


# What may be done next ------------------------------------------------------------------------------------------------


def test_an_open_day_leads_to_the_group_where_it_is_marked(programme, group, instructor, payroll):
    assert PersonDay(programme.participant, FRIDAY, user=instructor, today=FRIDAY).group_to_mark == group
    assert PersonDay(programme.participant, FRIDAY, user=payroll, today=FRIDAY).group_to_mark is None


def test_a_closed_day_leads_to_a_correction(programme, instructor, social_worker):
    actions.close(programme, start_on=JULY, end_on=JULY_END, by=social_worker, on=AUGUST)
    page = PersonDay(programme.participant, FRIDAY, user=social_worker, today=AUGUST)
    assert page.group_to_mark is None
    assert page.may_ask_correction
    assert not PersonDay(programme.participant, FRIDAY, user=instructor, today=AUGUST).may_ask_correction


def test_the_number_of_queries_does_not_grow_with_the_history(
    as_user, programme, instructor, social_worker, django_assert_max_num_queries
):
    client = as_user(social_worker, FRIDAY)
    for meaning, seen in (("unexcused", None), ("sick", "unexcused"), ("late", "sick"), ("present", "late")):
        set_mark(programme, seen, meaning, by=instructor if seen else social_worker)
    with django_assert_max_num_queries(32):
        client.get(day_url(programme))
