from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance import actions, roster
from attendance.closing import checklist
from attendance.day import DayPage
from attendance.documents import attendance_sheet, leads_text, legend
from attendance.forms import read_day, read_month
from attendance.terms import Terms
from cistor.accounts.access import needs
from cistor.dates import ONE_DAY, next_month
from cistor.documents.actions import working_copy
from cistor.errors import Refused
from cistor.journal.actions import record, record_reading, record_readings
from participants.models import Group, Participant
from participants.views import card


@require_GET
@needs("see_attendance")
def groups(request):
    """The user's groups, with what is still to be marked today."""
    user, today = request.user, request.today
    rows = roster.in_use(Group.objects.visible_to(user, on=today), today)
    terms = Terms(user.home_centre)
    context = {
        "groups": roster.counted(rows, today),
        "today": today,
        "is_class_day": terms.is_class_day(today),
        "why": terms.why(today),
        "may_close": user.may("close_attendance", on=today),
        "may_set_groups": user.may("set_groups", on=today),
    }
    return render(request, "attendance/groups.html", context)


@require_http_methods(["GET", "POST"])
@needs("see_attendance")
def today(request, pk):
    """One day of a group, by default today: everybody with their mark, saved as one."""
    group = _group(request, pk)
    day = read_day(request.GET.get("dzien"), default=request.today)
    page = DayPage(group, day, user=request.user, today=request.today)
    if request.method == "POST":
        if not page.may_mark:
            raise PermissionDenied
        if not page.take(request.POST):
            raise Http404
        if not page.is_filled and page.save():
            _say_saved(request, page)
            return redirect(f"{reverse('attendance:today', args=[pk])}?dzien={day.isoformat()}")
    return render(request, "attendance/today.html", {"page": page}, status=page.status)


def _say_saved(request, page):
    messages.success(request, "Obecność jest zapisana.")
    if page.moved_away:
        messages.warning(request, "Pominięto osoby, które tego dnia nie należą już do tej grupy.")


@require_GET
@needs("see_attendance")
def month(request, pk):
    """The attendance list of a group as on paper, to read."""
    group, terms = _group(request, pk), Terms(request.user.home_centre)
    first = read_month(request.GET.get("miesiac"), default=request.today)
    grid = roster.of_month(group, first, request.today, terms)
    codes = legend(grid, terms)
    context = {
        "group": group,
        "grid": grid,
        "codes": codes,
        "rows": [(row, [row.sums[code.meaning] for code in codes]) for row in grid.rows],
        "leads": leads_text(group, first),
        "today": request.today,
        **_months(first, request.today),
    }
    return render(request, "attendance/month.html", context)


@require_GET
@needs("see_attendance")
def sheet(request, pk):
    """The same month as a printout: with the codes, or empty for ink."""
    group, terms = _group(request, pk), Terms(request.user.home_centre)
    first = read_month(request.GET.get("miesiac"), default=request.today)
    filled = request.GET.get("kody") != "nie"
    grid = roster.of_month(group, first, request.today, terms)
    context = attendance_sheet(group, first, grid, terms, filled=filled)
    try:
        data = working_copy(kind="attendance_sheet", centre=group.centre, context=context, on=request.today)
    except Refused as refusal:
        messages.error(request, refusal.message)
        return redirect(f"{reverse('attendance:month', args=[pk])}?miesiac={first:%Y-%m}")
    record(group, "attendance_sheet_printed", by=request.user, month=first, filled=filled)
    record_readings(group.centre, [row.key for row in grid.rows], "attendance_sheet", by=request.user)
    headers = {
        "Content-Disposition": f'attachment; filename="lista-obecnosci-{pk}-{first:%Y-%m}.pdf"',
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(data, content_type="application/pdf", headers=headers)


@require_GET
@needs("see_attendance")
def person(request, pk):
    """The month of one person, day by day: the tab of the card."""
    user, today = request.user, request.today
    people = Participant.objects.visible_to(user, on=today, right="see_attendance")
    participant = get_object_or_404(people.with_phase(today).with_group(today), pk=pk)
    first = read_month(request.GET.get("miesiac"), default=today)
    terms = Terms(user.home_centre)
    grid = roster.of_person(participant, first, today, terms)
    codes = legend(grid, terms)
    record_reading(participant, "attendance", by=user)
    context = {
        **card.page(request, participant, "attendance:person"),
        "rows": [(row, [(code, row.sums[code.meaning]) for code in codes]) for row in grid.rows],
        **_months(first, today),
    }
    return render(request, "attendance/person.html", context)


@require_GET
@needs("close_attendance")
def closing(request):
    """What stands between a month and its closing, by default the last one: each day one click from its cell."""
    user, today = request.user, request.today
    first = read_month(request.GET.get("miesiac"), default=today.replace(day=1) - ONE_DAY)
    group = _chosen_group(request, request.GET.get("grupa", ""))
    parts = checklist(user.home_centre, first, group=group)
    context = {
        "parts": parts,
        "waiting": [(part, *part.duties(today)) for part in parts if not part.is_ready],
        "group": group,
        "groups": roster.in_use(Group.objects.visible_to(user, on=today, right="close_attendance"), first),
        "open": sum(not part.is_closed for part in parts),
        **_months(first, today),
    }
    return render(request, "attendance/closing.html", context)


@require_POST
@needs("close_attendance")
def close_month(request):
    if not request.POST.get("miesiac"):
        messages.error(request, "Wybierz miesiąc, który ma być zamknięty.")
        return redirect("attendance:closing")
    first = read_month(request.POST["miesiac"], default=request.today)
    group = _chosen_group(request, request.POST.get("grupa", ""))
    try:
        actions.close_month(
            centre=request.user.home_centre, month=first, group=group, by=request.user, on=request.today
        )
        messages.success(request, "Miesiąc jest zamknięty.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('attendance:closing')}?miesiac={first:%Y-%m}{f'&grupa={group.pk}' if group else ''}")


def _group(request, pk):
    return get_object_or_404(Group.objects.visible_to(request.user, on=request.today).select_related("centre"), pk=pk)


def _chosen_group(request, text):
    """The group that the address names, or None for the whole centre."""
    if not text:
        return None
    if not text.isdecimal() or len(text) > 18:
        raise Http404
    rows = Group.objects.visible_to(request.user, on=request.today, right="close_attendance")
    return get_object_or_404(rows, pk=int(text))


def _months(first, today) -> dict:
    following = next_month(first)
    return {
        "month": first,
        "previous": (first - ONE_DAY).replace(day=1),
        "following": following if following <= today else None,
    }
