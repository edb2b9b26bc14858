"""Two centres with the same people and things in each; what a row of the table does not ask for is not made."""

from datetime import date, timedelta
from functools import cached_property

from django.db.models.functions import Now

from attendance.actions import ask_correction, close
from attendance.models import Correction
from cistor.accounts.models import StandIn, User
from cistor.accounts.roles import OFFICE_ROLES, STAFF_ROLES, Role
from cistor.centres.models import Centre, ClosedDay, ExtraClassDay, Office, Regulations
from cistor.documents import files
from cistor.documents.models import Document
from cistor.jobs.models import Job
from participants.models import Group, Participant, Programme
from tests.factories import make_centre, make_group, make_participant, make_programme, make_user, mark_present
from tests.permissions.cases import Cases
from tests.permissions.endings_world import Endings
from tests.permissions.letters_world import Letters
from tests.permissions.plans_world import Plans

# A Wednesday in the second month of the programme's main period.
TODAY = date(2026, 3, 11)
A_DAY = timedelta(days=1)
STARTED = date(2026, 1, 5)


class World(Cases, Plans, Letters, Endings):
    """One centre; `foreign` is the same in another one."""

    def __init__(self, preset: str, foreign: "World | None" = None):
        self.centre: Centre = make_centre(preset)
        self.foreign = foreign
        self.people: dict[str, User] = {role: self._member(role) for role in Role.values}
        # All roles of the staff at once: what this one may not reach, nobody of the centre may.
        self.everybody: User = make_user(self.centre, *sorted(STAFF_ROLES))
        # An instructor of the same centre without a group: the other hand of "own groups".
        self.stranger: User = make_user(self.centre, Role.INSTRUCTOR)

    def _member(self, role: str) -> User:
        if role in OFFICE_ROLES:
            return make_user(None, role, office=self.office)
        return make_user(self.centre, role)

    @cached_property
    def office(self) -> Office:
        return self.centre.offices.first() or Office.objects.create(
            centre=self.centre, kind=Office.Kind.WELFARE, name="Ośrodek Pomocy Społecznej", short_name="OPS"
        )

    @cached_property
    def regulations(self) -> Regulations:
        return self.centre.regulations.adopted().earliest("in_force_from")

    @cached_property
    def group(self) -> Group:
        return make_group(self.centre, self.people[Role.INSTRUCTOR])

    @cached_property
    def participant(self) -> Participant:
        return make_participant(self.centre, group=self.group)

    @cached_property
    def programme(self) -> Programme:
        return make_programme(self.participant, start_on=STARTED, by=self.people[Role.DIRECTOR])

    @cached_property
    def trial_programme(self) -> Programme:
        newcomer = make_participant(self.centre, group=self.group)
        return make_programme(newcomer, start_on=date(2026, 2, 16), main=False, by=self.people[Role.DIRECTOR])

    @cached_property
    def marked(self) -> Programme:
        mark_present(self.programme, STARTED, date(2026, 3, 10), by=self.people[Role.INSTRUCTOR])
        return self.programme

    @cached_property
    def closed_programme(self) -> Programme:
        """Somebody whose days are closed, today among them."""
        programme = make_programme(make_participant(self.centre), start_on=STARTED, by=self.people[Role.DIRECTOR])
        mark_present(programme, STARTED, date(2026, 3, 10), by=self.people[Role.INSTRUCTOR])
        close(programme, start_on=STARTED, end_on=TODAY, by=self.people[Role.DIRECTOR], on=TODAY)
        return programme

    @cached_property
    def correction(self) -> Correction:
        """Asked for by the social worker."""
        asked = {"meaning": "sick", "reason": "Jest zwolnienie.", "by": self.people[Role.SOCIAL_WORKER]}
        return ask_correction(self.closed_programme, on_day=STARTED, **asked, on=TODAY)

    @cached_property
    def stand_in(self) -> StandIn:
        return StandIn.objects.create(
            absent=self.people[Role.DIRECTOR],
            deputy=self.people[Role.PAYROLL],
            start_on=date(2026, 4, 1),
            end_on=date(2026, 4, 10),
        )

    @cached_property
    def deputy(self) -> User:
        """Another instructor, who stands in today for the one of the group."""
        return self._standing_in(Role.INSTRUCTOR, self._member(Role.INSTRUCTOR), TODAY)

    @cached_property
    def late_deputy(self) -> User:
        """The same, whose days ended yesterday; others begin tomorrow."""
        user = self._standing_in(Role.INSTRUCTOR, self._member(Role.INSTRUCTOR), TODAY - A_DAY)
        return self._standing_in(Role.INSTRUCTOR, user, TODAY + A_DAY)

    def deputy_of(self, role: str, on: date) -> User:
        """Who opens nothing of the room alone, and stands in on that day for the one of the role."""
        return self._standing_in(role, self._member(Role.ADMIN), on)

    def _standing_in(self, role: str, user: User, on: date) -> User:
        StandIn.objects.create(absent=self.people[role], deputy=user, start_on=on, end_on=on)
        return user

    @cached_property
    def closed_day(self) -> ClosedDay:
        return ClosedDay.objects.create(centre=self.centre, on=date(2026, 5, 4), reason="Wyjazd")

    @cached_property
    def extra_day(self) -> ExtraClassDay:
        return ExtraClassDay.objects.create(centre=self.centre, on=date(2026, 5, 9), reason="Dzień otwarty")

    @cached_property
    def document(self) -> Document:
        return Document.objects.create(
            centre=self.centre,
            participant=self.participant,
            kind="payment_list",
            number="LW/1/2026",
            title="Wydruk",
            issued_on=TODAY,
            issued_by=self.people[Role.INSTRUCTOR],
            sha256=files.store(b"%PDF-1.7"),
            size=8,
        )

    def _job(self, **over) -> Job:
        return Job.objects.create(
            centre=self.centre,
            by=self.people[Role.INSTRUCTOR],
            kind="attendance_sheets",
            title="Listy obecności",
            data={"month": "2026-03-01", "filled": True, "groups": [self.group.pk]},
            asked_on=TODAY,
            total=1,
            **over,
        )

    @cached_property
    def open_job(self) -> Job:
        return self._job()

    @cached_property
    def made_job(self) -> Job:
        return self._job(done=1, finished_at=Now(), result_sha256=files.store(b"%PDF-1.7"), result_name="listy.pdf")

    @cached_property
    def failed_job(self) -> Job:
        return self._job(finished_at=Now(), failure="Nie udało się.")

    def markers(self) -> list[str]:
        """Words that may stand on no page of another centre."""
        names = [person.last_name for person in (*self.people.values(), self.everybody, self.stranger)]
        return [*names, self.participant.last_name, self.group.name, self.centre.short_name]
