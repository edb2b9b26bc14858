"""The drawings of the desk: only the user's own people, counted day by day."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cistor.centres.models import ClosedDay
from cistor.desk.overview import overview
from participants.models import Membership
from tests.factories import end, login, make_group, make_participant, make_programme, make_user, mark

TUESDAY, WEDNESDAY = date(2026, 3, 10), date(2026, 3, 11)
STARTED = date(2026, 1, 5)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor, name="Stolarnia")


@pytest.fixture
def kitchen(centre):
    return make_group(centre, name="Kuchnia")


def enrol(group, director, **fields):
    return make_programme(make_participant(group.centre, group=group, **fields), start_on=STARTED, by=director)


def cells(user, on=WEDNESDAY) -> dict[tuple[str, str], tuple[str, str]]:
    """(group, day) → kind and letters."""
    drawing = overview(user, on=on).month
    return {
        (row.head, column): (cell.kind, cell.text)
        for row in drawing.rows
        for column, cell in zip(drawing.columns, row.cells, strict=True)
    }


def absent(user, on=WEDNESDAY) -> list[tuple[str, str, str]]:
    return [
        (row.group, row.mark.programme.participant.last_name, row.mark.code) for row in overview(user, on=on).absent
    ]


def test_who_is_not_here_stands_by_group_with_the_code(social_worker, instructor, director, group, kitchen):
    sick, late, away = (enrol(g, director, last_name=n) for g, n in ((group, "Lis"), (group, "Kos"), (kitchen, "Bąk")))
    mark(sick, {WEDNESDAY: "sick"}, by=instructor)
    mark(late, {WEDNESDAY: "late"}, by=instructor)
    mark(away, {WEDNESDAY: "unexcused", TUESDAY: "sick"}, by=social_worker)
    assert absent(social_worker) == [("Kuchnia", "Bąk", "NN"), ("Stolarnia", "Lis", "L4")]
    assert absent(instructor) == [("Stolarnia", "Lis", "L4")]
    assert overview(social_worker, on=WEDNESDAY).today == (3, 3)


def test_payroll_sees_the_month_and_no_names(client, payroll, instructor, director, group):
    mark(enrol(group, director, last_name="Lis"), {WEDNESDAY: "sick"}, by=instructor)
    login(client, payroll)
    page = client.get("/").content.decode()
    assert "Jak stoi miesiąc" in page
    assert "Kogo dziś nie ma" not in page
    assert "Lis" not in page


def test_who_has_no_right_to_attendance_sees_neither(admin, centre, group):
    assert overview(admin, on=WEDNESDAY) is None
    assert overview(make_user(centre, "psychologist"), on=WEDNESDAY) is None


def test_another_centre_sees_nothing_of_it(outsider, instructor, director, group):
    mark(enrol(group, director), {WEDNESDAY: "sick"}, by=instructor)
    assert overview(outsider, on=WEDNESDAY).month is None
    assert absent(outsider) == []


@pytest.mark.parametrize("day", [date(2026, 3, 14), date(2026, 5, 1)])
def test_on_a_day_without_classes_nobody_is_missing(instructor, director, group, day):
    enrol(group, director)
    assert overview(instructor, on=day).today is None


def test_the_month_counts_who_is_not_marked_yet(instructor, director, group):
    first, second = (enrol(group, director) for _ in range(2))
    mark(first, {TUESDAY: "present", WEDNESDAY: "present"}, by=instructor)
    mark(second, {TUESDAY: "sick"}, by=instructor)
    shown = cells(instructor)
    assert shown["Stolarnia", "9"] == ("unmarked", "2")
    assert shown["Stolarnia", "10"] == ("whole", "✓")
    assert shown["Stolarnia", "11"] == ("part", "1")
    assert shown["Stolarnia", "12"] == ("coming", "")


def test_the_month_has_the_days_of_classes_only(instructor, centre, group):
    ClosedDay.objects.create(centre=centre, on=TUESDAY, reason="Remont")
    days = [int(day) for _, day in cells(instructor)]
    assert days == [day for day in range(1, 32) if date(2026, 3, day).weekday() < 5 and day != 10]


def test_a_day_counts_for_the_group_of_that_day_and_until_the_end_of_the_programme(
    social_worker, director, group, kitchen
):
    moved, left = enrol(group, director), enrol(group, director)
    Membership.objects.filter(participant=moved.participant).update(end_on=TUESDAY)
    Membership.objects.create(participant=moved.participant, group=kitchen, start_on=WEDNESDAY)
    end(left, ended_on=date(2026, 3, 9))
    mark(moved, {TUESDAY: "present", WEDNESDAY: "present"}, by=social_worker)
    shown = cells(social_worker)
    assert shown["Stolarnia", "9"] == ("unmarked", "2")
    assert shown["Stolarnia", "10"] == ("whole", "✓")
    assert shown["Stolarnia", "11"] == ("", "")
    assert shown["Kuchnia", "10"] == ("", "")
    assert shown["Kuchnia", "11"] == ("whole", "✓")


def test_a_cell_leads_to_the_day_of_its_group(instructor, director, group):
    enrol(group, director)
    (row,) = overview(instructor, on=WEDNESDAY).month.rows
    assert row.cells[0].url == f"/obecnosc/grupa/{group.pk}/?dzien=2026-03-02"
    assert row.cells[0].title == "Stolarnia, 2 marca 2026: nie oznaczono 1 z 1 osoby"


def test_a_centre_without_groups_gets_no_empty_drawing(director):
    assert overview(director, on=WEDNESDAY).month is None


def test_the_number_of_queries_does_not_grow_with_people_or_groups(director, social_worker, centre):
    def grow(groups):
        for _ in range(groups):
            group = make_group(centre)
            for _ in range(3):
                mark(enrol(group, director), {WEDNESDAY: "sick", TUESDAY: "present"}, by=social_worker)

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            overview(social_worker, on=WEDNESDAY)
        return len(captured)

    grow(1)
    few = queries()
    grow(4)
    assert queries() == few <= 9
