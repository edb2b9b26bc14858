"""The text of an IPZS: begun with ready sentences, final with the signature, changed by annexes, its goals seen."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from cistor.documents.models import Document
from cistor.journal.models import Entry
from participants import actions, drafts
from participants.actions import annex as annexes
from participants.actions import plan as plans
from participants.models import Annex, Goal, Plan
from tests.factories import make_centre, make_participant
from tests.participants.plans import SIGNED, make_annex, make_draft, make_goal, make_signed
from tests.participants.refusals import refusal
from tests.referrals.papers import make_letterhead

pytestmark = pytest.mark.django_db

LATER = date(2026, 4, 8)


@pytest.fixture
def person(centre):
    return make_participant(centre)


@pytest.fixture
def programme(person, social_worker):
    return make_signed(person, by=social_worker)


# The draft -----------------------------------------------------------------------------------------------------------


def test_nobody_begins_with_an_empty_page(person, social_worker, centre):
    plan = plans.start_plan(person, by=social_worker, on=SIGNED)
    assert all(getattr(plan, name) for name in Plan.TEXTS)
    assert centre.regulations.get().title in plan.basis
    assert plan.lacking == ["cele"]


def test_without_regulations_the_basis_is_the_statute_alone(person, social_worker):
    plan = plans.start_plan(person, by=social_worker, on=date(2010, 1, 4))
    assert plan.basis.endswith("(Dz.U. z 2025 r. poz. 83).")


def test_one_person_has_one_draft(person, social_worker):
    plans.start_plan(person, by=social_worker, on=SIGNED)
    assert "już zaczęty" in refusal(plans.start_plan, person, by=social_worker, on=SIGNED)[1]


def test_the_journal_names_the_fields_and_keeps_their_words_out(person, social_worker):
    plan = plans.start_plan(person, by=social_worker, on=SIGNED)
    plans.save_plan(plan, family_help="Terapia rodzinna.", duties=" Chodzę. ", by=social_worker, on=SIGNED)
    plan.refresh_from_db()
    assert (plan.family_help, plan.duties) == ("Terapia rodzinna.", "Chodzę.")
    assert Entry.objects.get(verb="plan_saved").data == {"fields": ["duties", "family_help"]}


def test_the_agreement_has_its_day_and_its_office_of_this_centre(person, social_worker, centre):
    plan, office = plans.start_plan(person, by=social_worker, on=SIGNED), centre.offices.get(kind="welfare")
    foreign = make_centre("cistor").offices.get(kind="welfare")
    job_office = centre.offices.exclude(kind__in=["welfare", "cus"]).first() or foreign
    wrong = [
        ({"agreed_on": SIGNED, "agreed_with": None}, "agreed_with"),
        ({"agreed_on": None, "agreed_with": office}, "agreed_on"),
        ({"agreed_on": SIGNED + timedelta(days=1), "agreed_with": office}, "agreed_on"),
        ({"agreed_on": SIGNED, "agreed_with": foreign}, "agreed_with"),
        ({"agreed_on": SIGNED, "agreed_with": job_office}, "agreed_with"),
    ]
    for given, field in wrong:
        assert refusal(plans.save_plan, plan, **given, by=social_worker, on=SIGNED)[0] == field
    assert (
        plans.save_plan(plan, agreed_on=SIGNED, agreed_with=office, by=social_worker, on=SIGNED).agreed_with == office
    )


def test_a_draft_and_its_goals_are_changed_and_removed(person, social_worker):
    plan = make_draft(person, by=social_worker)
    goal = plans.change_goal(
        plan.goals.get(), area="housing", what="Własny pokój.", until=LATER, by=social_worker, on=SIGNED
    )
    assert (goal.area, goal.who, goal.until) == ("housing", "", LATER)
    assert refusal(plans.change_goal, goal, area="housing", what=" ", by=social_worker, on=SIGNED)[0] == "what"
    assert refusal(plans.change_goal, goal, area="moon", what="Cel.", by=social_worker, on=SIGNED)[0] == "area"
    plans.remove_goal(goal, by=social_worker, on=SIGNED)
    assert "już usunięto" in refusal(plans.remove_goal, goal, by=social_worker, on=SIGNED)[1]
    plans.remove_plan(plan, by=social_worker, on=SIGNED)
    assert not Plan.objects.exists()
    assert "już usunięto" in refusal(plans.save_plan, plan, duties="x", by=social_worker, on=SIGNED)[1]


# The signature -------------------------------------------------------------------------------------------------------


def test_signing_the_programme_makes_the_complete_draft_its_text(programme, person):
    assert programme.plan.lacking == []
    assert not person.plans.filter(programme=None).exists()


def test_a_draft_that_lacks_something_waits_and_is_attached_when_it_is_whole(person, social_worker):
    plan = plans.start_plan(person, by=social_worker, on=SIGNED)
    signed = {"signed_on": SIGNED, "start_on": SIGNED, "despite": "Teczka jest na papierze."}
    programme = actions.sign_programme(person, **signed, by=social_worker, on=SIGNED)
    assert not Plan.objects.filter(programme=programme).exists()
    assert "Brakuje: cele" in refusal(plans.seal_plan, plan, programme, by=social_worker, on=LATER)[1]
    make_goal(plan, by=social_worker)
    assert plans.seal_plan(plan, programme, by=social_worker, on=LATER).programme == programme


def test_a_draft_that_may_be_of_an_earlier_programme_is_attached_by_hand_alone(person, social_worker, director):
    signed = {"despite": "Teczka jest na papierze.", "by": social_worker}
    first = actions.sign_programme(person, signed_on=SIGNED, start_on=SIGNED, **signed, on=SIGNED)
    draft = make_draft(person, by=social_worker)
    assert "nie dołączy" not in drafts.outlook(person)
    actions.end_programme(first, ended_on=SIGNED, kind="declaration", reason="", by=director, on=SIGNED)
    assert "nie dołączy się sam" in drafts.outlook(person)
    second = actions.sign_programme(person, signed_on=LATER, start_on=LATER, **signed, on=LATER)
    assert not Plan.objects.filter(programme=second).exists()
    assert plans.seal_plan(draft, second, by=social_worker, on=LATER).programme == second


def test_after_a_programme_with_its_text_the_draft_is_of_the_next(programme, person, social_worker, director):
    actions.end_programme(programme, ended_on=SIGNED, kind="declaration", reason="", by=director, on=SIGNED)
    assert drafts.outlook(person) == drafts.NONE
    assert "niepełny" in drafts.outlook(plans.start_plan(person, by=social_worker, on=LATER).participant)
    make_goal(person.plans.get(programme=None), by=social_worker)
    assert "stanie się treścią" in drafts.outlook(person)
    signed = {"despite": "Teczka jest na papierze.", "by": social_worker}
    assert actions.sign_programme(person, signed_on=LATER, start_on=LATER, **signed, on=LATER).plan


def test_a_plan_is_sealed_for_its_own_person_and_one_a_programme(centre, programme, social_worker):
    other = make_draft(make_participant(centre), by=social_worker)
    assert "innej osoby" in refusal(plans.seal_plan, other, programme, by=social_worker, on=LATER)[1]
    assert "aneks" in refusal(plans.start_plan, programme.participant, by=social_worker, on=LATER)[1]


def test_what_is_signed_changes_by_no_act_and_by_no_query(programme, social_worker):
    plan, goal = programme.plan, programme.plan.goals.get()
    assert "Zmianę zapisuje aneks" in refusal(plans.save_plan, plan, duties="x", by=social_worker, on=LATER)[1]
    assert "aneks" in refusal(plans.add_goal, plan, area="other", what="x", by=social_worker, on=LATER)[1]
    assert "aneks" in refusal(plans.remove_goal, goal, by=social_worker, on=LATER)[1]
    for rows in (Plan.objects.filter(pk=plan.pk), Goal.objects.filter(pk=goal.pk)):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.delete()


# The goals -----------------------------------------------------------------------------------------------------------


def test_a_goal_seen_again_keeps_what_was_seen_before(programme, social_worker):
    goal = programme.plan.goals.get()
    plans.record_outcome(goal, is_done=False, seen_on=SIGNED, note="Kurs trwa.", by=social_worker, on=LATER)
    plans.record_outcome(goal, is_done=True, seen_on=LATER, by=social_worker, on=LATER)
    assert [row.is_done for row in goal.outcomes.all()] == [True, False]


@pytest.mark.parametrize("seen_on", [date(2026, 3, 1), date(2026, 4, 9)])
def test_a_goal_is_seen_between_the_signature_and_today(programme, social_worker, seen_on):
    goal = programme.plan.goals.get()
    assert (
        refusal(plans.record_outcome, goal, is_done=True, seen_on=seen_on, by=social_worker, on=LATER)[0] == "seen_on"
    )


def test_a_goal_of_a_draft_is_not_seen_yet(person, social_worker):
    goal = make_draft(person, by=social_worker).goals.get()
    assert (
        "z podpisem"
        in refusal(plans.record_outcome, goal, is_done=True, seen_on=SIGNED, by=social_worker, on=SIGNED)[1]
    )


def test_a_goal_is_not_due_before_the_signature_nor_long_before_the_draft(person, programme, social_worker):
    plan = plans.start_plan(make_participant(person.centre), by=social_worker, on=SIGNED)
    given = {"area": "social", "what": "Kurs", "by": social_worker, "on": SIGNED}
    assert plans.add_goal(plan, until=SIGNED - timedelta(days=31), **given)
    assert refusal(plans.add_goal, plan, until=SIGNED - timedelta(days=32), **given)[0] == "until"
    annex = make_annex(programme, by=social_worker, in_force_from=LATER)
    assert refusal(plans.add_goal, annex, until=SIGNED - timedelta(days=1), **given)[0] == "until"


# Annexes -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def signable(programme, social_worker, centre):
    """The draft of the first annex, with a goal."""
    make_letterhead(centre)
    annex = make_annex(programme, by=social_worker, in_force_from=LATER)
    make_goal(annex, by=social_worker)
    return annex


def test_a_signed_annex_has_its_numbered_paper_and_never_changes(signable, social_worker, director):
    annex = annexes.sign_annex(signable, signed_on=SIGNED, by=director, on=LATER)
    assert annex.document.number == "AN/1/2026"
    assert annex.document.participant == annex.programme.participant
    given = {"changes": "x", "reason": "x", "in_force_from": LATER}
    assert "nowy aneks" in refusal(annexes.change_annex, annex, **given, by=social_worker, on=LATER)[1]
    assert "nowy aneks" in refusal(plans.remove_goal, annex.goals.get(), by=social_worker, on=LATER)[1]
    with pytest.raises(DatabaseError), transaction.atomic():
        Annex.objects.filter(pk=annex.pk).update(in_force_from=SIGNED)
    assert make_annex(annex.programme, by=social_worker).number == 2


def test_a_goal_of_an_annex_counts_from_its_own_signature(signable, social_worker, director):
    goal = signable.goals.get()
    assert goal.plan == signable.programme.plan
    assert "z podpisem" in refusal(plans.record_outcome, goal, is_done=True, seen_on=SIGNED, by=director, on=LATER)[1]
    annexes.sign_annex(signable, signed_on=LATER, by=director, on=LATER)
    goal.refresh_from_db()
    assert plans.record_outcome(goal, is_done=True, seen_on=LATER, by=social_worker, on=LATER).is_done


def test_an_annex_does_not_work_backwards_and_is_signed_by_today(signable, director):
    for signed_on in (LATER + timedelta(days=1), SIGNED - timedelta(days=1)):
        assert refusal(annexes.sign_annex, signable, signed_on=signed_on, by=director, on=LATER)[0] == "signed_on"
    after = LATER + timedelta(days=2)
    assert "wstecz" in refusal(annexes.sign_annex, signable, signed_on=after, by=director, on=after)[1]
    assert not Document.objects.exists()


@pytest.mark.parametrize("over", [{"changes": " "}, {"reason": ""}, {"in_force_from": date(2026, 3, 1)}])
def test_an_annex_says_what_changes_from_when_and_why(programme, social_worker, over):
    assert refusal(make_annex, programme, by=social_worker, **over)[0] == next(iter(over))


def test_a_programme_has_one_draft_of_an_annex_which_may_come_to_nothing(signable, social_worker):
    assert "już zaczęty" in refusal(make_annex, signable.programme, by=social_worker)[1]
    annexes.remove_annex(signable, by=social_worker, on=LATER)
    assert not Goal.objects.filter(annex__isnull=False).exists()
    assert make_annex(signable.programme, by=social_worker).number == 1


def test_nothing_is_annexed_after_the_end(programme, director, social_worker):
    last, after = LATER - timedelta(days=12), LATER
    draft = make_annex(programme, by=social_worker, in_force_from=last)
    actions.end_programme(programme, ended_on=last, kind="declaration", reason="", by=director, on=last)
    given = {"changes": "x", "reason": "x", "in_force_from": after, "by": social_worker}
    assert refusal(annexes.change_annex, draft, **given, on=last)[0] == "in_force_from"
    assert "zakończył się" in refusal(annexes.change_annex, draft, **given, on=after)[1]
    assert "zakończył się" in refusal(annexes.sign_annex, draft, signed_on=SIGNED, by=director, on=after)[1]
    annexes.remove_annex(draft, by=social_worker, on=after)
    assert "zakończył się" in refusal(make_annex, programme, by=social_worker, on=after)[1]


def test_the_head_signs_an_annex_or_a_stand_in_for_the_head(signable, social_worker, director):
    assert "kierujący centrum" in refusal(annexes.sign_annex, signable, signed_on=SIGNED, by=social_worker, on=LATER)[1]
    director.stand_ins.create(deputy=social_worker, start_on=LATER, end_on=LATER)
    deputy = type(social_worker).objects.get(pk=social_worker.pk)
    annex = annexes.sign_annex(signable, signed_on=SIGNED, by=deputy, on=LATER)
    assert (annex.signed_by, annex.signed_for) == (deputy, director)
    assert annex.document.context["signer"] == {"name": str(deputy), "stands_in_for": str(director)}
    for column in ("signed_by", "signed_for"):
        with pytest.raises(DatabaseError), transaction.atomic():
            Annex.objects.filter(pk=annex.pk).update(**{column: None})


def test_a_programme_without_its_text_takes_annexes_without_goals(person, social_worker):
    signed = {"signed_on": SIGNED, "start_on": SIGNED, "despite": "Teczka jest na papierze."}
    programme = actions.sign_programme(person, **signed, by=social_worker, on=SIGNED)
    annex = make_annex(programme, by=social_worker)
    assert "nie ma jeszcze treści" in refusal(make_goal, annex, by=social_worker)[1]
