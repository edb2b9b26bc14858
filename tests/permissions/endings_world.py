"""The ends of programmes of a world; a mixin of `World`."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from participants.actions import decide_termination, propose_termination
from participants.models import Programme, Termination
from tests.factories import end, make_participant, make_programme
from tests.referrals.papers import make_letterhead

if TYPE_CHECKING:
    from tests.permissions.world import World

MONDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 6)


class Endings:
    def _proposed(self: "World") -> Termination:
        programme = make_programme(make_participant(self.centre), start_on=date(2026, 1, 5))
        found = {"facts": "Od tygodnia nieobecność.", "reason": "Nie ma kontaktu.", "through_fault": True}
        by = self.people["social_worker"]
        return propose_termination(
            programme, kind="left", grounds=[], days=[], last_on=FRIDAY, **found, by=by, on=MONDAY
        )

    @cached_property
    def termination(self: "World") -> Termination:
        """Proposed by the social worker."""
        return self._proposed()

    @cached_property
    def granted_termination(self: "World") -> Termination:
        """Not delivered yet."""
        make_letterhead(self.centre)
        return decide_termination(self._proposed(), granted=True, note="", by=self.people["director"], on=MONDAY)

    @cached_property
    def ended_programme(self: "World") -> Programme:
        """Of somebody whom the group still has."""
        make_letterhead(self.centre)
        programme = make_programme(make_participant(self.centre, group=self.group), start_on=date(2026, 1, 5))
        return end(programme, ended_on=MONDAY, kind="job")
