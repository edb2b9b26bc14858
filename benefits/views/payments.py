from collections.abc import Callable
from typing import NamedTuple

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from benefits import actions
from benefits.forms.lists import PayAgainForm, PaymentForm, ReturnForm
from benefits.models import Payment, Settlement
from benefits.views.fetch import list_or_404, settlement_or_404, status_of
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.journal.once import OnceForm, carry_out, said
from cistor.money import NOTHING, zloty

PAGE = 50


class Transfer(NamedTuple):
    """What is written down about the transfer of one person, and the payment that it follows upon."""

    form: type[OnceForm]
    fields: tuple[str, ...]
    act: Callable[..., Payment]
    after: Payment.Kind
    obstacle: str
    done: str
    words: dict[str, object]


CAME_BACK = Transfer(
    form=ReturnForm,
    fields=("returned_on", "reason"),
    act=actions.record_return,
    after=Payment.Kind.PAID,
    obstacle="Nie ma wypłaty, która mogłaby wrócić.",
    done="Zwrot jest zapisany.",
    words={
        "heading": "Zwrot przelewu",
        "question": "Zapisać zwrot przelewu?",
        "consequences": [
            "Wypłata tej osoby będzie czekać na ponowny przelew, także na Twoim pulpicie.",
            "Zapis zostaje na zawsze; kwoty na liście się nie zmieniają.",
        ],
        "submit": "Zapisz zwrot",
    },
)
SENT_AGAIN = Transfer(
    form=PayAgainForm,
    fields=("paid_on",),
    act=actions.pay_again,
    after=Payment.Kind.RETURNED,
    obstacle="Ta wypłata nie wróciła.",
    done="Ponowna wypłata jest zapisana.",
    words={
        "heading": "Ponowna wypłata",
        "question": "Zapisać ponowną wypłatę?",
        "consequences": [
            "Ta sama kwota uchodzi znowu za wypłaconą.",
            "Poprzednia wypłata i jej zwrot zostają w zapisach.",
        ],
        "submit": "Zapisz ponowną wypłatę",
    },
)


@require_GET
@needs("see_lists")
def payments(request, pk):
    """Who was sent what and when, person by person; what came back stands first."""
    shown = list_or_404(request, pk)
    rows = shown.settlements.filter(payout__gt=0).returned_first()
    rows = rows.prefetch_related("payments").defer("inputs", "computed", "account")
    waiting = shown.settlements.unpaid().aggregate(sum=Sum("payout", default=NOTHING))["sum"]
    context = {
        "list": shown,
        "page": Paginator(rows, PAGE).get_page(request.GET.get("strona")),
        "paid": shown.payout - waiting,
        "waiting": waiting,
        "may_pay": request.user.may("run_month", on=request.today) and not shown.is_open,
    }
    return render(request, "benefits/payments.html", context)


@require_http_methods(["GET", "POST"])
@needs("run_month")
def record_payments(request, pk):
    """The first transfers of everybody on the list, on one day."""
    shown = list_or_404(request, pk)
    form = PaymentForm(request.POST or None, on=request.today, initial={"paid_on": request.today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_payments(shown, paid_on=form.cleaned_data["paid_on"], by=request.user, on=request.today)
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Wypłata jest zapisana.")
            return redirect("benefits:list", pk)
    first = shown.settlements.never_paid()
    context = {
        "list": shown,
        "form": form,
        "cancel": reverse("benefits:list", args=[pk]),
        "people": first.count(),
        "amount": sum(first.values_list("payout", flat=True)),
    }
    return render(request, "benefits/record_payments.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@needs("run_month")
def record_return(request, pk):
    """One transfer came back."""
    return _write_down(request, pk, CAME_BACK)


@require_http_methods(["GET", "POST"])
@needs("run_month")
def pay_again(request, pk):
    """What came back was sent once more."""
    return _write_down(request, pk, SENT_AGAIN)


def _write_down(request, pk, transfer: Transfer):
    row = settlement_or_404(request, pk)
    form, last = transfer.form(request.POST or None), row.last_payment

    def act():
        typed = {name: form.cleaned_data[name] for name in transfer.fields}
        transfer.act(row, **typed, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, transfer.done))
        return redirect("benefits:payments", row.payment_list_id)
    may = last is not None and last.kind == transfer.after
    context = {**_decision(request, row, form), **transfer.words, "obstacle": "" if may else transfer.obstacle}
    return render(request, "benefits/payment.html", context, status=status_of(form))


def _decision(request, row: Settlement, form) -> dict:
    record_reading(row.programme.participant, "settlement", by=request.user)
    written = row.payments.order_by("pk")
    paid = [
        (one.get_kind_display().capitalize(), ", ".join(filter(None, (day_text(one.on), one.reason))))
        for one in written
    ]
    facts = [
        ("Osoba", row.name),
        ("Za", row.period),
        ("Kwota", zloty(row.payout)),
        ("Sposób wypłaty", row.method_text),
        *paid,
    ]
    cancel = reverse("benefits:payments", args=[row.payment_list_id])
    return {"row": row, "list": row.payment_list, "form": form, "facts": facts, "cancel": cancel}
