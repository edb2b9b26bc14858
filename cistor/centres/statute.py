"""What a version of the regulations gives against what the law gives on the same days; pure once rates are loaded."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from itertools import chain, pairwise
from typing import NamedTuple, Self

from django.db import models

from cistor.centres.models import Regulations, StatutoryRate
from cistor.centres.sheet import label_of, text_of
from cistor.dates import ONE_DAY
from cistor.fields import FractionField

Value = Fraction | int


class Kind(models.TextChoices):
    """A maximum may be stayed under; a right may not."""

    BELOW_MAXIMUM = "below_maximum", "poniżej maksimum – wybór centrum"
    BELOW_RIGHT = "below_right", "mniej, niż daje ustawa"
    ABOVE_MAXIMUM = "above_maximum", "więcej, niż przewiduje ustawa"


class Rule(NamedTuple):
    """Which statutory value a setting is held against, and what giving less means."""

    setting: str
    rate: StatutoryRate.Kind
    less: Kind
    # A fraction taken off gives less the bigger it is.
    takes: bool = False


RATE = StatutoryRate.Kind
RULES = (
    Rule("trial_rate", RATE.BENEFIT_RATE_TRIAL, Kind.BELOW_RIGHT),
    Rule("main_rate", RATE.BENEFIT_RATE_MAIN, Kind.BELOW_RIGHT),
    Rule("unexcused_fraction", RATE.UNEXCUSED_FRACTION, Kind.BELOW_RIGHT, takes=True),
    Rule("unexcused_days_limit", RATE.UNEXCUSED_DAYS_LIMIT, Kind.BELOW_RIGHT),
    Rule("sick_fraction", RATE.SICK_FRACTION, Kind.BELOW_RIGHT, takes=True),
    Rule("trial_sick_fraction", RATE.SICK_FRACTION, Kind.BELOW_RIGHT, takes=True),
    Rule("sick_days_limit", RATE.SICK_DAYS_LIMIT, Kind.BELOW_RIGHT),
    Rule("bonus_cap", RATE.BONUS_CAP_LIMIT, Kind.BELOW_MAXIMUM),
    Rule("free_days", RATE.FREE_DAYS_LIMIT, Kind.BELOW_MAXIMUM),
    Rule("extension_months", RATE.EXTENSION_MONTHS_LIMIT, Kind.BELOW_MAXIMUM),
)


@dataclass(frozen=True)
class Departure:
    """One setting that differs from the law on the days `start_on`–`end_on`, both included.

    `value` is the law's own, a Fraction or an int as the setting; `here` and `law` say both in words.
    """

    setting: str
    label: str
    here: str
    law: str
    value: Value
    source: str
    kind: Kind
    start_on: date
    end_on: date

    @property
    def is_open(self) -> bool:
        """Until further notice: no later value of the law is known."""
        return self.end_on == date.max


class Stretch(NamedTuple):
    start_on: date
    end_on: date
    rate: StatutoryRate


class Statute:
    """The statutory values by kind, each held until the next; of two for one day the later entry."""

    def __init__(self, rates: Iterable[StatutoryRate]) -> None:
        self._by_kind: dict[str, dict[date, StatutoryRate]] = {}
        for rate in sorted(rates, key=lambda rate: (rate.in_force_from, rate.pk or 0)):
            self._by_kind.setdefault(rate.kind, {})[rate.in_force_from] = rate

    @classmethod
    def load(cls) -> Self:
        return cls(StatutoryRate.objects.filter(kind__in={rule.rate for rule in RULES}))

    def stretches(self, kind: str, start: date, end: date) -> list[Stretch]:
        """The days of the span for which a value is known, cut where it changes."""
        rates = list(self._by_kind.get(kind, {}).values())
        ends = chain((later.in_force_from - ONE_DAY for _, later in pairwise(rates)), [date.max])
        cut = (
            Stretch(max(rate.in_force_from, start), min(last, end), rate)
            for rate, last in zip(rates, ends, strict=False)
        )
        return [stretch for stretch in cut if stretch.start_on <= stretch.end_on]


def departures(version: Regulations, start: date, end: date, statute: Statute | None = None) -> list[Departure]:
    """Where the version differs from the law on the days asked about, in the order of `RULES` and time.

    One query, none when the caller hands in `statute`. `date.max` as the end asks about all days to come.
    """
    statute = statute or Statute.load()
    compared = (
        _departure(rule, stretch, getattr(version, rule.setting))
        for rule in RULES
        for stretch in statute.stretches(rule.rate, start, end)
    )
    return [departure for departure in compared if departure]


def below_right(version: Regulations, start: date, end: date, statute: Statute | None = None) -> list[Departure]:
    """Only those by which a participant gets less than the law gives."""
    return [row for row in departures(version, start, end, statute) if row.kind == Kind.BELOW_RIGHT]


def _departure(rule: Rule, stretch: Stretch, here: Value | None) -> Departure | None:
    """None where the setting gives what the law gives, or says nothing of its own."""
    field = Regulations._meta.get_field(rule.setting)
    law: Value = (Fraction if isinstance(field, FractionField) else int)(stretch.rate.value)
    if here is None or here == law:
        return None
    return Departure(
        setting=rule.setting,
        label=label_of(rule.setting),
        here=text_of(rule.setting, here),
        law=text_of(rule.setting, law),
        value=law,
        source=stretch.rate.source,
        kind=rule.less if (here > law) is rule.takes else Kind.ABOVE_MAXIMUM,
        start_on=stretch.start_on,
        end_on=stretch.end_on,
    )
