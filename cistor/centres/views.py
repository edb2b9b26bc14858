from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from cistor.accounts.access import needs
from cistor.centres import actions, calendar, sheet
from cistor.centres.forms import ClosedDayForm, ExtraClassDayForm, RateForm
from cistor.centres.models import Agreement, ClosedDay, DeadlineLength, ExtraClassDay, Regulations, StatutoryRate
from cistor.dates import day_text
from cistor.errors import Refused
from cistor.journal.once import claim


@needs("see_regulations")
def centre(request):
    """The version of the regulations in force, with the versions before and after it."""
    version = Regulations.objects.version(request.user.home_centre, request.today)
    if version is None:
        return render(request, "centres/no_regulations.html")
    return _version(request, version)


@needs("see_regulations")
def regulations(request, pk):
    return _version(request, get_object_or_404(Regulations.objects.visible_to(request.user, on=request.today), pk=pk))


def _version(request, version):
    user, today = request.user, request.today
    in_force = Regulations.objects.version(user.home_centre, today)
    lengths = DeadlineLength.objects.visible_to(user, on=today).exclude(regulations__isnull=False)
    context = {
        "version": version,
        "in_force": in_force,
        "versions": Regulations.objects.visible_to(user, on=today),
        "groups": sheet.groups(version),
        "day_codes": version.daycodes.all(),
        "deduction_kinds": version.deductionkinds.all(),
        "lettered": [
            ("Podstawy zaprzestania programu", version.grounds.all()),
            ("Naruszenia porządku i dyscypliny", version.breachs.all()),
            ("Środki, które mogą po nich nastąpić", version.measures.all()),
        ],
        "lengths": [*version.deadline_lengths.all(), *lengths],
        "agreements": Agreement.objects.visible_to(user, on=today).in_force(today).select_related("office"),
        "may_set": user.may("set_regulations", on=today),
    }
    return render(request, "centres/regulations.html", context)


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
