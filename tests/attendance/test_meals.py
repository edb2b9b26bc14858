"""Meals are counted from the marks of the day, group by group."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import IssuedItem
from attendance.reading.meals import eaters, of_groups
from participants.models import Group
from tests.factories import make_group, make_participant, make_programme, mark

STARTED, MONDAY, SUNDAY = date(2026, 1, 5), date(2026, 3, 9), date(2026, 3, 8)


def fill(group, **marks) -> None:
    """A person a mark; "unmarked" nobody has marked yet."""
    for number, meaning in enumerate(marks.values()):
        programme = make_programme(
            make_participant(group.centre, group=group, last_name=f"Ż{number}"), start_on=STARTED
        )
        if meaning != "unmarked":
            mark(programme, {MONDAY: meaning})


@pytest.fixture
def group(centre, instructor):
    group = make_group(centre, instructor, name="Ogrodnicy")
    fill(group, a="present", b="late", c="sick", d="unexcused", e="suspended", f="unmarked")
    return group


def test_whoever_is_here_eats_the_late_ones_too(group, centre):
    make_group(centre, name="Pusta")
    (row,) = of_groups(Group.objects.filter(centre=centre), MONDAY).rows
    assert (row.group, row.people, row.unmarked, row.meals) == (group, 6, 1, 2)
    assert [str(programme.participant) for programme in eaters(group, MONDAY)] == ["Ż0 Kalina", "Ż1 Kalina"]
    group.memberships.filter(participant__last_name="Ż1").update(end_on=SUNDAY)
    assert of_groups(Group.objects.filter(centre=centre), MONDAY).total == 1


def test_one_page_says_it_for_the_centre_and_an_instructor_sees_own_groups(as_user, group, centre, instructor, payroll):
    other = make_group(centre, name="Kucharze")
    fill(other, a="present", b="present")
    url = reverse("attendance:meals")
    whole = as_user(payroll, MONDAY).get(url)
    assert (whole.context["meals"].total, whole.context["meals"].people) == (4, 8)
    assert "Nie oznaczono jeszcze 1 osoby" in whole.content.decode()
    own = as_user(instructor, MONDAY).get(url)
    assert [row.group for row in own.context["meals"].rows] == [group]
    assert "bez zajęć" in as_user(instructor, MONDAY).get(url, {"dzien": SUNDAY}).content.decode()


def test_pages_of_things_given_ask_as_much_for_many_groups_and_people(as_user, group, centre, social_worker):
    person = group.memberships.first().participant
    pages = [reverse(f"attendance:{name}") for name in ("meals", "items", "groups")]
    pages.append(reverse("attendance:person_items", args=[person.pk]))
    client = as_user(social_worker, MONDAY)

    def counts() -> list[int]:
        found = []
        for url in pages:
            with CaptureQueriesContext(connection) as queries:
                client.get(url)
            found.append(len(queries))
        return found

    _give(centre, social_worker)
    counts()
    before = counts()
    for number in range(3):
        more = make_group(centre, name=f"Grupa {number}")
        fill(more, a="present", b="unmarked")
    _give(centre, social_worker)
    assert counts() == before


def _give(centre, by) -> None:
    for programme in centre.participants.filter(programmes__isnull=False).values_list("programmes", flat=True):
        for what in ("kurtka", "klucz"):
            IssuedItem.objects.create(
                programme_id=programme, kind="clothes", what=what, is_returnable=True, given_on=STARTED, given_by=by
            )
