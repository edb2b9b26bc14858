"""What becomes of the corrections of a person who is erased."""

from datetime import date

import pytest

from attendance.actions import ask_correction, decide_correction
from attendance.models import Correction
from benefits.actions import record_payments
from cistor.desk.erasure import erase
from cistor.errors import Refused
from tests.benefits.people import COUNTED, LAST_OF_JULY, SIXTH
from tests.factories import end

LATER = date(2032, 1, 5)


@pytest.fixture
def correction(approved, programme, payroll):
    """Of somebody whose programme is over and paid, so that nothing else stands in the way."""
    record_payments(approved, paid_on=COUNTED, by=payroll, on=COUNTED)
    reason = "Leczenie szpitalne."
    asked = ask_correction(programme, on_day=SIXTH, meaning="sick", reason=reason, by=payroll, on=COUNTED)
    end(programme, ended_on=LAST_OF_JULY)
    return asked


def test_nobody_is_erased_while_a_correction_waits(correction, programme, director):
    with pytest.raises(Refused, match="korekta obecności"):
        erase(programme.participant, by=director, on=LATER)


def test_reason_and_note_go_and_the_decision_stays(correction, programme, payroll, director):
    decide_correction(correction, granted=True, note="Wypis ze szpitala.", by=director, on=COUNTED)
    erase(programme.participant, by=director, on=LATER)
    row = Correction.objects.get()
    assert (row.reason, row.note, row.granted, row.asked_by) == ("", "", True, payroll)
    assert set(Correction.pgh_event_model.objects.values_list("reason", "note")) == {("", "")}
