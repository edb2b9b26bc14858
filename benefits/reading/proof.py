"""A year of approved lists, computed again from what was stored with each settlement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from benefits.models import PaymentList, Settlement
from benefits.reading.checksums import verify
from cistor.accounts.models import User


@dataclass(frozen=True)
class Verified:
    """One list: how many settlements it has, and the ids of those that did not come out the same."""

    payment_list: int
    count: int
    wrong: tuple[int, ...]


def lists_of(user: User, year: int, *, on: date):
    """The approved lists paid in the year, each with the `count` of its settlements."""
    rows = PaymentList.objects.visible_to(user, on=on).filter(status=PaymentList.Status.APPROVED, payday__year=year)
    return rows.annotate(count=Count("settlements")).order_by("payday", "kind", "number")


def verified(payment_list: PaymentList, count: int) -> Verified:
    wrong = verify(payment_list)
    return Verified(payment_list.pk, count, tuple(check.settlement.pk for check in wrong))


def report(found: Iterable[Verified]) -> dict:
    """What the page says: sums, the lists with what is wrong on each."""
    found = list(found)
    lists = PaymentList.objects.in_bulk([one.payment_list for one in found])
    settlements = Settlement.objects.defer("inputs", "computed", "account")
    wrong = settlements.in_bulk([pk for one in found for pk in one.wrong])
    return {
        "count": sum(one.count for one in found),
        "wrong": len(wrong),
        "rows": [
            (lists[one.payment_list], one.count, [wrong[pk] for pk in one.wrong])
            for one in found
            if one.payment_list in lists
        ],
    }
