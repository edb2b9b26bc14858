"""How far the marking of groups has come, day by day; counted, never person by person."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count, F, Q

from attendance.models import Day
from attendance.roster import spans_of
from participants.models import Group, Membership, Programme


class Progress(NamedTuple):
    people: int
    marked: int

    @property
    def unmarked(self) -> int:
        return self.people - self.marked


def of_groups(groups: Sequence[Group], days: Sequence[date]) -> dict[tuple[int, date], Progress]:
    """(group, day) → how many people it had in their programme, and how many of them are marked; four queries."""
    if not groups or not days:
        return {}
    people, marked = _people(groups, days), _marked(groups, days)
    return {place: Progress(count, marked[place]) for place, count in people.items()}


def _people(groups: Sequence[Group], days: Sequence[date]) -> Counter[tuple[int, date]]:
    memberships = list(Membership.objects.filter(group__in=groups).touching(days[0], days[-1]))
    programmes = Programme.objects.touching(days[0], days[-1]).prefetch_related("stages")
    spans = defaultdict(list)
    for programme in programmes.filter(participant__in={row.participant_id for row in memberships}):
        spans[programme.participant_id] += spans_of(programme)
    return Counter(
        (row.group_id, day)
        for row in memberships
        for day in days
        if row.start_on <= day <= (row.end_on or day) and any(span.covers(day) for span in spans[row.participant_id])
    )


def _marked(groups: Sequence[Group], days: Sequence[date]) -> Counter[tuple[int, date]]:
    member = "programme__participant__memberships"
    here = Q(**{f"{member}__start_on__lte": F("on")}) & (
        Q(**{f"{member}__end_on__isnull": True}) | Q(**{f"{member}__end_on__gte": F("on")})
    )
    rows = Day.objects.filter(here, **{f"{member}__group__in": groups}).filter(on__in=days).order_by()
    rows = rows.annotate(group=F(f"{member}__group")).values("group", "on").annotate(marked=Count("pk"))
    return Counter({(row["group"], row["on"]): row["marked"] for row in rows})
