"""What stands between a month and its closing."""

from dataclasses import dataclass
from datetime import date

from attendance import inputs
from attendance.grid import Span
from attendance.roster import spans_of
from cistor.centres.models import Centre
from cistor.dates import days_between, month_end
from participants.models import Group, Membership, Programme


@dataclass(frozen=True)
class Part:
    """The days of one programme that a closing would take, and those that are not ready for it."""

    programme: Programme
    start_on: date
    end_on: date
    is_closed: bool
    unmarked: list[date]
    provisional: list[date]

    @property
    def is_ready(self) -> bool:
        return not (self.unmarked or self.provisional)


def checklist(centre: Centre, month: date, *, group: Group | None = None) -> list[Part]:
    """The parts of a month by programme, in the order of names; of a group, as far as the people were in it.

    A fixed number of queries. Days that are closed already are nobody's duty any more.
    """
    end = month_end(month)
    rows = Programme.objects.touching(month, end).filter(participant__centre=centre).select_related("participant")
    programmes = list(rows.prefetch_related("stages", "closings").order_by("participant__order_key", "pk"))
    facts = inputs.gather(centre, programmes, end)
    allowed = _memberships(group, month, end) if group else {p.participant_id: [Span(month, end)] for p in programmes}
    cut = [(p, _cut(p, span)) for p in programmes for span in allowed.get(p.participant_id, [])]
    return [_part(programme, span, facts[programme.pk]) for programme, span in cut if span]


def _memberships(group: Group, start: date, end: date) -> dict[int, list[Span]]:
    spans: dict[int, list[Span]] = {}
    for row in Membership.objects.filter(group=group).touching(start, end).order_by("start_on"):
        spans.setdefault(row.participant_id, []).append(Span(max(row.start_on, start), min(row.end_on or end, end)))
    return spans


def _cut(programme: Programme, allowed: Span) -> Span | None:
    """The days of the programme inside the span, from the first to the last."""
    stretches = [(max(s.start_on, allowed.start_on), min(s.end_on, allowed.end_on)) for s in spans_of(programme)]
    inside = [(start, end) for start, end in stretches if start <= end]
    return Span(inside[0][0], inside[-1][1]) if inside else None


def _part(programme: Programme, span: Span, facts: inputs.Facts) -> Part:
    closings = [Span(row.start_on, row.end_on) for row in programme.closings.all()]
    is_open = {day for day in days_between(*span) if not any(closing.covers(day) for closing in closings)}
    return Part(
        programme,
        *span,
        is_closed=not is_open,
        unmarked=[day for day in facts.unmarked(*span) if day in is_open],
        provisional=[day for day in facts.provisional_days(*span) if day in is_open],
    )
