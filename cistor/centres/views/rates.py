from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render

from cistor.accounts.access import needs
from cistor.centres import actions
from cistor.centres.forms import RateForm
from cistor.centres.models import StatutoryRate
from cistor.dates import day_text
from cistor.journal.once import claim


@needs("see_rates")
def rates(request):
    rows = StatutoryRate.objects.select_related("recorded_by")
    kinds = [(kind.label, [rate for rate in rows if rate.kind == kind]) for kind in StatutoryRate.Kind]
    may_set = request.user.may("set_rates", on=request.today)
    return render(request, "centres/rates.html", {"kinds": kinds, "may_set": may_set, "today": request.today})


@needs("set_rates")
def add_rate(request):
    """The value holds for all centres and is never changed, so it is asked once more by its name."""
    form = RateForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        if "confirmed" not in request.POST:
            return render(request, "centres/confirm_rate.html", {"form": form, "facts": _facts_of(form)})
        with transaction.atomic():
            if claim(form.cleaned_data["token"], by=request.user):
                values = {name: form.cleaned_data[name] for name in form.Meta.fields}
                actions.add_rate(**values, by=request.user, on=request.today)
        messages.success(request, "Wartość jest zapisana.")
        return redirect("centres:rates")
    return render(request, "centres/add_rate.html", {"form": form}, status=422 if form.errors else 200)


def _facts_of(form) -> list[tuple[str, str]]:
    rate = form.instance
    return [
        ("Rodzaj", rate.get_kind_display()),
        ("Wartość", rate.text),
        ("Obowiązuje od", day_text(rate.in_force_from)),
        ("Źródło", rate.source),
        ("Pewność", rate.get_certainty_display()),
    ]
