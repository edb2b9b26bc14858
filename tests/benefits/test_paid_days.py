"""Days under an approved settlement are closed: a correction is the only way in, and the list stays as issued."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from attendance.actions import ask_correction, decide_correction, mark
from attendance.cells import Cell
from attendance.inputs import gather
from attendance.models import Day
from benefits.reading.checksums import verify
from cistor.errors import Refused
from tests.benefits.people import COUNTED, SIXTH
from tests.factories import login


@pytest.fixture
def corrected(approved, programme, payroll, director):
    """The unexcused day turns out to be a sick one."""
    reason = "Zwolnienie przyszło po wypłacie."
    asked = ask_correction(programme, on_day=SIXTH, meaning="sick", reason=reason, by=payroll, on=COUNTED)
    return decide_correction(asked, granted=True, note="", by=director, on=COUNTED)


def snapshot(payment_list) -> list:
    """Everything stored of the list."""
    row = payment_list.settlements.get()
    lines = list(row.lines.values("code", "amount", "because", "days"))
    return [payment_list.checksum, payment_list.document.sha256, row.checksum, row.inputs, row.net, lines]


def test_a_paid_day_takes_no_mark(approved, centre, programme, director):
    with pytest.raises(Refused, match="zmienia go tylko korekta"):
        mark(centre=centre, on_day=SIXTH, cells=[Cell(programme.pk, "unexcused", "sick")], by=director, on=COUNTED)


@pytest.mark.parametrize("statement", ["UPDATE attendance_day SET meaning = 'sick'", "DELETE FROM attendance_day"])
def test_not_even_plain_sql_changes_a_paid_day(approved, statement):
    refused = pytest.raises(DatabaseError, match="the day is closed")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_a_correction_does_and_the_approved_list_stays_as_issued(approved, programme, payroll, director):
    before = snapshot(approved)
    asked = ask_correction(programme, on_day=SIXTH, meaning="sick", reason="Druk.", by=payroll, on=COUNTED)
    decide_correction(asked, granted=True, note="", by=director, on=COUNTED)
    approved.refresh_from_db()
    assert Day.objects.get(programme=programme, on=SIXTH).meaning == "sick"
    assert snapshot(approved) == before
    assert verify(approved) == []


def test_who_counts_from_now_on_sees_the_day_as_changed(corrected, centre, programme):
    facts = gather(centre, [programme], COUNTED)[programme.pk]
    assert facts.marks[SIXTH] == "sick"


def test_the_page_of_the_correction_names_the_list_that_pays_the_day(client, corrected, director):
    login(client, director)
    page = client.get(reverse("attendance:correction", args=[corrected.pk])).content.decode()
    assert "Lista wypłat za lipiec 2026" in page
    assert "Lista pozostaje taka, jak ją wydano; różnicę rozliczy najbliższa lista miesięczna." in page
    assert "Żadna zatwierdzona lista" not in page
