"""What everybody does with the own account: the two steps of the login, the password, the profile."""

import django_otp
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.db.models import Q
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from cistor.accounts import actions
from cistor.accounts import second_step as steps
from cistor.accounts.forms import CodeForm, OwnPasswordForm
from cistor.accounts.models import StandIn
from cistor.errors import Refused


def profile(request):
    user, today = request.user, request.today
    stand_ins = StandIn.objects.filter(Q(absent=user) | Q(deputy=user), end_on__gte=today)
    context = {
        "stand_ins": stand_ins.select_related("absent", "deputy").order_by("start_on"),
        "needs_second_step": user.needs_second_step(on=today),
        "codes_left": steps.recovery_codes_left(user),
    }
    return render(request, "accounts/profile.html", context)


def password(request):
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        changed = actions.set_password(request.user, form.cleaned_data["new_password1"], by=request.user)
        # Sessions elsewhere end; this one goes on.
        update_session_auth_hash(request, changed)
        messages.success(request, "Hasło jest zmienione.")
        return redirect("accounts:profile")
    return render(request, "accounts/password.html", {"form": form}, status=_status(form))


def second_step(request):
    """The code of the telephone or a recovery code; whoever has no telephone yet sets one up."""
    user = request.user
    if user.is_verified() or not user.needs_second_step(on=request.today):
        return redirect(_next(request))
    telephone = steps.telephone(user)
    if telephone is None:
        return redirect("accounts:set_up_second_step")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and _accepted(form, lambda: _pass(request, form)):
        return redirect(_next(request))
    context = {"form": form, "demo_code": _demo_code(telephone)}
    return render(request, "accounts/second_step.html", context, status=_status(form))


def _pass(request, form):
    django_otp.login(request, actions.pass_second_step(request.user, form.cleaned_data["code"]))
    request.session.cycle_key()


def set_up_second_step(request):
    """A telephone, the first one or a new one; then the recovery codes, this once."""
    user = request.user
    if not user.needs_second_step(on=request.today):
        return redirect("accounts:profile")
    if steps.telephone(user) and not user.is_verified():
        return redirect("accounts:second_step")
    device, form, codes = steps.new_telephone(user), CodeForm(request.POST or None), []
    if request.method == "POST" and _accepted(form, lambda: codes.extend(_set_up(request, form))):
        return render(request, "accounts/recovery_codes.html", {"codes": codes})
    context = {
        "form": form,
        "qr": steps.qr(device),
        "secret": steps.secret_text(device),
        "demo_code": _demo_code(device),
    }
    return render(request, "accounts/set_up_second_step.html", context, status=_status(form))


def _set_up(request, form) -> list[str]:
    device, codes = actions.set_up_second_step(request.user, form.cleaned_data["code"])
    django_otp.login(request, device)
    request.session.cycle_key()
    return codes


@require_POST
def renew_recovery_codes(request):
    if not request.user.is_verified():
        return redirect("accounts:profile")
    codes = actions.renew_recovery_codes(request.user, by=request.user)
    return render(request, "accounts/recovery_codes.html", {"codes": codes})


def _accepted(form, act) -> bool:
    """Without a transaction around it: the wrong code has to be counted although it is refused."""
    if form.is_valid():
        try:
            act()
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
    return form.is_valid()


def _demo_code(device) -> str:
    return steps.demo_code(device) if settings.DEMO else ""


def _next(request) -> str:
    """Where the login was going, when that is a page of ours."""
    wanted, desk = request.GET.get("next", ""), resolve_url("desk:desk")
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") else desk


def _status(form) -> int:
    return 422 if form.errors else 200
