"""From the benefit to the transfer: bonus, tax, deductions, and the contributions shown for the refund."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from benefits.rules.inputs import EarlierPayment, Line
from benefits.rules.reckoning import CONTRIBUTIONS, Reckoning
from benefits.rules.rulebook import MAIN
from benefits.rules.statute import Parameter
from cistor.dates import day_text
from cistor.money import DOWN, NOTHING, ZLOTY, number, percent, rounded, share, zloty


class BonusCap(NamedTuple):
    """The largest bonus of a settlement, what it is a part of, and why; in złoty."""

    amount: Decimal
    basis: Decimal
    because: str
    source: str
    # The last covered day, whose version of the regulations speaks of bonuses.
    last_on: date


def bonus_cap(r: Reckoning) -> BonusCap:
    """Rule 6: the cap of the version of the last covered day × its basis, cut down to the grosz."""
    basis, name = _bonus_basis(r)
    cap = r.closing.settings.bonus_cap
    amount = share(basis, cap.numerator, cap.denominator, DOWN)
    because = f"najwyższa dozwolona to {cap} × {zloty(basis)} ({name}) = {zloty(amount)}"
    return BonusCap(amount, basis, because, r.closing.cited["bonus_cap"], r.stretches[-1].end_on)


def bonus(r: Reckoning) -> None:
    """Rule 6: only an approved bonus, not above the cap; more is refused whole, naming the largest amount allowed."""
    allowed, approved = bonus_cap(r), r.inputs.approved_bonus
    r.bonus_cap = allowed.amount
    if not approved:
        return
    if approved > allowed.amount:
        r.write("bonus", NOTHING, f"Premii {zloty(approved)} nie wypłaca się: {allowed.because}.", allowed.source)
    else:
        r.write("bonus", approved, f"Przyznana premia {zloty(approved)}; {allowed.because}.", allowed.source)


def _bonus_basis(r: Reckoning) -> tuple[Decimal, str]:
    """What the cap is a part of, and its name.

    Without a main-period day, or when too many unexcused days took the benefit, it is 0 unless a setting allows it.
    """
    settings, last = r.closing.settings, r.stretches[-1]
    if last.period != MAIN and not settings.bonus_in_trial:
        return NOTHING, "w okresie próbnym premii nie ma"
    if r.absences.over_limit and not settings.bonus_when_benefit_lost:
        return NOTHING, "świadczenie przepadło za nieobecności"
    if settings.bonus_basis == "benefit_due":
        return r.benefit, "należne świadczenie"
    return last.rate.amount, f"pełna stawka z dnia {day_text(last.end_on)}"


def tax(r: Reckoning) -> None:
    """Rule 7: the PIT advance at the rate of the payday, together with the earlier payments of the same month."""
    gross = r.net  # nothing is taken from benefit and bonus yet
    if gross:
        rate = r.rulebook.statute.on("pit_rate", r.payday)
        r.add(advance(rate, gross, r.inputs.pit_monthly_reduction, r.inputs.earlier_payments))


@lru_cache(maxsize=4096)  # many people of one list are paid the same
def advance(rate: Parameter, gross: Decimal, reduction: Decimal, earlier: tuple[EarlierPayment, ...]) -> Line:
    """The advance on the sum − one reduction − advances already taken; never below 0, never more than is paid."""
    together = sum((payment.taxable for payment in earlier), gross)
    taken = sum((payment.advance for payment in earlier), NOTHING)
    basis = rounded(together, ZLOTY)
    exact = basis * rate.value - reduction
    advance = max(rounded(exact, ZLOTY), NOTHING)
    left = max(advance - taken, NOTHING)
    because = f"Zaliczka na podatek: {_together(gross, earlier)}; {percent(rate.value)} × {zloty(basis)}"
    if reduction:
        because += f" − {zloty(reduction)} miesięcznego zmniejszenia"
    because += f" = {zloty(exact)}, po zaokrągleniu {zloty(advance)}"
    if taken:
        because += f"; pobrano już {zloty(taken)}, zostaje {zloty(left)}"
    if left > gross:
        because += f"; nie więcej niż wypłata: {zloty(gross)}"
    return Line("tax", -min(left, gross), f"{because}.", rate.cited)


def carried(months: Iterable[Iterable[Decimal]]) -> Decimal:
    """What is left to lower the taxable sum of the next month by, 0 or less: of each payday month what was paid, in the
    order in which it was taxed, negative differences among it.

    An advance once taken is not given back, so whatever came after the highest sum of its month lowered no tax there.
    """
    carry = NOTHING
    for payments in months:
        sums = list(accumulate(payments, initial=carry))
        carry = sums[-1] - max(NOTHING, *sums)
    return carry


def _together(gross: Decimal, earlier: tuple[EarlierPayment, ...]) -> str:
    """ "razem w miesiącu 100,00 + 1 783,90 = 1 883,90 zł"; "od 1 783,90 zł" where nothing else is taxed with it."""
    if not earlier:
        return f"od {zloty(gross)}"
    payments = [*(payment.taxable for payment in earlier), gross]
    summed = f"razem w miesiącu {_added(payments)} = {zloty(sum(payments, NOTHING))}"
    minus = any(amount < 0 for amount in payments)
    return summed + (" (z ujemnymi różnicami, także przeniesionymi z wcześniejszych miesięcy)" if minus else "")


def _added(payments: list[Decimal]) -> str:
    """ "1 783,90 + 100,00 − 89,20": a settlement of differences may be negative."""
    first, *rest = payments
    return number(first) + "".join(f" {'−' if paid < 0 else '+'} {number(abs(paid))}" for paid in rest)


def deduction(r: Reckoning) -> None:
    """Rule 8: deductions with consent, down to the amount left untouched; the rest waits for the next settlement."""
    consented = r.inputs.consented_deductions
    if not consented:
        return
    untouched = r.closing.settings.minimum_paid
    room = max(r.net - untouched, NOTHING)
    taken = min(consented, room)
    because = f"Potrącono {zloty(taken)} z {zloty(consented)}, na które uczestnik się zgodził"
    if taken < consented:
        kept = f" ponad {zloty(untouched)} wolne od potrąceń" if untouched else ""
        because += f"; było {zloty(room)}{kept}, {zloty(consented - taken)} przechodzi na następne rozliczenie"
    r.write("deduction", -taken, f"{because}.", r.closing.cited["minimum_paid"])


def contributions(r: Reckoning) -> None:
    """Rule 10: pension and disability contributions paid by the Fundusz Pracy, shown for the refund, not taken."""
    for kind in CONTRIBUTIONS:
        r.add(_contribution(r.rulebook.statute.on(kind, r.payday), r.benefit))


@lru_cache(maxsize=4096)
def _contribution(rate: Parameter, benefit: Decimal) -> Line:
    amount = rounded(benefit * rate.value)
    name = CONTRIBUTIONS[rate.kind]
    because = f"Składka {name}, płaci Fundusz Pracy: {percent(rate.value)} × {zloty(benefit)} = {zloty(amount)}."
    return Line(rate.kind, amount, because, rate.cited)
