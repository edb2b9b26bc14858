"""A month under other rules: a version of the regulations in place of those in force, other settings, other rates.

Both settlements are computed from the facts of today, without bonus, tax and deductions; nothing is written. What is
tried holds from the first day of the settlements that end in the month; the days before keep their rules, which also
say whether a trial that began before is settled apart.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from attendance import inputs
from benefits import rules
from benefits.gather import NOT_NEEDED
from benefits.models import Settlement
from benefits.reading.explanation import STEPS
from benefits.rules.reckoning import BENEFIT
from cistor.centres.models import Centre, Regulations
from cistor.dates import month_end
from cistor.money import NOTHING
from participants.models import Participant, Programme, Stage

APART = "Za ten okres byłoby inne rozliczenie: regulamin inaczej łączy okres próbny z miesiącami."
TRIED = "wartość na próbę"


@dataclass(frozen=True)
class Trial:
    """What is tried: a version, single settings as the engine reads them, statutory values by kind."""

    version: rules.Version | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    rates: Mapping[str, Decimal] = field(default_factory=dict)

    def rulebook(self, book: rules.Rulebook, start: date, end: date) -> rules.Rulebook:
        """The rulebook in which all this holds on the days `start`–`end`, and after them until something else does."""
        return rules.Rulebook(self._versions(book, start, end), self._statute(book, start, end), book.calendar)

    def _versions(self, book: rules.Rulebook, start: date, end: date) -> list[rules.Version]:
        begun = [version for version in book.versions if version.from_on <= start]
        within = [version for version in book.versions if start < version.from_on <= end]
        after = [version for version in book.versions if version.from_on > end]
        held = [replace(self.version, from_on=start)] if self.version else [*begun[-1:], *within]
        tried = [replace(v, settings=replace(v.settings, **self.settings), from_on=max(v.from_on, start)) for v in held]
        return [*(version for version in begun if version.from_on < start), *tried, *after]

    def _statute(self, book: rules.Rulebook, start: date, end: date) -> rules.Statute:
        if not self.rates:
            return book.statute
        kept = [p for p in book.statute.parameters if p.kind not in self.rates or not start < p.in_force_from <= end]
        return rules.Statute([*kept, *(rules.Parameter(kind, start, v, TRIED) for kind, v in self.rates.items())])


@dataclass(frozen=True)
class Change:
    """Lines of one kind that come out otherwise, in złoty; `because` is said by those that would stand there."""

    label: str
    now: Decimal
    then: Decimal
    because: str


@dataclass(frozen=True)
class Compared:
    """One settlement now and as it would be; None where one of the two rulebooks does not know it."""

    programme: Programme
    span: rules.PaidSpan
    now: rules.Settlement | None
    then: rules.Settlement | None

    @property
    def participant(self) -> Participant:
        return self.programme.participant

    @property
    def period(self) -> str:
        """As a settlement is called."""
        return Settlement(
            span=self.span.key, start_on=self.span.covered.start_on, end_on=self.span.covered.end_on
        ).period

    @property
    def benefit_now(self) -> Decimal:
        return self.now.benefit if self.now else NOTHING

    @property
    def benefit_then(self) -> Decimal:
        return self.then.benefit if self.then else NOTHING

    @property
    def difference(self) -> Decimal:
        return self.benefit_then - self.benefit_now

    @property
    def changes(self) -> list[Change]:
        """The kinds of lines that differ, in the order of the sum."""
        before, after = _sums(self.now), _sums(self.then)
        codes = [code for code in STEPS if before.get(code, NOTHING) != after.get(code, NOTHING)]
        return [
            Change(STEPS[code], before.get(code, NOTHING), after.get(code, NOTHING), _because(self.then, code))
            for code in codes
        ]

    @property
    def remark(self) -> str:
        return "" if self.now and self.then else APART


@dataclass(frozen=True)
class WhatIf:
    """`failed`: whose facts contradict each other, with the sentence that says how."""

    month: date
    rows: Sequence[Compared]
    failed: Sequence[tuple[Programme, str]]

    @cached_property
    def benefit(self) -> tuple[Decimal, Decimal]:
        """Now and then."""
        return _total(self.rows, "benefit")

    @property
    def benefit_difference(self) -> Decimal:
        now, then = self.benefit
        return then - now

    @cached_property
    def zus(self) -> tuple[Decimal, Decimal]:
        (pension, pension_then), (disability, disability_then) = (
            _total(self.rows, name) for name in ("zus_pension", "zus_disability")
        )
        return pension + disability, pension_then + disability_then

    @cached_property
    def people(self) -> dict[str, int]:
        """How many would get more, less and the same; each counted once, whatever the number of settlements."""
        sums: dict[int, Decimal] = {}
        for row in self.rows:
            sums[row.participant.pk] = sums.get(row.participant.pk, NOTHING) + row.difference
        found = Counter("more" if d > 0 else "less" if d < 0 else "same" for d in sums.values())
        return {kind: found[kind] for kind in ("more", "less", "same")}


def what_if(
    centre: Centre,
    month: date,
    *,
    version: Regulations | None = None,
    settings: Mapping[str, Any] | None = None,
    rates: Mapping[str, Decimal] | None = None,
) -> WhatIf:
    """Everybody whose settlement ends in the month, the largest difference first. Seven queries; nothing is written."""
    trial = Trial(inputs.version_of(version) if version else None, settings or {}, rates or {})
    end = month_end(month)
    with nothing_written():
        programmes = list(_with_days(centre, month, end))
        facts = inputs.gather(centre, programmes, end)
        others = Others(trial, month, end)
        rows: list[Compared] = []
        failed = []
        for programme in programmes:
            try:
                rows += others.compared(programme, facts[programme.pk])
            except rules.RuleError as error:
                failed.append((programme, str(error)))
    # The programmes come by name, and equals keep their order.
    return WhatIf(month, sorted(rows, key=lambda row: -abs(row.difference)), failed)


@contextmanager
def nothing_written() -> Iterator[None]:
    """The database refuses every write inside."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")
        yield


