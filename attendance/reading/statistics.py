"""How the people of a centre attend: the share of days taken part in, by week and by group, and kinds of absence.

Counted are marked days with classes; provisional marks are counted as they stand. A day on which classes were suspended
is nobody's absence and nobody's presence, so it is left out.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from fractions import Fraction

from django.db.models import Count, F, Q

from attendance.grid import HERE
from attendance.models import Day
from attendance.terms import Terms
from cistor.centres.models import Centre, Meaning
from participants.models import Group

# Late is there, suspended is nobody's absence (S1 § 6.I.1 c).
ABSENT = (Meaning.UNEXCUSED, Meaning.EXCUSED, Meaning.SICK, Meaning.CARE, Meaning.FREE_DAY)
COUNTED = [*HERE, *ABSENT]
MEMBER = "programme__participant__memberships"
IN_GROUP = Q(**{f"{MEMBER}__start_on__lte": F("on")}) & (
    Q(**{f"{MEMBER}__end_on__isnull": True}) | Q(**{f"{MEMBER}__end_on__gte": F("on")})
)


def rate(sums: Mapping[str, int]) -> Fraction | None:
    """The share of counted days that were taken part in; None without such a day."""
    counted = sum(sums.get(meaning, 0) for meaning in COUNTED)
    return Fraction(sum(sums.get(meaning, 0) for meaning in HERE), counted) if counted else None


@dataclass(frozen=True)
class Statistics:
    """Days by meaning: in all, by week (its Monday), and by group."""

    start: date
    end: date
    sums: Counter[str] = field(default_factory=Counter)
    weeks: dict[date, Counter[str]] = field(default_factory=dict)
    groups: dict[Group, Counter[str]] = field(default_factory=dict)

    @property
    def rate(self) -> Fraction | None:
        return rate(self.sums)

    @property
    def absences(self) -> list[tuple[Meaning, int]]:
        """Kinds of absence that occurred, the most frequent first."""
        found = [(meaning, self.sums[meaning]) for meaning in ABSENT if self.sums[meaning]]
        return sorted(found, key=lambda pair: -pair[1])


def of_groups(groups: Iterable[Group], start: date, end: date, terms: Terms) -> Statistics:
    """The days that people spent in these groups; a query."""
    known = {group.pk: group for group in groups}
    found = Statistics(start, end, groups={group: Counter() for group in known.values()})
    rows = Day.objects.filter(IN_GROUP, **{f"{MEMBER}__group__in": list(known)}).annotate(group=F(f"{MEMBER}__group"))
    for row in _counted(rows, start, end, "group"):
        if terms.is_class_day(row["on"]):
            _add(found, row)
            found.groups[known[row["group"]]][row["meaning"]] += row["days"]
    return found


def of_centre(centre: Centre, groups: Iterable[Group], start: date, end: date, terms: Terms) -> Statistics:
    """The same with the days of those who were in no group; two queries."""
    found = Statistics(start, end, groups=of_groups(groups, start, end, terms).groups)
    for row in _counted(Day.objects.filter(programme__participant__centre=centre), start, end):
        if terms.is_class_day(row["on"]):
            _add(found, row)
    return found


def _counted(rows, start: date, end: date, *by: str):
    rows = rows.filter(on__range=(start, end), meaning__in=COUNTED).order_by()
    return rows.values("on", "meaning", *by).annotate(days=Count("pk"))


def _add(found: Statistics, row: Mapping) -> None:
    monday = row["on"] - timedelta(days=row["on"].weekday())
    found.sums[row["meaning"]] += row["days"]
    found.weeks.setdefault(monday, Counter())[row["meaning"]] += row["days"]
