"""Rows → what the engine is given, for many programmes in a fixed number of queries."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import pairwise

from django.contrib.postgres.aggregates import ArrayAgg

from attendance.models import Day
from benefits import rules
from benefits.rules import RuleError as RuleError  # what a question about a settlement may raise
from benefits.rules.statute import KINDS
from cistor.centres import calendar
from cistor.centres.models import Centre, Meaning, Regulations, StatutoryRate
from cistor.dates import ONE_DAY
from participants.models import Programme, Stage


@dataclass(frozen=True)
class Facts:
    """What attendance knows of one programme up to a day. Nothing is judged before it is asked for: the facts of one
    person may contradict each other, and that stops nobody else."""

    rulebook: rules.Rulebook
    stages: tuple[Stage, ...]
    ended_on: date | None
    present: frozenset[date]
    # The other marked days, with their meaning.
    marks: Mapping[date, str]
    provisional: frozenset[date]

    @cached_property
    def programme(self) -> rules.Programme:
        """The programme as the engine reads it; ContradictoryInputs when its stages or its end are impossible."""
        return rules.Programme(self._span("trial"), self._span("main", "extension"), self.ended_on)

    def inputs(self, settlement: str, **amounts) -> rules.Inputs:
        """What `rules.settle` takes; `amounts` are bonus, tax and deductions, of which attendance knows nothing."""
        return rules.Inputs(self.rulebook, self.programme, settlement, self.marks, **amounts)

    def with_changes(self, changes: Mapping[date, str | None]) -> "Facts":
        """The facts as they would be with other marks; None takes one away, which counts like a day present."""
        marks = {**self.marks, **changes}
        return replace(self, marks={day: kind for day, kind in marks.items() if kind and kind != Meaning.PRESENT})

    def span_on(self, day: date) -> rules.PaidSpan | None:
        """The settlement that pays for a day; None outside the programme."""
        spans = rules.spans(self.programme, self.rulebook, day)
        return next((span for span in spans if span.covered.cut(day, day)), None)

    def spans_between(self, start: date, end: date) -> list[rules.PaidSpan]:
        """The settlements with a day in the span, in order."""
        spans = rules.spans(self.programme, self.rulebook, end)
        return [span for span in spans if span.covered.cut(start, end)]

    def spans_after(self, span: rules.PaidSpan, until: date) -> list[rules.PaidSpan]:
        """The settlements after one that begin by a day, in order."""
        spans = rules.spans(self.programme, self.rulebook, until)
        return [other for other in spans if other.covered.start_on > span.covered.end_on]

    def settled(self, span: rules.PaidSpan) -> rules.Settlement:
        """The settlement as the facts stand, without what only the payment knows."""
        return rules.settle(self.inputs(span.key))

    def place(self, span: rules.PaidSpan, day: date) -> rules.Place | None:
        """Where a marked day stands in the row that its limit counts; None where nothing counts it."""
        return rules.place(self.inputs(span.key), day)

    def row(self, span: rules.PaidSpan, kind: str, day: date) -> rules.Row | None:
        """The marked days that are counted together with a day of the kind; None where nothing counts it."""
        return rules.row_of(self.inputs(span.key), kind, day)

    @property
    def free_days(self) -> list[date]:
        """The free days of the programme on days with classes, in date order; no amount knows them."""
        return sorted(d for d, kind in self.marks.items() if kind == Meaning.FREE_DAY and self.is_class_day(d))

    def is_class_day(self, day: date) -> bool:
        return day in self.rulebook.calendar.class_days(day, day)

    def class_days(self, start: date, end: date) -> list[date]:
        """The class days of the span that lie inside the programme."""
        last = min(end, self.ended_on) if self.ended_on else end
        days = self.rulebook.calendar.class_days(start, end)
        return sorted(d for d in days if d <= last and any(s.start_on <= d <= s.end_on for s in self.stages))

    def unmarked(self, start: date, end: date) -> list[date]:
        """The class days of the span that nobody has marked: neither present nor absent."""
        return [day for day in self.class_days(start, end) if day not in self.present and day not in self.marks]

    def provisional_days(self, start: date, end: date) -> list[date]:
        """The days of the span that are marked provisionally."""
        return sorted(day for day in self.provisional if start <= day <= end)

    def _span(self, *kinds: str) -> rules.Span | None:
        stages = [stage for stage in self.stages if stage.kind in kinds]
        for earlier, later in pairwise(stages):
            if later.start_on != earlier.end_on + ONE_DAY:
                raise rules.ContradictoryInputs("Między okresem właściwym a przedłużeniem są dni bez programu.")
        return rules.Span(stages[0].start_on, stages[-1].end_on) if stages else None


def gather(centre: Centre, programmes: Iterable[Programme], until: date) -> dict[int, Facts]:
    """The facts of each programme by its id, from its first day to `until`, since earlier sick days count as well.

    Six queries, whatever the number of people and days.
    """
    ended = {programme.pk: programme.ended_on for programme in programmes}
    book = rulebook(centre)
    stages = _grouped(Stage.objects.filter(programme__in=ended).order_by("start_on"), key="programme_id")
    days = Day.objects.filter(programme__in=ended, on__lte=until)
    present = dict(
        days.filter(meaning=Meaning.PRESENT).order_by().values("programme").values_list("programme", ArrayAgg("on"))
    )
    others = _grouped(
        days.exclude(meaning=Meaning.PRESENT, provisional=False).only("programme", "on", "meaning", "provisional"),
        key="programme_id",
    )
    return {
        pk: Facts(
            rulebook=book,
            stages=tuple(stages.get(pk, ())),
            ended_on=ended_on,
            present=frozenset(present.get(pk, ())),
            marks={day.on: day.meaning for day in others.get(pk, ()) if day.meaning != Meaning.PRESENT},
            provisional=frozenset(day.on for day in others.get(pk, ()) if day.provisional),
        )
        for pk, ended_on in ended.items()
    }


def rulebook(centre: Centre) -> rules.Rulebook:
    """The centre's versions with their sources, the statutory values and the calendar; made once for everybody."""
    days = calendar.of(centre)
    parameters = StatutoryRate.objects.filter(kind__in=KINDS).order_by("in_force_from", "id")
    return rules.Rulebook(
        [version_of(row) for row in Regulations.objects.adopted().filter(centre=centre)],
        rules.Statute(rules.Parameter(row.kind, row.in_force_from, row.value, row.source) for row in parameters),
        rules.Calendar(days.closed, days.extra, days.one_off),
    )


def version_of(row: Regulations) -> rules.Version:
    settings = rules.Settings.from_mapping({name: getattr(row, name) for name in rules.SETTINGS})
    return rules.Version(settings, row.in_force_from, row.sources, row.title)


def _grouped(rows, *, key: str) -> dict[int, list]:
    groups: dict[int, list] = {}
    for row in rows:
        groups.setdefault(getattr(row, key), []).append(row)
    return groups