class Others:
    """The rulebooks of what is tried: one for the month, and one for each trial that began before it."""

    def __init__(self, trial: Trial, start: date, end: date) -> None:
        self.trial, self.start, self.end = trial, start, end
        self._books: dict[date, rules.Rulebook] = {}

    def compared(self, programme: Programme, facts: inputs.Facts) -> list[Compared]:
        """The settlements of a programme that end in the month, under either rulebook; RuleError where none."""
        now = self._settled(facts, facts.rulebook)
        then = self._settled(facts, self._from(self.start, facts.rulebook))
        for key, settled in then.items():
            if (since := settled.span.covered.start_on) < self.start:
                then[key] = _settle(facts, self._from(since, facts.rulebook), key)
        spans = {settled.span.key: settled.span for settled in (*now.values(), *then.values())}
        return [Compared(programme, span, now.get(key), then.get(key)) for key, span in spans.items()]

    def _settled(self, facts: inputs.Facts, book: rules.Rulebook) -> dict[str, rules.Settlement]:
        spans = rules.spans(facts.programme, book, self.end)
        ending = [span.key for span in spans if self.start <= span.covered.end_on <= self.end]
        return {key: _settle(facts, book, key) for key in ending}

    def _from(self, since: date, book: rules.Rulebook) -> rules.Rulebook:
        if since not in self._books:
            self._books[since] = self._made(since, book)
        return self._books[since]

    def _made(self, since: date, book: rules.Rulebook) -> rules.Rulebook:
        if since == self.start:
            return self.trial.rulebook(book, since, self.end)
        # A trial that has begun stays a settlement of its own, whatever the version on trial says.
        kept = {**self.trial.settings, "trial_settlement": book.settings_on(since).trial_settlement}
        return replace(self.trial, settings=kept).rulebook(book, since, self.end)


def _with_days(centre: Centre, start: date, end: date) -> QuerySet[Programme]:
    stages = Stage.objects.filter(programme=OuterRef("pk"), start_on__lte=end, end_on__gte=start)
    return (
        Programme.objects.filter(Exists(stages), participant__centre=centre)
        .filter(Q(ended_on__isnull=True) | Q(ended_on__gte=start))
        .select_related("participant")
        .defer("end_reason", *NOT_NEEDED)
        .order_by("participant__order_key", "participant_id", "signed_on", "pk")
    )


def _settle(facts: inputs.Facts, book: rules.Rulebook, key: str) -> rules.Settlement:
    return rules.settle(rules.Inputs(book, facts.programme, key, facts.marks))


def _sums(settled: rules.Settlement | None) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in settled.lines if settled else ():
        if line.code in BENEFIT:
            sums[line.code] = sums.get(line.code, NOTHING) + line.amount
    return sums


def _because(settled: rules.Settlement | None, code: str) -> str:
    return " ".join(line.because for line in settled.lines if line.code == code) if settled else ""


def _total(rows: Sequence[Compared], name: str) -> tuple[Decimal, Decimal]:
    now = sum((getattr(row.now, name) for row in rows if row.now), NOTHING)
    return now, sum((getattr(row.then, name) for row in rows if row.then), NOTHING)
