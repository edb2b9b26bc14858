"""What holds on a day: the version of the regulations, the unemployment benefit, the full rates, the class days."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property, lru_cache
from typing import NamedTuple

from benefits.rules.errors import ContradictoryInputs, MissingRegulations
from benefits.rules.settings import SETTINGS, Settings
from benefits.rules.statute import Parameter, Statute
from cistor.dates import NO_DAYS, ONE_DAY, Days, class_days, day_text
from cistor.money import GROSZ, HALF_UP, TEN_GROSZ, UP, percent, rounded, zloty

TRIAL, MAIN = "trial", "main"
ROUNDINGS = {"up_to_10_grosz": (TEN_GROSZ, UP), "to_grosz": (GROSZ, HALF_UP)}


@dataclass(frozen=True, eq=False)
class Version:
    """A version of the regulations: in force from a day until the next one begins; `sources` gives the § by setting."""

    settings: Settings
    from_on: date = date.min
    sources: Mapping[str, str] = field(default_factory=dict)
    title: str = "regulamin"

    @cached_property
    def cited(self) -> dict[str, str]:
        """By setting: "Regulamin CIS, §3 ust. 1 lit. d, od 1 stycznia 2026"; its own name where no § is known."""
        since = "" if self.from_on == date.min else f", od {day_text(self.from_on)}"
        return {name: f"{self.title}, {self.sources.get(name) or SETTINGS[name].label}{since}" for name in SETTINGS}


@dataclass(frozen=True, eq=False)
class Calendar:
    """A centre's closed days and extra class days, and the one-off public holidays."""

    closed: Days = NO_DAYS
    extra: Days = NO_DAYS
    one_off: Days = NO_DAYS

    def class_days(self, start: date, end: date) -> Days:
        return _class_days(self, start, end)

    def of_years(self, first: int, last: int) -> Days:
        """The class days of whole years: one set for everybody's marks."""
        return _class_days(self, date(first, 1, 1), date(last, 12, 31))


@lru_cache(maxsize=4096)
def _class_days(calendar: Calendar, start: date, end: date) -> Days:
    return class_days(start, end, calendar.closed, calendar.extra, calendar.one_off)


class FullRate(NamedTuple):
    """The benefit of a whole month without an absence, in złoty."""

    amount: Decimal
    text: str
    because: str
    source: str


class Terms(NamedTuple):
    """What holds from a day until the next `Terms`."""

    from_on: date
    version: Version
    trial: FullRate | None
    main: FullRate | None

    def full_rate(self, period: str) -> FullRate | None:
        return self.trial if period == TRIAL else self.main


def rate_text(rate: Fraction | Decimal) -> str:
    """ "120%"; as a fraction where a percentage would be rounded, for nobody could check what it gives."""
    exact = Fraction(rate) * 10000
    return percent(rate) if exact.denominator == 1 else str(Fraction(rate))


def full_rate(version: Version, benefit: Parameter, period: str) -> FullRate:
    """Rule 1: the basic unemployment benefit × the rate of the period, rounded as the version says."""
    setting = f"{period}_rate"
    rate: Fraction = getattr(version.settings, setting)
    exact = Fraction(benefit.value) * rate
    amount = rounded(exact, *ROUNDINGS[version.settings.full_rate_rounding])
    formula = f"{rate_text(rate)} × {zloty(benefit.value)} zasiłku = {zloty(rounded(exact))}"
    if amount != rounded(exact):
        formula += f", po zaokrągleniu {zloty(amount)}"
    return FullRate(amount, zloty(amount), formula, f"{version.cited[setting]}; {benefit.cited}")


class Rulebook:
    """The versions of a centre's regulations, the statute and the calendar; made once for many settlements."""

    def __init__(self, versions: Iterable[Version], statute: Statute, calendar: Calendar | None = None) -> None:
        self.versions = tuple(sorted(versions, key=lambda version: version.from_on))
        self.statute = statute
        self.calendar = calendar or Calendar()
        starts = [version.from_on for version in self.versions]
        if len(set(starts)) < len(starts):
            raise ContradictoryInputs("Dwie wersje regulaminu obowiązują od tego samego dnia.")
        later = {day for day in statute.starts("unemployment_benefit") if starts and day > starts[0]}
        self._starts = sorted(later.union(starts))
        self._terms = [self._terms_from(day, self.versions[bisect_right(starts, day) - 1]) for day in self._starts]

    def terms_on(self, day: date) -> Terms:
        """The terms of the day; MissingRegulations before the first version."""
        place = bisect_right(self._starts, day)
        if not place:
            raise MissingRegulations(f"Brak regulaminu obowiązującego {day_text(day)}.")
        return self._terms[place - 1]

    def settings_on(self, day: date) -> Settings:
        return self.terms_on(day).version.settings

    def terms_between(self, start: date, end: date) -> list[tuple[date, date, Terms]]:
        """The terms of a span in order, each with the first and last day on which they hold."""
        changes = self._starts[bisect_right(self._starts, start) : bisect_right(self._starts, end)]
        if not changes:
            return [(start, end, self.terms_on(start))]
        firsts, lasts = [start, *changes], [*(day - ONE_DAY for day in changes), end]
        return [(first, last, self.terms_on(first)) for first, last in zip(firsts, lasts, strict=True)]

    def _terms_from(self, day: date, version: Version) -> Terms:
        benefit = self.statute.known("unemployment_benefit", day)
        if benefit is None:
            return Terms(day, version, None, None)
        return Terms(day, version, full_rate(version, benefit, TRIAL), full_rate(version, benefit, MAIN))
