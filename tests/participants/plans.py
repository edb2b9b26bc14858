"""Plans for tests: a complete draft, a signed programme with its plan."""

from datetime import date

from participants import actions
from participants.actions import annex as annexes
from participants.actions import plan as plans
from participants.models import Annex, Goal, Participant, Plan, Programme

SIGNED = date(2026, 3, 2)


def make_draft(participant: Participant, *, by, on: date = SIGNED) -> Plan:
    """With the ready sentences and one goal: nothing is lacking."""
    plan = plans.start_plan(participant, by=by, on=on)
    make_goal(plan, by=by, on=on)
    return plan


def make_goal(of: Plan | Annex, *, by, on: date = SIGNED, **over) -> Goal:
    given = {"area": "vocational", "what": "Uprawnienia na wózek widłowy.", "who": "instruktor", **over}
    return plans.add_goal(of, **given, by=by, on=on)


def make_signed(participant: Participant, *, by, on: date = SIGNED) -> Programme:
    """Signed that day, with its plan."""
    make_draft(participant, by=by, on=on)
    return actions.sign_programme(
        participant, signed_on=on, start_on=on, despite="Teczka jest na papierze.", by=by, on=on
    )


def make_annex(programme: Programme, *, by, on: date = SIGNED, **over) -> Annex:
    given = {"changes": "Zajęcia w kuchni.", "reason": "Zmiana grupy.", "in_force_from": on, **over}
    return annexes.draft_annex(programme, **given, by=by, on=on)
