"""The engine: one settlement with every line explained, beside a plain Decimal sum that explains nothing.

    python -m benchmarks.engine

The baseline multiplies, subtracts and rounds the same month in bare Decimals, without dates, limits or sentences: the
least that any program has to do. Both run by turns in one process, so a busy machine slows them alike; the best of many
rounds counts. Goal: 50 µs a settlement, never above 200 µs.
"""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from statistics import fmean

from benefits.rules import Calendar, Inputs, Programme, Rulebook, Settings, Span, Version, settle
from benefits.rules.cases import statute_from

ROOT = Path(__file__).resolve().parent.parent
GOAL, LIMIT = 50, 200
ROUNDS, TIMES = 60, 20
GROSZ = Decimal("0.01")


def read(path: str):
    return json.loads((ROOT / path).read_text(encoding="utf-8"))


def preset(name: str) -> dict:
    """The regulations of a worked case."""
    return read(f"tests/cases/benefit-{name}.json")[0]["regulations"]


def rulebook(regulations: dict, *later: tuple[date, dict]) -> Rulebook:
    versions = [(date.min, regulations), *((day, {**regulations, **changes}) for day, changes in later)]
    statute = statute_from(read("cistor/centres/presets/statute_rates.json"))
    return Rulebook([Version(Settings.from_mapping(settings), day) for day, settings in versions], statute, Calendar())


def marks(kind: str, start: str, count: int) -> dict[date, str]:
    """The kind on so many weekdays from a day on."""
    days = (date.fromisoformat(start) + timedelta(days=n) for n in range(2 * count + 7))
    return dict.fromkeys([day for day in days if day.weekday() < 5][:count], kind)


def months() -> dict[str, Inputs]:
    spring = Programme(Span(date(2026, 3, 1), date(2026, 3, 31)), Span(date(2026, 4, 1), date(2027, 2, 28)))
    may = Programme(Span(date(2026, 5, 18), date(2026, 6, 17)), Span(date(2026, 6, 18), date(2027, 5, 17)))
    cistor, rzyszczewo = rulebook(preset("cistor")), rulebook(preset("rzyszczewo"))
    changed = rulebook(preset("cistor"), (date(2026, 7, 16), {"main_rate": "6/5"}))
    plain = Inputs(cistor, spring, "2026-07")
    late = marks("late", "2026-04-01", 25)
    sick = {**marks("sick", "2026-06-15", 10), **marks("sick", "2026-07-13", 8)}
    usual = {**late, **marks("unexcused", "2026-07-08", 1), **marks("sick", "2026-07-20", 3)}
    money = {"approved_bonus": Decimal("100"), "consented_deductions": Decimal("120")}
    return {
        "whole month, nobody absent": plain,
        "one unexcused day": replace(plain, marks=marks("unexcused", "2026-07-08", 1)),
        "a usual month: late, sick, unexcused": replace(plain, marks=usual),
        "four unexcused days": replace(plain, marks=marks("unexcused", "2026-07-06", 4)),
        "the sick limit runs out": replace(plain, marks=sick),
        "bonus and deductions": replace(plain, marks=usual, **money),
        "the base changes inside the trial": Inputs(cistor, may, "trial"),
        "trial and main in one month": Inputs(rzyszczewo, may, "2026-06", marks("excused", "2026-06-15", 5)),
        "new regulations inside the month": Inputs(changed, spring, "2026-07", {**usual, **sick}),
    }


def baseline() -> Decimal:
    """A month with two unexcused and three sick days, as a plain sum."""
    full = Decimal("1783.90")
    unexcused = (full * 2 / 20).quantize(GROSZ, ROUND_HALF_UP)
    sick = (full * 3 / 40).quantize(GROSZ, ROUND_HALF_UP)
    benefit = max(full - unexcused - sick, Decimal(0))
    taxable = benefit.quantize(Decimal(1), ROUND_HALF_UP)
    tax = max((taxable * Decimal("0.12") - 300).quantize(Decimal(1), ROUND_HALF_UP), Decimal(0))
    pension = (benefit * Decimal("0.1952")).quantize(GROSZ, ROUND_HALF_UP)
    disability = (benefit * Decimal("0.08")).quantize(GROSZ, ROUND_HALF_UP)
    return benefit - tax + 0 * (pension + disability)


def microseconds(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    for _ in range(TIMES):
        act()
    return (time.perf_counter() - started) / TIMES * 1e6


def main() -> None:
    acts: dict[str, Callable[[], object]] = {"baseline: a plain Decimal sum": baseline}
    acts |= {name: lambda inputs=inputs: settle(inputs) for name, inputs in months().items()}
    best = dict.fromkeys(acts, float("inf"))
    for _ in range(ROUNDS):
        for name, act in acts.items():
            best[name] = min(best[name], microseconds(act))
    plain, *engine = best.values()
    print(f"{'':40}{'µs':>8}{'× baseline':>12}")
    for name, took in best.items():
        print(f"{name:40}{took:8.1f}{took / plain:12.1f}")
    print(f"{'mean of the engine':40}{fmean(engine):8.1f}{fmean(engine) / plain:12.1f}")
    print(f"goal {GOAL} µs: {'met' if fmean(engine) <= GOAL else 'missed'}; ", end="")
    print(f"limit {LIMIT} µs: {'kept' if max(engine) <= LIMIT else 'BROKEN'}")


if __name__ == "__main__":
    main()
