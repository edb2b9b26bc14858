"""How a benefit differs from the one before it, and why, by comparing lines of the same code."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

from benefits.models import Settlement
from benefits.rules.rulebook import TRIAL
from benefits.unusual.facts import Entry, Paid
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
# The biggest say enough; whoever wants all opens both settlements.
NAMED = 2

Period = Settlement | Paid


class Taken(NamedTuple):
    """What the lines of one code come to, and on how many days."""

    amount: Decimal
    days: int


class Move(NamedTuple):
    """By how much a kind of line moved the sum, and in words."""

    amount: Decimal
    says: str


def sentence(row: Settlement, lines: Iterable[Entry], paid: Paid, earlier: Iterable[Entry]) -> str:
    """ "W czerwcu 1 783,90 zł, w lipcu 891,95 zł: 10 dni choroby ponad limit (−891,95 zł)."."""
    with_year = paid.start_on.year != row.start_on.year
    then, now = _when(paid, with_year=with_year), _when(row, with_year=with_year)
    why = ", ".join(_reasons(row, lines, paid, earlier))
    return f"{_capital(then)} {zloty(paid.benefit)}, {now} {zloty(row.benefit)}{f': {why}' if why else ''}."


def is_part(period: Period) -> bool:
    """Of a month; a trial is a part of nothing."""
    if period.span == TRIAL:
        return False
    return period.start_on != month_start(period.start_on) or period.end_on != month_end(period.end_on)


def _when(period: Period, *, with_year: bool) -> str:
    return "w okresie próbnym" if period.span == TRIAL else in_month_text(period.start_on, with_year=with_year)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _reasons(row: Settlement, lines: Iterable[Entry], paid: Paid, earlier: Iterable[Entry]) -> list[str]:
    """What moved the sum the way it moved, the biggest first."""
    now, then = _taken(lines, row), _taken(earlier, paid)
    moves = [Move(_base(now) - _base(then), _about_base(row, now, paid, then))]
    moves += [_move(code, now[code], then[code]) for code in (*NOUNS, *LOST)]
    way = row.benefit - paid.benefit
    same_way = sorted((move for move in moves if move.amount * way > 0), key=lambda move: -abs(move.amount))
    return [move.says for move in same_way[:NAMED]]


def _taken(lines: Iterable[Entry], period: Period) -> dict[str, Taken]:
    sums = dict.fromkeys((*BASE, *NOUNS, *LOST), NOTHING)
    for line in lines:
        sums[line.code] = sums.get(line.code, NOTHING) + line.amount
    return {code: Taken(amount, period.counts.get(code, 0)) for code, amount in sums.items()}


def _base(taken: dict[str, Taken]) -> Decimal:
    return sum((taken[code].amount for code in BASE), NOTHING)


def _about_base(row: Settlement, now: dict[str, Taken], paid: Paid, then: dict[str, Taken]) -> str:
    if parts := list(_parts(row, paid)):
        return ", ".join(parts)
    if then["base_trial"].amount and not now["base_trial"].amount:
        return "stawka okresu właściwego zamiast próbnego"
    return f"podstawa {zloty(_base(now))} zamiast {zloty(_base(then))}"


def _parts(row: Settlement, paid: Paid) -> Iterator[str]:
    """Which days the list itself pays for stands beside it."""
    if is_part(paid):
        yield f"wtedy tylko {span_text(paid.start_on, paid.end_on)}"
    if is_part(row):
        yield "teraz tylko część miesiąca"


def _move(code: str, now: Taken, then: Taken) -> Move:
    """What takes more is said first: that of now when the sum fell, that of then when it rose."""
    amount = now.amount - then.amount
    said = [("", now), ("wtedy ", then)] if amount < 0 else [("wtedy ", then), ("teraz ", now)]
    return Move(amount, ", ".join(f"{when}{_text(code, taken)}" for when, taken in said if taken.amount))


def _text(code: str, taken: Taken) -> str:
    if code in LOST:
        return f"{LOST[code]} ({zloty(taken.amount)})"
    return f"{day_count(taken.days)} {NOUNS[code]} ({zloty(taken.amount)})"
