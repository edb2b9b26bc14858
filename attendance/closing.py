"""What stands between a month and its closing."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from attendance import inputs
from attendance.grid import Span
from attendance.roster import spans_of
from cistor.centres.models import Centre
from cistor.dates import days_between, month_end
from participants.models import Group, Membership, Programme


class Stay(NamedTuple):
    """Days of one person in one group."""

    group_id: int
    span: Span


class Duty(NamedTuple):
    """A day that is not ready, and the group on whose page it can be marked; None where the person had no group."""

    day: date
    group_id: int | None


@dataclass(frozen=True)
class Part:
    """The days of one programme that a closing would take, and those that are not ready for it."""

    programme: Programme
    start_on: date
    end_on: date
    is_closed: bool
    unmarked: list[date]
    provisional: list[date]
    stays: list[Stay]

    @property
    def is_ready(self) -> bool:
        return not (self.unmarked or self.provisional)

    def duties(self, today: date) -> tuple[list[Duty], list[Duty], int]:
        """What is to be marked, what is to be confirmed, and how many unmarked days are still to come."""
        due = [self._duty(day) for day in self.unmarked if day <= today]
        return due, [self._duty(day) for day in self.provisional], len(self.unmarked) - len(due)

    def _duty(self, day: date) -> Duty:
        return Duty(day, next((stay.group_id for stay in self.stays if stay.span.covers(day)), None))


def checklist(centre: Centre, month: date, *, group: Group | None = None) -> list[Part]:
    """The parts of a month by programme, in the order of names; of a group, as far as the people were in it.

    A fixed number of queries. Days that are closed already are nobody's duty any more.
    """
    end = month_end(month)
    rows = Programme.objects.touching(month, end).filter(participant__centre=centre).select_related("participant")
    programmes = list(rows.prefetch_related("stages", "closings").order_by("participant__order_key", "pk"))
    facts, stays = inputs.gather(centre, programmes, end), _stays(centre, month, end)
    parts = []
    for programme in programmes:
        own = stays.get(programme.participant_id, [])
        allowed = [stay.span for stay in own if stay.group_id == group.pk] if group else [Span(month, end)]
        cut = [span for whole in allowed if (span := _cut(programme, whole))]
        parts += [_part(programme, span, facts[programme.pk], own) for span in cut]
    return parts


def _stays(centre: Centre, start: date, end: date) -> dict[int, list[Stay]]:
    stays: dict[int, list[Stay]] = {}
    for row in Membership.objects.filter(group__centre=centre).touching(start, end).order_by("start_on"):
        span = Span(max(row.start_on, start), min(row.end_on or end, end))
        stays.setdefault(row.participant_id, []).append(Stay(row.group_id, span))
    return stays


def _cut(programme: Programme, allowed: Span) -> Span | None:
    """The days of the programme inside the span, from the first to the last."""
    stretches = [(max(s.start_on, allowed.start_on), min(s.end_on, allowed.end_on)) for s in spans_of(programme)]
    inside = [(start, end) for start, end in stretches if start <= end]
    return Span(inside[0][0], inside[-1][1]) if inside else None


def _part(programme: Programme, span: Span, facts: inputs.Facts, stays: list[Stay]) -> Part:
    closings = [Span(row.start_on, row.end_on) for row in programme.closings.all()]
    is_open = {day for day in days_between(*span) if not any(closing.covers(day) for closing in closings)}
    return Part(
        programme,
        *span,
        is_closed=not is_open,
        unmarked=[day for day in facts.unmarked(*span) if day in is_open],
        provisional=[day for day in facts.provisional_days(*span) if day in is_open],
        stays=stays,
    )
