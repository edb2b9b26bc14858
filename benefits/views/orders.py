from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions import orders as actions
from benefits.forms.orders import OrderForm
from benefits.models import BankProfile, OrderItem, PaymentList, PaymentOrder, Settlement
from benefits.reading.ordering import Due, due, is_due, sums
from benefits.views.fetch import list_or_404, status_of
from cistor.accounts.access import needs
from cistor.centres.calendar import one_off_holidays
from cistor.dates import day_text, moved_on
from cistor.documents.answers import attached
from cistor.errors import Refused
from cistor.journal.actions import record_readings
from cistor.journal.once import carry_out, said
from cistor.money import zloty
from participants import nrb

PAGE = 50
CONSEQUENCES = [
    "Powstanie plik przelewów dla banku i polecenie wypłaty do podpisu; potem nikt ich już nie zmieni.",
    "Ten sam plik można pobrać ponownie; tych samych wypłat nie da się zlecić drugi raz.",
    "Wypłatę zapisuje się dopiero po wyciągu z banku.",
]


@require_http_methods(["GET", "POST"])
@needs("run_month")
def order(request, pk):
    """What the order would hold, and the deed."""
    shown = list_or_404(request, pk)
    found = [] if shown.is_open else due(shown, on=request.today)
    form = OrderForm(request.POST or None, initial={"pay_on": _first_day(shown, request.today)})

    def act():
        actions.make_order(shown, pay_on=form.cleaned_data["pay_on"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Polecenie wypłaty jest sporządzone."))
        return redirect("benefits:orders", pk)
    page = Paginator(found, PAGE).get_page(request.GET.get("strona"))
    _read(request, shown, (one.settlement for one in page))
    context = {
        "list": shown,
        "form": form,
        "facts": _facts(shown, found, request.today),
        "consequences": CONSEQUENCES,
        "again": any(one.returned for one in found),
        "obstacle": _obstacle(request, shown, found),
        "cancel": reverse("benefits:orders" if shown.orders.exists() else "benefits:list", args=[pk]),
        "page": page,
    }
    return render(request, "benefits/order.html", context, status=status_of(form))


@require_GET
@needs("see_lists")
def orders(request, pk):
    """The orders of a list with their sums and checksums, and who stands in which."""
    shown = list_or_404(request, pk)
    pays = request.user.may("run_month", on=request.today)
    items = OrderItem.objects.filter(order__payment_list=shown).select_related("order", "settlement__programme")
    items = items.prefetch_related("settlement__payments").defer("settlement__inputs", "settlement__computed")
    page = Paginator(items.order_by("-order", "id"), PAGE).get_page(request.GET.get("strona"))
    _read(request, shown, (item.settlement for item in page))
    context = {
        "list": shown,
        "orders": list(shown.orders.select_related("document", "made_by", "profile").defer("content")),
        "page": page,
        "may_take": pays,
        "may_order": pays and not shown.is_open and is_due(shown),
        "may_pay": pays and not shown.is_open and shown.unpaid > shown.returned,
    }
    return render(request, "benefits/orders.html", context)


@require_GET
@needs("run_month")
def order_file(request, pk):
    """The file for the bank, the same bytes each time."""
    rows = PaymentOrder.objects.visible_to(request.user, on=request.today)
    row = get_object_or_404(rows.select_related("payment_list__centre", "document"), pk=pk)
    try:
        data = actions.take_file(row, by=request.user)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect("benefits:orders", row.payment_list_id)
    name = f"przelewy-{row.pay_on}-{row.payment_list_id}-{row.number}.txt"
    return attached(data, name, "application/octet-stream")


def _read(request, shown: PaymentList, settlements: Iterable[Settlement]) -> None:
    """Who is paid how much, and which way, stands on these pages as it does on the paper."""
    people = sorted({row.programme.participant_id for row in settlements})
    record_readings(shown.centre, people, actions.KIND, by=request.user)


def _first_day(shown: PaymentList, today):
    """The payday, as long as it is to come and banks work then."""
    return moved_on(max(shown.payday, today), one_off_holidays())


def _facts(shown: PaymentList, found: list[Due], today) -> list[tuple[str, object]]:
    counted = sums(found)
    profile = BankProfile.objects.in_force(shown.centre, _first_day(shown, today))
    approved = [("Zatwierdzenie", f"{shown.approved_by}, {day_text(shown.approved_on)}")] if shown.approved_on else []
    return [
        ("Lista", f"{shown.title}{f', {shown.document.number}' if shown.document else ''}"),
        *approved,
        ("Dzień wypłaty", day_text(shown.payday)),
        ("Rachunek centrum", f"{nrb.text(profile.nrb)}, {profile.bank}" if profile else "nie ma profilu banku"),
        ("Przelewy", f"{counted['transfers'].people}, razem {zloty(counted['transfers'].amount)}"),
        ("W kasie banku", f"{counted['cash'].people}, razem {zloty(counted['cash'].amount)}"),
    ]


def _obstacle(request, shown: PaymentList, found: list[Due]) -> str:
    """Why there is nothing to order; "" when there is."""
    if shown.is_open:
        return "Polecenie wypłaty sporządza się po zatwierdzeniu listy."
    if not found:
        return actions.NOTHING_DUE if shown.orders.exists() else "Z tej listy nie ma już nic do wypłaty."
    alone = shown.centre.single_handed or shown.approved_by_id != request.user.pk
    return "" if alone else actions.FOUR_EYES
