from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from benefits.actions.payer import issue_tax_returns as issue
from benefits.reading.tax_year import TaxYear
from benefits.reading.tax_year import tax_year as tax_of
from benefits.sheets.tax import tax_workbook
from benefits.views.fetch import YEARS, status_of
from cistor.accounts.access import needs
from cistor.dates import month_text
from cistor.documents.answers import attached
from cistor.journal.actions import record, record_readings
from cistor.journal.once import OnceForm, carry_out, said
from cistor.money import zloty
from cistor.sheets import XLSX
from participants.models import Participant

PAGE = 25
# With the name alone: every other column of a person would cost a decryption.
NAMES = Participant.objects.only("last_name", "first_name")


@require_GET
@needs("see_lists")
def tax_year(request, year):
    """Income and advances of a year by person and month, and what PIT-11 says of them."""
    found = _year_or_404(request, year)
    page = Paginator(found.people, PAGE).get_page(request.GET.get("strona"))
    names = NAMES.in_bulk([person.pk for person in page])
    record_readings(request.user.home_centre, sorted(names), "tax_data", by=request.user)
    months = list(found.by_month)
    context = {
        "found": found,
        "heads": [month_text(date(year, month, 1)) for month in months],
        "page": page,
        "people": [
            (names[person.pk], person, [person.months.get(month) for month in months]) for person in page.object_list
        ],
        "before": year - 1 if year - 1 in YEARS else None,
        "after": year + 1 if year < request.today.year else None,
        "may_issue": request.user.may("run_month", on=request.today) and _may_be_issued(found, request),
    }
    return render(request, "benefits/tax_year.html", context)


@require_GET
@needs("see_lists")
def tax_sheet(request, year):
    """For a spreadsheet; a year in which nothing was paid has none."""
    found, centre = _year_or_404(request, year), request.user.home_centre
    if not found.people:
        raise Http404
    people = [person.pk for person in found.people]
    data = tax_workbook(found, Participant.objects.in_bulk(people))
    record(centre, "tax_sheet_taken", by=request.user, year=year)
    record_readings(centre, people, "tax_data", by=request.user)
    return attached(data, f"pit-11-{year}.xlsx", XLSX)


@require_http_methods(["GET", "POST"])
@needs("run_month")
def issue_tax_returns(request, year):
    """The figures as they are now become what PIT-11 of the year says; changed ones are corrections."""
    found, form, cancel = _year_or_404(request, year), OnceForm(request.POST or None), _page(year)

    def act():
        issue(request.user.home_centre, year, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Kwoty PIT-11 są zapisane. Arkusz pokazuje je od teraz jako sporządzone."))
        return redirect(cancel)
    context = {
        "year": year,
        "form": form,
        "facts": _facts(found),
        "obstacle": "" if _may_be_issued(found, request) else _obstacle(found, request),
        "cancel": cancel,
        "submit": f"Zapisz kwoty PIT-11 za {year} rok",
        "consequences": [
            "Najpierw pobierz arkusz: w „PIT-11 XML” stoją osoby, których to dotyczy.",
            "Zapis zostaje na zawsze; gdy kwoty się zmienią, powstanie korekta z następnym numerem.",
            "Przekazanie do urzędu skarbowego odnotuj w kalendarzu płatnika.",
        ],
    }
    return render(request, "benefits/tax_issue.html", context, status=status_of(form))


def _facts(found: TaxYear) -> list[tuple[str, object]]:
    rows = found.to_issue
    corrected = sum(1 for person in rows if person.issued)
    open_lists = [("Listy jeszcze niezatwierdzone", found.open_lists)] if found.open_lists else []
    return [
        ("Rok", found.year),
        ("Pierwsze informacje", len(rows) - corrected),
        ("Korekty", corrected),
        ("Przychód wszystkich osób", zloty(found.sums.income)),
        ("Zaliczki wszystkich osób", zloty(found.sums.advance)),
        *open_lists,
    ]


def _may_be_issued(found: TaxYear, request) -> bool:
    return bool(found.to_issue) and found.year < request.today.year


def _obstacle(found: TaxYear, request) -> str:
    if found.year >= request.today.year:
        return "PIT-11 sporządza się po zakończeniu roku."
    return "Nie ma nowych ani zmienionych kwot."


def _page(year: int) -> str:
    return reverse("benefits:tax_year", args=[year])


def _year_or_404(request, year: int) -> TaxYear:
    if year not in YEARS:
        raise Http404
    return tax_of(request.user.home_centre, year)
