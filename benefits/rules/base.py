"""Base lines: the full rate for the part of the month, or of the trial, that the programme covers."""

from collections.abc import Callable
from typing import NamedTuple

from benefits.rules.programme import Span
from benefits.rules.reckoning import Reckoning
from benefits.rules.rulebook import TRIAL
from benefits.rules.stretches import Stretch
from cistor.dates import day_count, days_between, length, span_text
from cistor.money import share, zloty

NAMES = {"trial": "okres próbny", "main": "okres właściwy"}


class Part(NamedTuple):
    """How much of the whole is covered, as a fraction and in words."""

    covered: int
    whole: int
    words: str


def base(r: Reckoning) -> None:
    """Rule 3: a line for each stretch of equal period and full rate; alone in a whole month, it is the full rate."""
    paid = _by_rate(r.stretches)
    if len(paid) == 1 and r.span.complete:
        _whole_line(r, paid[0])
    else:
        for stretch in paid:
            _part_line(r, stretch)


def _by_rate(stretches: list[Stretch]) -> list[Stretch]:
    """Neighbours of equal period and full rate as one: a new version with the old rates does not split the month."""
    merged = stretches[:1]
    for stretch in stretches[1:]:
        last = merged[-1]
        if (stretch.period, stretch.rate.amount) == (last.period, last.rate.amount):
            merged[-1] = last._replace(end_on=stretch.end_on)
        else:
            merged.append(stretch)
    return merged


def _whole_line(r: Reckoning, stretch: Stretch) -> None:
    if r.span.key == TRIAL:
        what = f"okres próbny {span_text(*r.span.whole)}"
    else:
        what = f"{r.whole_text} ({NAMES[stretch.period]})"
    because = f"Cały {what}, pełna stawka: {stretch.rate.because}."
    r.write(f"base_{stretch.period}", stretch.rate.amount, because, stretch.rate.source, days_between(*r.span.whole))


def _part_line(r: Reckoning, stretch: Stretch) -> None:
    days, rate = Span(stretch.start_on, stretch.end_on), stretch.rate
    setting = "trial_settlement" if r.span.key == TRIAL else "part_month"
    part = trial_days(r, days) if r.span.key == TRIAL else PARTS[r.closing.settings.part_month](r, days)
    amount = share(rate.amount, part.covered, part.whole)
    because = (
        f"{NAMES[stretch.period].capitalize()} {span_text(*days)}: {part.words}, "
        f"{part.covered}/{part.whole} × {rate.text} = {zloty(amount)}; pełna stawka: {rate.because}."
    )
    r.write(
        f"base_{stretch.period}", amount, because, f"{rate.source}; {r.closing.cited[setting]}", days_between(*days)
    )


def trial_days(r: Reckoning, days: Span) -> Part:
    """Of a trial settled apart: its days of the days of the planned trial, whatever the rule for months."""
    return _of(length(*days), length(*r.span.whole), "planowanego okresu próbnego")


def calendar_days(r: Reckoning, days: Span) -> Part:
    return _of(length(*days), length(*r.span.whole), "miesiąca")


def thirtieths(r: Reckoning, days: Span) -> Part:
    """A thirtieth a day; in a month covered whole by more than one line the days of the month: 31/30 would overpay."""
    if r.span.complete:
        return calendar_days(r, days)
    covered = length(*days)
    return Part(covered, 30, f"{day_count(covered)} po 1/30")


def class_days(r: Reckoning, days: Span) -> Part:
    """Class days of the class days of the month; a month without any goes by the calendar."""
    calendar = r.rulebook.calendar
    whole = len(calendar.class_days(*r.span.whole))
    if not whole:
        return calendar_days(r, days)
    return _of(len(calendar.class_days(*days)), whole, "zajęć w miesiącu")


def _of(covered: int, whole: int, what: str) -> Part:
    return Part(covered, whole, f"{covered} z {whole} dni {what}")


PARTS: dict[str, Callable[[Reckoning, Span], Part]] = {
    "calendar_days": calendar_days,
    "thirtieths": thirtieths,
    "class_days": class_days,
}
