"""A mark that stands again, because the fact above it is gone or refused, is the word of who made it."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from attendance import actions
from attendance.actions.excuses import ask_excuse
from attendance.cells import Cell
from attendance.day import DayPage
from attendance.models import Day
from attendance.month import MonthPage
from attendance.reading.leave import Rules
from attendance.reading.leave_card import Card
from attendance.reading.person import PersonDay, PersonMonth
from cistor.journal.history import acting
from participants.models import Group
from tests.factories import make_group, make_participant, make_programme

MONDAY, TUESDAY, NEXT_MONDAY = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 16)
MARCH = date(2026, 3, 1)


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor)
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5), by=instructor)


def put(programme, seen, meaning, *, by, on=MONDAY):
    with acting("attendance:today", by=by):
        cells = [Cell(programme.pk, seen, meaning)]
        assert not actions.mark(centre=by.home_centre, on_day=MONDAY, cells=cells, by=by, on=on)
    return Day.objects.get(programme=programme, on=MONDAY)


@pytest.fixture
def marked(programme, instructor):
    """Present on Monday, as the instructor saw."""
    return put(programme, None, "present", by=instructor)


@pytest.fixture
def note(marked, programme, social_worker):
    return announced(programme, social_worker)


def announced(programme, by):
    return actions.record_note(programme, kind="own", start_on=MONDAY, end_on=TUESDAY, by=by, on=MONDAY).note


def witness(programme, user) -> tuple:
    """Who, by the page of the day; by the person's month, the group's month and the group's day too."""
    page = PersonDay(programme.participant, MONDAY, user=user, today=NEXT_MONDAY)
    group = Group.objects.get(memberships__participant=programme.participant)
    rows = [
        PersonMonth(programme.participant, MARCH, today=NEXT_MONDAY).row,
        *MonthPage(group, MARCH, user=user, today=NEXT_MONDAY, may_mark=True).grid.rows,
    ]
    marks = [next(cell.mark for cell in row.cells if cell.column.day == MONDAY) for row in rows]
    assert [(mark.by, mark.at) for mark in marks] == [(str(page.marked.by), page.marked.at)] * 2
    day = DayPage(group, MONDAY, user=user, today=NEXT_MONDAY)
    assert [day.last_saved, *(row.marked for row in day.form.rows)] == [page.marked] * 2
    return page.marked.by, page.marked.at


def refuse(note, director):
    actions.decide_note(note, accepted=False, note_text="Nie dotarło.", by=director, on=NEXT_MONDAY)


def test_a_refused_note_leaves_the_mark_to_who_made_it(as_user, note, marked, programme, instructor, director):
    refuse(note, director)
    assert Day.objects.get(programme=programme, on=MONDAY).marked_by == director
    assert witness(programme, director) == (instructor, marked.marked_at)
    person, hour = programme.participant_id, f"{localtime(marked.marked_at):%H:%M}".lstrip("0")
    client = as_user(director, NEXT_MONDAY)
    page = client.get(reverse("attendance:day", args=[person]), {"dzien": str(MONDAY)}).content.decode()
    assert f'<p class="soft">{instructor}, ' in page
    assert hour in page.partition(f'<p class="soft">{instructor}, ')[2].partition("</p>")[0]
    month = client.get(reverse("attendance:person", args=[person]), {"miesiac": "2026-03"}).content.decode()
    line = month.partition('data-label="Kto i kiedy">')[2]
    assert str(instructor) in line
    # On Tuesday nobody had marked anything: unexcused is what the decision says.
    assert f"{director}, " in line


def test_a_note_taken_back_does_so_too(note, marked, programme, instructor, social_worker):
    actions.withdraw_note(note, by=social_worker, on=TUESDAY)
    assert witness(programme, social_worker) == (instructor, marked.marked_at)


def test_the_leave_card_and_the_list_name_who_marked_a_day_free(
    as_user, programme, instructor, social_worker, director
):
    put(programme, None, "free_day", by=instructor)
    note = announced(programme, social_worker)
    for step in ("below the note", "after its refusal"):
        if step == "after its refusal":
            refuse(note, director)
        (line,) = Card(programme, Rules(programme.participant.centre), on=NEXT_MONDAY).lines
        assert line.decided == f"oznaczono bez wniosku: {instructor}"
        page = as_user(director, NEXT_MONDAY).get(reverse("attendance:leave")).content.decode()
        assert f"({instructor})" in page


def test_as_long_as_the_note_is_there_the_day_is_its_word(note, programme, social_worker):
    assert witness(programme, social_worker)[0] == social_worker


def test_a_second_note_above_the_same_mark_changes_nothing(note, marked, programme, instructor, social_worker):
    actions.withdraw_note(note, by=social_worker, on=MONDAY)
    actions.withdraw_note(announced(programme, social_worker), by=social_worker, on=MONDAY)
    assert witness(programme, social_worker) == (instructor, marked.marked_at)


def test_who_marks_the_day_afterwards_is_named(note, programme, social_worker):
    actions.withdraw_note(note, by=social_worker, on=MONDAY)
    anew = put(programme, "present", "late", by=social_worker)
    assert witness(programme, social_worker) == (social_worker, anew.marked_at)
    last = put(programme, "late", "present", by=social_worker)
    assert witness(programme, social_worker) == (social_worker, last.marked_at)
    actions.withdraw_note(announced(programme, social_worker), by=social_worker, on=MONDAY)
    assert witness(programme, social_worker) == (social_worker, last.marked_at)


def test_a_mark_without_a_fact_keeps_its_name(marked, programme, instructor):
    assert witness(programme, instructor) == (instructor, marked.marked_at)


def test_who_decides_about_the_day_reads_that_name_too(as_user, programme, instructor, social_worker, director):
    put(programme, None, "unexcused", by=instructor)
    refuse(announced(programme, social_worker), director)
    day = Day.objects.get(programme=programme, on=MONDAY)
    assert (day.meaning, day.marked_by) == ("unexcused", director)
    said = f"{instructor}, {localtime(day.marked_at):%d.%m.%Y}"
    row = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=social_worker, on=NEXT_MONDAY)
    client = as_user(director, NEXT_MONDAY)
    assert said in client.get(reverse("attendance:excuse", args=[row.pk])).content.decode()
    actions.close(programme, start_on=MONDAY, end_on=MONDAY, by=director, on=NEXT_MONDAY)
    assert said in client.get(reverse("attendance:excuse", args=[row.pk])).content.decode()
    page = reverse("attendance:ask_correction", args=[programme.participant_id])
    facts = as_user(social_worker, NEXT_MONDAY).get(page, {"dzien": str(MONDAY)}).context["facts"]
    assert ("Kto oznaczył", said) in facts
