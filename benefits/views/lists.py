from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from benefits import actions, running
from benefits.forms.months import MonthForm
from benefits.models import PaymentList
from benefits.reading import schedule
from benefits.views.tabs import tabs
from cistor import places
from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.sorting import Column, Sorting

PAGE = 50
LIST_COLUMNS = [
    Column("Lista", "za", "month"),
    Column("Wypłata", "wyplata", "payday"),
    Column("Osoby", "osoby", "people", css="number"),
    Column("Do wypłaty", "kwota", "payout", css="amount"),
    Column("Stan", "stan", "status"),
    Column("Dokument"),
]


@needs("see_lists")
def lists(request):
    """The lists of the centre, and the month that may be counted."""
    page = page_of_lists(request, MonthForm(on=request.today, approved=approved_months(request)))
    # An address that means nothing is not worth coming back to.
    places.keep(request)
    return page


def approved_months(request) -> set[date]:
    """The months whose list is approved."""
    rows = PaymentList.objects.visible_to(request.user, on=request.today).filter(month__isnull=False)
    return set(rows.filter(status=PaymentList.Status.APPROVED).values_list("month", flat=True))


def page_of_lists(request, form, status=200):
    user, today = request.user, request.today
    sorting = Sorting(LIST_COLUMNS, request, usual="-wyplata")
    rows = PaymentList.objects.visible_to(user, on=today).with_sums().select_related("document")
    version = Regulations.objects.version(user.home_centre, today)
    page = Paginator(sorting.apply(rows), PAGE).get_page(request.GET.get("strona"))
    runs = running.runs_of(page.object_list)
    context = {
        "page": page,
        "rows": [(row, runs.get(row.pk)) for row in page],
        "heads": sorting.heads,
        "form": form if user.may("run_month", on=today) else None,
        "trials_apart": version is not None and version.trial_settlement == "separate",
        "last_run": schedule.last_run(user.home_centre),
        "tabs": tabs(request),
    }
    return render(request, "benefits/lists.html", context, status=status)


@require_POST
@needs("run_month")
def draft_trials(request):
    counted = actions.draft_trial_list(centre=request.user.home_centre, by=request.user, on=request.today)
    if not counted:
        messages.info(request, "Żaden okres próbny nie czeka na rozliczenie.")
        return redirect("benefits:lists")
    messages.success(request, "Listy za okresy próbne są policzone.")
    return redirect("benefits:list", counted[-1].pk) if len(counted) == 1 else redirect("benefits:lists")
