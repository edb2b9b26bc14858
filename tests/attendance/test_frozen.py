"""What the database itself refuses: closed days and their closings, whoever asks and however."""

from datetime import date

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from attendance.actions import close
from attendance.models import Closing, Day
from tests.factories import make_participant, make_programme, mark

pytestmark = pytest.mark.django_db
CLOSED, OPEN = date(2026, 7, 6), date(2026, 8, 3)


@pytest.fixture
def programme(centre, social_worker):
    programme = make_programme(make_participant(centre), start_on=date(2026, 5, 4))
    mark(programme, {CLOSED: "unexcused", OPEN: "present"})
    close(programme, start_on=date(2026, 7, 1), end_on=date(2026, 7, 31), by=social_worker, on=OPEN)
    return programme


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE attendance_day SET meaning = 'present' WHERE \"on\" = '2026-07-06'",
        "UPDATE attendance_day SET \"on\" = '2026-08-04' WHERE \"on\" = '2026-07-06'",
        "UPDATE attendance_day SET \"on\" = '2026-07-07' WHERE \"on\" = '2026-08-03'",
        "DELETE FROM attendance_day WHERE \"on\" = '2026-07-06'",
        "DELETE FROM attendance_closing",
        "UPDATE attendance_closing SET end_on = '2026-07-02'",
    ],
)
def test_no_statement_changes_a_closed_day_or_moves_one_in_or_out(programme, statement):
    refused = pytest.raises(DatabaseError, match=r"closed|never changes")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Day.objects.get(on=CLOSED).meaning == "unexcused"
    assert Closing.objects.get().end_on == date(2026, 7, 31)


def test_an_open_day_may_still_change(programme):
    Day.objects.filter(on=OPEN).update(meaning="late")
    assert Day.objects.get(on=OPEN).meaning == "late"
