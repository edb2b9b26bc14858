from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.decorators.http import require_GET

from benefits.models import PaymentList
from benefits.reading import listing
from benefits.reading.standing import outdated
from benefits.sheets import payment_list as sheets
from benefits.unusual import unusual_on
from benefits.views.approval import deeds
from benefits.views.fetch import list_or_404, sums_of
from benefits.views.run import or_why_not, run_shown
from cistor import places
from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.documents.answers import attached
from cistor.journal.actions import record, record_readings
from cistor.sheets import XLSX
from cistor.sorting import PARAMETER, Column, Sorting

PAGE = 50
# Of the unusual ones; the others are one narrowing away.
FIRST = 20
PEOPLE_COLUMNS = [
    Column("Osoba", "osoba", "programme__participant__order_key"),
    Column("Za", "za", "start_on"),
    Column("Podstawa", "podstawa", "base", css="amount"),
    Column("Świadczenie", "swiadczenie", "benefit", css="amount"),
    Column("Podatek", "podatek", "tax", css="amount"),
    Column("Do wypłaty", "kwota", "payout", css="amount"),
    Column("Sposób", "sposob", "method"),
]


@needs("see_lists")
@or_why_not
def payment_list(request, pk):
    """One list: sums, what stands in the way, what is unusual, then everybody."""
    shown = list_or_404(request, pk)
    unusual = unusual_on(shown)
    form = listing.narrowing(request, unusual)
    sorting = Sorting(PEOPLE_COLUMNS, request, usual="osoba")
    rows = sorting.apply(listing.rows_of(shown, form, unusual))
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    # Who has turned a page or narrowed the list wants to see its rows.
    looking = form.chosen or page.number > 1 or PARAMETER in request.GET
    places.keep(request, *form.fields)
    context = {
        "list": shown,
        "run": run_shown(request, shown),
        "sums": sums_of(shown),
        "outdated": outdated(shown),
        "problems": listing.problems_of(shown, folded=looking, on=request.today),
        "held": listing.held_back(shown),
        "unusual": unusual,
        "first": [] if looking else unusual.people[:FIRST],
        "version": _version(shown),
        "narrow": form,
        "page": page,
        "rows": listing.with_findings(page, unusual, form.cleaned_data["uwaga"]),
        "heads": sorting.heads,
        "may": deeds(request, shown),
    }
    return render(request, "benefits/list.html", context)


def _version(shown: PaymentList) -> Regulations | None:
    """The regulations by which most of it was counted."""
    return Regulations.objects.version(shown.centre, shown.month or shown.payday)


@require_GET
@needs("see_lists")
def sheet(request, pk):
    """The list for a spreadsheet; accounts only for who may see them."""
    shown = list_or_404(request, pk)
    accounts = request.user.may("see_account", on=request.today)
    data = sheets.list_workbook(shown, accounts=accounts)
    record(shown, "list_sheet_taken", by=request.user, accounts=accounts)
    record_readings(shown.centre, sorted(sheets.people_in(shown)), "payment_list", by=request.user)
    return attached(data, sheets.file_name(shown), XLSX)
