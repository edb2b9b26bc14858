"""An overpayment taken back by instalments."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from benefits.actions.recovering import NOTHING_LEFT, decide_instalments
from benefits.forms.lists import InstalmentsForm
from benefits.models import Settlement
from benefits.reading.recoveries import left_of
from benefits.views.fetch import settlement_or_404, status_of
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from cistor.money import NOTHING, zloty

CONSEQUENCES = [
    "Z każdej następnej listy zostanie zaliczona najwyżej ta kwota, aż do spłaty nadpłaty.",
    "Otwarty projekt listy trzeba policzyć ponownie.",
    "Raty można później zmienić; liczy się ostatnia decyzja.",
]


@require_http_methods(["GET", "POST"])
@needs("decide_recovery")
def instalments(request, pk):
    row = settlement_or_404(request, pk)
    form = InstalmentsForm(request.POST or None)

    def act():
        typed = {name: form.cleaned_data[name] for name in ("instalment", "reason")}
        decide_instalments(row, **typed, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Raty są zapisane."))
        return redirect("benefits:settlement", pk)
    record_reading(row.programme.participant, "settlement", by=request.user)
    left = NOTHING if row.payment_list.is_open else left_of(row)
    context = {
        "row": row,
        "form": form,
        "facts": _facts(row, left),
        "consequences": CONSEQUENCES,
        "cancel": reverse("benefits:settlement", args=[pk]),
        "obstacle": "" if left > NOTHING else NOTHING_LEFT,
    }
    return render(request, "benefits/instalments.html", context, status=status_of(form))


def _facts(row: Settlement, left) -> list[tuple[str, object]]:
    decided = row.recovery_terms.select_related("decided_by", "decided_for")
    return [
        ("Osoba", row.name),
        ("Różnica za", row.period),
        ("Wypłacono za dużo", zloty(max(-row.net, NOTHING))),
        ("Zostało do odzyskania", zloty(max(left, NOTHING))),
        *((f"Decyzja z {day_text(one.decided_on)}", f"{zloty(one.instalment)}, {one.decider}") for one in decided),
    ]
