"""What stands between a month and its closing, for a group and for the whole centre."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.db.models import Prefetch

from attendance import inputs
from attendance.grid import Span
from attendance.models import Closing, SickNote
from attendance.roster import spans_of
from cistor.centres import calendar
from cistor.centres.models import Centre
from cistor.dates import ONE_DAY, class_days, day_text, days_between, month_end
from participants.models import Group, Membership, Programme


class Stay(NamedTuple):
    """Days of one person in one group."""

    group_id: int
    span: Span


class Duty(NamedTuple):
    """A day that is not ready, and the group on whose page it can be marked; None where the person had no group.

    `note`: the sick note that keeps it provisional, where it is one.
    """

    day: date
    group_id: int | None
    note: int | None = None


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
    closings: list[Closing]
    # Day → the sick note that waits for its paper or the director.
    notes: Mapping[date, int]

    @property
    def is_ready(self) -> bool:
        return not (self.unmarked or self.provisional)

    def to_mark(self, until: date) -> list[Duty]:
        return [self._duty(day) for day in self.unmarked if day <= until]

    @property
    def to_confirm(self) -> list[Duty]:
        return [self._duty(day) for day in self.provisional]

    def _duty(self, day: date) -> Duty:
        group = next((stay.group_id for stay in self.stays if stay.span.covers(day)), None)
        return Duty(day, group, self.notes.get(day))


class Waiting(NamedTuple):
    part: Part
    to_mark: list[Duty]
    to_confirm: list[Duty]


@dataclass(frozen=True)
class State:
    """How far a month has come, for a group or the centre. `first_on` is the first day on which it may be closed."""

    parts: list[Part]
    first_on: date
    today: date

    @property
    def people(self) -> int:
        return len({part.programme.participant_id for part in self.parts})

    @property
    def open(self) -> int:
        """People with a day that is not closed."""
        return len({part.programme.participant_id for part in self.parts if not part.is_closed})

    @property
    def unmarked(self) -> int:
        """Days that should have been marked by now."""
        return sum(len(row.to_mark) for row in self.waiting)

    @property
    def provisional(self) -> int:
        return sum(len(row.to_confirm) for row in self.waiting)

    @property
    def homeless(self) -> int:
        """Days not ready on which the person had no group: they are on the page of none."""
        duties = (duty for row in self.waiting for duty in (*row.to_mark, *row.to_confirm))
        return sum(duty.group_id is None and duty.note is None for duty in duties)

    @cached_property
    def waiting(self) -> list[Waiting]:
        """Those with something to be done today."""
        rows = [Waiting(part, part.to_mark(self.today), part.to_confirm) for part in self.parts]
        return [row for row in rows if row.to_mark or row.to_confirm]

    @property
    def is_closed(self) -> bool:
        return bool(self.parts) and not self.open

    @property
    def is_over(self) -> bool:
        return self.today >= self.first_on

    @property
    def is_ready(self) -> bool:
        return not self.obstacle and not self.is_closed

    @property
    def obstacle(self) -> str:
        """Why it cannot be closed today; "" when it can."""
        if not self.parts:
            return "W tym miesiącu nie ma nikogo do zamknięcia."
        if not self.is_over:
            last = self.first_on - ONE_DAY
            return f"Zajęcia w tym miesiącu trwają do {day_text(last)}; zamknąć go można najwcześniej następnego dnia."
        people = len({part.programme.participant_id for part in self.parts if not part.is_ready})
        who = "osoby" if people == 1 else "osób"
        return f"Nie można zamknąć: u {people} {who} są dni nieoznaczone albo tymczasowe." if people else ""

    @property
    def badge(self) -> tuple[str, str]:
        if self.is_closed:
            return "done", "zamknięte"
        if self.waiting:
            return "soon", "do uzupełnienia"
        return ("info", "gotowe do zamknięcia") if self.is_over else ("plain", "miesiąc trwa")

    @property
    def closed(self) -> list[tuple[date, str]]:
        """When days were closed, and by whom; each pair once."""
        return sorted({(row.closed_on, str(row.closed_by)) for part in self.parts for row in part.closings})


class Month:
    """A month of a centre. A fixed number of queries; days that are closed already are nobody's duty any more."""

    def __init__(self, centre: Centre, month: date) -> None:
        self.centre, self.start_on, self.end_on = centre, month, month_end(month)
        rows = Programme.objects.touching(month, self.end_on).filter(participant__centre=centre)
        closings = Prefetch("closings", Closing.objects.select_related("closed_by"))
        rows = rows.select_related("participant").prefetch_related("stages", closings)
        self.programmes = list(rows.order_by("participant__order_key", "pk"))
        self.facts = inputs.gather(centre, self.programmes, self.end_on)
        self.stays = _stays(centre, month, self.end_on)

    @cached_property
    def first_on(self) -> date:
        """The day after the last class day: earlier, somebody could still come or stay away."""
        days = calendar.of(self.centre)
        found = class_days(self.start_on, self.end_on, days.closed, days.extra, days.one_off)
        return max(found, default=self.end_on) + ONE_DAY

    def parts(self, group: Group | None = None) -> list[Part]:
        """By programme, in the order of names; of a group, as far as the people were in it."""
        return [
            self._part(programme, span, stays)
            for programme in self.programmes
            for stays in [self.stays.get(programme.participant_id, [])]
            for whole in self._allowed(stays, group)
            if (span := _cut(programme, whole))
        ]

    def _part(self, programme: Programme, span: Span, stays: list[Stay]) -> Part:
        facts = self.facts[programme.pk]
        rows = programme.closings.all()
        closings = [row for row in rows if row.start_on <= span.end_on and row.end_on >= span.start_on]
        still_open = _open_days(closings, span)
        provisional = [day for day in facts.provisional_days(*span) if day in still_open]
        return Part(
            programme,
            *span,
            is_closed=not still_open,
            unmarked=[day for day in facts.unmarked(*span) if day in still_open],
            provisional=provisional,
            stays=stays,
            closings=closings,
            notes=self.notes.get(programme.pk, {}) if provisional else {},
        )

    @cached_property
    def notes(self) -> dict[int, dict[date, int]]:
        """Programme → its days in a sick note that waits; a query, asked only where a day is provisional."""
        found: dict[int, dict[date, int]] = {}
        rows = SickNote.objects.undecided().filter(programme__participant__centre=self.centre)
        for note in rows.touching(self.start_on, self.end_on).defer("number", "note").order_by("pk"):
            days = days_between(max(note.start_on, self.start_on), min(note.end_on, self.end_on))
            found.setdefault(note.programme_id, {}).update(dict.fromkeys(days, note.pk))
        return found

    def _allowed(self, stays: list[Stay], group: Group | None) -> list[Span]:
        if group is None:
            return [Span(self.start_on, self.end_on)]
        return [stay.span for stay in stays if stay.group_id == group.pk]

    def state(self, group: Group | None = None, *, on: date) -> State:
        return State(self.parts(group), self.first_on, on)

    def by_group(self, groups: Iterable[Group], *, on: date) -> list[tuple[Group, State]]:
        """The groups in which somebody was."""
        states = [(group, self.state(group, on=on)) for group in groups]
        return [(group, state) for group, state in states if state.parts]


def is_open(centre: Centre, month: date) -> bool:
    """Whether somebody had a day in the month that is not closed; three queries, for a page that asks nothing else."""
    whole = Span(month, month_end(month))
    rows = Programme.objects.touching(*whole).filter(participant__centre=centre).prefetch_related("stages", "closings")
    return any(_open_days(row.closings.all(), span) for row in rows if (span := _cut(row, whole)))


def checklist(centre: Centre, month: date, *, group: Group | None = None) -> list[Part]:
    return Month(centre, month).parts(group)


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


def _open_days(closings: Iterable[Closing], span: Span) -> set[date]:
    return {day for day in days_between(*span) if not any(row.start_on <= day <= row.end_on for row in closings)}
