"""A centre on its first day: regulations, letterhead, staff and groups."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from hashlib import sha1
from pathlib import Path

from cistor.accounts import actions as accounts
from cistor.accounts import second_step
from cistor.accounts.models import User
from cistor.accounts.roles import OFFICE_ROLES, SECOND_STEP_ROLES, Role
from cistor.centres import presets
from cistor.centres.models import Centre
from cistor.demo import staff
from cistor.demo.clock import Clock
from cistor.demo.plan import Plan
from cistor.documents.actions import adopt_letterhead
from participants import actions as participants
from participants.models import Group

LOGOS = Path(__file__).parent / "logos"


@dataclass
class House:
    """The centre, its staff by role, its groups and their instructors by number."""

    centre: Centre
    staff: dict[str, User] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    instructors: list[User] = field(default_factory=list)

    def who(self, whom: str | int) -> User:
        return self.instructors[whom] if isinstance(whom, int) else self.staff[whom]


def open_house(plan: Plan, clock: Clock) -> House:
    """Everything that is there before the first participant comes."""
    clock.set(plan.first_on - timedelta(days=21), time(8))
    with clock.act(by=None):
        house = House(presets.load_centre(plan.preset))
    _admit_staff(plan, house, clock)
    director = house.staff[Role.DIRECTOR]
    with clock.act(by=director):
        _adopt_letterhead(plan.preset, house.centre, clock.today, by=director)
    for number in range(len(plan.groups)):
        _open_group(plan, house, clock, number, by=director)
    return house


def _admit_staff(plan: Plan, house: House, clock: Clock) -> None:
    """The administrator makes the accounts, the own one first."""
    for username, role in sorted(staff.of_preset(plan.preset).items(), key=lambda login: login[1] != Role.ADMIN):
        house.staff[role] = _admit(plan, house, clock, username, role)
        if role in SECOND_STEP_ROLES:
            _give_telephone(house.staff[role], clock)
    User.objects.filter(pk__in=[user.pk for user in house.staff.values()]).update(password=staff.password_hash())
    house.instructors.append(house.staff[Role.INSTRUCTOR])
    for number in range(2, len(plan.groups) + 1):
        # Colleagues to share the work with; nobody logs in as them.
        username = f"instruktor{number}.{plan.preset}"
        house.instructors.append(_admit(plan, house, clock, username, Role.INSTRUCTOR))


def _admit(plan: Plan, house: House, clock: Clock, username: str, role: str) -> User:
    first_name, last_name = plan.people.name(woman=plan.people.random.random() < 0.5)
    office = house.centre.offices.get(kind="welfare") if role in OFFICE_ROLES else None
    admin = house.staff.get(Role.ADMIN)
    with clock.act(by=admin):
        return accounts.create_user(
            username=username,
            first_name=first_name,
            last_name=last_name,
            roles=[role],
            password=None,
            centre=None if office else house.centre,
            office=office,
            by=admin,
            on=clock.today,
        )


def _give_telephone(user: User, clock: Clock) -> None:
    """Its secret is known, so that the page of the second step can show the code."""
    telephone = second_step.new_telephone(user)
    telephone.key = sha1(user.username.encode()).hexdigest()  # noqa: S324 – a length, not a protection
    telephone.save(update_fields=["key"])
    with clock.act(by=user):
        accounts.set_up_second_step(user, second_step.demo_code(telephone))


def _adopt_letterhead(preset: str, centre: Centre, on: date, *, by: User) -> None:
    adopt_letterhead(
        centre=centre,
        in_force_from=on,
        name=centre.name,
        body=centre.running_body,
        address=f"{centre.street}, {centre.postal_code} {centre.city}",
        **presets.read(preset)["letterhead"],
        logo=(LOGOS / f"{preset}.png").read_bytes(),
        by=by,
    )


def _open_group(plan: Plan, house: House, clock: Clock, number: int, *, by: User) -> None:
    with clock.act(by=by):
        group = participants.create_group(
            centre=house.centre, name=plan.groups[number], start_on=plan.first_on, by=by, on=clock.today
        )
        participants.lead_group(
            group, instructor=house.instructors[number], start_on=plan.first_on, by=by, on=clock.today
        )
    house.groups.append(group)
