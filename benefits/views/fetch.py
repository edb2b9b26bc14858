"""What the pages of lists fetch, each as the one who asks."""

from datetime import date

from django.db.models import Sum
from django.shortcuts import get_object_or_404

from benefits.models import AMOUNTS, PaymentList, Settlement
from cistor.money import NOTHING

# Another one in an address is a mistake, and the database knows no year 0.
YEARS = range(2000, 2101)


def list_or_404(request, pk) -> PaymentList:
    rows = PaymentList.objects.visible_to(request.user, on=request.today).with_sums()
    named = rows.select_related("centre", "document", "prepared_by", "checked_by", "approved_by")
    return get_object_or_404(named, pk=pk)


def settlement_or_404(request, pk) -> Settlement:
    rows = Settlement.objects.visible_to(request.user, on=request.today)
    return get_object_or_404(rows.select_related("payment_list", "programme__participant"), pk=pk)


def sums_of(shown: PaymentList) -> dict:
    sums = shown.settlements.aggregate(
        **{name: Sum(name, default=NOTHING) for name in (*AMOUNTS, "withheld", "payout", "shortfall")}
    )
    overpaid = -shown.settlements.filter(net__lt=0).aggregate(net=Sum("net", default=NOTHING))["net"]
    return {**sums, "overpaid": overpaid, "zus": sums["zus_pension"] + sums["zus_disability"]}


def status_of(form) -> int:
    return 422 if form.errors else 200


def year_asked(typed: str, today: date) -> int:
    """Of an address; this one where it names none that there is."""
    year = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) == len("2026") else today.year
    return year if year in YEARS else today.year
