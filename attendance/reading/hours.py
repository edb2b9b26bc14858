"""The hours that groups plan, held against the regulations and the statute."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from attendance.models import ClassHours
from attendance.models.groups import DAYS
from cistor.centres.models import Regulations, StatutoryRate
from cistor.dates import joined
from participants.models import Group

BY_STATUTE = (StatutoryRate.Kind.WEEKLY_HOURS_MIN, StatutoryRate.Kind.WEEKLY_HOURS_MAX)


class Limit(NamedTuple):
    """Hours a day or a week, from and to; None where nobody sets one. `source`: whose, "regulamin, § 1 ust. 3"."""

    least: int | None
    most: int | None
    source: str

    def breaks(self, hours: Decimal) -> str:
        """ "co najmniej 6 godz. (regulamin, § 1 ust. 3)", "" where the hours keep it."""
        if self.least is not None and hours < self.least:
            return f"co najmniej {self.least} godz. ({self.source})"
        if self.most is not None and hours > self.most:
            return f"najwyżej {self.most} godz. ({self.source})"
        return ""


class Limits(NamedTuple):
    daily: list[Limit]
    weekly: list[Limit]


def limits(regulations: Regulations | None, on: date) -> Limits:
    """Those of the regulations of the day, then the statute's; one query."""
    statute = _statutory(on)
    if regulations is None:
        return Limits([], statute)
    return Limits([_limit(regulations, "daily")], [_limit(regulations, "weekly"), *statute])


def _statutory(on: date) -> list[Limit]:
    """Hours a week by the statute of the day; none before it set any."""
    rows = StatutoryRate.objects.filter(kind__in=BY_STATUTE, in_force_from__lte=on).order_by("in_force_from", "id")
    newest = {row.kind: row for row in rows}
    least, most = (newest.get(kind) for kind in BY_STATUTE)
    known = [row for row in (least, most) if row]
    return [Limit(least and int(least.value), most and int(most.value), known[0].source)] if known else []


def _limit(regulations: Regulations, span: str) -> Limit:
    least, most = (getattr(regulations, f"{span}_hours_{end}") for end in ("min", "max"))
    section = regulations.sources.get(f"{span}_hours_min", "")
    return Limit(least, most, ", ".join(filter(None, ["regulamin", section])))


def week(plan: ClassHours) -> list[tuple[str, Decimal]]:
    """(name of the day, hours), Monday to Friday."""
    return [(plan._meta.get_field(day).verbose_name, getattr(plan, day)) for day in DAYS]


def total(plan: ClassHours) -> Decimal:
    return sum((hours for _, hours in week(plan)), Decimal(0))


def faults(plan: ClassHours, known: Limits) -> list[str]:
    """Where the plan falls short or goes too far, a sentence each; a day without classes falls short of nothing."""
    days: dict[tuple[Decimal, str], list[str]] = {}
    for name, hours in week(plan):
        for broken in _broken(hours, known.daily) if hours else []:
            days.setdefault((hours, broken), []).append(name)
    daily = [_sentence(joined(names).capitalize(), *fault) for fault, names in days.items()]
    hours = total(plan)
    return daily + [_sentence("W tygodniu", hours, broken) for broken in _broken(hours, known.weekly)]


def _broken(hours: Decimal, found: Iterable[Limit]) -> list[str]:
    return [broken for limit in found if (broken := limit.breaks(hours))]


def _sentence(when: str, hours: Decimal, broken: str) -> str:
    return f"{when}: {number(hours)} godz., a ma być {broken}."


def number(hours: Decimal) -> str:
    """ "6", "7,5"."""
    return f"{hours.normalize():f}".replace(".", ",")


def in_force(groups: Collection[Group], on: date) -> dict[int, ClassHours]:
    """Group → the plan that holds on the day: the newest not after it; one query."""
    rows = ClassHours.objects.filter(group__in=groups, start_on__lte=on).order_by("start_on", "pk")
    return {row.group_id: row for row in rows}


def falling_short(plans: Mapping[int, ClassHours], regulations: Regulations | None, on: date) -> dict[int, list[str]]:
    """Group → what is wrong with its plan; those that keep all limits are left out."""
    known = limits(regulations, on)
    found = {pk: faults(plan, known) for pk, plan in plans.items()}
    return {pk: wrong for pk, wrong in found.items() if wrong}
