from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions.orders import add_profile
from benefits.forms.orders import ProfileForm
from benefits.models import BankProfile
from benefits.views.fetch import status_of
from benefits.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.journal.once import carry_out, said
from participants import nrb


@require_GET
@needs("see_lists")
def bank_profiles(request):
    """The version in force, and those before and after it."""
    rows = BankProfile.objects.visible_to(request.user, on=request.today)
    in_force = BankProfile.objects.in_force(request.user.home_centre, request.today)
    context = {
        "tabs": tabs(request),
        "rows": [(row, nrb.text(row.nrb), _state(row, in_force, request.today)) for row in rows],
        "may_set": request.user.may("set_regulations", on=request.today),
    }
    return render(request, "benefits/bank_profiles.html", context)


@require_http_methods(["GET", "POST"])
@needs("set_regulations")
def new_bank_profile(request):
    """A version from a day on, beginning with what is in force."""
    centre, today = request.user.home_centre, request.today
    in_force = BankProfile.objects.in_force(centre, today)
    form = ProfileForm(request.POST or None, initial={**ProfileForm.as_now(in_force), "in_force_from": today})

    def act():
        add_profile(centre, **form.given, by=request.user, on=today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Profil banku jest zapisany."))
        return redirect("benefits:bank_profiles")
    context = {"form": form, "cancel": reverse("benefits:bank_profiles")}
    return render(request, "benefits/bank_profile.html", context, status=status_of(form))


def _state(row: BankProfile, in_force: BankProfile | None, today) -> tuple[str, str]:
    if row == in_force:
        return "done", "obowiązuje"
    return ("soon", "jeszcze nie obowiązuje") if row.in_force_from > today else ("plain", "poprzedni")
