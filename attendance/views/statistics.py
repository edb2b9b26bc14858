from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from attendance.forms.statistics import StatisticsForm, existing
from attendance.reading import statistics as counted
from attendance.reading.statistics import Statistics
from attendance.reading.statistics_sheet import statistics_workbook
from attendance.terms import Terms
from attendance.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.dates import day_count, days_between
from cistor.documents.answers import attached
from cistor.drawings import LONG, Bar, Cell, Drawing, bars, shares
from cistor.money import percent
from cistor.sheets import XLSX
from participants.models import Group

MONDAY, LAST_OF_WEEK = 0, timedelta(days=6)
# So many letters above a bar leave room for its percent.
LABEL = 40


@require_GET
@needs("see_attendance")
def statistics(request):
    """How the groups attend, week by week, and why people are absent."""
    terms = Terms(request.user.home_centre)
    form, found = _asked(request, terms)
    context = {
        "form": form,
        "found": found,
        "rate": _said(found.rate),
        "weeks": _weeks(found, request.today),
        "running": _runs(_monday(found.end), request.today),
        "groups": [(group, _said(counted.rate(sums)), _days(sums)) for group, sums in found.groups.items()],
        "by_group": _by_group(found),
        "heads": _heads(found, terms),
        "absences": _absences(found, terms),
        "tabs": tabs(request),
    }
    return render(request, "attendance/statistics.html", context, status=422 if form.errors else 200)


@require_GET
@needs("see_attendance")
def statistics_file(request):
    terms = Terms(request.user.home_centre)
    form, found = _asked(request, terms)
    if form.errors:
        return redirect(f"{reverse('attendance:statistics')}?{request.GET.urlencode()}")
    return attached(statistics_workbook(found, terms), f"obecnosc-{found.start}-{found.end}.xlsx", XLSX)


def _asked(request, terms: Terms) -> tuple[StatisticsForm, Statistics]:
    """The whole centre with who is in no group, or only groups: of one's own, or the one that was chosen."""
    user, today = request.user, request.today
    reached = Group.objects.visible_to(user, on=today, right="see_attendance")
    form = StatisticsForm(request.GET, groups=reached, today=today)
    start, end = form.span
    groups = [form.group] if form.group else list(existing(reached, start, end))
    if form.group or user.owners("see_attendance", on=today) is not None:
        return form, counted.of_groups(groups, start, end, terms)
    return form, counted.of_centre(user.home_centre, groups, start, end, terms)


def _heads(found: Statistics, terms: Terms) -> list[tuple[str, str]]:
    """Letters and names of the kinds of absence, as the regulations of the last day have them."""
    codes = terms.codes(found.end)
    named = [(codes.get(meaning), meaning.label) for meaning in counted.ABSENT]
    return [(code.letters, code.name) if code else (label, label) for code, label in named]


def _weeks(found: Statistics, today: date) -> Drawing:
    mondays = [day for day in days_between(_monday(found.start), found.end) if day.weekday() == MONDAY]
    return shares(
        [_week(day, today) for day in mondays],
        [counted.rate(found.weeks.get(day, {})) for day in mondays],
        name="weeks",
        title="Obecność w kolejnych tygodniach",
        desc="Kolumna to tydzień: ile z oznaczonych dni zajęć osoby spędziły na zajęciach.",
        corner="Tydzień",
        column="Obecność",
        width=LONG,
    )


def _week(monday: date, today: date) -> Cell:
    runs = ", jeszcze trwa" if _runs(monday, today) else ""
    return Cell(text=f"{monday.day}.{monday:%m}", title=f"tydzień od {monday:%d.%m.%Y}{runs}")


def _runs(monday: date, today: date) -> bool:
    """Whether days of the week are still to come."""
    return monday <= today < monday + LAST_OF_WEEK


def _by_group(found: Statistics) -> Drawing | None:
    """Side by side, where there are two or more to be compared; the table beside it names each in full."""
    rates = {group: counted.rate(sums) for group, sums in found.groups.items()}
    rows = [Bar(_short(str(group)), _decimal(rate), percent(rate)) for group, rate in rates.items() if rate is not None]
    desc = "Paski pokazują, ile z oznaczonych dni zajęć osoby z grupy spędziły na zajęciach."
    asked = {"name": "by-group-bars", "title": "Obecność w grupach", "desc": desc}
    return bars(rows, **asked, whole=Decimal(1)) if len(rows) > 1 else None


def _short(name: str) -> str:
    return name if len(name) <= LABEL else f"{name[: LABEL - 1].rstrip()}…"


def _decimal(rate: Fraction) -> Decimal:
    return Decimal(rate.numerator) / rate.denominator


def _absences(found: Statistics, terms: Terms) -> Drawing | None:
    rows: Sequence[Bar] = [
        Bar(_short(terms.named(found.end, meaning)), Decimal(days), day_count(days), "away")
        for meaning, days in found.absences
    ]
    desc = "Paski pokazują, ile dni nieobecności było z każdej przyczyny."
    asked = {"name": "absences", "title": "Rodzaje nieobecności", "desc": desc}
    return bars(rows, **asked, corner="Rodzaj", column="Dni") if rows else None


def _monday(day):
    return day.fromordinal(day.toordinal() - day.weekday())


def _days(sums) -> list[int]:
    return [sums[meaning] for meaning in counted.ABSENT]


def _said(rate) -> str:
    return "–" if rate is None else percent(rate)
