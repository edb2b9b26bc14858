"""Who eats today: everybody who came, late ones too (S1 § 4 cz. II ust. 6, S2 § 10 cz. II ust. 5)."""

from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth

from attendance import roster
from attendance.grid import HERE
from attendance.models import Day
from cistor.accounts.models import User
from participants.models import Group, Membership, Programme


class GroupMeals(NamedTuple):
    """How many people of a group are here on a day, as far as they are marked."""

    group: Group
    leads: list[User]
    people: int
    unmarked: int
    meals: int

    @property
    def unmarked_text(self) -> str:
        return f"nieoznaczone: {self.unmarked} z {self.people}"


class Meals(NamedTuple):
    """Of the groups with somebody in them."""

    rows: list[GroupMeals]

    @property
    def total(self) -> int:
        return sum(row.meals for row in self.rows)

    @property
    def people(self) -> int:
        return sum(row.people for row in self.rows)

    @property
    def unmarked(self) -> int:
        return sum(row.unmarked for row in self.rows)


def of_groups(groups: QuerySet[Group], day: date) -> Meals:
    """Four queries whatever the number of groups."""
    days = "participant__programmes__days"
    here = Membership.objects.in_force(day).filter(group__in=groups)
    here = here.filter(**{f"{days}__on": day, f"{days}__meaning__in": HERE}).order_by().values("group")
    meals = dict(here.annotate(count=Count("participant", distinct=True)).values_list("group", "count"))
    rows = roster.counted(roster.in_use(groups, day), day)
    return Meals(
        [GroupMeals(r.group, r.leads, r.people, r.unmarked, meals.get(r.group.pk, 0)) for r in rows if r.people]
    )


def eaters(group: Group, day: date) -> list[Programme]:
    """The programmes of whoever is here, in the order of names."""
    here = Day.objects.filter(programme=OuterRef("pk"), on=day, meaning__in=HERE)
    return list(roster.of_day(group, day).filter(Exists(here)))


class MonthMeals(NamedTuple):
    month: date
    meals: int


class PersonMeals(NamedTuple):
    """Of one programme, the newest month first; months without a meal are left out."""

    months: list[MonthMeals]

    @property
    def total(self) -> int:
        return sum(row.meals for row in self.months)

    def of_month(self, day: date) -> int:
        return next((row.meals for row in self.months if row.month == day.replace(day=1)), 0)


def of_programme(programme: Programme, *, until: date) -> PersonMeals:
    """A meal a day on which the person was here, as far as it is marked; a query."""
    here = Day.objects.filter(programme=programme, meaning__in=HERE, on__lte=until).order_by()
    rows = here.annotate(month=TruncMonth("on")).values("month").annotate(meals=Count("pk")).order_by("-month")
    return PersonMeals([MonthMeals(row["month"], row["meals"]) for row in rows])
