"""The tax of a year: what people were paid and the advances taken, by the month of the payday, as the lists say it.

Differences count with their own amounts, in the month that paid them. A transfer that came back stays income here and
is shown apart: whether it was put at somebody's disposal is for the accountant to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, F, Q, Sum, When
from django.db.models.functions import ExtractMonth

from benefits.models import Payment, PaymentList, Settlement, TaxReturn
from cistor.centres.models import Centre
from cistor.money import NOTHING

MONTHS = range(1, 13)
NAMED = ("participant__order_key", "participant")


class Figures(NamedTuple):
    """Złoty; `differences`: of the income, what settlements of differences brought or took; `returned`: transfers that
    came back and wait."""

    benefit: Decimal = NOTHING
    bonus: Decimal = NOTHING
    advance: Decimal = NOTHING
    differences: Decimal = NOTHING
    returned: Decimal = NOTHING

    @property
    def income(self) -> Decimal:
        return self.benefit + self.bonus


def total(rows: Sequence[Figures]) -> Figures:
    return Figures(*(sum(column, NOTHING) for column in zip(*rows, strict=True))) if rows else Figures()


@dataclass
class Person:
    """`months`: month of the payday → figures; `issued`: the newest PIT-11 of the year, None before the first."""

    pk: int
    months: dict[int, Figures] = field(default_factory=dict)
    issued: TaxReturn | None = None

    @cached_property
    def figures(self) -> Figures:
        return total(list(self.months.values()))

    @property
    def is_unclear(self) -> bool:
        """The year took back more than it paid: no PIT-11 says that, accounting has to settle it."""
        return self.figures.income < 0

    @property
    def is_to_issue(self) -> bool:
        """There is something to tell, or what was told is no longer so."""
        if self.is_unclear:
            return False
        now = (self.figures.income, self.figures.advance)
        before = (self.issued.income, self.issued.advance) if self.issued else (NOTHING, NOTHING)
        return now != before

    @property
    def state(self) -> str:
        """ "do sporządzenia", "do korekty (nr 2)", "nr 1 z 12.01.2026"."""
        if self.is_unclear:
            return "do wyjaśnienia z księgowością"
        if self.is_to_issue:
            return f"do korekty (nr {self.issued.number + 1})" if self.issued else "do sporządzenia"
        return f"nr {self.issued.number} z {self.issued.issued_on:%d.%m.%Y}" if self.issued else "nie dotyczy"

    @property
    def aim(self) -> int:
        """The aim of the next PIT-11: 1 handed over, 2 corrected."""
        return 2 if self.issued else 1


@dataclass(frozen=True)
class TaxYear:
    """`people` by name; `open_lists`: lists of the year that are not approved yet."""

    year: int
    people: Sequence[Person]
    open_lists: int

    @cached_property
    def by_month(self) -> dict[int, Figures]:
        return {
            month: total([person.months[month] for person in self.people if month in person.months])
            for month in MONTHS
            if any(month in person.months for person in self.people)
        }

    @cached_property
    def sums(self) -> Figures:
        return total(list(self.by_month.values()))

    @cached_property
    def to_issue(self) -> list[Person]:
        return [person for person in self.people if person.is_to_issue]

    @cached_property
    def unclear(self) -> list[Person]:
        return [person for person in self.people if person.is_unclear]


def tax_year(centre: Centre, year: int) -> TaxYear:
    """Three queries, whatever the number of people."""
    span = (date(year, 1, 1), date(year, 12, 31))
    found: dict[int, Person] = {}
    for person, month, *amounts in _sums(centre, span):
        found.setdefault(person, Person(person)).months[month] = Figures(*amounts)
    # The newest number last.
    for row in TaxReturn.objects.filter(participant__centre=centre, year=year).order_by(*NAMED, "number"):
        found.setdefault(row.participant_id, Person(row.participant_id)).issued = row
    lists = PaymentList.objects.filter(centre=centre, payday__range=span)
    still_open = lists.exclude(status=PaymentList.Status.APPROVED).count()
    return TaxYear(year, list(found.values()), still_open)


def _sums(centre: Centre, span: tuple[date, date]):
    """(participant, month, *Figures), by name."""
    rows = Settlement.objects.approved().filter(payment_list__centre=centre, payment_list__payday__range=span)
    person = "programme__participant"
    income = F("benefit") + F("bonus")
    back = Case(When(last=Payment.Kind.RETURNED, then=F("payout")), default=NOTHING)
    return (
        rows.with_last()
        .order_by()
        .values(person, f"{person}__order_key", month=ExtractMonth("payment_list__payday"))
        .annotate(
            sum_benefit=Sum("benefit"),
            sum_bonus=Sum("bonus"),
            sum_tax=Sum("tax"),
            differences=Sum(income, filter=Q(corrects__isnull=False), default=NOTHING),
            back=Sum(back),
        )
        .order_by(f"{person}__order_key", person, "month")
        .values_list(person, "month", "sum_benefit", "sum_bonus", "sum_tax", "differences", "back")
    )
