from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from benefits import actions
from benefits.actions.approval import FOUR_EYES, has_prepared
from benefits.forms.lists import ApprovalForm, CheckForm, SendBackForm
from benefits.models import PaymentList
from benefits.reading import checksums
from benefits.reading.departures import Below, below_statute
from benefits.reading.standing import sent_back, waiting_corrections
from benefits.views.fetch import list_or_404, status_of, sums_of
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.once import carry_out, said
from cistor.money import zloty
from cistor.templatetags.cistor import plural

CORRECTIONS = reverse_lazy("attendance:corrections")
CHECKED = [
    "Lista trafi do zatwierdzenia; osoba, która zatwierdza, zobaczy ją na swoim pulpicie.",
    "Dopóki nie jest zatwierdzona, możesz ją cofnąć.",
    "Ponowne przeliczenie cofa sprawdzenie.",
]
APPROVED = [
    "Lista dostanie numer i wydruk, a jej kwot nikt już nie zmieni.",
    "Rozliczone dni zostaną zamknięte: odtąd zmienia je tylko korekta.",
    "Wersja regulaminu, według której policzono, także się już nie zmieni.",
]
SENT_BACK = [
    "Lista wróci do kadr jako projekt, razem z tym, co napiszesz.",
    "Do zatwierdzenia trafi po poprawieniu i ponownym sprawdzeniu.",
]


def deeds(request, shown: PaymentList) -> dict[str, object]:
    """What may be done with a list now, by its state and the reader's rights; beside it, why it was sent back."""
    user, today, status = request.user, request.today, PaymentList.Status
    pays, decides = user.may("run_month", on=today), user.may("approve_list", on=today)
    last = not PaymentList.objects.filter(month=shown.month, number__gt=shown.number, centre=shown.centre).exists()
    return {
        "recount": pays and shown.is_open,
        "check": pays and shown.status == status.DRAFT and not shown.problem_count and shown.people,
        "take_back": pays and shown.status == status.CHECKED,
        "send_back": decides and shown.status == status.CHECKED,
        "approve": decides and shown.status == status.CHECKED,
        "record_payments": pays and not shown.is_open and shown.unpaid > shown.returned,
        "payments": not shown.is_open and shown.payout,
        "order": pays and not shown.is_open and shown.unpaid > shown.returned and not shown.orders.exists(),
        "add": pays and not shown.is_open and shown.month and last,
        "sent_back": sent_back(shown),
    }


