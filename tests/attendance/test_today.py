"""The page of one day of a group."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import close
from attendance.models import Day
from cistor.accounts.models import StandIn
from cistor.centres.models import ClosedDay, ExtraClassDay, Regulations
from participants.actions import join_group
from participants.models import Membership
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark

FRIDAY, MONDAY = date(2026, 7, 10), date(2026, 7, 13)


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programmes(centre, group, instructor):
    people = [make_participant(centre, group=group, last_name=name) for name in ("Ądracka", "Bąkowska", "Ćwirko")]
    return [make_programme(person, start_on=date(2026, 5, 4), by=instructor) for person in people]


def url(group, day=None):
    return reverse("attendance:today", args=[group.pk]) + (f"?dzien={day}" if day else "")


def sent(*cells, **more):
    """What the browser sends for (programme, seen, meaning) triples."""
    data = {f"{programme.pk}-seen": seen for programme, seen, _ in cells}
    data |= {f"{programme.pk}-meaning": meaning for programme, _, meaning in cells}
    return data | more


def stands():
    return {day.programme_id: day.meaning for day in Day.objects.all()}


# What is shown --------------------------------------------------------------------------------------------------------


def test_everybody_of_the_group_stands_in_polish_order_and_unmarked_is_said(as_user, group, programmes, instructor):
    page = as_user(instructor, FRIDAY).get(url(group)).content.decode()
    places = [page.index(name) for name in ("Ądracka", "Bąkowska", "Ćwirko")]
    assert places == sorted(places)
    assert "Nieoznaczone: 3 z 3." in page
    assert page.count('value="" checked') == 3


def test_who_saved_last_is_said(as_user, group, programmes, instructor, social_worker):
    mark(programmes[0], {FRIDAY: "present"}, by=social_worker)
    page = as_user(instructor, FRIDAY).get(url(group)).content.decode()
    assert f"Ostatni zapis: {social_worker}" in page


def test_yesterday_is_one_link_away_and_over_the_weekend_it_is_friday(as_user, group, programmes, instructor):
    page = as_user(instructor, MONDAY).get(url(group)).content.decode()
    assert 'rel="prev" href="?dzien=2026-07-10"' in page
    assert 'rel="next"' not in page


@pytest.mark.parametrize(
    "day, text",
    [
        (date(2026, 7, 11), "Tego dnia nie ma zajęć."),
        (date(2026, 5, 1), "Tego dnia nie ma zajęć: Święto Państwowe."),
        (date(2025, 12, 24), "Tego dnia nie ma zajęć: Wigilia Bożego Narodzenia."),
        (date(2026, 6, 5), "Tego dnia nie ma zajęć: dezynsekcja."),
        (date(2026, 7, 14), "Tego dnia jeszcze nie było"),
    ],
)
def test_a_day_without_classes_and_a_day_to_come_say_so(as_user, centre, group, programmes, instructor, day, text):
    ClosedDay.objects.create(centre=centre, on=date(2026, 6, 5), reason="dezynsekcja")
    page = as_user(instructor, MONDAY).get(url(group, day)).content.decode()
    assert text in page
    assert "Zapisz obecność" not in page


def test_a_saturday_with_classes_is_a_day_like_others(as_user, centre, group, programmes, instructor):
    ExtraClassDay.objects.create(centre=centre, on=date(2026, 7, 11), reason="odpracowanie")
    page = as_user(instructor, MONDAY).get(url(group, "2026-07-11")).content.decode()
    assert "Zapisz obecność" in page


def test_where_certificates_count_by_the_calendar_a_sunday_takes_only_them(
    as_user, centre, group, programmes, instructor
):
    Regulations.objects.filter(centre=centre).update(sick_day_unit="calendar_days")
    client = as_user(instructor, MONDAY)
    page = client.get(url(group, "2026-07-12")).content.decode()
    assert page.count('value="sick"') == 3
    assert 'value="present"' not in page
    client.post(url(group, "2026-07-12"), sent((programmes[0], "", "sick")))
    assert stands() == {programmes[0].pk: "sick"}


def test_only_who_is_in_the_group_and_in_the_programme_on_that_day(as_user, centre, group, programmes, instructor):
    gone, moved, here = programmes
    end(gone, ended_on=date(2026, 7, 9))
    Membership.objects.filter(participant=moved.participant).update(end_on=FRIDAY)
    Membership.objects.create(participant=moved.participant, group=make_group(centre), start_on=MONDAY)
    make_programme(make_participant(centre, group=group, last_name="Późniejska"), start_on=date(2026, 7, 14))
    client = as_user(instructor, MONDAY)
    assert [row.programme for row in client.get(url(group)).context["page"].form.rows] == [here]
    assert [row.programme for row in client.get(url(group, FRIDAY)).context["page"].form.rows] == [moved, here]
    assert [row.programme for row in client.get(url(group, "2026-07-09")).context["page"].form.rows] == programmes


def test_a_closed_day_is_shown_without_a_form(as_user, group, programmes, instructor, social_worker):
    mark(programmes[0], {FRIDAY: "present"})
    for programme in programmes:
        close(programme, start_on=FRIDAY, end_on=FRIDAY, by=social_worker, on=MONDAY)
    page = as_user(instructor, MONDAY).get(url(group, FRIDAY)).content.decode()
    assert page.count("dzień zamknięty") == 3
    assert "Zapisz obecność" not in page


# What is saved --------------------------------------------------------------------------------------------------------


def test_everybody_is_saved_in_one_request(as_user, group, programmes, instructor):
    first, second, third = programmes
    client = as_user(instructor, FRIDAY)
    data = sent((first, "", "present"), (second, "", "unexcused"), (third, "", ""))
    answer = client.post(url(group), {**data, f"{second.pk}-provisional": "on"}, follow=True)
    assert "Zapisano 2 osoby, " in answer.content.decode()
    assert stands() == {first.pk: "present", second.pk: "unexcused"}
    assert second.days.get().provisional is True
    assert "Nieoznaczone: 1 z 3." in answer.content.decode()
    assert "Posiłków:" not in answer.content.decode()


def test_once_nobody_is_unmarked_the_meals_are_counted(as_user, group, programmes, instructor):
    first, second, third = programmes
    data = sent((first, "", "present"), (second, "", "unexcused"), (third, "", "late"))
    shown = as_user(instructor, FRIDAY).post(url(group), data, follow=True).content.decode()
    meals = f"{reverse('attendance:meals')}?dzien=2026-07-10"
    assert f'<a href="{meals}">Posiłków: 2</a>.' in shown
    assert f'<a class="btn btn-secondary" href="{meals}">Posiłki</a>' in shown


def test_all_present_fills_what_has_no_mark_and_saves_nothing_yet(as_user, group, programmes, instructor):
    first, second, third = programmes
    mark(first, {FRIDAY: "free_day"})
    client = as_user(instructor, FRIDAY)
    data = sent((first, "free_day", "free_day"), (second, "", "sick"), (third, "", ""), fill="present")
    answer = client.post(url(group), data)
    chosen = {row.programme: row.chosen for row in answer.context["page"].form.rows}
    assert chosen == {first: "free_day", second: "sick", third: "present"}
    assert "jeszcze nic nie jest zapisane" in answer.content.decode()
    assert stands() == {first.pk: "free_day"}


def test_all_present_never_covers_what_somebody_marked_in_the_meantime(
    as_user, group, programmes, instructor, social_worker
):
    first = programmes[0]
    client = as_user(instructor, FRIDAY)
    mark(first, {FRIDAY: "sick"}, by=social_worker)
    answer = client.post(url(group), sent((first, "", ""), fill="present"))
    row = answer.context["page"].form.rows[0]
    assert client.post(url(group), sent((first, row.seen, row.chosen))).status_code == 409
    assert stands() == {first.pk: "sick"}


def test_a_page_shown_again_for_an_error_still_has_seen_what_it_had(
    as_user, group, programmes, instructor, social_worker
):
    first, second, _ = programmes
    client = as_user(instructor, FRIDAY)
    mark(first, {FRIDAY: "sick"}, by=social_worker)
    answer = client.post(url(group), sent((first, "", "present"), (second, "", "obecny")))
    assert answer.status_code == 422
    assert [row.seen for row in answer.context["page"].form.rows] == ["", "", ""]


def test_a_mark_is_taken_back_by_the_button_for_it(as_user, group, programmes, instructor):
    mark(programmes[0], {FRIDAY: "present"})
    as_user(instructor, FRIDAY).post(url(group), sent((programmes[0], "present", "")))
    assert stands() == {}


def test_a_person_without_a_chosen_button_is_left_alone(as_user, group, programmes, instructor):
    mark(programmes[0], {FRIDAY: "present"})
    as_user(instructor, FRIDAY).post(url(group), {f"{programmes[0].pk}-seen": "present"})
    assert stands() == {programmes[0].pk: "present"}


def test_two_browsers_at_once_the_second_sees_what_changed_and_loses_nothing(
    as_user, group, programmes, instructor, social_worker
):
    first, second, _ = programmes
    mark(first, {FRIDAY: "unexcused"}, by=social_worker, provisional=True)
    client = as_user(instructor, FRIDAY)
    answer = client.post(url(group), sent((first, "", "present"), (second, "", "late")))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert page.count(f"<strong>NN</strong> tymczasowo, {social_worker}") == 2  # in the summary and at the person
    assert stands() == {first.pk: "unexcused", second.pk: "late"}
    assert [row.chosen for row in answer.context["page"].form.rows][:2] == ["present", "late"]

    # Saved again as the page now stands, it is meant.
    seen = {row.programme: row.seen for row in answer.context["page"].form.rows}
    client.post(url(group), sent((first, seen[first], "present"), (second, seen[second], "late")))
    assert stands() == {first.pk: "present", second.pk: "late"}


def test_a_day_closed_in_the_meantime_is_said_and_what_was_typed_stays(
    as_user, group, programmes, instructor, social_worker
):
    client = as_user(instructor, FRIDAY)
    close(programmes[0], start_on=FRIDAY, end_on=FRIDAY, by=social_worker, on=FRIDAY)
    answer = client.post(url(group), sent((programmes[0], "", "present"), (programmes[1], "", "late")))
    assert answer.status_code == 422
    assert "dzień jest zamknięty, zmienia go tylko korekta" in answer.content.decode()
    assert answer.context["page"].form.rows[1].chosen == "late"
    assert stands() == {}


def test_everybody_whose_day_was_closed_in_the_meantime_is_named(as_user, group, programmes, instructor, social_worker):
    first, second, third = programmes
    client = as_user(instructor, FRIDAY)
    for programme in (first, second):
        close(programme, start_on=FRIDAY, end_on=FRIDAY, by=social_worker, on=FRIDAY)
    answer = client.post(url(group), sent((first, "", "present"), (second, "", ""), (third, "", "late")))
    rows = answer.context["page"].form.rows
    assert [bool(row.errors) for row in rows] == [True, False, False]
    assert [row.programme for row in answer.context["page"].faulty] == [first]
    # Sent again without those who are closed, the rest is saved.
    client.post(url(group), sent((third, rows[2].seen, rows[2].chosen)))
    assert stands() == {third.pk: "late"}


def test_what_is_chosen_and_not_saved_is_counted(as_user, group, programmes, instructor):
    first, second, third = programmes
    mark(first, {FRIDAY: "sick"}, by=instructor)
    data = sent((first, "sick", "sick"), (second, "", "late"), (third, "", ""), fill="present")
    page = as_user(instructor, FRIDAY).post(url(group), data).content.decode()
    assert "Niezapisane zmiany: 2." in page
    assert "Oznaczono wszystkich." in page


def test_saving_without_a_change_counts_nobody(as_user, group, programmes, instructor):
    mark(programmes[0], {FRIDAY: "present"})
    data = sent((programmes[0], "present", "present"))
    answer = as_user(instructor, FRIDAY).post(url(group), data, follow=True)
    assert "Obecność jest zapisana." in answer.content.decode()


def test_a_mark_that_the_day_no_longer_knows_is_shown_and_left_alone(as_user, centre, group, programmes, instructor):
    Regulations.objects.filter(centre=centre).update(sick_day_unit="calendar_days")
    mark(programmes[0], {FRIDAY: "present"})
    ClosedDay.objects.create(centre=centre, on=FRIDAY, reason="awaria")
    client = as_user(instructor, MONDAY)
    page = client.get(url(group, FRIDAY)).content.decode()
    assert 'title="obecność">O</span>' in page
    assert 'value="" checked' in page
    client.post(url(group, FRIDAY), {f"{programmes[0].pk}-seen": "present"})
    assert stands() == {programmes[0].pk: "present"}


def test_each_tile_asks_for_the_consequence_of_its_own_day(as_user, group, programmes, instructor):
    page = as_user(instructor, MONDAY).get(url(group, FRIDAY)).content.decode()
    for programme in programmes:
        address = reverse("attendance:consequences", args=[programme.pk])
        assert page.count(f'data-cost="{address}?dzien=2026-07-10"') == 1


def test_pages_of_who_has_left_the_group_since_are_not_linked_for_its_instructor(
    as_user, group, programmes, instructor, social_worker
):
    gone, here, _ = programmes
    Membership.objects.filter(participant=gone.participant).update(end_on=FRIDAY)
    links = {programme: reverse("attendance:day", args=[programme.participant_id]) for programme in (gone, here)}
    page = as_user(instructor, MONDAY).get(url(group, FRIDAY)).content.decode()
    assert links[gone] not in page
    assert links[here] in page
    assert links[gone] in as_user(social_worker, MONDAY).get(url(group, FRIDAY)).content.decode()


def test_who_left_the_group_in_the_meantime_is_passed_over_and_named_so(
    as_user, centre, group, programmes, social_worker
):
    client = as_user(social_worker, MONDAY)
    Membership.objects.filter(participant=programmes[0].participant).update(end_on=FRIDAY)
    data = sent((programmes[0], "", "present"), (programmes[1], "", "present"))
    answer = client.post(url(group), data, follow=True)
    assert "nie należą już do tej grupy" in answer.content.decode()
    assert stands() == {programmes[1].pk: "present"}


@pytest.mark.parametrize("joined_on", [date(2026, 5, 4), MONDAY])
def test_who_was_moved_to_another_group_in_the_meantime_costs_the_instructor_no_other_mark(
    as_user, centre, group, programmes, instructor, director, joined_on
):
    moved, here, _ = programmes
    Membership.objects.filter(participant=moved.participant).update(start_on=joined_on)
    client = as_user(instructor, MONDAY)
    join_group(moved.participant, group=make_group(centre), start_on=MONDAY, by=director, on=MONDAY)
    answer = client.post(url(group), sent((moved, "", "present"), (here, "", "late")), follow=True)
    assert "nie należą już do tej grupy" in answer.content.decode()
    assert stands() == {here.pk: "late"}


def test_who_was_moved_away_is_named_beside_a_conflict_too(as_user, group, programmes, instructor, social_worker):
    moved, here, _ = programmes
    Membership.objects.filter(participant=moved.participant).update(end_on=FRIDAY)
    mark(here, {MONDAY: "sick"}, by=social_worker)
    client = as_user(instructor, MONDAY)
    answer = client.post(url(group), sent((moved, "", "present"), (here, "", "late")))
    assert answer.status_code == 409
    assert "nie należą już do tej grupy" in answer.content.decode()


# Who may --------------------------------------------------------------------------------------------------------------


def test_payroll_reads_and_does_not_mark(as_user, group, programmes, payroll):
    client = as_user(payroll, FRIDAY)
    assert "Zapisz obecność" not in client.get(url(group)).content.decode()
    assert client.post(url(group), sent((programmes[0], "", "present"))).status_code == 403


def test_a_deputy_has_the_group_on_the_days_of_the_deputyship_only(as_user, centre, group, programmes, instructor):
    deputy = make_user(centre, "instructor")
    StandIn.objects.create(absent=instructor, deputy=deputy, start_on=FRIDAY, end_on=FRIDAY)
    assert as_user(deputy, FRIDAY).post(url(group), sent((programmes[0], "", "present"))).status_code == 302
    assert as_user(deputy, MONDAY).get(url(group)).status_code == 404


def test_a_foreign_programme_is_refused_and_nothing_is_saved(as_user, other_centre, group, programmes, instructor):
    foreign = make_programme(make_participant(other_centre), start_on=date(2026, 5, 4))
    client = as_user(instructor, FRIDAY)
    assert client.post(url(group), sent((programmes[0], "", "present"), (foreign, "", "present"))).status_code == 404
    assert stands() == {}


def test_who_never_was_in_the_group_is_refused_even_where_another_page_marks_them(
    as_user, centre, group, programmes, social_worker
):
    elsewhere = make_programme(make_participant(centre, group=make_group(centre)), start_on=date(2026, 5, 4))
    client = as_user(social_worker, FRIDAY)
    assert client.post(url(group), sent((programmes[0], "", "present"), (elsewhere, "", "present"))).status_code == 404
    assert stands() == {}


# Bad input ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day", ["jutro", "2026-02-30", "2026-13-01", "20260710", "1026-07-10", "9999-12-31", "\x00", ""]
)
def test_a_day_that_is_none_is_not_found(as_user, group, instructor, day):
    client = as_user(instructor, FRIDAY)
    assert client.get(reverse("attendance:today", args=[group.pk]), {"dzien": day}).status_code == 404


@pytest.mark.parametrize("meaning", ["obecny", "\x00", "x" * 10_000, "presentt"])
def test_a_mark_that_is_none_is_said_beside_the_person(as_user, group, programmes, instructor, meaning):
    client = as_user(instructor, FRIDAY)
    data = sent((programmes[0], "", meaning), (programmes[1], "", "late"))
    answer = client.post(url(group), data)
    assert answer.status_code == 422
    assert "Wybierz jedno z oznaczeń." in answer.content.decode()
    assert answer.context["page"].form.rows[1].chosen == "late"
    assert stands() == {}


@pytest.mark.parametrize("seen", ["\x00", "x" * 10_000])
def test_a_seen_mark_that_is_none_is_refused(as_user, group, programmes, instructor, seen):
    answer = as_user(instructor, FRIDAY).post(url(group), sent((programmes[0], seen, "late")))
    assert answer.status_code == 422
    assert stands() == {}


def test_an_invented_seen_mark_overwrites_nothing(as_user, group, programmes, instructor):
    mark(programmes[0], {FRIDAY: "sick"})
    answer = as_user(instructor, FRIDAY).post(url(group), sent((programmes[0], "obecny", "late")))
    assert answer.status_code == 409
    assert stands() == {programmes[0].pk: "sick"}


@pytest.mark.parametrize("name", ["x-seen", "-1-seen", "9" * 40 + "-seen", "\x00-seen", "0-seen-seen"])
def test_nonsense_among_the_fields_changes_nothing(as_user, group, programmes, instructor, name):
    answer = as_user(instructor, FRIDAY).post(url(group), {name: "present", **sent((programmes[0], "", "late"))})
    assert answer.status_code == 302
    assert stands() == {programmes[0].pk: "late"}
