"""How far the marking of groups has come, day by day; counted, never person by person."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Exists, F, OuterRef, Q

from attendance.grid import Span
from attendance.models import Closing, Day
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


def to_mark(groups: Sequence[Group], days: Sequence[date]) -> dict[int, list[date]]:
    """Group → the days on which somebody is unmarked and not closed; five queries."""
    if not groups or not days:
        return {}
    people, marked = _people(groups, days, open_only=True), _marked(groups, days, open_only=True)
    missing: dict[int, list[date]] = defaultdict(list)
    for group, day in sorted(place for place, count in people.items() if count > marked[place]):
        missing[group].append(day)
    return missing


def _people(groups: Sequence[Group], days: Sequence[date], *, open_only: bool = False) -> Counter[tuple[int, date]]:
    memberships = list(Membership.objects.filter(group__in=groups).touching(days[0], days[-1]))
    programmes = Programme.objects.touching(days[0], days[-1]).prefetch_related("stages")
    programmes = programmes.filter(participant__in={row.participant_id for row in memberships})
    running: dict[int, set[date]] = defaultdict(set)
    for programme in programmes.prefetch_related("closings") if open_only else programmes:
        closed = [Span(row.start_on, row.end_on) for row in programme.closings.all()] if open_only else []
        running[programme.participant_id] |= _covered(spans_of(programme), days) - _covered(closed, days)
    return Counter(
        (row.group_id, day)
        for row in memberships
        for day in days
        if row.start_on <= day <= (row.end_on or day) and day in running[row.participant_id]
    )


def _covered(spans: list[Span], days: Sequence[date]) -> set[date]:
    return {day for day in days if any(span.covers(day) for span in spans)}


def _marked(groups: Sequence[Group], days: Sequence[date], *, open_only: bool = False) -> Counter[tuple[int, date]]:
    member = "programme__participant__memberships"
    here = Q(**{f"{member}__start_on__lte": F("on")}) & (
        Q(**{f"{member}__end_on__isnull": True}) | Q(**{f"{member}__end_on__gte": F("on")})
    )
    rows = Day.objects.filter(here, **{f"{member}__group__in": groups}).filter(on__in=days).order_by()
    if open_only:
        rows = rows.exclude(Exists(Closing.objects.over(OuterRef("programme"), OuterRef("on"))))
    rows = rows.annotate(group=F(f"{member}__group")).values("group", "on").annotate(marked=Count("pk"))
    return Counter({(row["group"], row["on"]): row["marked"] for row in rows})