@require_http_methods(["GET", "POST"])
@needs("run_month")
def check(request, pk):
    """Payroll's look through the draft, with what was looked at."""
    shown = list_or_404(request, pk)
    form = CheckForm(request.POST or None, initial={"seen": _seen(shown)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.check(shown, seen=form.cleaned_data["seen"], by=request.user, on=request.today)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "Lista czeka na zatwierdzenie.")
        return redirect("benefits:list", pk)
    context = {
        **_decision(shown, form),
        "question": f"Przekazać listę{shown.title.removeprefix('Lista')} do zatwierdzenia?",
        "consequences": CHECKED,
        "obstacle": _obstacle_to_check(shown),
    }
    return render(request, "benefits/check.html", context, status=status_of(form))


@require_POST
@needs("run_month")
def take_back(request, pk):
    try:
        actions.take_back(list_or_404(request, pk), by=request.user, on=request.today)
        messages.success(request, "Lista jest znowu projektem.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("benefits:list", pk)


@require_http_methods(["GET", "POST"])
@needs("approve_list")
def send_back(request, pk):
    """The director wants something put right before approving."""
    shown = list_or_404(request, pk)
    form = SendBackForm(request.POST or None)

    def act():
        actions.send_back(shown, reason=form.cleaned_data["reason"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Lista wróciła do kadr."))
        return redirect("benefits:list", pk)
    context = {
        **_decision(shown, form),
        "question": f"Zwrócić listę{shown.title.removeprefix('Lista')} do poprawy?",
        "consequences": SENT_BACK,
        "obstacle": "" if shown.status == PaymentList.Status.CHECKED else "Zwraca się listę, która czeka na decyzję.",
    }
    return render(request, "benefits/send_back.html", context, status=status_of(form))


@require_http_methods(["GET", "POST"])
@needs("approve_list")
def approve(request, pk):
    """The decision, with what was looked at: a list counted anew in the meantime is not what the page showed."""
    shown = list_or_404(request, pk)
    below = below_statute(shown) if shown.is_open else []
    form = ApprovalForm(
        request.POST or None, initial={"seen": _seen(shown)}, asks=any(one.reason is None for one in below)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.approve(shown, **form.cleaned_data, by=request.user, on=request.today)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "Lista jest zatwierdzona.")
        return redirect("benefits:list", pk)
    context = {
        **_decision(shown, form, below),
        "question": f"Zatwierdzić listę{shown.title.removeprefix('Lista')}?",
        "consequences": APPROVED,
        "obstacle": _obstacle_to_approve(request, shown),
    }
    return render(request, "benefits/approve.html", context, status=status_of(form))


def _seen(shown: PaymentList) -> str:
    return checksums.seen_checksum(shown, shown.settlements.defer("inputs", "computed"))


def _decision(shown: PaymentList, form, below: list[Below] | None = None) -> dict:
    """What every decision over a list is taken on."""
    sums = sums_of(shown)
    return {
        "list": shown,
        "form": form,
        "facts": _facts(shown, sums),
        "cancel": reverse("benefits:list", args=[shown.pk]),
        "below": below if below is not None else below_statute(shown),
        "shortfall": sums["shortfall"],
    }


def _obstacle_to_check(shown: PaymentList) -> str:
    """Why the list cannot be handed to the director as it stands; "" when it can."""
    if shown.status != PaymentList.Status.DRAFT:
        return f"Ta lista jest już {shown.get_status_display()}."
    if shown.problem_count:
        count = plural(shown.problem_count, "sprawa,sprawy,spraw")
        return f"Na liście jest {shown.problem_count} {count} do wyjaśnienia."
    return "" if shown.people else "Na liście nie ma nikogo."


def _obstacle_to_approve(request, shown: PaymentList) -> str:
    if not shown.is_open:
        return "Ta lista jest już zatwierdzona."
    if shown.status == PaymentList.Status.DRAFT:
        return _obstacle_to_check(shown) or "Najpierw sprawdzają ją kadry."
    return FOUR_EYES if not shown.centre.single_handed and has_prepared(shown, request.user) else ""


def _facts(shown: PaymentList, sums: dict) -> list[tuple[str, object]]:
    paid = shown.settlements.filter(payout__gt=0).order_by().values("programme__participant")
    checked = [("Sprawdzenie", f"{shown.checked_by}, {day_text(shown.checked_on)}")] if shown.checked_by else []
    return [
        ("Dzień wypłaty", day_text(shown.payday)),
        ("Osoby", shown.people),
        *([("Wstrzymane", f"{shown.held}, z powodów podanych na liście")] if shown.held else []),
        ("Nic do wypłaty", f"{shown.people - paid.distinct().count()} z {shown.people}"),
        ("Świadczenia", zloty(sums["benefit"])),
        *([("Premie", zloty(sums["bonus"]))] if sums["bonus"] else []),
        ("Zaliczki na podatek", zloty(sums["tax"])),
        *([("Potrącenia", zloty(sums["deductions_taken"]))] if sums["deductions_taken"] else []),
        ("Do wypłaty", zloty(sums["payout"])),
        ("Składki do refundacji", zloty(sums["zus"])),
        ("Sporządzenie", shown.prepared_by or "automatycznie"),
        ("Policzono", day_text(shown.prepared_on)),
        *checked,
        *_waiting(shown),
    ]


def _waiting(shown: PaymentList) -> list[tuple[str, object]]:
    """No bar: a correction that is granted later is settled as a difference, which may take money back."""
    if not shown.is_open or not (count := waiting_corrections(shown)):
        return []
    asked = f"{count} {plural(count, 'prośba czeka,prośby czekają,próśb czeka')} na decyzję"
    told = "przyznane po zatwierdzeniu wyrówna dopiero następna lista"
    return [("Korekty dni z tej listy", format_html('<a href="{}">{}</a>; {}', CORRECTIONS, asked, told))]
