from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cistor.accounts.roles import OFFICE_ROLES, RIGHTS, SECOND_STEP_ROLES, STAFF_ROLES, SUPERIORS, Role
from cistor.fields import ends_after_start
from cistor.scope import Dated, Scoped
from cistor.triggers import tracked


class UserQuerySet(Scoped):
    def visible_to(self, user, *, on):
        return self.of_centre(user.home_centre_id)

    def of_centre(self, centre_id: int | None):
        """The staff of the centre and of its offices."""
        # `centre=None` would find the staff of every office.
        return self.filter(Q(centre=centre_id) | Q(office__centre=centre_id)) if centre_id else self.none()

    def with_role(self, role: Role):
        return self.filter(roles__contains=[role], is_active=True)

    def superiors(self):
        """Who may be told of absences: those of `can_be_superior`."""
        return self.filter(roles__overlap=sorted(SUPERIORS), is_active=True)


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username):
        return self.get(username=username.lower())


@tracked(exclude=("password", "last_login"))
class User(AbstractBaseUser):
    """A member of the staff of exactly one centre or of one of its offices; several roles a person."""

    # Staff of an office belong to its centre's register of offices, so the path forks; `visible_to` knows both.
    centre_path = "centre"

    username = models.CharField(
        "login", max_length=60, unique=True, error_messages={"unique": "Ten login jest już zajęty."}
    )
    first_name = models.CharField("imię", max_length=60)
    last_name = models.CharField("nazwisko", max_length=60)
    email = models.EmailField("e-mail", blank=True)
    roles = ArrayField(models.CharField(max_length=20, choices=Role), verbose_name="role")
    centre = models.ForeignKey("centres.Centre", models.PROTECT, null=True, blank=True, related_name="staff")
    office = models.ForeignKey("centres.Office", models.PROTECT, null=True, blank=True, related_name="staff")
    superior = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="team", verbose_name="przełożony"
    )
    is_active = models.BooleanField("konto czynne", default=True)
    # The administrator has seen the password; the person has to choose another first.
    must_change_password = models.BooleanField("hasło do zmiany", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS = ["first_name", "last_name"]
    objects = UserManager()

    class Meta:
        ordering = ["last_name", "first_name", "id"]
        constraints = [
            models.CheckConstraint(
                name="user_of_centre_or_office",
                condition=Q(centre__isnull=False, office__isnull=True) | Q(centre__isnull=True, office__isnull=False),
                violation_error_message="Konto należy do centrum albo do urzędu, nigdy do obu.",
            ),
            models.CheckConstraint(
                name="user_not_own_superior",
                condition=~Q(superior=F("pk")),
                violation_error_message="Nikt nie jest własnym przełożonym.",
            ),
            models.CheckConstraint(
                name="username_lower",
                condition=Q(username=models.functions.Lower("username")),
                violation_error_message="Login zapisuje się małymi literami.",
            ),
            models.CheckConstraint(
                name="user_roles_of_their_place",
                condition=Q(office__isnull=True, roles__contained_by=sorted(STAFF_ROLES))
                | Q(office__isnull=False, roles__contained_by=sorted(OFFICE_ROLES)),
                violation_error_message="Pracownik centrum ma role centrum, pracownik urzędu – role urzędu.",
            ),
        ]

    def __str__(self):
        return f"{self.first_name} {self.last_name}"

    def get_full_name(self):
        return str(self)

    @property
    def home_centre_id(self) -> int | None:
        return self.centre_id or (self.office.centre_id if self.office_id else None)

    @property
    def home_centre(self):
        return self.centre or (self.office.centre if self.office_id else None)

    @property
    def role_names(self) -> str:
        return ", ".join(Role(role).label for role in self.roles)

    @property
    def can_be_superior(self) -> bool:
        """Whether every absence of the centre can be followed from this account."""
        return self.is_active and bool(SUPERIORS & set(self.roles))

    @property
    def reports_to(self) -> "User | None":
        """Who is told of an unexplained absence; None is the director, also where the one chosen could not open it."""
        return self.superior if self.superior and self.superior.can_be_superior else None

    @property
    def superior_name(self) -> str:
        if self.reports_to:
            return str(self.reports_to)
        return "—" if self.office_id or Role.DIRECTOR in self.roles else "kierujący centrum"

    @property
    def is_of_office(self) -> bool:
        return bool(OFFICE_ROLES & set(self.roles))

    @property
    def own_roles_need_second_step(self) -> bool:
        return bool(SECOND_STEP_ROLES & set(self.roles))

    def needs_second_step(self, *, on) -> bool:
        """By the own roles, and by those of the people the user stands in for that day."""
        return any(person.own_roles_need_second_step for person in (self, *self.stood_in_for(on)))

    def grants(self, right: str, *, on):
        """Pairs (reach, whose): the user's own grants, then those of the people the user stands in for on that day."""
        roles = RIGHTS[right]
        yield from ((roles[role], self) for role in self.roles if role in roles)
        # A deputy's rights come from roles that know stand-ins at all; asking the database for others is waste.
        if any(reach.stand_in for reach in roles.values()):
            for absent in self.stood_in_for(on):
                yield from ((roles[r], absent) for r in absent.roles if r in roles and roles[r].stand_in)

    def stood_in_for(self, on) -> list["User"]:
        """The people whose deputy this user is on the day; remembered for as long as this object lives."""
        cache = self.__dict__.setdefault("_stood_in_for", {})
        if on not in cache:
            rows = self.deputising.in_force(on).filter(absent__is_active=True)
            cache[on] = [row.absent for row in rows.select_related("absent")]
        return cache[on]

    def may(self, right: str, *, on) -> bool:
        return any(True for _ in self.grants(right, on=on))

    def acts_for(self, right: str, *, on) -> "User | None":
        """Whose stand-in the user is with this right on the day; None for whoever has it of their own."""
        whose = next((whose for _, whose in self.grants(right, on=on)), self)
        return None if whose.pk == self.pk else whose

    def owners(self, right: str, *, on) -> set[int] | None:
        """Whose own rows the right reaches: a set of user ids, or None when it reaches the whole centre."""
        owners = set()
        for reach, whose in self.grants(right, on=on):
            if not reach.own:
                return None
            owners.add(whose.pk)
        return owners


@tracked
class StandIn(models.Model):
    """On these days the deputy may do what the absent one may, where the table of rights says so."""

    centre_path = "absent__centre"

    absent = models.ForeignKey(User, models.PROTECT, related_name="stand_ins", verbose_name="kogo zastępuje")
    deputy = models.ForeignKey(User, models.PROTECT, related_name="deputising", verbose_name="kto zastępuje")
    start_on = models.DateField("od")
    end_on = models.DateField("do")

    objects = Dated.as_manager()

    class Meta:
        ordering = ["-start_on", "id"]
        constraints = [
            ends_after_start("stand_in_ends_after_start"),
            models.CheckConstraint(
                name="stand_in_two_people",
                condition=~Q(absent=F("deputy")),
                violation_error_message="Nikt nie zastępuje samego siebie.",
            ),
        ]

    def __str__(self):
        return f"{self.absent_id} → {self.deputy_id}, {self.start_on}–{self.end_on}"
