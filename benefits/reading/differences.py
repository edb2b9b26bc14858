"""Settlements of differences as they are shown: both computations side by side, their chain, what is still overpaid."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benefits import rules
from benefits.models import Settlement
from benefits.rules.cases import lines_from
from benefits.rules.differences import NAMES, paired
from benefits.rules.reckoning import BENEFIT
from cistor.centres.models import Centre
from cistor.dates import day_count, days_text
from cistor.money import NOTHING


@dataclass(frozen=True)
class Side:
    """An amount of one of the two computations; `days` in words: "2 dni: 6 i 9 lipca"."""

    amount: Decimal
    days: str = ""


@dataclass(frozen=True)
class Row:
    """One line before and after; `because` is the sentence of the new one, or of the old one where it went."""

    label: str
    before: Side
    after: Side
    because: str = ""
    source: str = ""

    @property
    def difference(self) -> Decimal:
        return self.after.amount - self.before.amount


@dataclass(frozen=True)
class Comparison:
    """What was paid for a span before a settlement of differences, and what is owed by it."""

    # The lines of the benefit and the bonus; the contributions stand apart, as in any settlement.
    rows: list[Row]
    total: Row
    contributions: list[Row]
    # The settlements of the span from the first on, this one among them.
    chain: list[Settlement]


def computation(row: Settlement) -> tuple[rules.Line, ...]:
    """The lines of the whole computation: a settlement's own, or the new ones behind a settlement of differences."""
    if row.computed is not None:
        return lines_from(row.computed["lines"])
    return tuple(rules.Line(x.code, x.amount, x.because, x.source, tuple(x.days)) for x in row.lines.all())


def comparison(row: Settlement) -> Comparison | None:
    """Both computations of a settlement of differences side by side; None for any other."""
    if row.corrects is None:
        return None
    pairs = paired(computation(row.corrects), computation(row))
    paid = [(before, after) for before, after in pairs if before.code in BENEFIT or before.code == "bonus"]
    return Comparison(
        rows=[_row(*pair) for pair in paid],
        total=Row("Razem", *(Side(sum((line.amount for line in side), NOTHING)) for side in _sides(paid))),
        contributions=[_row(*pair) for pair in pairs if pair not in paid],
        chain=chain(row),
    )


def chain(row: Settlement) -> list[Settlement]:
    """The settlements of the span in the order in which each corrects the one before."""
    rows = Settlement.objects.filter(programme=row.programme_id, span=row.span).select_related("payment_list")
    return list(rows.defer("inputs", "computed", "person", "account").order_by("pk"))


def overpaid(centre: Centre):
    """The settlements of a centre that still ask money back, with what is `left` of it and the person, oldest first."""
    rows = Settlement.objects.overpaid().filter(payment_list__centre=centre)
    return rows.select_related("programme__participant", "payment_list").defer(
        "inputs", "computed", "person", "account"
    )


def _sides(pairs: list[tuple[rules.Line, rules.Line]]) -> Iterable[tuple[rules.Line, ...]]:
    return zip(*pairs, strict=True) if pairs else ((), ())


def _row(before: rules.Line, after: rules.Line) -> Row:
    said = after if after.amount or not before.amount else before
    return Row(NAMES[after.code], _side(before), _side(after), said.because, said.source)


def _side(line: rules.Line) -> Side:
    return Side(line.amount, _days(line.days))


def _days(days: tuple[date, ...]) -> str:
    return f"{day_count(len(days))}: {days_text(days)}" if days else ""
