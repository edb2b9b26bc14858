"""Meals are counted from the marks of the day, group by group."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.documents.items import issue_card
from attendance.models import IssuedItem
from attendance.reading.meals import eaters, of_groups, of_programme
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


@pytest.fixture
def eater(group):
    """Somebody with two months of meals."""
    programme = make_programme(make_participant(group.centre, group=group), start_on=STARTED)
    february = {date(2026, 2, day): "present" for day in (2, 3, 4)}
    mark(programme, {**february, SUNDAY: "late", MONDAY: "present", date(2026, 3, 10): "sick"})
    # A plan to come is no meal yet.
    mark(programme, {date(2026, 3, 12): "present"})
    return programme


def test_the_meals_of_a_person_are_counted_month_by_month(eater):
    found = of_programme(eater, until=date(2026, 3, 11))
    assert found.months == [(date(2026, 3, 1), 2), (date(2026, 2, 1), 3)]
    assert (found.total, found.of_month(MONDAY), found.of_month(STARTED)) == (5, 2, 0)


def test_they_stand_beside_the_things_given_and_on_the_card(as_user, eater, centre, instructor):
    page = as_user(instructor, date(2026, 3, 11)).get(reverse("attendance:person_items", args=[eater.participant_id]))
    assert page.context["meals"].total == 5
    assert '<td class="amount">3</td>' in page.content.decode()
    card = issue_card(centre, eater, on=date(2026, 3, 11))
    assert card["meals"] == "2 w marcu 2026, 5 w całym programie; z obecności"
    assert issue_card(centre, None, on=MONDAY)["meals"] == ""


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
