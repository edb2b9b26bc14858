"""The text of an IPZS: written as a draft, final with the signature, from then on changed by annexes alone."""

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from cistor.accounts.models import User
from cistor.centres.models import Regulations
from cistor.dates import joined
from cistor.errors import Refused
from cistor.journal.actions import record
from participants import qualification
from participants.actions.checking import refuse_days, refuse_invalid
from participants.actions.participant import locked
from participants.drafts import awaits_text, of_before, open_draft
from participants.models import Annex, Goal, GoalOutcome, Participant, Plan, Programme
from participants.plan_texts import starting_texts

FIELDS = (*Plan.TEXTS, "agreed_on", "agreed_with")
GOAL_FIELDS = ("area", "what", "who", "until")
COPIED_WITHIN = timedelta(days=31)


# The draft -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def start_plan(participant: Participant, *, by: User, on: date) -> Plan:
    """A draft that already says what the law and the regulations say of everybody; one a person."""
    participant = locked(participant)
    running = participant.programmes.filter(ended_on=None).first()
    if running and hasattr(running, "plan"):
        raise Refused("Trwający program ma już IPZS. Zmienia go aneks.")
    regulations = Regulations.objects.version(participant.centre_id, on)
    title, since = (regulations.title, regulations.in_force_from) if regulations else ("", None)
    plan = Plan(participant=participant, written_by=by, **starting_texts(title, since))
    refuse_invalid(plan)
    plan.save(force_insert=True)
    record(plan, "plan_started", by=by)
    return plan


@transaction.atomic
def save_plan(plan: Plan, *, by: User, on: date, **fields: Any) -> Plan:
    """Texts of `Plan.TEXTS`, and when the programme was agreed with the head of which office (art. 12)."""
    plan = _draft(plan)
    for name, value in fields.items():
        if name not in FIELDS:
            raise TypeError(name)
        setattr(plan, name, value.strip() if isinstance(value, str) else value)
    _refuse_half_agreement(plan, on)
    refuse_invalid(plan)
    plan.save(update_fields=list(fields))
    record(plan, "plan_saved", by=by, fields=sorted(fields))
    return plan


def _refuse_half_agreement(plan: Plan, on: date) -> None:
    refuse_days(agreed_on=plan.agreed_on)
    if plan.agreed_on and plan.agreed_on > on:
        raise Refused("Dzień uzgodnienia nie może być z przyszłości.", field="agreed_on")
    if plan.agreed_on and not plan.agreed_with_id:
        raise Refused("Wskaż ośrodek, z którym uzgodniono program.", field="agreed_with")
    if plan.agreed_with_id and not plan.agreed_on:
        raise Refused("Podaj dzień uzgodnienia.", field="agreed_on")
    office = plan.agreed_with
    if office and (office.centre_id != plan.participant.centre_id or office.kind not in qualification.WELFARE):
        raise Refused("Program uzgadnia się z kierownikiem ośrodka pomocy społecznej.", field="agreed_with")


@transaction.atomic
def remove_plan(plan: Plan, *, by: User, on: date) -> None:
    """A draft that nobody is going to sign; its history stays."""
    plan = _draft(plan)
    record(plan, "plan_removed", by=by)
    plan.delete()


def _draft(plan: Plan) -> Plan:
    """Locked with its person; Refused once it is signed."""
    participant = locked(plan.participant)
    held = participant.plans.select_for_update(of=("self",)).filter(pk=plan.pk).first()
    if held is None:
        raise Refused("Ten projekt IPZS już usunięto.")
    if held.programme_id:
        raise Refused("Podpisany IPZS się nie zmienia. Zmianę zapisuje aneks.")
    return held


# The signature -------------------------------------------------------------------------------------------------------


@transaction.atomic
def seal_plan(plan: Plan, programme: Programme, *, by: User, on: date) -> Plan:
    """The draft is the text of a signed programme and final; Refused while it lacks what there is to sign.

    It may have been agreed after the signature: that is written down as it was, a refusal would invite a false day.
    """
    plan = _draft(plan)
    if programme.participant_id != plan.participant_id:
        raise Refused("Ten IPZS napisano dla innej osoby.")
    if Plan.objects.filter(programme=programme).exists():
        raise Refused("Ten program ma już swój IPZS.")
    if lacking := plan.lacking:
        raise Refused(f"IPZS jest jeszcze niepełny. Brakuje: {joined(lacking)}.")
    plan.programme = programme
    plan.save(update_fields=["programme"])
    record(plan, "plan_sealed", by=by, programme=programme.pk)
    return plan


def seal_draft(programme: Programme, *, by: User, on: date) -> Plan | None:
    """With the signature the complete draft of the person becomes its text; one not complete waits, still a draft,
    and so does one that may have been written for an earlier programme: it is attached by hand."""
    draft = open_draft(programme.participant)
    if draft is None or draft.lacking or of_before(programme.participant):
        return None
    return seal_plan(draft, programme, by=by, on=on)


