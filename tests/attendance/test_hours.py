"""Planned hours of a group against the regulations (CISTOR at least 6 a day) and the statute (30–40 a week)."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from attendance.actions.hours import DAYS, set_hours
from attendance.reading.hours import faults, in_force, limits, number, total
from cistor.centres.models import Regulations, StatutoryRate
from cistor.errors import Refused
from tests.factories import make_group, make_user

MONDAY, APRIL = date(2026, 3, 9), date(2026, 4, 1)
STATUTE = "ustawa o zatrudnieniu socjalnym, zmiana z 13 stycznia 2022 r. (Dz.U. 2022 poz. 218)"


def plan(group, by, *hours: str, start_on=MONDAY):
    given = dict(zip(DAYS, map(Decimal, hours), strict=True))
    return set_hours(group, start_on=start_on, hours=given, by=by, on=MONDAY)


def said(row, on=MONDAY) -> list[str]:
    return faults(row, limits(Regulations.objects.version(row.group.centre, on), on))


def test_a_plan_inside_the_limits_says_nothing(centre, social_worker):
    row = plan(make_group(centre), social_worker, "6", "6", "6.5", "6", "6")
    assert (number(total(row)), said(row)) == ("30,5", [])


def test_a_short_day_and_a_short_week_are_said_with_their_source(centre, social_worker):
    row = plan(make_group(centre), social_worker, "5", "5", "0", "6", "6")
    assert said(row) == [
        "Poniedziałek i wtorek: 5 godz., a ma być co najmniej 6 godz. (regulamin, §1 ust. 3).",
        f"W tygodniu: 22 godz., a ma być co najmniej 30 godz. ({STATUTE}).",
    ]
    # Before the amendment of 2022 the statute set no hours a week.
    assert len(said(row, date(2022, 2, 14))) == 1


def test_rzyszczewo_has_at_most_eight_hours_a_day_and_the_statute_forty_a_week(other_centre):
    row = plan(make_group(other_centre), make_user(other_centre, "social_worker"), "9", "8", "8", "8", "8")
    assert said(row) == [
        "Poniedziałek: 9 godz., a ma być najwyżej 8 godz. (regulamin, §6 ust. 5).",
        f"W tygodniu: 41 godz., a ma być najwyżej 40 godz. ({STATUTE}).",
    ]


def test_a_later_number_of_the_law_holds_from_its_day(centre, social_worker):
    row = plan(make_group(centre), social_worker, "6", "6", "6", "6", "0")
    changed = {"in_force_from": APRIL, "value": 24, "source": "ustawa, zmiana z 2026 r."}
    StatutoryRate.objects.create(kind=StatutoryRate.Kind.WEEKLY_HOURS_MIN, **changed)
    assert [len(said(row, on)) for on in (date(2026, 3, 31), APRIL)] == [1, 0]


def test_the_newest_plan_not_after_the_day_holds(centre, social_worker):
    group = make_group(centre)
    first = plan(group, social_worker, "6", "6", "6", "6", "6")
    better = plan(group, social_worker, "7", "6", "6", "6", "6")
    later = plan(group, social_worker, "8", "8", "8", "8", "8", start_on=APRIL)
    assert in_force([group], MONDAY) == {group.pk: better}
    assert in_force([group], APRIL) == {group.pk: later}
    assert in_force([group], date(2026, 3, 8)) == {}
    assert first.start_on == better.start_on


@pytest.mark.parametrize("hours", [("13", "6", "6", "6", "6"), ("0", "0", "0", "0", "0")])
def test_hours_that_no_day_has_are_refused(centre, social_worker, hours):
    with pytest.raises(Refused, match="godzin"):
        plan(make_group(centre), social_worker, *hours)


def test_the_plan_is_entered_on_a_page_and_its_fault_stands_beside_the_group(
    as_user, centre, instructor, social_worker
):
    group = make_group(centre, instructor)
    with pytest.raises(Refused, match="pracownik socjalny"):
        plan(group, instructor, "6", "6", "6", "6", "6")
    data = {"token": "a", "start_on": "2026-03-09", "monday": "6", "tuesday": "7,5", "friday": ""}
    page = as_user(social_worker, MONDAY).post(reverse("attendance:set_hours", args=[group.pk]), data, follow=True)
    assert "W tygodniu: 13,5 godz." in page.content.decode()
    client = as_user(instructor, MONDAY)
    assert "plan godzin poza granicami" in client.get(reverse("attendance:groups")).content.decode()
    assert "Zmień plan" not in client.get(reverse("attendance:hours", args=[group.pk])).content.decode()


def test_a_group_without_a_plan_is_named_to_who_may_set_one(as_user, centre, instructor, social_worker):
    group = make_group(centre, instructor)
    link = f'href="{reverse("attendance:set_hours", args=[group.pk])}"'
    shown = as_user(social_worker, MONDAY).get(reverse("attendance:groups")).content.decode()
    assert "brak planu godzin" in shown
    assert link in shown
    assert "brak planu godzin" not in as_user(instructor, MONDAY).get(reverse("attendance:groups")).content.decode()
    plan(group, social_worker, "6", "6", "6", "6", "6")
    assert link not in as_user(social_worker, MONDAY).get(reverse("attendance:groups")).content.decode()
