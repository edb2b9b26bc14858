"""The month of a group: the grid in the page, and the save."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.actions import close
from attendance.models import Day
from participants.models import Membership
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark, mark_present

JULY, JULY_END, FRIDAY = date(2026, 7, 1), date(2026, 7, 31), date(2026, 7, 10)
STATIC = Path(settings.BASE_DIR, "static")


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group, instructor):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)


def month_url(group, month="2026-07"):
    return reverse("attendance:month", args=[group.pk]) + f"?miesiac={month}"


def cell(page, programme, day) -> str:
    """The markup of a cell."""
    return re.search(rf'<td[^>]* id="c-{programme.pk}-{day}".*?</td>', page)[0]


@pytest.fixture
def send(as_user, group, instructor):
    """Saves changes: (programme, day, seen, wanted)."""

    def send(*changes, user=instructor, on=JULY_END):
        rows = [[programme.pk, day.isoformat(), seen, wanted] for programme, day, seen, wanted in changes]
        return as_user(user, on).post(month_url(group), {"zmiany": json.dumps(rows)})

    return send


# Page -----------------------------------------------------------------------------------------------------------------


def test_a_cell_says_what_stands_by_whom_and_that_it_may_be_changed(as_user, group, programme, instructor):
    mark(programme, {FRIDAY: "late"}, provisional=True, by=instructor)
    Day.objects.update(marked_at="2026-07-10T06:05:00Z")
    page = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    found = cell(page, programme, FRIDAY)
    assert 'data-stands="late?"' in found
    assert f'data-by="{instructor}, 10.07.2026, 8:05"' in found
    assert "data-open" in found
    assert 'data-stands=""' in cell(page, programme, date(2026, 7, 13))


def test_closed_days_days_to_come_and_weekends_may_not_be_changed(as_user, group, programme, instructor, director):
    close(programme, start_on=JULY, end_on=date(2026, 7, 3), by=director, on=FRIDAY)
    page = as_user(instructor, FRIDAY).get(month_url(group)).content.decode()
    assert "zamknięte" in cell(page, programme, JULY)
    shut = [day for day in range(1, 32) if "data-open" not in cell(page, programme, date(2026, 7, day))]
    assert shut == [1, 2, 3, 4, 5, *range(11, 32)]


def test_a_weekend_takes_a_certificate_where_sick_days_are_counted_by_the_calendar(
    as_user, centre, group, programme, instructor
):
    centre.regulations.update(sick_day_unit="calendar_days")
    page = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    assert "data-open" in cell(page, programme, date(2026, 7, 11))
    sets = json.loads(re.search(r'data-codes="(\[.*?\])"', page)[1].replace("&quot;", '"'))
    assert [code["letters"] for code in sets[1]] == ["L4", "L4 OP"]
    assert re.search(r'data-day="2026-07-11" data-codes="1"', page)


def test_names_and_letters_are_escaped(as_user, centre, group, instructor):
    evil = make_participant(centre, group=group, last_name="<b>Zmyślona</b>")
    programme = make_programme(evil, start_on=date(2026, 5, 4), by=instructor)
    author = make_user(centre, "social_worker", last_name='"><script>')
    mark(programme, {FRIDAY: "late"}, by=author)
    Day.objects.update(code="<i>")
    page = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    assert not re.search(r"<b>Zmyślona|><script>|<i>", page)


def test_who_may_not_mark_reads_the_same_grid(as_user, group, programme, payroll, send):
    page = as_user(payroll, JULY_END).get(month_url(group)).content.decode()
    assert cell(page, programme, FRIDAY)
    assert "data-open>" not in page
    assert "data-panel" not in page
    assert send((programme, FRIDAY, "", "present"), user=payroll).status_code == 403


def test_a_cell_belongs_to_the_programme_of_its_day(as_user, group, programme, instructor):
    end(programme, ended_on=date(2026, 7, 8))
    again = make_programme(programme.participant, start_on=date(2026, 7, 20))
    page = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    assert page.count("<tr data-person=") == 1
    assert "data-open" in cell(page, programme, date(2026, 7, 8))
    assert "data-open" in cell(page, again, date(2026, 7, 20))
    assert not re.search(r'id="c-\d+-2026-07-(09|1\d)"', page)


def test_who_joins_and_leaves_inside_the_month_has_the_days_between(as_user, group, programme, instructor):
    Membership.objects.filter(group=group).update(start_on=date(2026, 7, 6), end_on=date(2026, 7, 14))
    page = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    assert re.findall(r'id="c-\d+-2026-07-(\d\d)"[^>]*data-open', page) == ["06", "07", "08", "09", "10", "13", "14"]


def test_who_left_for_another_group_is_marked_here_and_looked_up_there(as_user, centre, group, programme, instructor):
    stays = make_participant(centre, group=group)
    make_programme(stays, start_on=date(2026, 5, 4), by=instructor)
    programme.participant.memberships.update(end_on=FRIDAY)
    other = make_group(centre, make_user(centre, "instructor"))
    Membership.objects.create(group=other, participant=programme.participant, start_on=date(2026, 7, 13))
    client = as_user(instructor, JULY_END)
    page = client.get(month_url(group)).content.decode()
    own = re.findall(r"/obecnosc/uczestnik/[1-9]\d*/", page)
    assert "data-open" in cell(page, programme, FRIDAY)
    assert str(programme.participant) in page
    assert own == [reverse("attendance:person", args=[stays.pk])]
    assert re.findall(r'data-person="(\d+)"', page) == [str(stays.pk)]
    assert client.get(own[0]).status_code == 200


@pytest.mark.parametrize("year, is_class_day", [(2024, True), (2025, False)])
def test_christmas_eve_is_a_holiday_since_2025(as_user, centre, group, instructor, year, is_class_day):
    programme = make_programme(make_participant(centre, group=group), start_on=date(year, 9, 2), by=instructor)
    page = as_user(instructor, date(year, 12, 31)).get(month_url(group, f"{year}-12")).content.decode()
    eve = cell(page, programme, date(year, 12, 24))
    assert ("data-open" in eve) == is_class_day
    assert ("Wigilia" in page) == (not is_class_day)


def test_a_month_of_31_days_that_begins_on_a_saturday_stands_whole(as_user, group, programme, instructor):
    page = as_user(instructor, date(2026, 8, 31)).get(month_url(group, "2026-08")).content.decode()
    assert len(re.findall(r'data-day="2026-08-\d\d"', page)) == 31
    assert re.search(r'data-day="2026-08-01" class="closed"', page)
    assert "data-open" not in cell(page, programme, date(2026, 8, 1))


def test_the_other_groups_of_the_month_are_one_click_away(as_user, centre, group, programme, instructor, social_worker):
    other = make_group(centre, name="Kuchnia")
    make_group(centre, name="Dawna", start_on=date(2020, 1, 1)).__class__.objects.filter(name="Dawna").update(
        end_on=date(2026, 6, 30)
    )
    page = as_user(social_worker, JULY_END).get(month_url(group)).content.decode()
    assert f'href="{month_url(other)}"' in page
    assert "Dawna" not in page
    alone = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    assert "Inna grupa" not in alone
    assert ["Listy wszystkich grup" in text for text in (page, alone)] == [True, False]


# Save -----------------------------------------------------------------------------------------------------------------


def test_changes_are_saved_as_one_and_answered_with_the_grid(send, programme):
    mark(programme, {FRIDAY: "late"})
    answer = send((programme, FRIDAY, "late", ""), (programme, date(2026, 7, 13), "", "unexcused?"))
    assert answer.status_code == 200
    day = programme.days.get()
    assert (day.on, day.meaning, day.provisional) == (date(2026, 7, 13), "unexcused", True)
    page = answer.content.decode()
    assert 'data-saved="2"' in page
    assert 'data-stands="unexcused?"' in cell(page, programme, date(2026, 7, 13))
    assert "<html" not in page


def test_what_somebody_else_changed_is_named_and_the_rest_is_saved(send, programme, social_worker):
    mark(programme, {FRIDAY: "sick"}, by=social_worker)
    answer = send((programme, FRIDAY, "", "unexcused"), (programme, date(2026, 7, 13), "", "present"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'href="#c-{programme.pk}-2026-07-10">{programme.participant}, piątek, 10 lipca 2026</a>' in page
    assert re.search(rf"Twój wybór NN, stoi L4 \({social_worker}, \d", page)
    assert 'data-saved="1"' in page
    assert 'data-stands="sick"' in cell(page, programme, FRIDAY)
    assert dict(programme.days.values_list("on", "meaning")) == {FRIDAY: "sick", date(2026, 7, 13): "present"}


def test_what_may_not_be_marked_refuses_all_of_it(send, programme, director):
    close(programme, start_on=FRIDAY, end_on=FRIDAY, by=director, on=JULY_END)
    answer = send((programme, FRIDAY, "", "present"), (programme, date(2026, 7, 13), "", "present"))
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert "ten dzień jest zamknięty" in answer.content.decode()
    assert not Day.objects.exists()


def test_an_unreadable_save_says_so(as_user, group, programme, instructor):
    answer = as_user(instructor, JULY_END).post(month_url(group), {"zmiany": "x"})
    assert answer.status_code == 422
    assert "nieczytelne" in answer.content.decode()


def test_somebody_elses_group_is_not_there(as_user, centre, group, programme):
    client = as_user(make_user(centre, "instructor"), JULY_END)
    assert client.get(month_url(group)).status_code == 404
    assert client.post(month_url(group), {"zmiany": "[]"}).status_code == 404


# Size -----------------------------------------------------------------------------------------------------------------


def fill(centre, group, instructor, people):
    made = []
    for _ in range(people):
        made.append(make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor))
        mark_present(made[-1], JULY, JULY_END, by=instructor)
    return made


def queries(ask) -> int:
    """How many it takes, without the savepoints that the test's own transaction makes of transactions."""
    with CaptureQueriesContext(connection) as captured:
        assert ask().status_code == 200
    return sum("SAVEPOINT" not in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("people", [2, 50])
@pytest.mark.parametrize("role", ["instructor", "director"])
def test_page_and_save_take_the_same_queries_for_any_number_of_people(request, as_user, centre, group, people, role):
    user = request.getfixturevalue(role)
    programmes = fill(centre, group, user, people)
    rows = [[p.pk, f"2026-07-{n:02}", "present", "late"] for p in programmes for n in (6, 7, 8, 9, 10)]
    client, url = as_user(user, JULY_END), month_url(group)
    assert queries(lambda: client.get(url)) <= 11
    assert queries(lambda: client.post(url, {"zmiany": json.dumps(rows)})) <= 15
    assert Day.objects.filter(meaning="late").count() == len(rows)


def test_all_scripts_of_the_page_weigh_less_than_sixty_kilobytes(as_user, group, programme, instructor):
    page = as_user(instructor, JULY_END).get(month_url(group)).content.decode()
    scripts = re.findall(r'<script src="/static/([^"]+)"', page)
    assert "js/month.js" in scripts
    assert sum((STATIC / name).stat().st_size for name in scripts) < 60_000
