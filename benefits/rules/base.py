"""Base lines: the full rate for the part of the month, or of the trial, that the programme covers."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from benefits.rules.programme import Span
from benefits.rules.reckoning import Reckoning
from benefits.rules.rulebook import TRIAL, FullRate
from cistor.dates import ONE_DAY, day_count, days_between, length, span_text
from cistor.money import share, zloty

NAMES = {"trial": "okres próbny", "main": "okres właściwy"}


class Stretch(NamedTuple):
    """Days on end of one period and one full rate."""

    period: str
    days: Span
    rate: FullRate


class Part(NamedTuple):
    """How much of the whole is covered, as a fraction and in words."""

    covered: int
    whole: int
    words: str


def base(r: Reckoning) -> None:
    """Rule 3: a line for each stretch of equal period and full rate; alone in a whole month, it is the full rate."""
    stretches = list(_stretches(r))
    if len(stretches) == 1 and r.span.complete:
        _whole_line(r, stretches[0])
    else:
        for stretch in stretches:
            _part_line(r, stretch)


def _stretches(r: Reckoning) -> Iterator[Stretch]:
    for period, part in r.programme.parts(r.span.covered):
        rates = r.rulebook.rates_between(part.start_on, part.end_on, period)
        ends = [later - ONE_DAY for later, _ in rates[1:]] + [part.end_on]
        for (start, rate), end in zip(rates, ends, strict=True):
            yield Stretch(period, Span(start, end), rate)


def _whole_line(r: Reckoning, stretch: Stretch) -> None:
    if r.span.key == TRIAL:
        what = f"okres próbny {span_text(*stretch.days)}"
    else:
        what = f"{r.whole_text} ({NAMES[stretch.period]})"
    because = f"Cały {what}, pełna stawka: {stretch.rate.because}."
    r.write(f"base_{stretch.period}", stretch.rate.amount, because, stretch.rate.source, days_between(*stretch.days))


def _part_line(r: Reckoning, stretch: Stretch) -> None:
    part = trial_days(r, stretch.days) if r.span.key == TRIAL else PARTS[r.closing.settings.part_month](r, stretch.days)
    amount = share(stretch.rate.amount, part.covered, part.whole)
    because = (
        f"{NAMES[stretch.period].capitalize()} {span_text(*stretch.days)}: {part.words}, "
        f"{part.covered}/{part.whole} × {zloty(stretch.rate.amount)} = {zloty(amount)}; "
        f"pełna stawka: {stretch.rate.because}."
    )
    setting = "trial_settlement" if r.span.key == TRIAL else "part_month"
    source = f"{stretch.rate.source}; {r.closing.cited[setting]}"
    r.write(f"base_{stretch.period}", amount, because, source, days_between(*stretch.days))


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
