"""Which marks are written, and which are refused."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from attendance.actions import close, mark, mark_days
from attendance.cells import Cell
from attendance.models import Day
from cistor.accounts.models import StandIn
from cistor.centres.models import ClosedDay, ExtraClassDay, Regulations
from cistor.errors import Refused
from cistor.journal.models import Entry
from participants.models import Membership
from tests import factories
from tests.factories import end, make_group, make_participant, make_programme, make_user

FRIDAY = date(2026, 7, 10)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group, instructor):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)


def put(programme, day, meaning, *, by, seen=None, on=date(2026, 12, 31), **flags):
    centre = programme.participant.centre
    return mark(centre=centre, on_day=day, cells=[Cell(programme.pk, seen, meaning, **flags)], by=by, on=on)


def stands(programme):
    return {day.on: (day.meaning, day.code, day.provisional) for day in programme.days.all()}


# What is written ------------------------------------------------------------------------------------------------------


def test_a_mark_keeps_its_meaning_its_letters_and_who_made_it(programme, instructor):
    assert put(programme, FRIDAY, "unexcused", by=instructor, provisional=True) == []
    day = programme.days.get()
    assert (day.meaning, day.code, day.provisional, day.marked_by) == ("unexcused", "NN", True, instructor)


def test_an_unmarked_day_is_not_a_present_one(programme):
    assert stands(programme) == {}


def test_a_changed_mark_replaces_the_one_that_was_seen(programme, instructor, social_worker):
    put(programme, FRIDAY, "unexcused", by=instructor, provisional=True)
    assert put(programme, FRIDAY, "sick", by=social_worker, seen="unexcused", seen_provisional=True) == []
    assert stands(programme) == {FRIDAY: ("sick", "L4", False)}
    assert programme.days.get().marked_by == social_worker


def test_a_mark_taken_back_leaves_the_day_unmarked(programme, instructor):
    put(programme, FRIDAY, "present", by=instructor)
    assert put(programme, FRIDAY, None, by=instructor, seen="present") == []
    assert stands(programme) == {}


def test_every_version_of_a_day_stays_in_its_history(programme, instructor):
    put(programme, FRIDAY, "present", by=instructor)
    put(programme, FRIDAY, "late", by=instructor, seen="present")
    put(programme, FRIDAY, None, by=instructor, seen="late")
    events = Day.pgh_event_model.objects.order_by("pgh_id")
    assert [(e.pgh_label, e.meaning) for e in events] == [("insert", "present"), ("update", "late"), ("delete", "late")]


def test_one_act_is_one_entry_in_the_journal_with_ids_only(centre, group, programme, instructor):
    other = make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4))
    cells = [Cell(programme.pk, None, "present"), Cell(other.pk, None, "unexcused")]
    mark(centre=centre, on_day=FRIDAY, cells=cells, by=instructor, on=FRIDAY)
    entry = Entry.objects.get(verb="attendance_marked")
    assert (entry.centre, entry.by) == (centre, instructor)
    assert entry.data == {"days": {"2026-07-10": {"present": [programme.pk], "unexcused": [other.pk]}}}


def test_cells_of_many_days_are_written_together(programme, instructor):
    days = {date(2026, 7, day): [Cell(programme.pk, None, "present")] for day in (6, 7, 8)}
    mark_days(centre=programme.participant.centre, days=days, by=instructor, on=FRIDAY)
    assert sorted(stands(programme)) == [date(2026, 7, 6), date(2026, 7, 7), date(2026, 7, 8)]


def test_nothing_is_written_down_where_nothing_changes(programme, instructor):
    put(programme, FRIDAY, "present", by=instructor)
    before = programme.days.get().marked_at
    put(programme, FRIDAY, "present", by=instructor, seen="present")
    assert programme.days.get().marked_at == before
    assert Entry.objects.filter(verb="attendance_marked").count() == 1


@pytest.mark.parametrize("people", [30, 60])
def test_any_number_of_people_is_one_write_and_as_many_queries(centre, group, instructor, people):
    programmes = [
        make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)
        for _ in range(people)
    ]
    cells = [Cell(programme.pk, None, "present") for programme in programmes]
    with CaptureQueriesContext(connection) as queries:
        assert mark(centre=centre, on_day=FRIDAY, cells=cells, by=instructor, on=FRIDAY) == []
    writes = [q["sql"] for q in queries if "INSERT INTO attendance_day" in q["sql"]]
    assert (len(writes), len(queries)) == (1, 11)
    assert Day.objects.count() == people


# What is refused ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, why",
    [
        (date(2026, 12, 24), "nie ma takiego oznaczenia"),  # a holiday since 2025
        (date(2026, 5, 1), "poza programem"),
        (date(2026, 11, 11), "nie ma takiego oznaczenia"),
        (date(2026, 7, 11), "nie ma takiego oznaczenia"),  # a Saturday
        (date(2026, 8, 14), "nie ma takiego oznaczenia"),  # closed by the centre
        (date(2026, 5, 3), "poza programem"),  # the day before the first
        (date(2026, 12, 1), "poza programem"),  # the day after the last
        (date(2027, 1, 4), "jeszcze nie było"),
    ],
)
def test_a_day_that_cannot_be_marked_is_refused(centre, programme, instructor, day, why):
    ClosedDay.objects.create(centre=centre, on=date(2026, 8, 14), reason="przerwa")
    if day.month == 12 and day.day == 1:
        end(programme, ended_on=date(2026, 11, 30))
    with pytest.raises(Refused, match=why):
        put(programme, day, "present", by=instructor)
    assert stands(programme) == {}


def test_christmas_eve_was_a_class_day_until_2024(centre, group, instructor):
    programme = make_programme(make_participant(centre, group=group), start_on=date(2024, 12, 2))
    put(programme, date(2024, 12, 24), "present", by=instructor, on=date(2024, 12, 24))
    assert list(stands(programme)) == [date(2024, 12, 24)]


def test_a_saturday_with_classes_can_be_marked(centre, programme, instructor):
    ExtraClassDay.objects.create(centre=centre, on=date(2026, 7, 11), reason="odpracowanie")
    put(programme, date(2026, 7, 11), "present", by=instructor)
    assert list(stands(programme)) == [date(2026, 7, 11)]


@pytest.mark.parametrize("meaning, allowed", [("sick", True), ("care", True), ("present", False), ("unexcused", False)])
def test_certificates_counted_by_the_calendar_may_stand_on_any_day(centre, programme, instructor, meaning, allowed):
    Regulations.objects.filter(centre=centre).update(sick_day_unit="calendar_days")
    saturday = date(2026, 7, 11)
    if allowed:
        put(programme, saturday, meaning, by=instructor)
        assert list(stands(programme)) == [saturday]
    else:
        with pytest.raises(Refused):
            put(programme, saturday, meaning, by=instructor)


def test_tomorrow_cannot_be_marked(programme, instructor):
    with pytest.raises(Refused, match="jeszcze nie było"):
        put(programme, FRIDAY, "present", by=instructor, on=date(2026, 7, 9))


def test_a_meaning_without_a_code_in_the_regulations_of_that_day_is_refused(centre, programme, instructor):
    Regulations.objects.get(centre=centre).daycodes.filter(meaning="suspended").delete()
    with pytest.raises(Refused, match="nie ma takiego oznaczenia"):
        put(programme, FRIDAY, "suspended", by=instructor)
    with pytest.raises(Refused, match="nie ma takiego oznaczenia"):
        put(programme, FRIDAY, "obecny", by=instructor)


def test_a_closed_day_is_refused_by_the_act(programme, instructor, social_worker):
    close(programme, start_on=date(2026, 7, 1), end_on=date(2026, 7, 31), by=social_worker, on=date(2026, 8, 3))
    with pytest.raises(Refused, match="zamknięty"):
        put(programme, FRIDAY, "present", by=instructor)
    put(programme, date(2026, 8, 3), "present", by=instructor)


def test_a_closed_day_is_refused_by_the_database_too(programme, social_worker):
    factories.mark(programme, {FRIDAY: "present"})
    close(programme, start_on=date(2026, 7, 1), end_on=date(2026, 7, 31), by=social_worker, on=date(2026, 8, 3))
    for attempt in (
        lambda: factories.mark(programme, {date(2026, 7, 9): "present"}),
        lambda: Day.objects.filter(on=FRIDAY).update(meaning="late"),
        lambda: Day.objects.filter(on=FRIDAY).delete(),
    ):
        with pytest.raises(IntegrityError, match="the day is closed"), transaction.atomic():
            attempt()


# Whose marks ----------------------------------------------------------------------------------------------------------


def test_one_foreign_programme_refuses_the_whole_save(centre, other_centre, programme, instructor):
    foreign = make_programme(make_participant(other_centre), start_on=date(2026, 5, 4))
    cells = [Cell(programme.pk, None, "present"), Cell(foreign.pk, None, "present")]
    with pytest.raises(Refused, match="nie ma tego dnia w Twoich grupach"):
        mark(centre=centre, on_day=FRIDAY, cells=cells, by=instructor, on=FRIDAY)
    assert not Day.objects.exists()


def test_staff_of_another_centre_mark_nobody(centre, programme, outsider):
    with pytest.raises(Refused):
        put(programme, FRIDAY, "present", by=outsider)


def test_an_instructor_marks_the_own_groups_only(centre, programme):
    colleague = make_user(centre, "instructor")
    with pytest.raises(Refused):
        put(programme, FRIDAY, "present", by=colleague)


@pytest.mark.parametrize("role, allowed", [("social_worker", True), ("director", True), ("payroll", False)])
def test_the_role_says_who_marks_everybody(centre, programme, role, allowed):
    user = make_user(centre, role)
    if allowed:
        assert put(programme, FRIDAY, "present", by=user) == []
    else:
        with pytest.raises(Refused):
            put(programme, FRIDAY, "present", by=user)


def test_a_deputy_marks_on_the_days_of_the_deputyship(centre, programme, instructor):
    deputy = make_user(centre, "instructor")
    StandIn.objects.create(absent=instructor, deputy=deputy, start_on=FRIDAY, end_on=FRIDAY)
    assert put(programme, FRIDAY, "present", by=deputy, on=FRIDAY) == []
    with pytest.raises(Refused):
        put(programme, date(2026, 7, 13), "present", by=deputy, on=date(2026, 7, 13))


def test_who_changed_groups_is_marked_by_the_group_of_that_day(centre, group, programme, instructor):
    other = make_user(centre, "instructor")
    Membership.objects.filter(participant=programme.participant).update(end_on=FRIDAY)
    Membership.objects.create(
        participant=programme.participant, group=make_group(centre, other), start_on=date(2026, 7, 13)
    )
    today = date(2026, 7, 13)
    assert put(programme, FRIDAY, "present", by=instructor, on=today) == []
    assert put(programme, today, "present", by=other, on=today) == []
    with pytest.raises(Refused):
        put(programme, today, "late", seen="present", by=instructor, on=today)
    with pytest.raises(Refused):
        put(programme, FRIDAY, "late", seen="present", by=other, on=today)
