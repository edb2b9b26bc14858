"""Deadlines on screen: the list by urgency, the month, one person's, and what no letter meets."""

from datetime import date

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from cistor.accounts.access import needs
from cistor.dates import ONE_DAY, day_text, month_start, next_month
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from cistor.notices import agenda
from cistor.notices.actions.deadlines import WAIVABLE, standing
from cistor.notices.actions.deadlines import discharge as act_discharge
from cistor.notices.deadlines import label, of_participant, own, seen_by, shown_to
from cistor.notices.forms.deadlines import DeadlineFilterForm, DischargeForm
from participants.models import Programme
from participants.views import card

PAGE = 50
YEARS = range(2000, 2100)


@require_GET
@needs("see_deadlines", office=True)
def deadlines(request):
    """What presses, under the headings of the desk; behind a link what was met in the last 30 days."""
    filters, is_met = DeadlineFilterForm(request.GET), request.GET.get("spelnione") == "1"
    rows, today = _rows(request, filters), request.today
    lines = agenda.met_lately(rows, today) if is_met else agenda.pressing(rows, today)
    page = Paginator(lines, PAGE).get_page(request.GET.get("strona"))
    _record_words(request.user, page)
    context = {
        "filters": filters,
        "page": page,
        "groups": [("Spełnione", list(page))] if is_met and lines else agenda.under_headings(page),
        "is_met": is_met,
        "late": sum(line.state == "overdue" for line in lines),
        "today": today,
    }
    return render(request, "notices/deadlines.html", context)


def _record_words(user, lines) -> None:
    """Whoever is shown what somebody wrote about a deadline has read about its person."""
    people = {line.row.participant for line in lines if line.row.words}
    if people:
        record_readings(user.home_centre, sorted(people), "deadlines", by=user)


@require_GET
@needs("see_deadlines", office=True)
def calendar(request, year, month):
    first, filters = _month_or_404(year, month), DeadlineFilterForm(request.GET)
    weeks = agenda.weeks(_rows(request, filters), first, request.today)
    context = {
        "filters": filters,
        "month": first,
        "previous": month_start(first - ONE_DAY),
        "following": next_month(first),
        "weeks": weeks,
        "days": [day for week in weeks for day in week if day.is_inside and day.lines],
        "drawing": agenda.chart(weeks),
        "looks": [(look, mark, words) for look, (mark, words) in agenda.MARKS.items()],
        "today": request.today,
    }
    return render(request, "notices/calendar.html", context)


def _month_or_404(year: int, month: int) -> date:
    if year not in YEARS or not 1 <= month <= 12:
        raise Http404
    return date(year, month, 1)


def _rows(request, filters: DeadlineFilterForm) -> list:
    user, today = request.user, request.today
    rows = seen_by(user, today)
    rows = rows if filters.of_team else own(user, rows, today)
    filters.offer({row.kind for row in rows})
    return [row for row in rows if filters.kind in {"", row.kind}]


@require_GET
@needs("see_deadlines")
def person(request, pk):
    """The tab of the card: what presses, what is to come, and how the rest ended."""
    user, today = request.user, request.today
    participant = card.of_card(request, pk, "see_deadlines")
    record_reading(participant, "deadlines", by=user)
    lines = [agenda.line(row, today) for row in shown_to(of_participant(participant, today), user, today)]
    context = {
        **card.page(request, participant, "notices:person"),
        "open_lines": [line for line in lines if line.state not in {"met", "void"}],
        "past_lines": [line for line in reversed(lines) if line.state in {"met", "void"}],
        "waivable": WAIVABLE if user.may("prepare_letter", on=today) else frozenset(),
    }
    return render(request, "notices/person.html", context)


@require_http_methods(["GET", "POST"])
@needs("prepare_letter")
def discharge(request, kind, pk):
    """Written down as met outside the program, or waived; a waiver asks once more, for it cannot be undone."""
    programme, today = _programme_or_404(request, kind, pk), request.today
    form, row = DischargeForm(request.POST or None, kind=kind, on=today), standing(kind, programme, today)
    sent = request.method == "POST" and "back" not in request.POST
    asks = sent and row is not None and form.is_waiver and "confirmed" not in request.POST

    def act():
        act_discharge(kind, programme, **form.told, by=request.user, on=today)

    if sent and not asks and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Zapisano przy terminie."))
        return redirect("notices:person", programme.participant_id)
    record_reading(programme.participant, "deadlines", by=request.user)
    context = {"programme": programme, "label": label(kind), "form": form, "is_open": row is not None}
    context["facts"] = _facts(programme, row)
    page = "notices/waive.html" if asks else "notices/discharge.html"
    return render(request, page, context, status=422 if form.errors else 200)


def _programme_or_404(request, kind: str, pk: int) -> Programme:
    if kind not in WAIVABLE:
        raise Http404
    rows = Programme.objects.visible_to(request.user, on=request.today, right="prepare_letter")
    return get_object_or_404(rows.select_related("participant__centre"), pk=pk)


def _facts(programme: Programme, row) -> list[tuple[str, object]]:
    facts = [("Osoba", programme.participant), ("IPZS podpisano", day_text(programme.signed_on))]
    if row is None:
        return facts
    return [*facts, ("Termin", day_text(row.due_on)), ("Podstawa", row.source)]
