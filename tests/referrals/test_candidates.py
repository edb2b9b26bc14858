"""The steps of a candidate in a round, and the ways back."""

from datetime import date
from decimal import Decimal

import pytest

from cistor.errors import Refused
from cistor.journal.models import Entry
from participants.models import Participant
from referrals import places
from referrals.actions import (
    ask_consultation,
    check_formally,
    close_scoring,
    decline,
    enter_need,
    enter_round,
    hold_interview,
    leave_round,
    reopen_scoring,
    take_back_decline,
    take_back_formal_check,
    take_back_interview,
)
from referrals.models import Offer
from tests.referrals.making import make_candidacy, make_round

ON = date(2026, 3, 11)
pytestmark = pytest.mark.django_db


@pytest.fixture
def given(social_worker):
    return {"by": social_worker, "on": ON}


def standing(centre, state="entered", **over):
    return make_candidacy(make_round(centre, **over.pop("round", {})), state=state, **over)


def state(candidacy) -> str:
    candidacy.refresh_from_db()
    candidacy.application.refresh_from_db()
    return candidacy.application.recruitment_state


def test_who_meets_the_criteria_goes_on(centre, given):
    row = standing(centre)
    check_formally(row, is_met=True, **given)
    assert (state(row), row.is_formally_met) == ("checked", True)


def test_who_does_not_is_out_with_the_note_as_the_reason(centre, given):
    row = standing(centre)
    check_formally(row, is_met=False, note="Inny powiat.", **given)
    assert (state(row), row.is_formally_met, row.decline_reason) == ("declined", False, "Inny powiat.")


def test_not_met_says_why(centre, given):
    with pytest.raises(Refused) as refusal:
        check_formally(standing(centre), is_met=False, note=" ", **given)
    assert refusal.value.field == "note"


def test_a_criterion_is_checked_once(centre, given):
    with pytest.raises(Refused, match="Obecny stan: po rozmowie"):
        check_formally(standing(centre, "interviewed"), is_met=True, **given)


def test_an_interview_has_its_day_and_note(centre, given):
    row = standing(centre, "checked")
    hold_interview(row, held_on=date(2026, 3, 10), note="Chce pracować.", **given)
    assert (state(row), row.interview_on, row.interview_note) == ("interviewed", date(2026, 3, 10), "Chce pracować.")


def test_no_interview_of_tomorrow(centre, given):
    with pytest.raises(Refused, match="jeszcze nie nadszedł"):
        hold_interview(standing(centre, "checked"), held_on=date(2026, 3, 12), **given)


def test_a_consultation_holds_nothing_up_and_the_journal_is_silent_about_it(centre, given):
    row = standing(centre, "checked")
    ask_consultation(row, asked_on=ON, note="Poradnia przy szpitalu.", **given)
    assert (state(row), row.consultation_note) == ("checked", "Poradnia przy szpitalu.")
    assert Entry.objects.get(verb="consultation_asked").data is None
    ask_consultation(row, asked_on=None, note="cokolwiek", **given)
    row.refresh_from_db()
    assert (row.consultation_on, row.consultation_note) == (None, "")


def needy(centre, state="checked"):
    return standing(centre, state, round={"method": "points"})


def test_the_facts_of_need_may_change_until_the_points_are_closed(centre, given):
    row = needy(centre)
    said = {"income_proof": "certificate", "jobless_since": date(2024, 3, 1)}
    enter_need(row, income_per_head=Decimal("513.99"), **said, **given)
    row.refresh_from_db()
    assert (row.income_per_head, row.income_proof) == (Decimal("513.99"), "certificate")
    close_scoring(row, **given)
    with pytest.raises(Refused, match="już zamknięte"):
        enter_need(row, income_per_head=Decimal("1.00"), **said, **given)


@pytest.mark.parametrize(
    "income, proof, since, field",
    [
        ("-1.00", "statement", None, "income_per_head"),
        ("400.00", "", None, "income_proof"),
        (None, "", date(2026, 3, 12), "jobless_since"),
    ],
)
def test_need_that_cannot_be(centre, given, income, proof, since, field):
    amount = Decimal(income) if income else None
    with pytest.raises(Refused) as refusal:
        enter_need(needy(centre), income_per_head=amount, income_proof=proof, jobless_since=since, **given)
    assert refusal.value.field == field


@pytest.mark.parametrize("since, is_kept", [(date(1995, 4, 30), False), (date(1995, 5, 1), True)])
def test_nobody_is_out_of_work_before_being_fifteen(centre, given, since, is_kept):
    row = needy(centre)
    Participant.objects.filter(pk=row.application.participant_id).update(birth_on=date(1980, 5, 1))
    if is_kept:
        assert enter_need(row, income_per_head=None, jobless_since=since, **given).jobless_since == since
        return
    with pytest.raises(Refused, match="mniej niż 15 lat") as refusal:
        enter_need(row, income_per_head=None, jobless_since=since, **given)
    assert refusal.value.field == "jobless_since"


def test_no_points_out_of_nothing(centre, given):
    row = needy(centre)
    enter_need(row, income_per_head=None, jobless_since=None, **given)
    with pytest.raises(Refused, match="Najpierw wpisz dochód"):
        close_scoring(row, **given)


def test_scores_ask_for_no_income(centre, given):
    with pytest.raises(Refused, match="liczą się oceny"):
        enter_need(standing(centre, "checked"), income_per_head=None, jobless_since=None, **given)


# Ways back


