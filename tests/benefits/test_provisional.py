"""A main period begun before the office has qualified the person is not paid until it has."""

from datetime import date

import pytest

from benefits.actions import draft_trial_list, recount
from benefits.reading.listing import mended_at
from cistor.errors import Refused
from participants.actions import record_reply
from tests.benefits.people import COUNTED, JULY, check_and_approve, counted, make_on_trial, make_settled_in, said
from tests.factories import end

FIRST, TRIAL_END, MAIN = date(2026, 6, 11), date(2026, 7, 10), date(2026, 7, 11)
SAYS = (
    "Za 11–31 lipca 2026: okres właściwy od 11 lipca 2026 jest warunkowy, a ośrodek nie odpowiedział jeszcze o "
    "kwalifikacji."
)


@pytest.fixture
def programme(centre, letterhead):
    """In the main period from 11 July, for a reason and without the office's answer."""
    programme = make_on_trial(centre, start_on=FIRST, until=date(2026, 7, 31), main=True)
    programme.stages.filter(kind="main").update(provisional_reason="Urząd zapowiedział odpowiedź.")
    return programme


def answer(programme, by, *, is_qualified, on=COUNTED):
    return record_reply(programme, is_qualified=is_qualified, received_on=on, way="fax", by=by, on=on)


def test_the_trial_is_paid_and_the_main_period_waits(centre, programme, payroll, director):
    (trials,) = draft_trial_list(centre=centre, by=payroll, on=TRIAL_END)
    assert said(trials) == []
    assert check_and_approve(trials, by=director, on=TRIAL_END).status == "approved"
    july = counted(centre, payroll)
    assert july.problems.get().text == SAYS
    assert mended_at(july.problems.get()) == f"/uczestnicy/{programme.participant_id}/program/"
    with pytest.raises(Refused, match="nie ma nikogo"):
        check_and_approve(july, by=director, on=COUNTED)


def test_it_is_paid_after_the_positive_reply(centre, programme, payroll, director, social_worker):
    july = counted(centre, payroll)
    answer(programme, social_worker, is_qualified=True)
    recount(july, by=payroll, on=COUNTED)
    assert said(july) == []
    assert check_and_approve(july, by=director, on=COUNTED).status == "approved"


def test_a_list_counted_before_somebody_became_provisional_is_not_approved(centre, payroll, director):
    programme = make_settled_in(centre)
    july = counted(centre, payroll)
    programme.stages.update(provisional_reason="Urząd zapowiedział odpowiedź.")
    with pytest.raises(Refused, match="Dane zmieniły się"):
        check_and_approve(july, by=director, on=COUNTED)


@pytest.mark.parametrize("ended_on", [date(2026, 7, 31), date(2026, 9, 30)])
def test_no_end_lifts_it_be_it_over_or_still_to_come(centre, programme, payroll, ended_on):
    end(programme, ended_on=ended_on, kind="job")
    assert said(counted(centre, payroll)) == [(programme.pk, "not_qualified")]


@pytest.mark.parametrize("is_qualified", [True, False])
def test_an_answer_after_the_end_lifts_it_and_changes_nothing_else(
    centre, programme, payroll, social_worker, is_qualified
):
    end(programme, ended_on=date(2026, 7, 24), kind="job")
    answer(programme, social_worker, is_qualified=is_qualified)
    assert said(counted(centre, payroll)) == []
    programme.refresh_from_db()
    assert (programme.ended_on, programme.end_kind) == (date(2026, 7, 24), "job")


def test_what_was_taken_part_in_until_the_negative_answer_is_paid(centre, programme, payroll, social_worker):
    answer(programme, social_worker, is_qualified=False, on=date(2026, 7, 31))
    programme.refresh_from_db()
    assert (programme.ended_on, programme.end_kind) == (date(2026, 7, 31), "not_qualified")
    assert said(counted(centre, payroll)) == []


def test_the_others_of_the_centre_are_paid(centre, programme, payroll):
    make_settled_in(centre)
    july = counted(centre, payroll)
    assert (july.month, said(july)) == (JULY, [(programme.pk, "not_qualified")])
