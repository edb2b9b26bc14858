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
from tests.together import together

LATER = date(2032, 1, 5)


@pytest.fixture
def settled(approved, programme, payroll):
    """Over and paid, so that nothing stands in the way."""
    record_payments(approved, paid_on=COUNTED, by=payroll, on=COUNTED)
    return end(programme, ended_on=LAST_OF_JULY)


@pytest.fixture
def ask(settled, payroll):
    def asked():
        reason = "Leczenie szpitalne."
        return ask_correction(settled, on_day=SIXTH, meaning="sick", reason=reason, by=payroll, on=COUNTED)

    return asked


@pytest.fixture
def correction(ask):
    return ask()


def test_nobody_is_erased_while_a_correction_waits(correction, programme, director):
    with pytest.raises(Refused, match="korekta obecności"):
        erase(programme.participant, by=director, on=LATER)


def test_reason_and_note_go_and_the_decision_stays(correction, programme, payroll, director):
    decide_correction(correction, granted=True, note="Wypis ze szpitala.", by=director, on=COUNTED)
    erase(programme.participant, by=director, on=LATER)
    row = Correction.objects.get()
    assert (row.reason, row.note, row.granted, row.asked_by) == ("", "", True, payroll)
    assert set(Correction.pgh_event_model.objects.values_list("reason", "note")) == {("", "")}


def test_of_an_erased_person_nothing_more_is_asked(ask, programme, director):
    erase(programme.participant, by=director, on=LATER)
    with pytest.raises(Refused, match="usunięto"):
        ask()


@pytest.mark.concurrency
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("attempt", range(3))
def test_of_an_erasure_and_a_question_at_once_one_is_refused(ask, programme, director, attempt):
    results = together(lambda: erase(programme.participant, by=director, on=LATER), ask)
    assert len([result for result in results if isinstance(result, Refused)]) == 1
    programme.participant.refresh_from_db()
    assert Correction.objects.exists() == (programme.participant.erased_on is None)
