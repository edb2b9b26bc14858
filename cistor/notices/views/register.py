"""The register of outgoing letters, on screen and as a spreadsheet."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cistor import places
from cistor.accounts.access import needs
from cistor.documents.answers import attached
from cistor.journal.actions import record, record_readings
from cistor.notices import register as letters
from cistor.notices.forms.register import OutgoingFilterForm, SearchForm
from cistor.notices.views.tabs import page_of, tabs, without_page
from cistor.sheets import XLSX
from cistor.sorting import Column, Sorting
from participants.views.kept import keep, recall

SOUGHT = "notices.sought"
COLUMNS = [
    Column("Numer"),
    Column("Data", "data", "issued_on"),
    Column("Pismo", "pismo", "title"),
    Column("Kogo dotyczy", "osoba", "participant__order_key"),
    Column("Adresat"),
    Column("Wysłano", "wyslano", "sent_on"),
]


@require_http_methods(["GET", "POST"])
@needs(*letters.RIGHTS)
def register(request):
    """A search arrives by POST and rests in the session; only the filters, order and page stand in the address."""
    search = SearchForm(request.POST or None, initial={"text": recall(request, SOUGHT)})
    if request.method == "POST" and search.is_valid():
        keep(request, SOUGHT, search.cleaned_data["text"])
        return redirect(without_page(request))
    filters, sorting = _filters(request), Sorting(COLUMNS, request, usual="-data")
    page = page_of(request, letters.in_full(sorting.apply(_rows(request, filters))))
    places.keep(request, *filters.fields)
    context = {
        "search": search,
        "filters": filters,
        "sought": recall(request, SOUGHT),
        "narrowed": any(filters.cleaned_data.values()),
        "page": page,
        "rows": letters.entries(page),
        "heads": sorting.heads,
        "tabs": tabs(request),
    }
    return render(request, "notices/register.html", context, status=422 if search.errors else 200)


@require_GET
@needs(*letters.RIGHTS)
def register_file(request):
    """What the register shows, all pages of it: whoever takes the file has read about each person in it."""
    filters, sorting = _filters(request), Sorting(COLUMNS, request, usual="-data")
    rows = list(letters.in_full(sorting.apply(_rows(request, filters))))
    centre = request.user.home_centre
    record(centre, "letter_register_taken", by=request.user, count=len(rows))
    people = set().union(*(letters.people_in(row) for row in rows))
    record_readings(centre, sorted(people), "letter_register", by=request.user)
    return attached(letters.workbook(letters.entries(rows)), f"pisma-wychodzace-{request.today}.xlsx", XLSX)


def _filters(request) -> OutgoingFilterForm:
    form = OutgoingFilterForm(request.GET, years=letters.years(letters.of_user(request.user, request.today)))
    if not form.is_valid():
        raise Http404
    return form


def _rows(request, filters):
    rows = letters.narrowed(letters.of_user(request.user, request.today), **filters.asked)
    return letters.found(rows, recall(request, SOUGHT), centre=request.user.home_centre_id)
