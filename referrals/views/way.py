"""The chart of the way from the application to the admission, with its table."""

from datetime import date
from decimal import Decimal

from django.shortcuts import render

from cistor.accounts.access import needs
from cistor.centres.models import Office
from cistor.dates import month_start, months_later
from cistor.drawings import Bar, Drawing, funnel
from referrals.forms.way import WayForm
from referrals.journeys import journeys
from referrals.models import Application
from referrals.way import Reached, reached

DESC = "Każdy pasek to krok: im węższy, tym mniej wniosków do niego doszło. Te same liczby są w tabeli."


@needs("enter_application")
def way(request):
    """Of applications submitted in a period, this month and the eleven before it unless another is asked for."""
    usual = {"od": _a_year_ago(request.today), "do": request.today}
    asked = {name: request.GET.get(name) or usual.get(name) for name in ("od", "do", "urzad")}
    form = WayForm(asked, offices=Office.objects.visible_to(request.user, on=request.today))
    context = {"form": form, "steps": [], "drawing": None, "total": 0}
    if form.is_valid():
        steps = reached(journeys(_asked(request, form.cleaned_data)))
        context |= {"steps": steps, "total": steps[0].count, "drawing": _drawn(steps)}
    return render(request, "referrals/way.html", context, status=422 if form.errors else 200)


def _a_year_ago(on: date) -> date:
    return months_later(month_start(on), -11, "same_day")


def _asked(request, asked: dict):
    rows = Application.objects.visible_to(request.user, on=request.today)
    rows = rows.filter(submitted_on__range=(asked["od"], asked["do"]))
    return rows.filter(office=asked["urzad"]) if asked["urzad"] else rows


def _drawn(steps: list[Reached]) -> Drawing:
    bars = [Bar(step.label, Decimal(step.count), f"{step.count} ({step.share}%)") for step in steps]
    return funnel(bars, name="way", title="Ile wniosków doszło do kroku", desc=DESC)
