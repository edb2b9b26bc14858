from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from benefits import actions, schedule
from benefits.forms import MonthForm
from benefits.models import PaymentList
from benefits.views.fetch import list_or_404
from cistor import places
from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.errors import Refused
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
    page = _lists(request, MonthForm(on=request.today, approved=_approved(request)))
    # An address that means nothing is not worth coming back to.
    places.keep(request)
    return page


@require_POST
@needs("run_month")
def run(request):
    form = MonthForm(request.POST, on=request.today, approved=_approved(request))
    if form.is_valid():
        try:
            counted = actions.run_month(
                centre=request.user.home_centre, **form.cleaned_data, by=request.user, on=request.today
            )
        except Refused as refusal:
            form.add_error(refusal.field, refusal.message)
        else:
            messages.success(request, "Lista jest policzona.")
            return redirect("benefits:list", counted.pk)
    return _lists(request, form, status=422)


def _approved(request) -> set[date]:
    """The months whose list is approved."""
    rows = PaymentList.objects.visible_to(request.user, on=request.today).filter(month__isnull=False)
    return set(rows.filter(status=PaymentList.Status.APPROVED).values_list("month", flat=True))


def _lists(request, form, status=200):
    user, today = request.user, request.today
    sorting = Sorting(LIST_COLUMNS, request, usual="-wyplata")
    rows = PaymentList.objects.visible_to(user, on=today).with_sums().select_related("document")
    version = Regulations.objects.version(user.home_centre, today)
    context = {
        "page": Paginator(sorting.apply(rows), PAGE).get_page(request.GET.get("strona")),
        "heads": sorting.heads,
        "form": form if user.may("run_month", on=today) else None,
        "trials_apart": version is not None and version.trial_settlement == "separate",
        "last_run": schedule.last_run(user.home_centre),
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


@require_POST
@needs("run_month")
def recount(request, pk):
    try:
        actions.recount(list_or_404(request, pk), by=request.user, on=request.today)
        messages.success(request, "Lista jest policzona ponownie.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect("benefits:list", pk)
