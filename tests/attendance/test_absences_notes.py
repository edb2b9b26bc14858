"""The official note tells how an absence stood on its day; the page says when more is known since."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions.absences import issue_note, report_absence
from attendance.actions.contacts import record_contact
from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.actions.notes import record_note
from attendance.models import Absence
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (9, 10, 11))
NINE = datetime(2026, 3, 9, 8, 0, tzinfo=UTC)
OLD = "powstała przed tym, co wpisano później"


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


@pytest.fixture
def absence(programme, letterhead, social_worker):
    """Two days, with a note on file that tells of both."""
    mark(programme, dict.fromkeys((MONDAY, TUESDAY), "unexcused"))
    row = report_absence(programme, start_on=MONDAY, by=social_worker, on=MONDAY, at=NINE)
    issue_note(row, by=social_worker, on=TUESDAY)
    return Absence.objects.get()


@pytest.fixture
def page(as_user, absence, social_worker):
    """`page(day)` → what the social worker reads about the absence."""
    url = reverse("attendance:absence", args=[absence.pk])
    return lambda day=WEDNESDAY: as_user(social_worker, day).get(url).content.decode()


def test_a_note_that_tells_of_all_its_days_is_not_behind(page, programme):
    assert OLD not in page()
    mark(programme, {WEDNESDAY: "present"})
    assert OLD not in page()


def test_a_note_is_behind_once_a_day_was_excused(page, programme, social_worker, director):
    row = ask_excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=WEDNESDAY)
    assert OLD not in page()
    decide_excuse(row, granted=True, note="", by=director, on=WEDNESDAY)
    assert OLD in page()


def test_a_note_is_behind_once_a_sick_note_took_a_day(page, programme, social_worker):
    paper = {"number": "ZAA0000001", "start_on": TUESDAY, "end_on": TUESDAY, "issued_on": TUESDAY}
    record_note(programme, **paper, by=social_worker, on=WEDNESDAY)
    assert OLD in page()


def test_a_note_is_behind_once_another_day_was_missed(page, programme):
    mark(programme, {WEDNESDAY: "unexcused"})
    assert OLD in page()


def test_a_note_is_behind_when_its_absence_was_told_at_another_hour(page, absence):
    Absence.objects.update(reported_at=datetime(2026, 3, 9, 8, 30, tzinfo=UTC))
    assert OLD in page()


def test_a_try_made_since_leaves_the_note_behind_until_it_is_issued_anew(page, absence, programme, social_worker):
    what = {"way": "phone", "with_whom": "family", "whom": "siostra", "result": "failed", "text": ""}
    record_contact(programme.participant, absence=absence, at=NINE, **what, by=social_worker, on=WEDNESDAY)
    assert OLD in page()
    issue_note(absence, by=social_worker, on=WEDNESDAY)
    assert OLD not in page()