# The goals -----------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_goal(
    of: Plan | Annex, *, area: str, what: str, who: str = "", until: date | None = None, by: User, on: date
) -> Goal:
    """A goal of a draft, or one that the draft of an annex adds to a signed plan."""
    if isinstance(of, Annex):
        annex = held_annex(of)
        plan = _plan_of(annex)
    else:
        annex, plan = None, _draft(of)
    goal = Goal(plan=plan, annex=annex)
    _set_goal(goal, area=area, what=what, who=who, until=until, on=on)
    goal.save(force_insert=True)
    record(goal, "goal_added", by=by, area=area)
    return goal


@transaction.atomic
def change_goal(
    goal: Goal, *, area: str, what: str, who: str = "", until: date | None = None, by: User, on: date
) -> Goal:
    goal = _held_goal(goal)
    _set_goal(goal, area=area, what=what, who=who, until=until, on=on)
    goal.save(update_fields=list(GOAL_FIELDS))
    record(goal, "goal_changed", by=by, area=area)
    return goal


@transaction.atomic
def remove_goal(goal: Goal, *, by: User, on: date) -> None:
    goal = _held_goal(goal)
    record(goal, "goal_removed", by=by, area=goal.area)
    goal.delete()


def _set_goal(goal: Goal, *, area: str, what: str, who: str, until: date | None, on: date) -> None:
    refuse_days(until=until)
    _refuse_past_term(goal, until, on)
    if not what.strip():
        raise Refused("Napisz, co ma być osiągnięte.", field="what")
    goal.area, goal.what, goal.who, goal.until = area, what.strip(), " ".join(who.split()), until
    refuse_invalid(goal)


def _refuse_past_term(goal: Goal, until: date | None, on: date) -> None:
    """No goal is due before its programme was signed; a draft may be copied from a paper of the last weeks."""
    programme = goal.plan.programme or awaits_text(goal.plan.participant)
    since = programme.signed_on if programme else on - COPIED_WITHIN
    if until and until < since:
        raise Refused(f"Podaj dzień od {since:%d.%m.%Y}.", field="until")


def _plan_of(annex: Annex) -> Plan:
    plan = Plan.objects.filter(programme=annex.programme_id).first()
    if plan is None:
        raise Refused("Ten program nie ma jeszcze treści IPZS, więc aneks nie dodaje do niej celów.")
    return plan


def _held_goal(goal: Goal) -> Goal:
    """Locked with what it stands in; Refused once that is signed."""
    if goal.annex:
        held_annex(goal.annex)
    else:
        _draft(goal.plan)
    held = Goal.objects.filter(pk=goal.pk).first()
    if held is None:
        raise Refused("Ten cel już usunięto.")
    return held


@transaction.atomic
def record_outcome(goal: Goal, *, is_done: bool, seen_on: date, note: str = "", by: User, on: date) -> GoalOutcome:
    """Whether a goal of a signed programme was reached; seen again, the newest counts and the earlier stay."""
    locked(goal.plan.participant)
    # As it is now: its annex may have been signed meanwhile.
    goal = Goal.objects.select_related("plan__programme", "annex").get(pk=goal.pk)
    _refuse_wrong_sight(goal, seen_on, on)
    outcome = GoalOutcome(goal=goal, is_done=is_done, seen_on=seen_on, note=note.strip(), by=by)
    refuse_invalid(outcome)
    outcome.save(force_insert=True)
    record(outcome, "goal_seen", by=by, is_done=is_done, seen_on=seen_on)
    return outcome


def _refuse_wrong_sight(goal: Goal, seen_on: date, on: date) -> None:
    refuse_days(seen_on=seen_on)
    programme, annex = goal.plan.programme, goal.annex
    signed_on = annex.signed_on if annex else programme.signed_on if programme else None
    if signed_on is None:
        raise Refused("Cel zaczyna się liczyć z podpisem. Do tego czasu można go zmienić albo usunąć.")
    if not signed_on <= seen_on <= on:
        raise Refused(f"Podaj dzień od podpisania ({signed_on:%d.%m.%Y}) do dziś.", field="seen_on")


def held_annex(annex: Annex) -> Annex:
    """The draft of an annex, locked with its person; Refused once it is signed."""
    locked(annex.programme.participant)
    held = Annex.objects.select_related("programme__participant").filter(pk=annex.pk).first()
    if held is None:
        raise Refused("Ten projekt aneksu już usunięto.")
    if held.signed_on:
        raise Refused(f"Aneks podpisano {held.signed_on:%d.%m.%Y}. Następną zmianę zapisuje nowy aneks.")
    return held
