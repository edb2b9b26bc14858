"""The budget of a year: what a centre means to spend, has spent, and is about to spend, by kind of cost.

What was paid counts on the day of its first transfer, everything else on its payday. The contributions count with
their benefit, although they are paid a month later. The forecast takes the planned stages at the full rate, as the
engine computes a settlement without a single absence; nobody foretells bonuses.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, F, Min, Q, QuerySet, Sum, Value, When

from benefits import rules
from benefits.gather import Case as Unsettled
from benefits.gather import cases
from benefits.models import BudgetPlan, Payment, PaymentList, Settlement
from benefits.reading.refunds import with_paid_on
from cistor.centres.models import Centre
from cistor.money import NOTHING

STATES = ("paid", "approved", "drafted")
COSTS = {"benefit": F("benefit"), "bonus": F("bonus"), "zus": F("zus_pension") + F("zus_disability")}


class Forecast(NamedTuple):
    """Of days on no list yet; `failed`: of how many programmes the facts contradict each other."""

    benefit: Decimal = NOTHING
    zus: Decimal = NOTHING
    failed: int = 0


@dataclass(frozen=True)
class Cost:
    """One kind over the year. `plan` is None where nobody has set one; `coming` the forecast."""

    code: str
    label: str
    plan: Decimal | None
    source: str
    paid: Decimal
    approved: Decimal
    drafted: Decimal
    coming: Decimal

    @property
    def expected(self) -> Decimal:
        return self.paid + self.approved + self.drafted + self.coming

    @property
    def left(self) -> Decimal | None:
        """Of the plan; negative when it will not do."""
        return None if self.plan is None else self.plan - self.expected

    @property
    def is_over(self) -> bool:
        return self.left is not None and self.left < 0

    @property
    def is_spent(self) -> bool:
        """More than the plan has been paid already."""
        return self.plan is not None and self.paid > self.plan

    @property
    def is_empty(self) -> bool:
        return self.plan is None and not any((self.paid, self.approved, self.drafted, self.coming))


@dataclass(frozen=True)
class Budget:
    """`first`: the year of the first approved list, this one without any."""

    year: int
    costs: Sequence[Cost]
    failed: int
    first: int

    @property
    def is_empty(self) -> bool:
        return all(cost.is_empty for cost in self.costs)

    @cached_property
    def total(self) -> Cost:
        """Of all kinds; its plan is there when each kind has one."""
        plans = [cost.plan for cost in self.costs if cost.plan is not None]
        plan = sum(plans, NOTHING) if len(plans) == len(self.costs) else None
        sums = {
            name: sum((getattr(cost, name) for cost in self.costs), NOTHING)
            for name in ("paid", "approved", "drafted", "coming")
        }
        return Cost("total", "Razem", plan, "", **sums)


def budget_of(centre: Centre, year: int, *, on: date) -> Budget:
    """A fixed number of queries, whatever the number of people."""
    plans = {row.kind: row for row in BudgetPlan.objects.filter(centre=centre, year=year)}
    spent, coming = _spent(centre, year, on=on), forecast(centre, year, on=on)
    lists = PaymentList.objects.filter(centre=centre, status=PaymentList.Status.APPROVED)
    first = lists.aggregate(first=Min("payday__year"))["first"]
    ahead = {"benefit": coming.benefit, "zus": coming.zus, "bonus": NOTHING}
    costs = [_cost(kind, plans.get(kind), spent, ahead[kind]) for kind in BudgetPlan.Kind.values]
    return Budget(year, costs, coming.failed, min(first or on.year, on.year))


def forecast(centre: Centre, year: int, *, on: date) -> Forecast:
    """What the planned stages will cost until the end of the year at the full rate; of a past year nothing."""
    if year < on.year:
        return Forecast()
    last, sums, failed = date(year, 12, 31), Forecast(), 0
    for case in cases(centre, until=last):
        try:
            found = _ahead(case, year, on=on)
        except rules.RuleError:
            failed += 1
        else:
            sums = Forecast(sums.benefit + found.benefit, sums.zus + found.zus)
    return sums._replace(failed=failed)


def _ahead(case: Unsettled, year: int, *, on: date) -> Forecast:
    """What is forgotten by its list is paid today at the earliest."""
    book, programme = case.facts.rulebook, case.facts.programme
    benefit = zus = NOTHING
    for span in case.pending(date(year, 12, 31)):
        if max(rules.payday(span, book), on).year == year:
            settled = rules.settle(rules.Inputs(book, programme, span.key))
            benefit += settled.benefit
            zus += settled.zus_pension + settled.zus_disability
    return Forecast(benefit, zus)


def _spent(centre: Centre, year: int, *, on: date) -> Mapping[str, Mapping[str, Decimal]]:
    """State → kind of cost → amount."""
    rows = _dated(with_paid_on(Settlement.objects.filter(payment_list__centre=centre)), on)
    rows = rows.filter(day__range=(date(year, 1, 1), date(year, 12, 31))).order_by().values("state")
    sums = rows.annotate(**{f"{kind}_sum": Sum(cost) for kind, cost in COSTS.items()})
    return {row["state"]: {kind: row[f"{kind}_sum"] for kind in COSTS} for row in sums}


def _dated(rows: QuerySet[Settlement], on: date) -> QuerySet[Settlement]:
    """With the `state` of each and the `day` on which it counts."""
    approved = Q(payment_list__status=PaymentList.Status.APPROVED)
    is_paid = approved & (Q(payout=0, payment_list__payday__lte=on) | Q(payout__gt=0, last=Payment.Kind.PAID))
    state = Case(When(is_paid, then=Value("paid")), When(approved, then=Value("approved")), default=Value("drafted"))
    return rows.annotate(state=state, day=Case(When(is_paid, then="paid_on"), default="payment_list__payday"))


def _cost(kind: str, plan: BudgetPlan | None, spent: Mapping[str, Mapping[str, Decimal]], coming: Decimal) -> Cost:
    amounts = {state: spent.get(state, {}).get(kind, NOTHING) for state in STATES}
    label = BudgetPlan.Kind(kind).label
    named = {"code": kind, "label": f"{label[0].upper()}{label[1:]}"}
    return Cost(
        **named, plan=plan.amount if plan else None, source=plan.source if plan else "", **amounts, coming=coming
    )
