"""What a mark costs: the benefit with it less the benefit with the day present, both from the engine."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.http import Http404

from attendance import inputs
from attendance.forms import read_day
from attendance.sentences import Words
from attendance.terms import Terms
from cistor.centres.models import Meaning, Regulations
from cistor.money import NOTHING, zloty
from participants.models import Programme

CHANGE = re.compile(r"(20\d\d-\d\d-\d\d):([a-z_]{0,20})")
# Two years of days: no page has more to send.
MOST_CHANGES = 750


class Consequence(NamedTuple):
    """What a mark changes in the settlement of its day, in złoty, and how that is said."""

    amount: Decimal
    sentence: str


@dataclass(frozen=True)
class Answer:
    """By meaning what may be marked on the day; or why it cannot be said."""

    codes: dict[str, Consequence] = field(default_factory=dict)
    problem: str = ""

    def as_json(self) -> dict:
        if self.problem:
            return {"problem": self.problem}
        found = self.codes.items()
        return {"codes": {meaning: {"amount": zloty(cost), "sentence": text} for meaning, (cost, text) in found}}


class Case:
    """A day of a programme and the settlement that pays for it: as if the person were present, and with each mark."""

    def __init__(self, facts: inputs.Facts, day: date) -> None:
        self.facts = facts.with_changes({day: None})
        self.day = day
        self.span = facts.span_on(day)

    @cached_property
    def present(self):
        return self.facts.settled(self.span)

    def marked(self, meaning: str) -> "Marked":
        return Marked(self, meaning, self.facts.with_changes({self.day: meaning}))


@dataclass(frozen=True)
class Marked:
    """The same with a mark on the day."""

    case: Case
    meaning: str
    facts: inputs.Facts

    @cached_property
    def settled(self):
        return self.facts.settled(self.case.span)

    @cached_property
    def amount(self) -> Decimal:
        return self.settled.benefit - self.case.present.benefit

    @cached_property
    def later(self) -> Decimal:
        """What the mark costs in later settlements, since it moves the running counter of its kind on."""
        end = self.case.span.covered.end_on
        counted = [day for day, kind in self.facts.marks.items() if kind == self.meaning and day > end]
        spans = self.facts.spans_after(self.case.span, max(counted)) if counted else []
        costs = [self.facts.settled(span).benefit - self.case.facts.settled(span).benefit for span in spans]
        return sum(costs, NOTHING)

    @cached_property
    def place(self):
        return self.facts.place(self.case.span, self.case.day)

    @property
    def settings(self):
        """The regulations of the day, as the engine reads them."""
        return self.facts.rulebook.settings_on(self.case.day)

    @cached_property
    def lost_by(self):
        """The place of the first unexcused day over its limit, which takes the whole benefit; None without one."""
        days = [line.days[0] for line in self.settled.lines if line.code == "unexcused_over_limit"]
        return self.facts.place(self.case.span, days[0]) if days else None

    @property
    def was_lost(self) -> bool:
        """Whether the benefit was lost without this mark."""
        return any(line.code == "unexcused_over_limit" for line in self.case.present.lines)

    @property
    def pushed_over(self) -> int:
        """How many sick days after this one the mark moves over their limit."""
        over, before = (row.counts.get("sick_over_limit", 0) for row in (self.settled, self.case.present))
        return over - before - bool(self.place and self.place.is_over)


def answer(programme: Programme, day: date, changes: Mapping[date, str | None], *, terms: Terms) -> Answer:
    """What each mark of the day would cost, with the person's other marks as they stand and `changes` on top.

    `programme` comes with its participant and centre.
    """
    centre, codes = programme.participant.centre, terms.markable(day)
    try:
        facts = inputs.gather(centre, [programme], date.max)[programme.pk]
        case = Case(facts.with_changes(changes), day)
        if case.span is None:
            return Answer(problem="Ten dzień leży poza programem.")
        if not codes:
            return Answer(problem="Tego dnia nie ma zajęć.")
        words = Words(codes, Regulations.objects.version(centre, day).free_days)
        marked = {meaning: case.marked(meaning) for meaning in codes}
        return Answer({meaning: Consequence(row.amount, words.of(row)) for meaning, row in marked.items()})
    except inputs.RuleError as error:
        return Answer(problem=f"Nie można policzyć skutku. {error}")


# What nobody has marked is paid for like a day present.
UNMARKED = Consequence(NOTHING, "Nieoznaczony dzień liczy się jak obecność.")


def exchange(programme: Programme, day: date, before: str, after: str, *, terms: Terms) -> list[Consequence] | None:
    """What the mark that stands costs and what the other would, "" being none; None where that cannot be said.

    The amount of the second less that of the first is what the settlement of the day gains or loses.
    """
    codes = answer(programme, day, {}, terms=terms).codes
    found = [codes.get(meaning) if meaning else UNMARKED for meaning in (before, after)]
    return [cost for cost in found if cost] if codes and all(found) else None


def gained(programme: Programme, changes: Mapping[date, str]) -> Decimal | None:
    """What the settlements of these days gain or lose when all of them say something else, "" being no mark; None
    where that cannot be said."""
    try:
        facts = inputs.gather(programme.participant.centre, [programme], date.max)[programme.pk]
        after = facts.with_changes({day: meaning or None for day, meaning in changes.items()})
        spans = {span.key: span for day in changes if (span := facts.span_on(day))}
        return sum((after.settled(span).benefit - facts.settled(span).benefit for span in spans.values()), NOTHING)
    except inputs.RuleError:
        return None


def change_text(change: Decimal) -> str:
    if not change:
        return "Świadczenie się nie zmieni."
    return f"Świadczenie {'wzrośnie' if change > 0 else 'zmaleje'} o {zloty(abs(change))}."


def read_changes(text: str) -> dict[date, str | None]:
    """The pending marks of an address, "2026-03-06:unexcused,2026-03-09:"; empty is unmarked, 404 for nonsense."""
    changes: dict[date, str | None] = {}
    parts = text.split(",") if text else []
    for part in parts:
        found = CHANGE.fullmatch(part)
        if not found or len(parts) > MOST_CHANGES or found[2] not in ("", *Meaning.values):
            raise Http404
        changes[read_day(found[1], default=date.min)] = found[2] or None
    return changes
