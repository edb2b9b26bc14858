from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse

from benefits import actions, checksums
from benefits.forms import ApprovalForm
from benefits.models import PaymentList
from benefits.views.fetch import list_or_404, status_of, sums_of
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.money import zloty
from cistor.templatetags.cistor import plural

CONSEQUENCES = [
    "Lista dostanie numer i wydruk, a jej kwot nikt już nie zmieni.",
    "Rozliczone dni zostaną zamknięte: odtąd zmienia je tylko korekta.",
    "Wersja regulaminu, według której policzono, także się już nie zmieni.",
]


@needs("approve_list")
def approve(request, pk):
    """The decision, with what was looked at: a list counted anew in the meantime is not what the page showed."""
    shown = list_or_404(request, pk)
    form = ApprovalForm(request.POST or None, initial={"seen": checksums.seen_checksum(shown, shown.settlements.all())})
    if request.method == "POST" and form.is_valid():
        try:
            actions.approve(shown, seen=form.cleaned_data["seen"], by=request.user, on=request.today)
        except Refused as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, "Lista jest zatwierdzona.")
        return redirect("benefits:list", pk)
    context = {
        "list": shown,
        "form": form,
        "facts": _facts(shown),
        "question": f"Zatwierdzić listę{shown.title.removeprefix('Lista')}?",
        "consequences": CONSEQUENCES,
        "cancel": reverse("benefits:list", args=[pk]),
        "obstacle": _obstacle(shown),
    }
    return render(request, "benefits/approve.html", context, status=status_of(form))


def _obstacle(shown: PaymentList) -> str:
    """Why the list cannot be approved as it stands; "" when it can."""
    if not shown.is_open:
        return "Ta lista jest już zatwierdzona."
    if shown.problem_count:
        count = plural(shown.problem_count, "sprawa,sprawy,spraw")
        return f"Na liście jest {shown.problem_count} {count} do wyjaśnienia."
    return "" if shown.people else "Na liście nie ma nikogo."


def _facts(shown: PaymentList) -> list[tuple[str, object]]:
    sums = sums_of(shown)
    return [
        ("Dzień wypłaty", day_text(shown.payday)),
        ("Osoby", shown.people),
        ("Nic do wypłaty", f"{shown.settlements.filter(net=0).count()} z {shown.people}"),
        ("Świadczenia", zloty(sums["benefit"])),
        ("Zaliczki na podatek", zloty(sums["tax"])),
        ("Do wypłaty", zloty(sums["net"])),
        ("Składki do refundacji", zloty(sums["zus"])),
        ("Sporządzenie", shown.prepared_by or "automatycznie"),
        ("Policzono", day_text(shown.prepared_on)),
    ]
