"""The page of a day asks the database the same however many people stand on it."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import Day
from tests.factories import make_group, make_participant, make_programme, mark

FRIDAY = date(2026, 7, 10)


@pytest.fixture
def group_of(centre, instructor):
    """`group_of(n)`: a new group with so many people, every one present."""

    def make(people):
        group = make_group(centre, instructor)
        for _ in range(people):
            programme = make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4), by=instructor)
            mark(programme, {FRIDAY: "present"}, by=instructor)
        return group

    return make


def url(group):
    return reverse("attendance:today", args=[group.pk])


def queries(request):
    with CaptureQueriesContext(connection) as taken:
        request()
    # A savepoint is no question; outside of a test there is none.
    return [query["sql"] for query in taken if "SAVEPOINT" not in query["sql"]]


def all_late(group):
    days = Day.objects.filter(programme__participant__memberships__group=group)
    sent = {}
    for day in days:
        sent |= {f"{day.programme_id}-seen": day.meaning, f"{day.programme_id}-meaning": "late"}
    return sent


def test_two_people_and_forty_take_the_same_few_queries(as_user, group_of, instructor):
    few, many = group_of(2), group_of(40)
    client = as_user(instructor, FRIDAY)
    taken = []
    for group in (few, many):
        client.get(url(group))
        taken.append(len(queries(lambda group=group: client.get(url(group)))))
    assert taken[0] == taken[1] <= 9


def test_asking_whether_the_session_lives_reads_no_marks(as_user, group_of, instructor):
    group = group_of(2)
    client = as_user(instructor, FRIDAY)
    taken = queries(lambda: client.head(url(group)))
    assert len(taken) <= 5
    assert not any("attendance_day" in sql for sql in taken)
    client.logout()
    answer = client.head(url(group), headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/konto/logowanie/")


def test_saving_two_people_and_forty_takes_the_same_queries(as_user, group_of, instructor):
    few, many = group_of(2), group_of(40)
    client = as_user(instructor, FRIDAY)
    client.get(url(few))
    taken = []
    for group in (few, many):
        data = all_late(group)
        taken.append(len(queries(lambda group=group, data=data: client.post(url(group), data))))
    assert Day.objects.filter(meaning="late").count() == 42
    assert taken[0] == taken[1] <= 15
