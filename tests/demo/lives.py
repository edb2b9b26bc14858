"""The promises about letters, deadlines and decisions; taken in by `test_demo_data`, so that the year is made once."""

from datetime import date

import pytest

from cistor.notices.deadlines import LABELS, LETTERS, of_centre
from cistor.notices.models import Dispatch, IncomingLetter, Letter, Mail, Reminder, Run
from participants.models import Annex, Certificate, Clearance, Extension, FollowUp, Plan, Termination
from participants.qualification import provisional_stages
from tests.demo.made import centre


def test_letters_stand_in_every_state(demo):
    assert set(Letter.objects.values_list("status", flat=True)) == set(Letter.Status.values)
    assert Letter.objects.unsent().count() == 1


def test_letters_went_out_by_every_way_and_a_copy_with_one_of_them(demo):
    assert set(Dispatch.objects.values_list("way", flat=True)) == set(Dispatch.Way.values)
    assert Dispatch.objects.filter(is_copy=True).count() == 1
    assert not Mail.objects.exists()


def test_letters_came_in_of_every_kind(demo):
    assert set(IncomingLetter.objects.values_list("kind", flat=True)) == set(IncomingLetter.Kind.values)


def test_every_kind_of_deadline_is_there(demo):
    of_cistor, of_rzyszczewo = ({row.kind for row in of_centre(centre(p), demo)} for p in ("cistor", "rzyszczewo"))
    assert of_cistor | of_rzyszczewo == set(LABELS)
    assert "follow_up" not in of_cistor


def test_an_answer_and_a_letter_are_overdue(demo):
    late = [row.kind for row in of_centre(centre("cistor"), demo) if row.state(demo) == "overdue"]
    assert sorted(kind for kind in late if kind in LETTERS | {"qualification_reply"}) == [
        "early_end_info",
        "qualification_reply",
    ]


def test_both_have_climbed_and_the_log_says_so(demo):
    assert set(Reminder.objects.filter(reminded_on__gt=date(2026, 11, 10)).values_list("kind", flat=True)) == {
        "early_end_info",
        "qualification_reply",
    }
    assert Run.objects.filter(is_daily=True, on=demo).count() == 2
    assert not Run.objects.exclude(failure="", failed=0).exists()


def test_one_goes_on_provisionally(demo):
    (stage,) = provisional_stages(centre("cistor").pk)
    assert stage.start_on <= demo <= stage.end_on


def test_more_time_is_asked_for_and_granted(demo):
    assert sorted(Extension.objects.values_list("granted", flat=True), key=str) == [None, True]


def test_one_end_is_proposed_another_decided_and_delivered(demo):
    proposed, decided = Termination.objects.order_by("-asked_on")
    assert (proposed.granted, len(proposed.days)) == (None, 4)
    assert decided.granted
    assert decided.delivery.delivered_on < demo
    assert len(decided.days) > 3


def test_plans_have_goals_and_some_an_annex(demo):
    for plan in Plan.objects.prefetch_related("goals"):
        assert plan.programme_id
        assert len(plan.goals.all()) == 3
    assert Plan.objects.filter(programme__application__status="admitted").count() == 3
    assert sorted(row.signed_on is None for row in Annex.objects.all()) == [False, False, True]


def test_who_has_left_has_papers_and_is_asked_how_they_fare(demo):
    assert Certificate.objects.count() == Clearance.objects.count() == 2
    assert FollowUp.objects.count() == 2


@pytest.mark.parametrize("preset", ["cistor", "rzyszczewo"])
def test_the_office_has_an_address_that_nobody_can_have(demo, preset):
    assert centre(preset).offices.get(kind="welfare").email.endswith(".example")
