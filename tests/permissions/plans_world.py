"""The text of a programme in each of its states; a mixin of `World`."""

from functools import cached_property
from typing import TYPE_CHECKING

from participants.models import Annex, Goal, Plan
from tests.factories import make_participant
from tests.participants.plans import make_annex, make_draft, make_goal
from tests.referrals.papers import make_letterhead

if TYPE_CHECKING:
    from tests.permissions.world import World


class Plans:
    @cached_property
    def draft_plan(self: "World") -> Plan:
        """Complete; its person has no programme."""
        return make_draft(make_participant(self.centre, group=self.group), by=self.people["social_worker"])

    @cached_property
    def waiting_plan(self: "World") -> Plan:
        """Complete, of somebody whose programme was signed without it."""
        return make_draft(self.trial_programme.participant, by=self.people["social_worker"])

    @cached_property
    def signed_plan(self: "World") -> Plan:
        plan = make_draft(self.participant, by=self.people["social_worker"])
        plan.programme = self.programme
        plan.save()
        return plan

    @cached_property
    def signed_goal(self: "World") -> Goal:
        return self.signed_plan.goals.get(annex=None)

    @cached_property
    def annex(self: "World") -> Annex:
        """A draft with a goal; the centre has its paper."""
        from tests.permissions.world import TODAY

        make_letterhead(self.centre)
        annex = make_annex(self.signed_plan.programme, by=self.people["social_worker"], on=TODAY)
        make_goal(annex, by=self.people["social_worker"], on=TODAY)
        return annex
