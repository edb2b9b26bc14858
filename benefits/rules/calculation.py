"""The calculation: the rules in their order."""

from collections.abc import Callable

from benefits.rules.base import base
from benefits.rules.inputs import Inputs, Settlement
from benefits.rules.payment import BonusCap, bonus, bonus_cap, contributions, deduction, tax
from benefits.rules.reckoning import Reckoning
from benefits.rules.reductions import not_taken, reductions, unexcused_over_limit

RULES: tuple[Callable[[Reckoning], None], ...] = (
    base,
    reductions,
    unexcused_over_limit,
    not_taken,
    bonus,
    tax,
    deduction,
    contributions,
)


def settle(inputs: Inputs) -> Settlement:
    """One settlement with every line explained; the same inputs give the same lines. RuleError where it cannot be."""
    reckoning = Reckoning(inputs)
    for rule in RULES:
        rule(reckoning)
    return reckoning.settlement()


def largest_bonus(inputs: Inputs) -> BonusCap:
    """What a bonus of the settlement may come to. RuleError where the settlement cannot be."""
    reckoning = Reckoning(inputs)
    for rule in RULES[: RULES.index(bonus)]:
        rule(reckoning)
    return bonus_cap(reckoning)
