"""A small centre with its people: three in one group, present since February but for what a test marks."""

from datetime import date
from functools import cached_property

from cistor.accounts.models import User
from cistor.documents.models import Letterhead
from participants.models import Group, Participant, Programme
from tests.factories import make_centre, make_group, make_participant, make_programme, make_user, mark_present

FIRST, YESTERDAY = date(2026, 1, 1), date(2026, 3, 10)
ROLES = ("instructor", "social_worker", "payroll", "director", "admin")


class Place:
    def __init__(self, preset: str = "cistor"):
        self.centre = make_centre(preset)
        self.group: Group = make_group(self.centre, self.instructor, name="Warsztat stolarski")
        self.people: list[Participant] = [self._person(name) for name in ("Borówka", "Jeżyna", "Malina")]
        self.programmes: list[Programme] = [make_programme(p, start_on=FIRST, by=self.director) for p in self.people]
        Letterhead.objects.create(
            centre=self.centre,
            in_force_from=FIRST,
            name="Centrum Integracji Społecznej „Wymyślone”",
            address="ul. Zmyślona 1, 87-100 Toruń",
            place="Toruń",
        )

    def _person(self, last_name: str) -> Participant:
        return make_participant(self.centre, group=self.group, last_name=last_name)

    def mark_until_yesterday(self) -> None:
        for programme in self.programmes:
            mark_present(programme, FIRST, YESTERDAY, by=self.instructor)

    def letters(self, meaning: str) -> str:
        """How the centre writes a meaning."""
        return self.centre.regulations.get().daycodes.get(meaning=meaning).letters

    @cached_property
    def instructor(self) -> User:
        return self._member("instructor")

    @cached_property
    def social_worker(self) -> User:
        return self._member("social_worker")

    @cached_property
    def payroll(self) -> User:
        return self._member("payroll")

    @cached_property
    def director(self) -> User:
        return self._member("director")

    @cached_property
    def admin(self) -> User:
        return self._member("admin")

    def _member(self, role: str) -> User:
        return make_user(self.centre, role)
