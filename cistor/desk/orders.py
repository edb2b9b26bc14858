"""Lists that are approved and not ordered at the bank yet."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F
from django.urls import reverse

from benefits.models import PaymentList
from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.dates import ONE_DAY, moved_back
from cistor.desk.matters import Matter

# Banks take a file a day ahead; a day is left for the signatures.
WORKING_DAYS = 2
# No two working days lie further apart.
FURTHEST = timedelta(days=10)


def to_order(user: User, on: date) -> Iterator[Matter]:
    """From two working days before the payday, until the order is made or the payment written down."""
    if not user.may("run_month", on=on):
        return
    rows = PaymentList.objects.visible_to(user, on=on).filter(
        status=PaymentList.Status.APPROVED, payday__lte=on + FURTHEST, orders=None
    )
    one_off = one_off_holidays()
    for row in rows.with_sums().filter(unpaid__gt=F("returned")).order_by("payday", "kind", "number"):
        if on >= _first_day(row.payday, one_off):
            late = row.payday < on
            urgency = ("late", "po terminie") if late else ("soon", f"do {row.payday:%d.%m}")
            url = reverse("benefits:order", args=[row.pk])
            yield Matter(*urgency, f"{row.title}: polecenie wypłaty dla banku", url, row.payday)


def _first_day(payday: date, one_off: frozenset[date]) -> date:
    day = payday
    for _ in range(WORKING_DAYS):
        day = moved_back(day - ONE_DAY, one_off)
    return day
