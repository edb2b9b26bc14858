"""The three sets of regulations of the worked cases, and short ways to settle one month under them."""

import json
from datetime import date, timedelta
from pathlib import Path

from benefits.rules import Calendar, Inputs, Programme, Rulebook, Settings, Span, Version, settle
from benefits.rules.cases import statute_from

ROOT = Path(__file__).resolve().parents[2]
CASES = ROOT / "tests" / "cases"
STATUTE = statute_from(json.loads((ROOT / "cistor/centres/presets/statute_rates.json").read_text(encoding="utf-8")))


def cases(name):
    return json.loads((CASES / f"{name}.json").read_text(encoding="utf-8"))


CISTOR = cases("benefit-cistor")[0]["regulations"]
RZYSZCZEWO = cases("benefit-rzyszczewo")[0]["regulations"]
TODAY = cases("benefit-statute")[0]["regulations"]
SPRING = Programme(Span(date(2026, 3, 1), date(2026, 3, 31)), Span(date(2026, 4, 1), date(2027, 2, 28)))

BENEFIT_CODES = {
    "base_trial", "base_main", "unexcused", "sick", "sick_over_limit", "excused", "care",
    "unexcused_over_limit", "not_taken",
}  # fmt: skip
NET_CODES = BENEFIT_CODES | {"bonus", "tax", "deduction"}


def rulebook(regulations=CISTOR, *later, calendar=None):
    """The regulations from the beginning; `later` are (day, the settings that change)."""
    versions = [Version(Settings.from_mapping(regulations))]
    for day, changes in later:
        versions.append(Version(Settings.from_mapping({**regulations, **changes}), day))
    return Rulebook(versions, STATUTE, calendar or Calendar())


def marked(kind, *days):
    return {date.fromisoformat(day): kind for day in days}


def settled(settlement="2026-07", *, marks=None, book=None, programme=SPRING, **amounts):
    return settle(Inputs(book or rulebook(), programme, settlement, marks or {}, **amounts))


def line(settlement, code):
    (found,) = [line for line in settlement.lines if line.code == code]
    return found


def days_of(start, end):
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]
