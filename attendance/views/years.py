from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET

from attendance.documents.person_sheet import person_sheet as sheet_context
from attendance.forms import read_month
from attendance.reading import heat
from attendance.reading.statistics import rate
from attendance.reading.years import ProgrammeYears
from attendance.terms import Terms
from attendance.views.fetch import person_of
from attendance.views.tabs import person_tabs
from cistor.accounts.access import needs
from cistor.dates import month_end
from cistor.documents.answers import printed
from cistor.journal.actions import record_reading
from cistor.money import percent
from participants.models import Participant, Programme
from participants.views import card


@require_GET
@needs("see_attendance")
def person_years(request, pk):
    """A whole programme of one person: a map a year, and the sums by month and by meaning."""
    participant, today = person_of(request, pk), request.today
    programmes = _programmes(participant)
    chosen = _chosen(request, programmes)
    years = ProgrammeYears(chosen, Terms(participant.centre), today=today) if chosen else None
    record_reading(participant, "attendance", by=request.user)
    certificates = participant.documents.filter(kind="attendance_certificate")
    context = {
        **card.page(request, participant, "attendance:person"),
        "person_rooms": person_tabs(request, participant),
        "all_programmes": programmes,
        "chosen": chosen,
        "years": years,
        "rate": _rate(years) if years else "",
        "shown": _shown(years) if years else [],
        "whole": _whole(years) if years else None,
        "may_certify": participant.open_to(request.user, "close_attendance", on=today),
        "certificates": certificates if request.user.may("close_attendance", on=today) else [],
    }
    return render(request, "attendance/person_years.html", context)


@require_GET
@needs("see_attendance")
def person_sheet(request, pk):
    """The sheet of one person on paper: of a month, or of the whole programme; filled in, or for ink."""
    participant = person_of(request, pk)
    chosen = _chosen(request, _programmes(participant))
    if chosen is None:
        raise Http404
    years = ProgrammeYears(chosen, Terms(participant.centre), today=request.today, **_days(request))
    back = reverse("attendance:person_years", args=[pk])
    if not years.months:
        messages.info(request, "W tym miesiącu tej osoby nie było w programie.")
        return redirect(back)
    return printed(
        request,
        "person_sheet",
        lambda: sheet_context(years, filled=request.GET.get("pusty") != "1"),
        back=back,
        name=f"karta-obecnosci-{pk}-{years.start:%Y-%m}.pdf",
        people=[pk],
    )


def _rate(years: ProgrammeYears) -> str:
    found = rate(years.on_class_days)
    return "" if found is None else percent(found)


def _shown(years: ProgrammeYears) -> list[tuple]:
    """Year, its map, its months with their days a code, and its sums."""
    return [
        (
            year,
            heat.of_year(year, years.programme),
            [(month.first, years.counted(month.sums)) for month in year.months if month.first <= years.today],
            years.counted(year.sums),
        )
        for year in years.years
    ]


def _whole(years: ProgrammeYears) -> tuple[int, list[int]] | None:
    """Below which year, and the sums: the limits are those of the programme; of one year they stand there already."""
    come = [year.number for year in years.years if year.months[0].first <= years.today]
    return (come[-1], years.counted(years.sums)) if len(come) > 1 else None


def _days(request) -> dict:
    if "miesiac" not in request.GET:
        return {}
    first = read_month(request.GET["miesiac"], default=request.today)
    return {"start": first, "end": month_end(first)}


def _programmes(participant: Participant) -> list[Programme]:
    rows = participant.programmes.prefetch_related("stages").select_related("participant")
    return sorted(rows, key=lambda row: row.pk, reverse=True)


def _chosen(request, programmes: list[Programme]) -> Programme | None:
    """The programme that the address names, else the newest."""
    asked = request.GET.get("program")
    if asked is None:
        return next(iter(programmes), None)
    found = next((row for row in programmes if str(row.pk) == asked), None)
    if found is None:
        raise Http404
    return found
