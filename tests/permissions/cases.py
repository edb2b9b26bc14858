"""The applications of a world, each in its state; a mixin of `World`."""

from functools import cached_property
from typing import TYPE_CHECKING

from cistor.documents.models import Upload
from referrals.models import Application, Candidacy, Round
from tests.documents.brought import make_upload
from tests.referrals.making import make_application, make_candidacy, make_round

if TYPE_CHECKING:
    from tests.permissions.world import World


class Cases:
    @cached_property
    def draft(self: "World") -> Application:
        return make_application(self.centre, status="draft")

    @cached_property
    def application(self: "World") -> Application:
        """Submitted, and nothing more."""
        return make_application(self.centre)

    @cached_property
    def sent_application(self: "World") -> Application:
        return make_application(self.centre, office=self.office, office_state="sent")

    @cached_property
    def received_application(self: "World") -> Application:
        return make_application(self.centre, office=self.office, office_state="received")

    @cached_property
    def opined_application(self: "World") -> Application:
        return make_application(self.centre, office=self.office, office_state="opined")

    @cached_property
    def upload(self: "World") -> Upload:
        """A paper of the participant's personal file."""
        return make_upload(self.participant, by=self.people["social_worker"])

    @cached_property
    def round(self: "World") -> Round:
        return make_round(self.centre)

    @cached_property
    def candidacy(self: "World") -> Candidacy:
        """Formally checked, and nothing more."""
        return make_candidacy(self.round, state="checked")
