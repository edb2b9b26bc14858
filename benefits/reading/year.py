"""A year of a centre as it was paid: approved lists by the month of their payday, whatever month they are for.

Settlements of differences count with their own amounts, so what was paid and taken back adds up. Somebody got what
was sent to them: a transfer that waits, or came back and was not sent again, is not counted there.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Exists, F, Max, Min, OuterRef, QuerySet, Sum

from benefits.models import Line, Payment, PaymentList, Settlement
from benefits.reading.explanation import STEPS
from cistor.centres.models import Centre
from cistor.money import NOTHING

MONTHS = range(1, 13)
# By the class of the drawing.
KINDS = {"main": "okres właściwy", "trial": "okres próbny", "bonus": "premie", "zus": "składki ZUS"}
TAKEN = ("unexcused", "unexcused_over_limit", "sick", "sick_over_limit", "excused", "care")


class Paid(NamedTuple):
    """One settlement of the year; `is_main` of its span, `last`: what became of its transfer, "" before it is sent."""

    pk: int
    month: int
    participant: int
    key: str
    is_main: bool
    benefit: Decimal
    bonus: Decimal
    zus: Decimal
    tax: Decimal
    deducted: Decimal
    payout: Decimal
    last: str
    counts: dict[str, int]
    counts_before: dict[str, int] | None

    @property
    def got(self) -> Decimal:
        return self.payout if self.last == Payment.Kind.PAID else NOTHING

    @property
    def back(self) -> Decimal:
        return self.payout if self.last == Payment.Kind.RETURNED else NOTHING

    @property
    def waits(self) -> Decimal:
        return NOTHING if self.last else self.payout


class Taken(NamedTuple):
    """What the days of a kind took in the year."""

    code: str
    label: str
    days: int | None
    amount: Decimal


@dataclass
class Month:
    """What one person got in a month."""

    rows: list[Paid] = field(default_factory=list)

    @property
    def amount(self) -> Decimal:
        return sum((row.got for row in self.rows), NOTHING)

    @property
    def returned(self) -> Decimal:
        return sum((row.back for row in self.rows), NOTHING)

    @property
    def waits(self) -> Decimal:
        return sum((row.waits for row in self.rows), NOTHING)


@dataclass(frozen=True)
class Year:
    year: int
    rows: Sequence[Paid]
    taken: Sequence[Taken]
    # The first and the last year with an approved list; None without any.
    first: int | None
    last: int | None

    @cached_property
    def cost(self) -> dict[str, list[Decimal]]:
        """By kind the amounts of the twelve months."""
        sums = {kind: [NOTHING] * len(MONTHS) for kind in KINDS}
        for row in self.rows:
            for kind, amount in _kinds(row):
                sums[kind][row.month - 1] += amount
        return sums

    @cached_property
    def sums(self) -> dict[str, Decimal]:
        """Over the year: each kind, their `total`, what people got, what came back, what waits, tax, deductions."""
        kinds = {kind: sum(amounts, NOTHING) for kind, amounts in self.cost.items()}
        return {
            **kinds,
            "benefit": kinds["main"] + kinds["trial"],
            "total": sum(kinds.values(), NOTHING),
            "got": sum((row.got for row in self.rows), NOTHING),
            "back": sum((row.back for row in self.rows), NOTHING),
            "waits": sum((row.waits for row in self.rows), NOTHING),
            "tax": sum((row.tax for row in self.rows), NOTHING),
            "deducted": sum((row.deducted for row in self.rows), NOTHING),
        }

    @cached_property
    def people(self) -> list[int]:
        """By name."""
        return list(dict.fromkeys(row.participant for row in sorted(self.rows, key=lambda r: (r.key, r.participant))))

    @cached_property
    def by_person(self) -> dict[int, list[Month]]:
        """The twelve months of each."""
        months = {person: [Month() for _ in MONTHS] for person in self.people}
        for row in self.rows:
            months[row.participant][row.month - 1].rows.append(row)
        return months

    @cached_property
    def got_by_month(self) -> list[Decimal]:
        return [sum((row.got for row in self.rows if row.month == month), NOTHING) for month in MONTHS]


def year_of(centre: Centre, year: int) -> Year:
    """Three queries, whatever the number of people."""
    lists = PaymentList.objects.filter(centre=centre, status=PaymentList.Status.APPROVED)
    ends = lists.aggregate(first=Min("payday__year"), last=Max("payday__year"))
    settlements = Settlement.objects.filter(
        payment_list__status=PaymentList.Status.APPROVED,
        payment_list__centre=centre,
        payment_list__payday__range=(date(year, 1, 1), date(year, 12, 31)),
    )
    rows = list(_rows(settlements))
    return Year(year, rows, _taken(settlements, rows), ends["first"], ends["last"])


def _rows(settlements: QuerySet[Settlement]) -> Iterator[Paid]:
    # A month of trial and main counts as main; of a settlement of differences the one before says which it is.
    spans = Line.objects.filter(code="base_main", settlement__programme=OuterRef("programme"))
    spans = spans.filter(settlement__span=OuterRef("span"))
    rows = settlements.with_last().annotate(is_main=Exists(spans), sent=F("last"))
    rows = rows.order_by("payment_list", "start_on", "pk")
    for values in rows.values_list(
        "pk",
        "payment_list__payday__month",
        "programme__participant",
        "programme__participant__order_key",
        "is_main",
        "benefit",
        "bonus",
        F("zus_pension") + F("zus_disability"),
        "tax",
        "deductions_taken",
        "payout",
        "sent",
        "counts",
        "corrects__counts",
    ):
        yield Paid(*values)


def _kinds(row: Paid) -> list[tuple[str, Decimal]]:
    return [("main" if row.is_main else "trial", row.benefit), ("bonus", row.bonus), ("zus", row.zus)]


def _taken(settlements: QuerySet[Settlement], rows: Sequence[Paid]) -> list[Taken]:
    """By kind; the days of a settlement of differences are those that came or went against the one before."""
    lines = Line.objects.filter(settlement__in=settlements, code__in=TAKEN).order_by()
    amounts = {code: -amount for code, amount in lines.values_list("code").annotate(Sum("amount"))}
    days: Counter[str] = Counter()
    for row in rows:
        days.update(row.counts)
        days.subtract(row.counts_before or {})
    # The loss of a whole benefit is no matter of days.
    counted = {code: None if code == "unexcused_over_limit" else days[code] for code in TAKEN}
    return [Taken(code, STEPS[code], counted[code], amounts.get(code, NOTHING)) for code in TAKEN if code in amounts]
