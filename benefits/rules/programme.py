"""A person's programme, and the spans that it is settled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import NamedTuple

from benefits.rules.errors import ContradictoryInputs
from benefits.rules.rulebook import MAIN, TRIAL, Rulebook
from cistor.dates import ONE_DAY, Days, day_text, length, month_end, months, moved_back, moved_on, next_month

LONGEST = 3660  # days; the statute knows of two years


class Span(NamedTuple):
    """First and last day, both included."""

    start_on: date
    end_on: date

    def cut(self, start_on: date, end_on: date) -> "Span | None":
        """The days of the span that lie between the two; none → None."""
        start, end = max(self.start_on, start_on), min(self.end_on, end_on)
        return Span(start, end) if start <= end else None


@dataclass(frozen=True)
class Programme:
    """The trial and the main period with its extension as planned; `ended_on` is the last paid day when it ended early.

    ContradictoryInputs when the days contradict each other.
    """

    trial: Span | None
    main: Span | None
    ended_on: date | None = None

    def __post_init__(self) -> None:
        for name, span in (("próbny", self.trial), ("właściwy", self.main)):
            if span and span.end_on < span.start_on:
                raise ContradictoryInputs(
                    f"Okres {name} kończy się {day_text(span.end_on)}, przed początkiem {day_text(span.start_on)}."
                )
        if not self.periods:
            raise ContradictoryInputs("Program nie ma ani okresu próbnego, ani właściwego.")
        if self.trial and self.main:
            _check_order(self.trial, self.main)
        if length(self.first_on, self.planned_end_on) > LONGEST:
            raise ContradictoryInputs("Program trwałby ponad dziesięć lat.")
        if self.ended_on:
            _check_end(self.ended_on, self.first_on, self.planned_end_on)

    @cached_property
    def periods(self) -> tuple[tuple[str, Span], ...]:
        """The planned periods in order."""
        return tuple((name, span) for name, span in ((TRIAL, self.trial), (MAIN, self.main)) if span)

    @property
    def first_on(self) -> date:
        return self.periods[0][1].start_on

    @property
    def planned_end_on(self) -> date:
        return self.periods[-1][1].end_on

    @property
    def last_on(self) -> date:
        """The last day in the programme: paid."""
        return self.ended_on or self.planned_end_on

    def start_of(self, period: str) -> date | None:
        """The first planned day of a period; None where there is none."""
        return next((span.start_on for name, span in self.periods if name == period), None)

    def period_on(self, day: date) -> str:
        return TRIAL if self.trial and day <= self.trial.end_on else MAIN

    def parts(self, span: Span) -> list[tuple[str, Span]]:
        """The days of a span by period."""
        cut = [(period, planned.cut(*span)) for period, planned in self.periods]
        return [(period, part) for period, part in cut if part]


def _check_order(trial: Span, main: Span) -> None:
    if main.start_on < trial.start_on:
        raise ContradictoryInputs(
            f"Okres właściwy zaczyna się {day_text(main.start_on)}, przed próbnym ({day_text(trial.start_on)})."
        )
    if main.start_on <= trial.end_on:
        raise ContradictoryInputs(
            f"Okres próbny trwa do {day_text(trial.end_on)}, a właściwy zaczyna się już {day_text(main.start_on)}."
        )
    if main.start_on > trial.end_on + ONE_DAY:
        raise ContradictoryInputs(
            f"Między końcem okresu próbnego {day_text(trial.end_on)} a początkiem właściwego "
            f"{day_text(main.start_on)} są dni bez programu."
        )


def _check_end(ended_on: date, first_on: date, planned_end_on: date) -> None:
    if ended_on < first_on:
        raise ContradictoryInputs(f"Program zakończono {day_text(ended_on)}, zanim się zaczął {day_text(first_on)}.")
    if ended_on > planned_end_on:
        raise ContradictoryInputs(
            f"Program zakończono {day_text(ended_on)}, po planowanym końcu {day_text(planned_end_on)}."
        )


class PaidSpan(NamedTuple):
    """What is paid in one go: "trial" or a month "2026-07"; the days covered and the whole they are a part of."""

    key: str
    covered: Span
    whole: Span

    @property
    def complete(self) -> bool:
        return self.covered == self.whole


def spans(programme: Programme, rulebook: Rulebook, until: date) -> Iterator[PaidSpan]:
    """The spans of a programme that have begun by a day, in order (rule 2).

    The version of the programme's first day says whether the trial is a settlement of its own.
    """
    if programme.trial and _trial_apart(programme, rulebook) and programme.first_on <= until:
        yield _trial_span(programme, programme.trial)
    first = _months_from(programme, rulebook)
    for month in months(first, min(programme.last_on, until)):
        whole = Span(month, month_end(month))
        yield PaidSpan(f"{month:%Y-%m}", Span(max(month, first), min(whole.end_on, programme.last_on)), whole)


def span_of(key: str, programme: Programme, rulebook: Rulebook) -> PaidSpan:
    """The span by its key; ContradictoryInputs where the programme has none of that name."""
    if key == TRIAL:
        if not programme.trial:
            raise ContradictoryInputs("Program nie ma okresu próbnego, więc nie ma czego rozliczyć.")
        if not _trial_apart(programme, rulebook):
            raise ContradictoryInputs("Regulamin rozlicza okres próbny razem z miesiącem, nie osobno.")
        return _trial_span(programme, programme.trial)
    whole = _month(key)
    covered = whole.cut(_months_from(programme, rulebook), programme.last_on)
    if not covered:
        raise ContradictoryInputs(f"Rozliczenie {key} leży poza programem.")
    return PaidSpan(key, covered, whole)


def payday(span: PaidSpan, rulebook: Rulebook) -> date:
    """Rule 9: the day after the trial, moved on; for a month the payday of the next one, moved back.

    The version of the last covered day says which; a centre's own closed days move neither.
    """
    settings = rulebook.settings_on(span.covered.end_on)
    one_off = rulebook.calendar.one_off
    if span.key == TRIAL and settings.trial_payday == "day_after":
        return moved_on(span.covered.end_on + ONE_DAY, one_off)
    return _payday_after(span.covered.end_on, settings.payday_day, one_off)


@lru_cache(maxsize=1024)
def _payday_after(day: date, day_of_month: int, one_off: Days) -> date:
    paid_in = month_end(next_month(day))
    return moved_back(paid_in.replace(day=min(day_of_month, paid_in.day)), one_off)


def _trial_apart(programme: Programme, rulebook: Rulebook) -> bool:
    return rulebook.settings_on(programme.first_on).trial_settlement == "separate"


def _months_from(programme: Programme, rulebook: Rulebook) -> date:
    """The first day that months pay for."""
    if programme.trial and _trial_apart(programme, rulebook):
        return programme.trial.end_on + ONE_DAY
    return programme.first_on


def _trial_span(programme: Programme, trial: Span) -> PaidSpan:
    return PaidSpan(TRIAL, Span(trial.start_on, min(trial.end_on, programme.last_on)), trial)


@lru_cache(maxsize=1024)
def _month(key: str) -> Span:
    try:
        first = date.fromisoformat(f"{key}-01")
    except ValueError:
        raise ContradictoryInputs(f"Rozliczenie to „trial” albo miesiąc „RRRR-MM”, a jest: {key!r}.") from None
    return Span(first, month_end(first))
