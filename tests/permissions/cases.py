"""The applications of a world, each in its state; a mixin of `World`."""

from functools import cached_property
from typing import TYPE_CHECKING

from cistor.documents import files
from cistor.documents.models import Document, Upload
from referrals.models import Application, Candidacy, OfficeReminder, Round
from tests.documents.brought import make_upload
from tests.referrals.making import SUBMITTED, make_application, make_candidacy, make_round

if TYPE_CHECKING:
    from tests.permissions.world import World


class Cases:
    @cached_property
    def draft(self: "World") -> Application:
        return make_application(self.centre, status="draft")

    @cached_property
    def withdrawn_application(self: "World") -> Application:
        return make_application(self.centre, status="withdrawn")

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
    def scanned_application(self: "World") -> Application:
        """Opined on a paper whose scan is kept."""
        application = make_application(self.centre, office=self.office, office_state="opined")
        scan = make_upload(application.participant, kind="opinion_scan", by=self.people["social_worker"])
        application.opinions.update(scan=scan)
        return application

    @cached_property
    def reminder(self: "World") -> OfficeReminder:
        """Of the received application."""
        document = Document.objects.create(
            centre=self.centre,
            participant=self.received_application.participant,
            kind="office_reminder",
            number="PU/1/2026",
            title="Przypomnienie",
            issued_on=SUBMITTED,
            issued_by=self.people["social_worker"],
            sha256=files.store(b"%PDF-1.7"),
            size=8,
        )
        about = {"about": "opinion_written", "reminded_on": SUBMITTED, "by": self.people["social_worker"]}
        return self.received_application.reminders.create(document=document, **about)

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
