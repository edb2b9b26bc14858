"""The calendar of payments: what is due, who waits and why, and any month as a table to be printed."""

from datetime import date

from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance.forms import read_month
from benefits.models import Settlement
from benefits.reading import claims, paydays
from benefits.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.dates import ONE_DAY, month_end, next_month
from participants.models import Programme


@require_GET
@needs("see_lists")
def calendar(request):
    user, today, centre = request.user, request.today, request.user.home_centre
    month = read_month(request.GET.get("miesiac"), default=today)
    settlements = Settlement.objects.visible_to(user, on=today)
    programmes = Programme.objects.filter(participant__centre=centre)
    context = {
        "late": paydays.overdue(centre, on=today),
        "coming": paydays.between(centre, today, today + paydays.AHEAD, on=today),
        "in_month": paydays.between(centre, month, month_end(month), on=today),
        "returned": paydays.returned(settlements),
        "at_desk": paydays.at_desk(settlements),
        "held": paydays.held_back(centre, on=today),
        "lacking": claims.lacking(programmes, centre, on=today),
        "may_pay": user.may("run_month", on=today),
        "may_enter": user.may("enter_account", on=today),
        "tabs": tabs(request),
        **_months(month),
    }
    return render(request, "benefits/paydays.html", context)


def _months(month: date) -> dict:
    return {"month": month, "previous": (month - ONE_DAY).replace(day=1), "following": next_month(month)}
