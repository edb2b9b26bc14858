"""The engine and the plain computation agree on every figure of 10,000 random programmes."""

import json
from dataclasses import replace
from decimal import Decimal

import pytest

from benefits.rules import settle
from benefits.rules.cases import inputs_from, result_of
from benefits.rules.inputs import EarlierPayment
from tests.rules.book import STATUTE, cases
from tests.rules.plain import computed, ledger
from tests.rules.random_cases import programmes

SEED, PROGRAMMES, PARTS = 20260731, 10_000, 20
AMOUNTS = ("approved_bonus", "pit_monthly_reduction", "consented_deductions")
WORKED = [case for name in ("cistor", "rzyszczewo", "settings", "statute") for case in cases(f"benefit-{name}")]


@pytest.mark.parametrize("case", WORKED, ids=[case["name"] for case in WORKED])
def test_the_plain_computation_reproduces_the_worked_cases(case):
    assert computed(case) == case["expect"]


@pytest.mark.parametrize("part", range(PARTS))
def test_the_engine_agrees_with_the_plain_computation(part):
    for settlements in programmes(SEED + part, PROGRAMMES // PARTS):
        days, read = ledger(settlements[0]), inputs_from(settlements[0], STATUTE)
        for case in settlements:
            found, expected = figures(settlement_of(read, case)), computed(case, days)
            assert found == expected, _as_worked_case(case)


def settlement_of(read, case):
    """The inputs of another settlement of the same programme: its rulebook is read once."""
    earlier = [{name: Decimal(amount) for name, amount in row.items()} for row in case.get("earlier_payments", [])]
    return replace(
        read,
        settlement=case["settlement"],
        earlier_payments=tuple(EarlierPayment(**payment) for payment in earlier),
        **{name: Decimal(case[name]) for name in AMOUNTS},
    )


def figures(inputs):
    """What the engine says, without the sentences."""
    result = result_of(settle(inputs))
    del result["lines"]
    return result


def _as_worked_case(case):
    """The smallest case that they disagree about, as JSON for `tests/cases`; what the engine said comes last."""
    case = _smallest(case)
    engine = figures(inputs_from(case, STATUTE))
    return json.dumps({**case, "expect": computed(case), "engine": engine}, ensure_ascii=False, indent=1)


def _smallest(case):
    """The case without the marks, days, versions and payments that it is not about."""
    for name in (
        "earlier_payments",
        "regulations_from",
        "one_off_holidays",
        "closed_days",
        "extra_class_days",
        "marks",
    ):
        for item in list(case.get(name, ())):
            rest = [other for other in case[name] if other != item]
            less = {**case, name: {day: case[name][day] for day in rest} if name == "marks" else rest}
            if figures(inputs_from(less, STATUTE)) != computed(less):
                case = less
    return case
