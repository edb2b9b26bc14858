"""One line of the table URL × role. Every room keeps its lines in its own module beside this one."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from cistor.accounts.roles import OFFICE_ROLES, RIGHTS, Reach, Role
from tests.permissions.world import World

Of = Callable[[World], dict[str, Any]]


def nothing(world: World) -> dict[str, Any]:
    return {}


@dataclass(frozen=True)
class Row:
    """`name`: of the URL; `right`: one or several (any of them opens), None for everybody who is logged in."""

    name: str
    right: str | tuple[str, ...] | None
    # Objects of the world's centre in the path: for another centre's people they do not exist (404).
    kwargs: Of = nothing
    # The path names no rows of a centre (a month, a kind of rate).
    unscoped: bool = False
    # A URL that only takes a deed.
    post_only: bool = False
    # Good data of the deed; None where the page takes none.
    post: Of | None = None
    # Posted ids of another centre's rows that no ModelChoiceField guards: field → value; each is refused.
    foreign: Of = nothing
    # A participant's or group's page: who reaches own groups only gets 404 for others'.
    of_group: bool = False
    # The object belongs to this role's user alone: for everybody else it does not exist (404).
    owner: str = ""
    # Staff of an office may come in.
    office: bool = False
    # A right that the object asks for beside that of the room: a stand-in who has not got it gets 404.
    beside: str = ""
    # Whom the right lets in, and of these whom the object too.
    entitled: frozenset[str] = field(init=False)
    roles: frozenset[str] = field(init=False)

    def __post_init__(self):
        rights = (self.right,) if isinstance(self.right, str) else self.right
        opened = set(Role) if rights is None else {role for right in rights for role in RIGHTS[right]}
        entitled = frozenset(opened if self.office or rights is None else opened - OFFICE_ROLES)
        object.__setattr__(self, "entitled", entitled)
        object.__setattr__(self, "roles", entitled & {self.owner} if self.owner else entitled)

    def reaches_own_only(self, role: str) -> bool:
        reach = self._reach(role)
        return self.of_group and bool(reach) and all(r.own for r in reach)

    def stood_in(self) -> list[str]:
        """The roles for which somebody else may come in on the days of a stand-in."""
        return [role for role in Role if not self.owner and any(r.stand_in for r in self._reach(role))]

    def opens_to_deputy_of(self, role: str) -> bool:
        return role in self.stood_in() and (not self.beside or RIGHTS[self.beside][role].stand_in)

    def _reach(self, role: str) -> list[Reach]:
        rights = (self.right,) if isinstance(self.right, str) else self.right or ()
        return [RIGHTS[right][role] for right in rights if role in RIGHTS[right]]