@pytest.mark.parametrize(
    "act, before, after",
    [
        (take_back_formal_check, "checked", "entered"),
        (take_back_interview, "interviewed", "checked"),
        (reopen_scoring, "scored", "interviewed"),
        (leave_round, "entered", "waiting"),
        (leave_round, "scored", "waiting"),
    ],
)
def test_every_step_has_its_way_back(centre, given, act, before, after):
    row = standing(centre, before)
    act(row, **given)
    assert state(row) == after


def test_points_reopened_without_an_interview_stand_where_they_stood(centre, given):
    row = needy(centre)
    close_scoring(row, **given)
    reopen_scoring(row, **given)
    assert state(row) == "checked"


def test_who_left_may_come_back_and_is_checked_anew(centre, given):
    row = standing(centre, "interviewed")
    leave_round(row, **given)
    again = enter_round(row.application, row.round, **given)
    assert (again.pk, state(again), again.left_on, again.formal_on) == (row.pk, "entered", None, None)


@pytest.mark.parametrize("before", ["entered", "checked", "interviewed", "scored"])
def test_a_decline_taken_back_leads_to_where_it_was(centre, given, before):
    row = standing(centre, before)
    decline(row, reason="Zrezygnował.", **given)
    assert state(row) == "declined"
    take_back_decline(row, **given)
    assert (state(row), row.declined_on, row.decline_reason) == (before, None, "")


def test_criteria_not_met_are_checked_again_after_the_way_back(centre, given):
    row = standing(centre)
    check_formally(row, is_met=False, note="Inny powiat.", **given)
    take_back_decline(row, **given)
    assert (state(row), row.is_formally_met) == ("entered", None)


@pytest.mark.parametrize("outcome", ["qualified", "reserve"])
def test_after_the_closing_a_decline_goes_back_to_the_list(centre, given, outcome):
    row = standing(centre, outcome, round={"closed_on": ON}, place=1)
    decline(row, reason="Podjął pracę.", **given)
    take_back_decline(row, **given)
    assert state(row) == outcome


def test_after_the_closing_who_was_on_no_list_enters_another_round(centre, given):
    row = standing(centre, "declined", round={"closed_on": ON}, declined_on=ON)
    with pytest.raises(Refused, match="jego listy się nie zmieniają"):
        take_back_decline(row, **given)
    assert state(enter_round(row.application, make_round(centre), **given)) == "entered"


def test_a_decline_says_why_and_waits_for_an_answer_to_an_offer(centre, given):
    row = standing(centre, "reserve", round={"closed_on": ON}, place=1)
    with pytest.raises(Refused) as refusal:
        decline(row, reason="", **given)
    assert refusal.value.field == "reason"
    Offer.objects.create(candidacy=row, offered_on=ON, offered_by=given["by"], way="phone", answer_due_on=ON)
    with pytest.raises(Refused, match="Najpierw zapisz jej odpowiedź"):
        decline(row, reason="Nie chce.", **given)


def test_what_an_earlier_round_said_is_decided_no_more(centre, given):
    earlier = standing(centre, "reserve", round={"closed_on": ON}, place=1)
    enter_round(earlier.application, make_round(centre), **given)
    with pytest.raises(Refused, match="nie jest już w tym naborze"):
        decline(earlier, reason="Nie chce.", **given)


@pytest.mark.parametrize("outcome", ["qualified", "reserve"])
def test_nobody_leaves_a_list_that_stands(centre, given, outcome):
    with pytest.raises(Refused, match="zamknięto"):
        leave_round(standing(centre, outcome, round={"closed_on": ON}), **given)


def test_who_was_closed_meanwhile_and_reopened_can_leave_a_closed_round(centre, given):
    row = standing(centre, "checked", round={"closed_on": ON})
    leave_round(row, **given)
    assert state(row) == "waiting"


@pytest.mark.parametrize("act", [take_back_formal_check, take_back_interview, reopen_scoring])
def test_nothing_of_a_closed_round_is_taken_back(centre, given, act):
    with pytest.raises(Refused, match="zamknięto"):
        act(standing(centre, "checked", round={"closed_on": ON}), **given)


# The place that was given on


def given_on(centre, by, *, taken: bool):
    """Who was qualified for the only place and is declined; the next of the list has taken it, or not."""
    in_round = make_round(centre, places=1, closed_on=ON)
    first = make_candidacy(in_round, state="qualified", place=1)
    decline(first, reason="Podjął pracę.", by=by, on=ON)
    make_candidacy(in_round, state="qualified" if taken else "reserve", place=2, outcome="reserve")
    return first


def test_whose_place_was_given_on_comes_back_first_on_the_reserve_list(centre, given, social_worker):
    first = given_on(centre, social_worker, taken=True)
    take_back_decline(first, **given)
    assert state(first) == "reserve"
    assert places.next_in_line(first.round, ON) == first
    assert places.of_round(first.round, ON).over == 0


def test_whose_place_is_free_has_it_back(centre, given, social_worker):
    first = given_on(centre, social_worker, taken=False)
    take_back_decline(first, **given)
    assert (state(first), places.free_places(first.round, ON)) == ("qualified", 0)


def test_a_place_offered_to_the_next_is_not_free(centre, given, social_worker):
    first = given_on(centre, social_worker, taken=False)
    asked = first.round.candidacies.get(place=2)
    Offer.objects.create(candidacy=asked, offered_on=ON, offered_by=social_worker, way="phone", answer_due_on=ON)
    take_back_decline(first, **given)
    assert state(first) == "reserve"


def test_who_waits_for_the_place_again_comes_back_to_the_list_from_a_newer_round(centre, given, social_worker):
    first = given_on(centre, social_worker, taken=True)
    take_back_decline(first, **given)
    newer = enter_round(first.application, make_round(centre), **given)
    leave_round(newer, **given)
    assert state(first) == "reserve"
