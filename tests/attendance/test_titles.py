"""Three papers open in three tabs can be told apart, and no tab shows a name."""

import re
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions import record_note
from attendance.actions.absences import report_absence
from attendance.actions.breaches import record_breach
from attendance.reading.order import breaches_in_force
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 13)
NINE = datetime(2026, 3, 9, 8, tzinfo=UTC)


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor)
    return make_programme(make_participant(centre, group=group, last_name="Łąkowa"), start_on=date(2026, 1, 5))


def note(programme, by):
    days = dict.fromkeys(("start_on", "end_on", "issued_on"), MONDAY)
    return record_note(programme, kind="own", number="", **days, delivered_on=MONDAY, by=by, on=MONDAY).note


def absence(programme, by):
    mark(programme, {MONDAY: "unexcused"}, by=by)
    return report_absence(programme, start_on=MONDAY, by=by, on=MONDAY, at=NINE)


def breach(programme, by):
    letter = breaches_in_force(programme.participant.centre_id, MONDAY)[0]
    return record_breach(programme, on_day=MONDAY, breach=letter, text="Palił w warsztacie.", by=by, on=MONDAY)


@pytest.mark.parametrize(
    "make, title",
    [
        (note, "Zwolnienie od 09.03.2026"),
        (absence, "Nieobecność od 09.03.2026"),
        (breach, "Naruszenie porządku, 09.03.2026"),
    ],
)
def test_the_title_says_the_day_and_no_name(as_user, programme, social_worker, make, title):
    row = make(programme, social_worker)
    url = reverse(f"attendance:{make.__name__}", args=[row.pk])
    shown = as_user(social_worker, FRIDAY).get(url).content.decode()
    assert re.search(r"<title>(.*?) – Cistor</title>", shown)[1] == title
    assert "Łąkowa" in shown
