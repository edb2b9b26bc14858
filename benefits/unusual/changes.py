"""How a benefit differs from the one before it, and why, by comparing lines of the same code."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from benefits.models import Settlement
from benefits.rules.rulebook import TRIAL
from benefits.unusual.facts import Entry, Paid, is_big
from cistor.dates import day_count, in_month_text, month_end, month_start, span_text
from cistor.money import NOTHING, zloty

BASE = ("base_trial", "base_main")
# After a number of days.
NOUNS = {
    "unexcused": "nieobecności nieusprawiedliwionej",
    "sick": "choroby",
    "sick_over_limit": "choroby ponad limit",
    "excused": "nieobecności usprawiedliwionej",
    "care": "opieki",
}
LOST = {"unexcused_over_limit": "utrata świadczenia", "not_taken": "odliczenia wyższe niż świadczenie"}

Period = Settlement | Paid


class Taken(NamedTuple):
    """What the lines of one code come to, and on how many days."""

    amount: Decimal
    days: int


class Move(NamedTuple):
    """By how much a kind of line moved the sum, and in words."""

    amount: Decimal
    says: str


class Change(NamedTuple):
    """Of a benefit: a sentence whose parts add up to it, and whether it is what a new stage or a whole month brings."""

    says: str
    is_expected: bool


def change(row: Settlement, lines: Iterable[Entry], paid: Paid, earlier: Iterable[Entry]) -> Change:
    """ "W czerwcu 1 783,90 zł, w lipcu 891,95 zł: 10 dni choroby ponad limit (−891,95 zł)."."""
    now, then = _taken(lines, row), _taken(earlier, paid)
    base = Move(_base(now) - _base(then), _about_base(row, now, paid, then))
    moves = [base, *(_move(code, now[code], then[code]) for code in (*NOUNS, *LOST))]
    is_foreseen = _is_main_after_trial(now, then) or is_part(paid)
    return Change(_sentence(row, paid, moves), is_foreseen and not is_big(paid.benefit, row.benefit - base.amount))


def _sentence(row: Settlement, paid: Paid, moves: list[Move]) -> str:
    """Every move is named, the biggest first: then + moves = now."""
    with_year = paid.start_on.year != row.start_on.year
    before, now = _when(paid, with_year=with_year), _when(row, with_year=with_year)
    moved = sorted((move for move in moves if move.amount), key=lambda move: -abs(move.amount))
    why = ", ".join(f"{move.says} ({_signed(move.amount)})" for move in moved)
    return f"{_capital(before)} {zloty(paid.benefit)}, {now} {zloty(row.benefit)}{f': {why}' if why else ''}."


def _signed(amount: Decimal) -> str:
    return f"{'+' if amount > 0 else ''}{zloty(amount)}"


def is_part(period: Period) -> bool:
    """Of a month; a trial is a part of nothing."""
    if period.span == TRIAL:
        return False
    return period.start_on != month_start(period.start_on) or period.end_on != month_end(period.end_on)


def _when(period: Period, *, with_year: bool) -> str:
    return "w okresie próbnym" if period.span == TRIAL else in_month_text(period.start_on, with_year=with_year)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _taken(lines: Iterable[Entry], period: Period) -> dict[str, Taken]:
    sums = dict.fromkeys((*BASE, *NOUNS, *LOST), NOTHING)
    for line in lines:
        sums[line.code] = sums.get(line.code, NOTHING) + line.amount
    return {code: Taken(amount, period.counts.get(code, 0)) for code, amount in sums.items()}


def _base(taken: dict[str, Taken]) -> Decimal:
    return sum((taken[code].amount for code in BASE), NOTHING)


def _is_main_after_trial(now: dict[str, Taken], then: dict[str, Taken]) -> bool:
    return bool(then["base_trial"].amount and not now["base_trial"].amount)


def _about_base(row: Settlement, now: dict[str, Taken], paid: Paid, then: dict[str, Taken]) -> str:
    rate = ["stawka okresu właściwego zamiast próbnego"] if _is_main_after_trial(now, then) else []
    if about := [*rate, *_parts(row, paid)]:
        return " i ".join(about)
    return f"podstawa {zloty(_base(now))} zamiast {zloty(_base(then))}"


def _parts(row: Settlement, paid: Paid) -> Iterator[str]:
    """Which days the list itself pays for stands beside it."""
    if is_part(paid):
        yield f"wtedy tylko {span_text(paid.start_on, paid.end_on)}"
    if is_part(row):
        yield "teraz tylko część miesiąca"


def _move(code: str, now: Taken, then: Taken) -> Move:
    amount = now.amount - then.amount
    if not then.amount:
        return Move(amount, _text(code, now.days))
    if not now.amount:
        return Move(amount, f"wtedy {_text(code, then.days)}")
    if code in LOST or now.days == then.days:
        return Move(amount, f"nadal {_text(code, now.days)}, inna kwota")
    return Move(amount, f"{_text(code, now.days)} zamiast {then.days}")


def _text(code: str, days: int) -> str:
    return LOST.get(code) or f"{day_count(days)} {NOUNS[code]}"
