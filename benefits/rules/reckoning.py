"""A settlement under way."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from benefits.rules.absences import absences
from benefits.rules.inputs import Inputs, Line, Settlement
from benefits.rules.programme import payday, span_of
from benefits.rules.rulebook import TRIAL
from benefits.rules.stretches import stretches
from cistor.dates import month_text
from cistor.money import NOTHING

REDUCTIONS = ("unexcused", "sick", "sick_over_limit", "excused", "care")
BENEFIT = frozenset({"base_trial", "base_main", *REDUCTIONS, "unexcused_over_limit", "not_taken"})
CONTRIBUTIONS = {"zus_pension": "emerytalna", "zus_disability": "rentowa"}


class Reckoning:
    """What the rules read, and the lines that they have written so far."""

    def __init__(self, inputs: Inputs) -> None:
        self.inputs = inputs
        self.rulebook = inputs.rulebook
        self.programme = inputs.programme
        self.span = span_of(inputs.settlement, inputs.programme, inputs.rulebook)
        self.stretches = stretches(inputs.programme, self.span, inputs.rulebook)
        # The version of the last covered day: part months, payday, bonus, the amount left untouched.
        self.closing = self.stretches[-1].terms.version
        self.payday = inputs.payday or payday(self.span, self.rulebook)
        self.absences = absences(inputs, self.stretches)
        self.lines: list[Line] = []
        self.sums: dict[str, Decimal] = {}
        self.benefit = NOTHING
        self.net = NOTHING
        self.bonus_cap = NOTHING

    def write(self, code: str, amount: Decimal, because: str, source: str, days: Iterable[date] = ()) -> None:
        self.add(Line(code, amount, because, source, tuple(days)))

    def add(self, line: Line) -> None:
        """A line, and what it changes: the benefit lines add up to the benefit, all but the contributions to net."""
        self.lines.append(line)
        self.sums[line.code] = self.sums.get(line.code, NOTHING) + line.amount
        if line.code in BENEFIT:
            self.benefit += line.amount
        if line.code not in CONTRIBUTIONS:
            self.net += line.amount

    def sum(self, code: str) -> Decimal:
        """What the lines of a code come to so far."""
        return self.sums.get(code, NOTHING)

    @property
    def whole_text(self) -> str:
        """What a part is a part of, as a person says it."""
        return "planowany okres próbny" if self.span.key == TRIAL else month_text(self.span.whole.start_on)

    def settlement(self) -> Settlement:
        return Settlement(
            span=self.span,
            base=self.sum("base_trial") + self.sum("base_main"),
            counts={
                kind: sum(len(days) for _, days in found) for kind, found in self.absences.by_kind.items() if found
            },
            reductions={kind: -self.sums[kind] for kind in REDUCTIONS if kind in self.sums},
            unexcused_over_limit=-self.sum("unexcused_over_limit"),
            not_taken=self.sum("not_taken"),
            benefit=self.benefit,
            bonus_cap=self.bonus_cap,
            bonus=self.sum("bonus"),
            bonus_refused=self.inputs.approved_bonus > self.bonus_cap,
            tax=-self.sum("tax"),
            deductions_taken=-self.sum("deduction"),
            deductions_carried=self.inputs.consented_deductions + self.sum("deduction"),
            net=self.net,
            payday=self.payday,
            zus_pension=self.sum("zus_pension"),
            zus_disability=self.sum("zus_disability"),
            lines=tuple(self.lines),
        )
