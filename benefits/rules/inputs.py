"""What one settlement is computed from, and what comes out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from benefits.rules.errors import ContradictoryInputs
from benefits.rules.programme import PaidSpan, Programme
from benefits.rules.rulebook import Rulebook
from cistor.dates import day_text
from cistor.money import NOTHING, zloty

FREE_OF_COST = frozenset({"present", "late", "free_day", "suspended"})
MARKS = FREE_OF_COST | {"unexcused", "sick", "excused", "care"}


class EarlierPayment(NamedTuple):
    """A payment to the same person with its payday in the same month; a settlement of differences may be negative.

    What negative ones of earlier months have lowered no tax by yet is the first of them, with no advance.
    """

    taxable: Decimal
    advance: Decimal


@dataclass(frozen=True)
class Inputs:
    """One person's facts under a rulebook. Amounts in złoty; `marks` gives the kind of the days that are not present.

    `payday` is the day it is really paid, where that is not the one of the regulations (a span forgotten by its list);
    `pit_monthly_reduction` the one that the person's statement and the payday give. ContradictoryInputs for a mark or
    an amount that means nothing.
    """

    rulebook: Rulebook
    programme: Programme
    settlement: str
    marks: Mapping[date, str] = field(default_factory=dict)
    approved_bonus: Decimal = NOTHING
    pit_monthly_reduction: Decimal = NOTHING
    consented_deductions: Decimal = NOTHING
    earlier_payments: tuple[EarlierPayment, ...] = ()
    payday: date | None = None

    def __post_init__(self) -> None:
        if not MARKS.issuperset(self.marks.values()):
            day, kind = min((day, kind) for day, kind in self.marks.items() if kind not in MARKS)
            raise ContradictoryInputs(f"Nieznany rodzaj dnia {day_text(day)}: {kind!r}.")
        for name, amount in (
            ("Premia", self.approved_bonus),
            ("Zmniejszenie zaliczki", self.pit_monthly_reduction),
            ("Potrącenie", self.consented_deductions),
        ):
            if amount < 0:
                raise ContradictoryInputs(f"{name} nie może być kwotą ujemną: {zloty(amount)}.")


class Line(NamedTuple):
    """One amount in złoty with its formula in Polish, where the rule is written, and the days that it comes from."""

    code: str
    amount: Decimal
    because: str
    source: str
    days: tuple[date, ...] = ()


class Settlement(NamedTuple):
    """What is paid in one go and why. Amounts in złoty; the benefit lines add up to `benefit`, all but ZUS to `net`."""

    span: PaidSpan
    base: Decimal
    counts: dict[str, int]
    reductions: dict[str, Decimal]
    unexcused_over_limit: Decimal
    not_taken: Decimal
    benefit: Decimal
    bonus_cap: Decimal
    bonus: Decimal
    bonus_refused: bool
    tax: Decimal
    deductions_taken: Decimal
    deductions_carried: Decimal
    net: Decimal
    payday: date
    zus_pension: Decimal
    zus_disability: Decimal
    lines: tuple[Line, ...]
