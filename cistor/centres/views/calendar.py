from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cistor.accounts.access import needs
from cistor.centres import actions, calendar
from cistor.centres.forms import ClosedDayForm, ExtraClassDayForm
from cistor.centres.models import ClosedDay, ExtraClassDay
from cistor.errors import Refused
from cistor.journal.once import claim


@needs("see_regulations")
def year(request):
    """Closed days and extra class days; the director adds and removes those to come."""
    may_set = request.user.may("set_regulations", on=request.today)
    return _year(request, ClosedDayForm() if may_set else None, ExtraClassDayForm() if may_set else None)


def _year(request, closed_form, extra_form, status=200):
    user, today = request.user, request.today
    context = {
        "closed": ClosedDay.objects.visible_to(user, on=today).order_by("-on"),
        "extra": ExtraClassDay.objects.visible_to(user, on=today).order_by("-on"),
        "holidays": calendar.holidays(today.year),
        "closed_form": closed_form,
        "extra_form": extra_form,
        "today": today,
    }
    return render(request, "centres/year.html", context, status=status)


@require_POST
@needs("set_regulations")
def close_day(request):
    form = ClosedDayForm(request.POST)
    if _act(request, form, actions.close_day, "Dzień bez zajęć jest zapisany."):
        return redirect("centres:year")
    return _year(request, form, ExtraClassDayForm(), status=422)


@require_POST
@needs("set_regulations")
def add_extra_class_day(request):
    form = ExtraClassDayForm(request.POST)
    if _act(request, form, actions.add_extra_class_day, "Dodatkowy dzień zajęć jest zapisany."):
        return redirect("centres:year")
    return _year(request, ClosedDayForm(), form, status=422)


def _act(request, form, act, success) -> bool:
    form.instance.centre = request.user.home_centre
    if not form.is_valid():
        return False
    try:
        with transaction.atomic():
            if claim(form.cleaned_data["token"], by=request.user):
                act(
                    centre=request.user.home_centre,
                    on_day=form.cleaned_data["on"],
                    reason=form.cleaned_data["reason"],
                    by=request.user,
                    on=request.today,
                )
    except Refused as refusal:
        form.add_error(refusal.field, refusal.message)
    except ValidationError as error:
        form.add_error(None, error)
    else:
        messages.success(request, success)
        return True
    return False


@require_POST
@needs("set_regulations")
def reopen_day(request, pk):
    return _remove(request, ClosedDay, pk, actions.reopen_day)


@require_POST
@needs("set_regulations")
def remove_extra_class_day(request, pk):
    return _remove(request, ExtraClassDay, pk, actions.remove_extra_class_day)


def _remove(request, model, pk, act):
    day = get_object_or_404(model.objects.visible_to(request.user, on=request.today), pk=pk)
    try:
        act(day, by=request.user, on=request.today)
        messages.success(request, "Dzień usunięto z kalendarza.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("centres:year")
