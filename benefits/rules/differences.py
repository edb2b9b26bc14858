"""What a paid span owes on newer facts, and the settlement of differences that makes up for it."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from benefits.rules.calculation import RULES
from benefits.rules.errors import ContradictoryInputs
from benefits.rules.inputs import Inputs, Line, Settlement
from benefits.rules.payment import advance, deduction, tax
from benefits.rules.programme import span_of
from benefits.rules.reckoning import BENEFIT, Reckoning
from cistor.dates import day_count, days_text
from cistor.money import NOTHING, zloty

# In the order of a settlement; tax and deductions belong to a payment, not to what a span owes.
NAMES = {
    "base_trial": "Podstawa w okresie próbnym",
    "base_main": "Podstawa w okresie właściwym",
    "unexcused": "Nieobecność nieusprawiedliwiona",
    "sick": "Choroba ze zwolnieniem",
    "sick_over_limit": "Choroba ponad limit",
    "excused": "Nieobecność usprawiedliwiona",
    "care": "Opieka ze zwolnieniem",
    "unexcused_over_limit": "Utrata świadczenia",
    "not_taken": "Nieodjęte",
    "bonus": "Premia",
    "zus_pension": "Składka emerytalna",
    "zus_disability": "Składka rentowa",
}
OWED = tuple(rule for rule in RULES if rule not in (tax, deduction))


class Correction(NamedTuple):
    """A settlement of differences: new − old. Amounts in złoty, any may be negative but the tax."""

    # The whole new computation; None when the programme no longer reaches the span.
    owed: Settlement | None
    lines: tuple[Line, ...]
    base: Decimal
    benefit: Decimal
    bonus: Decimal
    tax: Decimal
    net: Decimal
    zus_pension: Decimal
    zus_disability: Decimal


def owed(inputs: Inputs) -> Settlement | None:
    """Benefit, bonus and contributions of a span, without tax and deductions.

    None when the programme does not reach the span any more (its end was dated back): nothing is owed then.
    """
    try:
        span_of(inputs.settlement, inputs.programme, inputs.rulebook)
    except ContradictoryInputs:
        return None
    reckoning = Reckoning(inputs)
    for rule in OWED:
        rule(reckoning)
    return reckoning.settlement()


def sums(lines: Iterable[Line]) -> dict[str, Decimal]:
    """What is owed by code, without what comes to nothing: two computations with equal sums pay the same."""
    found: dict[str, Decimal] = {}
    for line in lines:
        if line.code in NAMES:
            found[line.code] = found.get(line.code, NOTHING) + line.amount
    return {code: amount for code, amount in found.items() if amount}


def paired(old: Iterable[Line], new: Iterable[Line]) -> list[tuple[Line, Line]]:
    """The lines of what is owed, old beside new: by code and by place among those of the code, in order of a
    settlement. Where one computation has no such line, it stands there with nothing."""
    was, now = _by_place(old), _by_place(new)
    places = [place for code in NAMES for place in sorted(was.keys() | now.keys()) if place[0] == code]
    return [(was.get(at) or _nothing(now[at]), now.get(at) or _nothing(was[at])) for at in places]


def differences(old: Iterable[Line], new: Iterable[Line]) -> tuple[Line, ...]:
    """One line for each that changed: amount = new − old, with the days that changed."""
    return tuple(_difference(before, after) for before, after in paired(old, new) if before.amount != after.amount)


def correct(inputs: Inputs, old: Sequence[Line], payday: date) -> Correction:
    """The settlement of differences between the old lines of a span and what it owes on these inputs.

    `inputs.payday` is the one of the first settlement, whose contributions it owes; the difference is paid, and taxed
    with `earlier_payments`, on `payday`. Less than before is not taxed: it lowers the sum of its month (rule 7).
    """
    now = owed(inputs)
    lines = differences(old, now.lines if now else ())
    by_code = sums(lines)
    benefit = sum((amount for code, amount in by_code.items() if code in BENEFIT), NOTHING)
    bonus = by_code.get("bonus", NOTHING)
    taken = _tax(inputs, benefit + bonus, payday)
    advance_taken = -taken.amount if taken else NOTHING
    return Correction(
        owed=now,
        lines=_with_tax(lines, taken),
        base=by_code.get("base_trial", NOTHING) + by_code.get("base_main", NOTHING),
        benefit=benefit,
        bonus=bonus,
        tax=advance_taken,
        net=benefit + bonus - advance_taken,
        zus_pension=by_code.get("zus_pension", NOTHING),
        zus_disability=by_code.get("zus_disability", NOTHING),
    )


def _by_place(lines: Iterable[Line]) -> dict[tuple[str, int], Line]:
    placed: dict[tuple[str, int], Line] = {}
    count: dict[str, int] = {}
    for line in lines:
        count[line.code] = count.get(line.code, 0) + 1
        placed[line.code, count[line.code]] = line
    return placed


def _nothing(line: Line) -> Line:
    """Where the other computation has no such line."""
    return line._replace(amount=NOTHING, days=())


def _difference(before: Line, after: Line) -> Line:
    amount = after.amount - before.amount
    because = f"{NAMES[after.code]}: było {_said(before)}, jest {_said(after)}; różnica {zloty(amount)}."
    return after._replace(amount=amount, because=because, days=_days(before, after))


def _said(line: Line) -> str:
    """ "−89,20 zł (2 dni: 6 i 9 lipca)"."""
    if not line.days:
        return zloty(line.amount)
    return f"{zloty(line.amount)} ({day_count(len(line.days))}: {days_text(line.days)})"


def _days(before: Line, after: Line) -> tuple[date, ...]:
    """The days that came or went; where the same days cost something else, all of them."""
    return tuple(sorted(set(before.days) ^ set(after.days) or after.days))


def _tax(inputs: Inputs, gross: Decimal, payday: date) -> Line | None:
    if gross <= 0:
        return None
    rate = inputs.rulebook.statute.on("pit_rate", payday)
    return advance(rate, gross, inputs.pit_monthly_reduction, inputs.earlier_payments)


def _with_tax(lines: tuple[Line, ...], taken: Line | None) -> tuple[Line, ...]:
    """Before the contributions, as in any settlement."""
    if taken is None:
        return lines
    shown = tuple(line for line in lines if line.code.startswith("zus_"))
    return (*(line for line in lines if line not in shown), taken, *shown)
