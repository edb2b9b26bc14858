"""The applications of a world, each in its state; a mixin of `World`."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from cistor.documents import files
from cistor.documents.models import Document, Upload
from referrals.models import Application, Candidacy, Offer, OfficeReminder, Project, Round
from tests.documents.brought import make_upload
from tests.referrals.making import SUBMITTED, make_application, make_candidacy, make_round, make_score
from tests.referrals.papers import make_letterhead
from tests.referrals.ready import CLOSED, make_qualified

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
        return self.received_application.reminders.create(document=document, office=self.office, **about)

    @cached_property
    def upload(self: "World") -> Upload:
        """A paper of the participant's personal file."""
        return make_upload(self.participant, by=self.people["social_worker"])

    @cached_property
    def project(self: "World") -> Project:
        return Project.objects.create(centre=self.centre, name="Projekt", start_on=date(2026, 1, 1))

    @cached_property
    def round(self: "World") -> Round:
        return make_round(self.centre)

    @cached_property
    def candidacy(self: "World") -> Candidacy:
        """Formally checked, and nothing more."""
        return make_candidacy(self.round, state="checked")

    @cached_property
    def entered_candidacy(self: "World") -> Candidacy:
        return make_candidacy(self.round)

    @cached_property
    def scored_candidacy(self: "World") -> Candidacy:
        """Somebody has scored, and the scoring goes on."""
        row = make_candidacy(make_round(self.centre, method=Round.Method.SCORES), state="interviewed")
        make_score(row, self.people["psychologist"])
        return row

    @cached_property
    def points_candidacy(self: "World") -> Candidacy:
        return make_candidacy(make_round(self.centre, method=Round.Method.POINTS), state="checked")

    @cached_property
    def closed_round(self: "World") -> Round:
        return make_round(self.centre, places=3, closed_on=CLOSED)

    @cached_property
    def offer(self: "World") -> Offer:
        """To the first of the reserve list, not answered yet."""
        asked = make_candidacy(self.closed_round, state="reserve", place=1)
        made = {"offered_by": self.people["social_worker"], "way": "phone", "answer_due_on": date(2026, 3, 13)}
        return Offer.objects.create(candidacy=asked, offered_on=date(2026, 3, 10), **made)

    @cached_property
    def in_line(self: "World") -> Candidacy:
        """The next of the reserve list; a place is free."""
        return make_candidacy(self.closed_round, state="reserve", place=2)

    @cached_property
    def qualified(self: "World") -> Candidacy:
        """Both tracks at their end, the personal file empty."""
        return make_qualified(self.centre).candidacies.get()

    @cached_property
    def finished_round(self: "World") -> Round:
        """Everybody in it is scored."""
        make_letterhead(self.centre)
        row = make_candidacy(make_round(self.centre, method=Round.Method.SCORES), state="scored")
        make_score(row, self.people["psychologist"])
        return row.round
