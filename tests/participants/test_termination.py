"""A proposal to end a programme, the director's decision, and what follows from it."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from cistor.centres.models import PublicHoliday
from cistor.documents.models import Document
from cistor.journal.models import Entry
from participants import actions
from participants.models import Membership, Programme, Termination
from tests.factories import make_group, make_participant, make_programme, make_user
from tests.participants.refusals import refusal
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

START, ON = date(2026, 3, 2), date(2026, 5, 20)
GROUND = {"letter": "b", "text": "opuszczanie zajęć bez usprawiedliwienia", "source": "§6 cz. I pkt 1"}
DAY = {"on": "2026-05-11", "meaning": "unexcused", "letters": "NN"}
PROPOSED = {
    "kind": "breach",
    "grounds": [GROUND],
    "facts": "Nie było go dwa dni, rozmowa bez skutku.",
    "days": [DAY],
    "last_on": date(2026, 5, 19),
    "through_fault": True,
    "reason": "Nieobecności powtarzają się mimo aneksu.",
}


@pytest.fixture
def programme(centre):
    make_letterhead(centre)
    return make_programme(make_participant(centre, group=make_group(centre)), start_on=START)


def propose(programme, by, *, on=ON, **over):
    return actions.propose_termination(programme, **{**PROPOSED, **over}, by=by, on=on)


def decide(termination, by, *, granted=True, note="", on=ON, **more):
    return actions.decide_termination(termination, granted=granted, note=note, by=by, on=on, **more)


def test_a_proposal_ends_nothing_and_keeps_what_was_found(programme, social_worker):
    row = propose(programme, social_worker)
    row.refresh_from_db()
    assert (row.grounds, row.days, row.is_open) == ([GROUND], [DAY], True)
    assert Programme.objects.get().ended_on is None
    assert Entry.objects.get(verb="termination_proposed").data == {"kind": "breach", "last_on": "2026-05-19", "days": 1}


INCOMPLETE = [
    ({"kind": "job"}, "kind"),
    ({"grounds": []}, "grounds"),
    ({"facts": " "}, "facts"),
    ({"reason": " "}, "reason"),
    ({"last_on": date(2026, 3, 1)}, "last_on"),
    ({"last_on": date(9999, 12, 31)}, "last_on"),
    ({"last_on": date(2026, 5, 10)}, "last_on"),
    ({"last_on": date(2026, 5, 21)}, "last_on"),
]


@pytest.mark.parametrize("over, field", INCOMPLETE)
def test_an_incomplete_proposal_is_refused_beside_its_field(programme, social_worker, over, field):
    assert refusal(propose, programme, social_worker, **over)[0] == field
    assert not Termination.objects.exists()


def test_leaving_for_good_needs_no_ground_of_the_regulations(programme, social_worker):
    assert propose(programme, social_worker, kind="left", grounds=[]).grounds == []


def test_one_proposal_waits_at_a_time(programme, social_worker):
    first = propose(programme, social_worker)
    assert "już czeka" in refusal(propose, programme, social_worker)[1]
    actions.withdraw_termination(first, by=social_worker, on=ON)
    assert propose(programme, social_worker).is_open


def test_only_who_prepares_programmes_proposes(programme, instructor, outsider):
    for user in (instructor, outsider):
        assert "pracownik socjalny" in refusal(propose, programme, user)[1]


def test_the_decision_lists_the_days_by_the_calendar(programme, social_worker, director):
    days = [DAY, {**DAY, "on": "2026-05-04"}]
    row = decide(propose(programme, social_worker, days=days), director)
    assert [day["on"] for day in row.document.context["days"]] == ["2026-05-04", "2026-05-11"]


def test_granting_ends_the_programme_and_issues_the_decision_in_one_act(programme, social_worker, director):
    row = decide(propose(programme, social_worker), director)
    ended = Programme.objects.get()
    assert (ended.ended_on, ended.end_kind, ended.through_fault) == (date(2026, 5, 19), "breach", True)
    assert (ended.end_decided_by, ended.end_reason) == (director, PROPOSED["reason"])
    assert Membership.objects.get().end_on == date(2026, 5, 19)
    assert (row.document.kind, row.document.participant) == ("termination_decision", programme.participant)
    assert row.document.context["grounds"] == [GROUND]
    assert row.document.context["days"] == [{**DAY, "name": "nieobecność nieusprawiedliwiona"}]
    assert row.document.context["signer"] == {"name": str(director), "stands_in_for": ""}


def test_the_decision_calls_each_day_as_the_proposal_has_kept_it(programme, social_worker, director):
    row = decide(propose(programme, social_worker, days=[{**DAY, "name": "nieobecność bez powodu"}]), director)
    assert [day["name"] for day in row.document.context["days"]] == ["nieobecność bez powodu"]


def test_the_director_may_name_another_last_day(programme, social_worker, director):
    row = decide(propose(programme, social_worker), director, last_on=ON)
    assert (row.last_on, Programme.objects.get().ended_on) == (date(2026, 5, 19), ON)
    assert row.document.context["last_on"] == "2026-05-20"


def test_refused_with_a_reason_the_programme_goes_on(programme, social_worker, director):
    row = propose(programme, social_worker)
    assert refusal(decide, row, director, granted=False)[0] == "note"
    decide(row, director, granted=False, note="Najpierw aneks.")
    assert Programme.objects.get().ended_on is None
    assert not Document.objects.exists()
    assert "rozstrzygnięto już" in refusal(decide, row, director)[1]


def test_nobody_decides_on_the_own_proposal_unless_alone(programme, centre, director):
    row = propose(programme, director)
    assert "ktoś inny" in refusal(decide, row, director)[1]
    centre.single_handed = True
    centre.save()
    assert decide(Termination.objects.get(), director).granted


def test_only_the_head_decides_and_the_stand_in_is_named_as_such(programme, centre, director, social_worker):
    row, deputy = propose(programme, social_worker), make_user(centre, "instructor")
    assert "rozstrzyga kierujący" in refusal(decide, row, deputy)[1]
    director.stand_ins.create(deputy=deputy, start_on=ON, end_on=ON)
    deputy = type(deputy).objects.get(pk=deputy.pk)
    signer = decide(row, deputy).document.context["signer"]
    assert signer == {"name": str(deputy), "stands_in_for": str(director)}


def test_a_programme_that_ended_otherwise_takes_its_proposal_back(programme, social_worker, director):
    row = propose(programme, social_worker)
    actions.end_programme(programme, ended_on=ON, kind="job", reason="", by=director, on=ON)
    row.refresh_from_db()
    assert (row.granted, row.withdrawn_on) == (None, ON)
    assert "wycofany" in refusal(decide, row, director)[1]


def test_only_the_proposer_takes_it_back(programme, social_worker, director):
    row = propose(programme, social_worker)
    assert "ten, kto go złożył" in refusal(actions.withdraw_termination, row, by=director, on=ON)[1]


FROZEN = [{"granted": False}, {"kind": "left"}, {"grounds": []}, {"last_on": START}, {"document": None}]


@pytest.mark.parametrize("change", FROZEN)
def test_a_decision_cannot_be_changed(programme, social_worker, director, change):
    row = decide(propose(programme, social_worker), director)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Termination.objects.filter(pk=row.pk).update(**change)
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Termination.objects.filter(pk=row.pk).delete()


# The delivery --------------------------------------------------------------------------------------------------------


def deliver(termination, by, *, delivered_on=date(2026, 5, 22), on=date(2026, 5, 25), **over):
    given = {"way": "post", "proof": "R-12", **over}
    return actions.record_delivery(termination, delivered_on=delivered_on, **given, by=by, on=on)


def test_the_delivery_is_recorded_once(programme, social_worker, director):
    row = decide(propose(programme, social_worker), director)
    assert refusal(deliver, row, social_worker, delivered_on=date(2026, 5, 19))[0] == "delivered_on"
    assert refusal(deliver, row, social_worker, delivered_on=date(2026, 5, 26))[0] == "delivered_on"
    delivery = deliver(row, social_worker)
    assert delivery.last_complaint_on == date(2026, 6, 22)
    PublicHoliday.objects.create(on=date(2026, 6, 22), name="Święto jednorazowe", source="ustawa")
    assert delivery.last_complaint_on == date(2026, 6, 23)
    assert "już zapisane" in refusal(deliver, row, social_worker)[1]


def test_a_refusal_is_not_delivered(programme, social_worker, director):
    row = decide(propose(programme, social_worker), director, granted=False, note="Nie.")
    assert "wydaną decyzję" in refusal(deliver, row, social_worker)[1]
