"""Groups, the month of a group and of a person on screen."""

from datetime import date

import pytest
from django.urls import reverse

from attendance import roster
from attendance.terms import Terms
from cistor.journal.models import Reading
from participants.models import Membership
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark, mark_present

JULY, JULY_END, FRIDAY = date(2026, 7, 1), date(2026, 7, 31), date(2026, 7, 10)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group, instructor):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)


def month_url(group, month="2026-07"):
    return reverse("attendance:month", args=[group.pk]) + f"?miesiac={month}"


# Groups ---------------------------------------------------------------------------------------------------------------


def test_an_instructor_sees_the_own_groups_with_what_is_unmarked(as_user, centre, group, programme, instructor):
    make_group(centre, make_user(centre, "instructor"), name="Cudza")
    page = as_user(instructor, FRIDAY).get(reverse("attendance:groups")).content.decode()
    assert "nieoznaczone: 1 z 1" in page
    assert "Cudza" not in page


def test_a_group_marked_whole_says_so(as_user, centre, group, programme, social_worker):
    mark(programme, {FRIDAY: "present"})
    page = as_user(social_worker, FRIDAY).get(reverse("attendance:groups")).content.decode()
    assert "oznaczono wszystkich" in page


def test_a_person_counts_in_the_group_of_the_day(centre, group, programme):
    other = make_group(centre)
    Membership.objects.filter(group=group).update(end_on=FRIDAY)
    Membership.objects.create(group=other, participant=programme.participant, start_on=date(2026, 7, 11))
    groups = type(group).objects.filter(centre=centre)
    assert {row.group: row.people for row in roster.counted(groups, FRIDAY)} == {group: 1, other: 0}
    assert {row.group: row.people for row in roster.counted(groups, date(2026, 7, 13))} == {group: 0, other: 1}


def test_who_leads_no_group_reads_what_to_do(as_user, centre):
    page = as_user(make_user(centre, "instructor"), FRIDAY).get(reverse("attendance:groups")).content.decode()
    assert "Nie prowadzisz dziś żadnej grupy" in page


# Month ----------------------------------------------------------------------------------------------------------------


def kinds(grid, name):
    (row,) = [row for row in grid.rows if name in row.name]
    return {cell.column.day.day: cell.kind for cell in row.cells}


def test_programmes_that_begin_and_end_inside_the_month_are_outside_before_and_after(centre, group):
    make_programme(make_participant(centre, group=group, last_name="Nowa"), start_on=date(2026, 7, 20))
    old = make_programme(make_participant(centre, group=group, last_name="Dawna"), start_on=date(2026, 5, 4))
    end(old, ended_on=date(2026, 7, 8))
    grid = roster.of_month(group, JULY, JULY_END, Terms(centre))
    new, gone = kinds(grid, "Nowa"), kinds(grid, "Dawna")
    assert (new[17], new[20]) == ("outside", "unmarked")
    assert (gone[8], gone[9]) == ("unmarked", "outside")


def test_a_change_of_groups_inside_the_month_shows_each_group_its_days(centre, group, programme):
    other = make_group(centre)
    Membership.objects.filter(group=group).update(end_on=FRIDAY)
    Membership.objects.create(group=other, participant=programme.participant, start_on=date(2026, 7, 11))
    mark_present(programme, JULY, JULY_END)
    name = programme.participant.last_name
    before = kinds(roster.of_month(group, JULY, JULY_END, Terms(centre)), name)
    after = kinds(roster.of_month(other, JULY, JULY_END, Terms(centre)), name)
    assert (before[10], before[13], after[10], after[13]) == ("marked", "outside", "outside", "marked")


def test_a_second_programme_in_the_same_month_shares_the_row(centre, group, programme):
    end(programme, ended_on=date(2026, 7, 3))
    again = make_programme(programme.participant, start_on=date(2026, 7, 20))
    mark(programme, {date(2026, 7, 3): "present"})
    mark(again, {date(2026, 7, 20): "late"})
    (row,) = roster.of_month(group, JULY, JULY_END, Terms(centre)).rows
    found = {cell.column.day.day: cell.mark.letters for cell in row.cells if cell.mark}
    assert found == {3: "O", 20: "S"}


def test_who_left_before_the_month_or_comes_after_it_is_not_on_the_list(centre, group, programme):
    Membership.objects.filter(group=group).update(end_on=date(2026, 6, 30))
    make_programme(make_participant(centre, group=group), start_on=date(2026, 8, 3))
    assert roster.of_month(group, JULY, JULY_END, Terms(centre)).rows == ()


def test_the_month_shows_letters_sums_and_a_link_per_day_of_classes(as_user, group, programme, instructor):
    mark_present(programme, JULY, JULY_END, but={FRIDAY: "unexcused", date(2026, 7, 14): "unexcused"})
    page = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    assert page.count('<span class="code code-7">NN</span></td>') == 2
    assert '<td class="sum">2</td>' in page
    assert '<td class="sum">21</td>' in page
    assert page.count("?dzien=2026-07-") == 23
    assert "nieoznaczone: " not in page


def test_unmarked_days_are_counted_and_days_to_come_are_not(as_user, group, programme, instructor):
    page = as_user(instructor, FRIDAY).get(month_url(group)).content.decode()
    assert "nieoznaczone: 8 dni" in page


@pytest.mark.parametrize("people", [2, 15])
def test_the_month_takes_the_same_queries_for_any_number_of_people(
    as_user, centre, group, instructor, people, django_assert_max_num_queries
):
    for _ in range(people):
        programme = make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)
        mark_present(programme, JULY, JULY_END, by=instructor)
    client = as_user(instructor, JULY_END)
    client.get(month_url(group))
    with django_assert_max_num_queries(13):
        client.get(month_url(group))


@pytest.mark.parametrize("month", ["2026-13", "lipiec", "2026-7", "", "\x00", "1999-12", "2026-07-01", "9" * 10_000])
@pytest.mark.parametrize("name", ["month", "sheet", "person"])
def test_a_month_that_is_none_is_not_found(as_user, group, programme, instructor, name, month):
    pk = programme.participant_id if name == "person" else group.pk
    client = as_user(instructor, FRIDAY)
    assert client.get(reverse(f"attendance:{name}", args=[pk]), {"miesiac": month}).status_code == 404


def test_a_group_with_a_huge_number_is_not_found(as_user, instructor):
    assert as_user(instructor, FRIDAY).get(f"/obecnosc/grupa/{'9' * 30}/").status_code == 404


# Person ---------------------------------------------------------------------------------------------------------------


def test_the_month_of_a_person_says_who_marked_what_and_is_written_in_the_reading_log(
    as_user, group, programme, instructor, social_worker
):
    mark(programme, {FRIDAY: "sick"}, by=social_worker)
    page = as_user(instructor, JULY_END).get(reverse("attendance:person", args=[programme.participant_id]))
    text = page.content.decode()
    assert "piątek, 10 lipca 2026" in text
    assert "choroba, zwolnienie lekarskie" in text
    assert str(social_worker) in text
    reading = Reading.objects.get(what="attendance")
    assert (reading.participant, reading.by) == (programme.participant, instructor)


def test_a_month_outside_the_programme_says_so(as_user, group, programme, instructor):
    url = reverse("attendance:person", args=[programme.participant_id])
    page = as_user(instructor, JULY_END).get(url, {"miesiac": "2026-04"}).content.decode()
    assert "W tym miesiącu poza programem" in page
