"""Reduction lines: what the days of absence take."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from benefits.rules.reckoning import Reckoning
from benefits.rules.rulebook import TRIAL, FullRate
from benefits.rules.settings import Settings
from cistor.dates import day_count, day_text, days_text, length
from cistor.money import NOTHING, share, zloty


class Cost(NamedTuple):
    """What a day takes of its full rate, the setting that says so, and what a reader has to know besides."""

    fraction: Fraction
    setting: str
    note: str = ""


@dataclass(slots=True)
class Group:
    """The days of one kind that take the same fraction of the same full rate."""

    cost: Cost
    rate: FullRate
    sources: list[str]
    days: list[date]


def unexcused(r: Reckoning, settings: Settings, period: str) -> Cost:
    """An unexcused day takes its fraction of the full rate (statute and regulations: 1/20)."""
    return Cost(settings.unexcused_fraction, "unexcused_fraction")


def sick(r: Reckoning, settings: Settings, period: str) -> Cost:
    """A sick day within the limit takes its fraction (1/40); the trial may have one of its own."""
    if period == TRIAL and settings.trial_sick_fraction is not None:
        return Cost(settings.trial_sick_fraction, "trial_sick_fraction")
    return Cost(settings.sick_fraction, "sick_fraction")


def sick_over_limit(r: Reckoning, settings: Settings, period: str) -> Cost:
    """A sick day over the limit takes the whole day: a thirtieth, or 1 / class days of the month or planned trial.

    Where sick days go by the calendar, so does the share.
    """
    if settings.over_limit_share == "thirtieth":
        return Cost(Fraction(1, 30), "sick_days_limit")
    if settings.sick_day_unit == "calendar_days":
        whole, unit = length(*r.span.whole), ""
    else:
        whole, unit = len(r.rulebook.calendar.class_days(*r.span.whole)), " zajęć"
    return Cost(Fraction(1, whole), "sick_days_limit", f"; {r.whole_text} ma {day_count(whole)}{unit}")


def excused(r: Reckoning, settings: Settings, period: str) -> Cost:
    """An excused day takes the fraction of the centre: the statute does not set it."""
    return Cost(settings.excused_fraction, "excused_fraction")


def care(r: Reckoning, settings: Settings, period: str) -> Cost:
    """A day of care for a relative takes the fraction of the centre: the statute does not set it."""
    return Cost(settings.care_fraction, "care_fraction")


CostOf = Callable[[Reckoning, Settings, str], Cost]

COSTS: dict[str, tuple[str, CostOf]] = {
    "unexcused": ("nieobecności nieusprawiedliwionej", unexcused),
    "sick": ("choroby ze zwolnieniem", sick),
    "sick_over_limit": ("choroby ponad limit", sick_over_limit),
    "excused": ("nieobecności usprawiedliwionej", excused),
    "care": ("opieki ze zwolnieniem", care),
}


def reductions(r: Reckoning) -> None:
    """Rule 4: a line for each kind, fraction and full rate – never a fraction of the part of the month."""
    for kind, (noun, cost_of) in COSTS.items():
        groups: list[Group] = []
        for stretch, days in r.absences.by_kind[kind]:
            cost = cost_of(r, stretch.settings, stretch.period)
            _add(groups, Group(cost, stretch.rate, [stretch.terms.version.cited[cost.setting]], days))
        for group in groups:
            _line(r, kind, noun, group)


def _add(groups: list[Group], group: Group) -> None:
    """Days of a new version that take the same go into the same line, which then names both versions."""
    same = next((other for other in groups if _same(other, group)), None)
    if same is None:
        groups.append(group)
    else:
        same.days = same.days + group.days
        same.sources += [source for source in group.sources if source not in same.sources]


def _same(one: Group, other: Group) -> bool:
    return one.rate.amount == other.rate.amount and one.cost.fraction == other.cost.fraction


def _line(r: Reckoning, kind: str, noun: str, group: Group) -> None:
    count, rate = len(group.days), group.rate
    numerator, denominator = group.cost.fraction.as_integer_ratio()
    amount = share(rate.amount, count * numerator, denominator)
    because = f"Za {day_count(count)} {noun} ({days_text(group.days)}) "
    if numerator:
        because += f"odjęto {count} × {numerator}/{denominator} × {rate.text} = {zloty(amount)}{group.cost.note}."
    else:
        because += "nic nie odjęto."
    r.write(kind, -amount, because, "; ".join((*group.sources, rate.source)), group.days)


def unexcused_over_limit(r: Reckoning) -> None:
    """More unexcused days than the limit allows: a line takes all that is left."""
    over = r.absences.over_limit
    if not over:
        return
    left = max(r.benefit, NOTHING)
    first, version = over[0], over[0].stretch.terms.version
    where = "w miesiącu" if version.settings.unexcused_limit_scope == "calendar_month" else "w tym rozliczeniu"
    because = (
        f"{day_text(first.day)} to {first.place}. dzień nieobecności nieusprawiedliwionej {where}, "
        f"a limit wynosi {version.settings.unexcused_days_limit}: świadczenie przepada, odjęto pozostałe {zloty(left)}."
    )
    r.write(
        "unexcused_over_limit", -left, because, version.cited["unexcused_days_limit"], [found.day for found in over]
    )


def not_taken(r: Reckoning) -> None:
    """Rule 5: the benefit is not below 0; the last line says what the reductions did not take."""
    if r.benefit < 0:
        because = f"Odliczenia są wyższe niż świadczenie: {zloty(-r.benefit)} nie odjęto, bo nie może być ujemne."
        r.write("not_taken", -r.benefit, because, "świadczenie nie mniejsze niż 0 zł")
