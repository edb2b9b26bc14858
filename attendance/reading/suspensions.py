"""Whom a suspension of classes reaches, on which days, and what it takes back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from attendance import roster
from attendance.grid import Span
from attendance.models import LeaveDay, Suspension
from attendance.terms import Terms
from cistor.centres.models import Centre
from cistor.dates import days_between
from participants.models import Group, Membership, Participant, Programme

Key = tuple[int, date]


@dataclass(frozen=True)
class Reach:
    """`days` of classes that fall away; `keys` of (programme, day), of which only a correction changes the `closed`;
    `leave`: ids of the free days asked for or granted on the open ones, which the person gets back; of the closed ones
    their corrections give them back."""

    days: list[date]
    keys: set[Key]
    closed: set[Key]
    leave: list[int]

    @property
    def people(self) -> int:
        return len({programme for programme, _ in self.keys})


def concerned(centre: Centre, group: Group | None, start: date, end: date) -> QuerySet[Programme]:
    """The programmes that run on a day of the span, of whoever is in the group in it; nobody erased."""
    rows = Programme.objects.filter(participant__centre=centre, participant__erased_on=None).touching(start, end)
    if group is None:
        return rows
    members = Membership.objects.filter(group=group).touching(start, end)
    return rows.filter(participant__in=members.values("participant"))


def reach(programmes: Collection[Programme], group: Group | None, start: date, end: date, *, terms: Terms) -> Reach:
    """Of programmes with stages and closings at hand; without a group, of the whole centre. Two queries."""
    days = [day for day in days_between(start, end) if terms.is_class_day(day)]
    stays = _stays(programmes, group, start, end)
    keys, closed = set(), set()
    for programme in programmes:
        closings = [Span(row.start_on, row.end_on) for row in programme.closings.all()]
        spans = stays.get(programme.participant_id, [])
        for day in days:
            if programme.stage_on(day) and any(span.covers(day) for span in spans):
                keys.add((programme.pk, day))
                closed |= {(programme.pk, day) for span in closings if span.covers(day)}
    return Reach(days, keys, closed, _leave_on(keys - closed, start, end))


def _stays(programmes: Collection[Programme], group: Group | None, start: date, end: date) -> dict[int, list[Span]]:
    """Participant → when they are concerned: whoever is in the group, or everybody all the time."""
    people = [programme.participant_id for programme in programmes]
    if group is None:
        return {person: [Span(start, end)] for person in people}
    return roster.stays(Membership.objects.filter(group=group, participant__in=people).touching(start, end))


def of_group(group: Group, day: date) -> Suspension | None:
    """What suspends the classes of a group on a day; the order for the group before that for the centre."""
    rows = Suspension.objects.standing().filter(centre=group.centre_id).touching(day, day)
    return rows.filter(Q(group=None) | Q(group=group)).order_by(F("group").asc(nulls_last=True), "pk").first()


def of_person(participant: Participant, day: date) -> Suspension | None:
    """The same of whoever is in a group on the day."""
    groups = Membership.objects.in_force(day).filter(participant=participant).values("group")
    rows = Suspension.objects.standing().filter(centre=participant.centre_id).touching(day, day)
    return rows.filter(Q(group=None) | Q(group__in=groups)).order_by(F("group").asc(nulls_last=True), "pk").first()


def taken_up(keys: Collection[Key], days: Collection[date]) -> list[Key]:
    """The free days that a suspension of these days of these programmes took up."""
    rows = LeaveDay.objects.taken_up(LeaveDay.Release.SUSPENDED)
    rows = rows.filter(programme__in={pk for pk, _ in keys}, on__in=days)
    return [key for key in rows.values_list("programme", "on").distinct() if key in keys]


def _leave_on(keys: Collection[Key], start: date, end: date) -> list[int]:
    rows = LeaveDay.objects.standing().filter(programme__in={pk for pk, _ in keys}, on__range=(start, end))
    return [row.pk for row in rows if (row.programme_id, row.on) in keys]
