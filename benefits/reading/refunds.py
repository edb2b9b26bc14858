"""The refund from the Fundusz Pracy: what may be asked for, what was, and what came of it.

The starosta refunds benefits paid in the month before and the contributions from them, against copies of the lists;
the bonus is the centre's own cost and is never asked for. A settlement belongs to the month of its first transfer, one
without any transfer (all of it went towards an overpayment, or it asks money back) to that of its payday. A transfer
that came back stays out until it is sent again. Differences are asked for as corrections, negative ones too.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import NamedTuple

from django.db.models import Case, Count, F, Max, Min, OuterRef, Q, QuerySet, Subquery, Sum, When
from django.db.models.functions import TruncMonth

from benefits.models import Payment, PaymentList, Refund, RefundItem, RefundStep, Settlement
from cistor.centres.models import Centre, Office
from cistor.dates import month_end, month_start, months
from cistor.money import NOTHING

AMOUNTS = ("benefit", "zus_pension", "zus_disability")
TOTAL = F("benefit") + F("zus_pension") + F("zus_disability")


class Sums(NamedTuple):
    """What some items ask for, in złoty."""

    benefit: Decimal = NOTHING
    zus_pension: Decimal = NOTHING
    zus_disability: Decimal = NOTHING

    @property
    def zus(self) -> Decimal:
        return self.zus_pension + self.zus_disability

    @property
    def total(self) -> Decimal:
        return self.benefit + self.zus


def refundable(centre: Centre) -> QuerySet[Settlement]:
    """What was paid and may be asked for, asked already or not; `paid_on` says on which day.

    A settlement of a bonus alone asks for nothing and is left out.
    """
    rows = with_paid_on(Settlement.objects.approved().filter(payment_list__centre=centre))
    rows = rows.exclude(benefit=0, zus_pension=0, zus_disability=0)
    return rows.filter(Q(payout=0) | Q(last=Payment.Kind.PAID))


def with_paid_on(rows: QuerySet[Settlement]) -> QuerySet[Settlement]:
    """With the day of the first transfer, or the payday of what needs none, as `paid_on`, and the `last` payment."""
    first = Payment.objects.filter(settlement=OuterRef("pk"), kind=Payment.Kind.PAID).order_by("id").values("on")[:1]
    paid_on = Case(When(payout=0, then=F("payment_list__payday")), default=Subquery(first))
    return rows.with_last().annotate(paid_on=paid_on)


def not_asked(centre: Centre, month: date, *, on: date, but: Refund | None = None) -> QuerySet[Settlement]:
    """What was paid in a month, given by its first day, and stands in no application (but in one counted anew)."""
    rows = refundable(centre).filter(paid_on__range=(month, min(month_end(month), on)))
    free = Q(refund_item=None) | Q(refund_item__refund=but) if but else Q(refund_item=None)
    return rows.filter(free).order_by("programme__participant__order_key", "programme", "start_on", "pk")


def items_for(refund: Refund, *, on: date) -> list[RefundItem]:
    """What the draft would ask for now, not saved."""
    rows = not_asked(refund.centre, refund.month, on=on, but=refund).only("programme", *AMOUNTS)
    return [RefundItem(refund=refund, settlement=row, **{name: getattr(row, name) for name in AMOUNTS}) for row in rows]


def seen_checksum(items: Iterable[RefundItem]) -> str:
    """Changes when a page shows something else than what is about to be signed."""
    facts = sorted((item.settlement_id, *(str(getattr(item, name)) for name in AMOUNTS)) for item in items)
    return hashlib.sha256(repr(facts).encode()).hexdigest()


def offices(centre: Centre) -> QuerySet[Office]:
    """The labour offices of the centre; the starosta acts through them."""
    return centre.offices.filter(kind=Office.Kind.PUP)


def sums_of(items: Iterable[RefundItem]) -> Sums:
    rows = list(items)
    return Sums(*(sum((getattr(row, name) for row in rows), NOTHING) for name in AMOUNTS))


# How an application stands --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Standing:
    """One application, what it asks for and what became of it. `sent_on`: sent from here or from the register."""

    refund: Refund
    asked: Sums
    people: int
    came: Decimal
    refused: Decimal
    sent_on: date | None

    @property
    def is_signed(self) -> bool:
        return self.refund.status == Refund.Status.SIGNED

    @property
    def left(self) -> Decimal:
        """Outstanding, of a draft nothing yet; negative where corrections ask for less than was given."""
        return self.asked.total - self.came - self.refused if self.is_signed else NOTHING

    @property
    def to_give_back(self) -> Decimal:
        return max(-self.left, NOTHING)

    @property
    def state(self) -> tuple[str, str]:
        """As a badge shows it."""
        if not self.is_signed:
            return "info", "projekt"
        if self.sent_on is None:
            return "soon", "podpisany, do wysłania"
        if self.left <= 0:
            return "done", "rozliczony"
        return "info", "wpłynęła część" if self.came or self.refused else "wysłany"


def standings(refunds: QuerySet[Refund]) -> list[Standing]:
    """In the order of the rows; three queries whatever their number."""
    # The sendings of the register are a room above, reached the way the database ties them.
    went = Min("document__dispatches__sent_on", filter=Q(document__dispatches__is_copy=False))
    rows = refunds.select_related("centre", "office", "document", "prepared_by", "signed_by", "signed_for")
    found = list(rows.prefetch_related("steps").annotate(went_on=went))
    items = RefundItem.objects.filter(refund__in=found).order_by().values_list("refund")
    asked = {
        pk: (Sums(*amounts), people)
        for pk, *amounts, people in items.annotate(
            *(Sum(name) for name in AMOUNTS), people=Count("settlement__programme__participant", distinct=True)
        )
    }
    return [_standing(row, *asked.get(row.pk, (Sums(), 0))) for row in found]


def standing(refund: Refund) -> Standing:
    return standings(Refund.objects.filter(pk=refund.pk))[0]


def _standing(row, asked: Sums, people: int) -> Standing:
    amounts = dict.fromkeys(RefundStep.Kind.values, NOTHING)
    for step in row.steps.all():
        amounts[step.kind] += step.amount
    sent = next((step.on for step in row.steps.all() if step.kind == RefundStep.Kind.SENT), row.went_on)
    return Standing(row, asked, people, amounts[RefundStep.Kind.PAID], amounts[RefundStep.Kind.REFUSED], sent)


# A year ---------------------------------------------------------------------------------------------------------------


@dataclass
class Month:
    """What was paid in a month, by its first day; `unasked` stands in no signed application, `free` (a number of
    settlements) in none at all."""

    month: date
    paid: Decimal = NOTHING
    unasked: Decimal = NOTHING
    free: int = 0
    refunds: list[Standing] = field(default_factory=list)

    @property
    def asked(self) -> Decimal:
        return sum((one.asked.total for one in self.refunds if one.is_signed), NOTHING)

    @property
    def came(self) -> Decimal:
        return sum((one.came for one in self.refunds), NOTHING)

    @property
    def refused(self) -> Decimal:
        return sum((one.refused for one in self.refunds), NOTHING)

    @property
    def left(self) -> Decimal:
        return sum((one.left for one in self.refunds), NOTHING)

    @property
    def has_draft(self) -> bool:
        return any(not one.is_signed for one in self.refunds)


@dataclass(frozen=True)
class Year:
    """The months with anything in them, and the first and the last year there is."""

    year: int
    months: Sequence[Month]
    first: int
    last: int

    @cached_property
    def sums(self) -> dict[str, Decimal]:
        names = ("paid", "asked", "came", "refused", "left", "unasked")
        return {name: sum((getattr(month, name) for month in self.months), NOTHING) for name in names}


def year_of(centre: Centre, year: int, *, on: date) -> Year:
    """Five queries, whatever the number of months and people."""
    start, end = date(year, 1, 1), date(year, 12, 31)
    found = {month: Month(month) for month in months(start, end)}
    for month, paid, unasked, free in _by_month(centre, start, min(end, on)):
        found[month].paid, found[month].unasked, found[month].free = paid, unasked, free
    for one in standings(Refund.objects.filter(centre=centre, month__range=(start, end)).order_by("month", "number")):
        found[one.refund.month].refunds.append(one)
    known = [month for month in found.values() if month.paid or month.free or month.refunds]
    return Year(year, known, *_ends(centre, on))


def unasked_months(centre: Centre, start: date, end: date) -> set[date]:
    """The months between two days in which something was paid that stands in no application."""
    return {month for month, _, _, free in _by_month(centre, start, end) if free}


def asked_for(centre: Centre, month: date) -> Decimal:
    """What a month, by its first day, gives to ask for, asked already or not; złoty."""
    return asked_by_month(centre, month, month_end(month)).get(month, NOTHING)


def asked_by_month(centre: Centre, start: date = date.min, end: date = date.max) -> dict[date, Decimal]:
    """The same for all months of two days at once, in one query; what asks for nothing has no month."""
    return {month: paid for month, paid, _, _ in _by_month(centre, start, end)}


def _by_month(centre: Centre, start: date, end: date) -> QuerySet:
    rows = refundable(centre).filter(paid_on__range=(start, end)).order_by()
    rows = rows.annotate(month=TruncMonth("paid_on")).values_list("month")
    unsigned = Q(refund_item=None) | Q(refund_item__refund__status=Refund.Status.DRAFT)
    return rows.annotate(
        paid=Sum(TOTAL),
        unasked=Sum(TOTAL, filter=unsigned, default=NOTHING),
        free=Count("pk", filter=Q(refund_item=None)),
    )


def _ends(centre: Centre, on: date) -> tuple[int, int]:
    lists = PaymentList.objects.filter(centre=centre, status=PaymentList.Status.APPROVED)
    ends = lists.aggregate(first=Min("payday__year"), last=Max("payday__year"))
    return min(ends["first"] or on.year, on.year), max(ends["last"] or on.year, on.year)


def forgotten(centre: Centre, *, on: date) -> Month | None:
    """The month before the day's, when something paid in it stands in no application."""
    last = month_start(month_start(on) - date.resolution)
    rows = {month: Month(month, *figures) for month, *figures in _by_month(centre, last, month_end(last))}
    found = rows.get(last)
    return found if found and found.free else None


def came_back(refund: Refund) -> QuerySet[RefundItem]:
    """Asked for, and the transfer has come back since: nobody has the money."""
    returned = Settlement.objects.filter(payment_list__centre=refund.centre_id).returned()
    return refund.items.filter(settlement__in=returned)
