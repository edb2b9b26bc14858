"""Where the numbers of a settlement come from: each value with its day, its paragraph or its statute, said once."""

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from benefits import rules
from benefits.models import Settlement
from benefits.reading.sources import Versions, short
from benefits.rules.cases import inputs_from
from benefits.rules.reckoning import CONTRIBUTIONS
from benefits.rules.rulebook import TRIAL, rate_text
from benefits.rules.statute import KINDS, Parameter
from cistor.dates import day_count, day_text
from cistor.money import zloty

RATES = ("trial_rate", "main_rate", "bonus_cap", "pit_rate", *CONTRIBUTIONS)
# Settings by the code of the line that they make; a fraction of its own stands before the usual one.
SETTINGS = {
    "base_trial": ("trial_rate",),
    "base_main": ("main_rate",),
    "unexcused": ("unexcused_fraction",),
    "unexcused_over_limit": ("unexcused_days_limit",),
    "sick": ("sick_fraction",),
    "sick_over_limit": ("sick_days_limit", "over_limit_share"),
    "excused": ("excused_fraction",),
    "care": ("care_fraction",),
    "bonus": ("bonus_cap",),
    "deduction": ("minimum_paid",),
}
WORDS = {
    "class_day": "za dzień zajęć",
    "thirtieth": "1/30",
    "calendar_days": "dni kalendarzowe",
    "thirtieths": "1/30 za dzień",
    "class_days": "dni zajęć",
}


class Number(NamedTuple):
    """What it is, how much, and where that is written."""

    label: str
    value: str
    source: str


def numbers(settlement: Settlement, versions: Versions) -> list[Number]:
    """Of the regulations and of the statute, as far as the lines use them, in their order; each once."""
    inputs = inputs_from(settlement.inputs)
    lines = _lines(settlement)
    found = [*_base(inputs, lines), *_settings(inputs, lines, settlement), *_payment(inputs, lines, settlement)]
    return list(dict.fromkeys(Number(label, value, short(source, versions)) for label, value, source in found))


def _lines(settlement: Settlement) -> list[tuple[str, list[date]]]:
    """(code, days): of a settlement of differences those of the whole new computation."""
    if settlement.computed:
        return [(row["code"], [date.fromisoformat(day) for day in row["days"]]) for row in settlement.computed["lines"]]
    return [(line.code, line.days) for line in settlement.lines.all()]


def _base(inputs: rules.Inputs, lines: Iterable[tuple[str, list[date]]]) -> Iterator[tuple[str, str, str]]:
    statute = inputs.rulebook.statute
    for code, days in lines:
        for day in days if code.startswith("base_") else ():
            benefit = statute.on("unemployment_benefit", day)
            yield KINDS[benefit.kind], zloty(benefit.value), _written(benefit)


def _settings(inputs: rules.Inputs, lines, settlement: Settlement) -> Iterator[tuple[str, str, str]]:
    for code, days in lines:
        for day in days or [settlement.end_on]:
            for name in _names(inputs, code, day):
                yield _setting(inputs, name, day)
    if sum(code.startswith("base_") for code, _ in lines) > 1 or _is_part(inputs, settlement):
        yield _setting(inputs, "trial_settlement" if settlement.span == TRIAL else "part_month", settlement.end_on)


def _names(inputs: rules.Inputs, code: str, day: date) -> tuple[str, ...]:
    """The trial may have a sick fraction of its own."""
    own = inputs.rulebook.settings_on(day).trial_sick_fraction is not None
    if code == "sick" and own and inputs.programme.period_on(day) == TRIAL:
        return ("trial_sick_fraction",)
    return SETTINGS.get(code, ())


def _is_part(inputs: rules.Inputs, settlement: Settlement) -> bool:
    if settlement.computed and not settlement.computed["lines"]:
        return False  # the programme does not reach the span any more
    span = rules.span_of(settlement.span, inputs.programme, inputs.rulebook)
    return not span.complete


def _setting(inputs: rules.Inputs, name: str, day: date) -> tuple[str, str, str]:
    version = inputs.rulebook.terms_on(day).version
    return rules.SETTINGS[name].label, _text(name, getattr(version.settings, name)), version.cited[name]


def _payment(inputs: rules.Inputs, lines, settlement: Settlement) -> Iterator[tuple[str, str, str]]:
    """Tax and contributions go by the day of the payment."""
    statute, codes = inputs.rulebook.statute, {code for code, _ in lines}
    payday = inputs.payday or settlement.payment_list.payday
    if "tax" in codes:
        rate = statute.on("pit_rate", payday)
        yield KINDS[rate.kind], _text(rate.kind, rate.value), _written(rate)
        if inputs.pit_monthly_reduction:
            whole = statute.on("pit_reduction", payday)
            yield KINDS[whole.kind], _reduction(inputs.pit_monthly_reduction, whole.value), _written(whole)
    for kind in CONTRIBUTIONS:
        if kind in codes:
            rate = statute.on(kind, payday)
            yield KINDS[kind], _text(kind, rate.value), _written(rate)


def _written(parameter: Parameter) -> str:
    return f"od {day_text(parameter.in_force_from)}, {parameter.source}"


def _reduction(claimed: Decimal, whole: Decimal) -> str:
    return zloty(whole) if claimed == whole else f"{zloty(claimed)} z {zloty(whole)} (według oświadczenia)"


def _text(name: str, value: Any) -> str:
    if name in RATES:
        return rate_text(value)
    if isinstance(value, Decimal):
        return zloty(value)
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, int):
        return day_count(value)
    return WORDS.get(value, "za dni planowanego okresu" if value == "separate" else str(value))
