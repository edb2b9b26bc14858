"""The letters of a world, each in its state; a mixin of `World`."""

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from django.db.models.functions import Now

from cistor.documents import files
from cistor.jobs.models import Job
from cistor.notices.models import IncomingLetter, Letter, Mail
from tests.factories import make_participant, make_programme
from tests.notices.making import make_document, make_letter, send

if TYPE_CHECKING:
    from participants.models import Programme
    from tests.permissions.world import World

MONDAY = date(2026, 3, 9)


class Letters:
    def _letter(self: "World", **over) -> Letter:
        """Of somebody in the last week of a trial."""
        director = self.people["director"]
        programme = make_programme(make_participant(self.centre), start_on=date(2026, 2, 16), main=False, by=director)
        return make_letter(programme, Letter.Kind.QUALIFICATION_REQUEST, office=self.office, on=MONDAY, **over)

    @cached_property
    def draft_letter(self: "World") -> Letter:
        return self._letter()

    @cached_property
    def signed_letter(self: "World") -> Letter:
        """Its paper was issued by payroll, whose right to send reaches the own ones alone."""
        letter, payroll = self._letter(), self.people["payroll"]
        paper = make_document(letter.people.get().programme, letter.kind, on=MONDAY, by=payroll)
        letter.status, letter.document = Letter.Status.SIGNED, paper
        letter.signed_on, letter.signed_by = MONDAY, self.people["director"]
        letter.save()
        return letter

    @cached_property
    def asked_programme(self: "World") -> "Programme":
        """The office was sent the request about it."""
        letter = self._letter(status="signed")
        send(letter, MONDAY)
        return letter.people.get().programme

    @cached_property
    def lost_mail(self: "World") -> Mail:
        about = {"letter": self.signed_letter, "office": self.office}
        return Mail.objects.create(
            centre=self.centre, key=f"letter:{self.centre.pk}", to="urzad@example.pl", given_up_at=Now(), **about
        )

    @cached_property
    def signed_job(self: "World") -> Job:
        """Of the director; it signed nothing."""
        result = files.store(b'{"signed": [], "failed": {}}')
        over = {"total": 1, "done": 1, "finished_at": Now(), "result_sha256": result, "result_name": "podpisane.json"}
        about = {"kind": "signed_letters", "title": "Podpisywanie pism", "data": {"letters": []}, "asked_on": MONDAY}
        return Job.objects.create(centre=self.centre, by=self.people["director"], **about, **over)

    @cached_property
    def incoming_letter(self: "World") -> IncomingLetter:
        return IncomingLetter.objects.create(
            centre=self.centre,
            number="P/1/2026",
            kind="other",
            received_on=MONDAY,
            way="paper",
            sender="Zmyślona Fundacja",
            by=self.people["social_worker"],
            recorded_on=MONDAY,
        )
