"""Granted free days given back: all of a request before it begins, or one by one."""

from collections.abc import Iterator

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attendance.actions import leave as actions
from attendance.forms.leave import GiveUpForm
from attendance.models import LeaveDay, LeaveRequest, Source
from attendance.reading.person import PersonDay
from attendance.views.fetch import within
from cistor.accounts.access import needs
from cistor.dates import day_count, day_text, days_text, weekday_text
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants.views.deciding import withdrawn

ENTER = actions.ENTER
REQUEST = "attendance:leave_request"
# Days between a paper's own date and its entry that whoever decides is told of: the notice is counted from that date.
LONG = 14


def requested(request, pk, *rights: str) -> LeaveRequest:
    """With what its pages show, as far as one of the rights reaches."""
    rows = within(request, LeaveRequest.objects, *rights)
    about = ("programme__participant__centre", "asked_by", "decided_by", "decided_for", "cancelled_by")
    along = ("days", "opinions__by", "programme__stages", "programme__closings")
    return get_object_or_404(rows.select_related(*about).prefetch_related(*along), pk=pk)


def entered(row: LeaveRequest) -> str:
    """By whom and when; and how long after the paper was filed, where that is long."""
    after = (row.asked_on - row.filed_on).days
    late = f", {day_count(after)} po złożeniu" if after > LONG else ""
    return f"{row.asked_by}, {day_text(row.asked_on)}{late}"


def standing(row: LeaveRequest) -> list:
    return [day.on for day in row.days.all() if not day.released_on]


def may_cancel(request, row: LeaveRequest) -> bool:
    """All of it, while the first day is ahead; the act asks again."""
    person, today = row.programme.participant, request.today
    may = not person.erased_on and person.open_to(request.user, ENTER, on=today)
    return may and bool(row.granted) and not row.cancelled_on and min(standing(row), default=today) > today


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def cancel_leave(request, pk):
    row = requested(request, pk, ENTER)
    if request.method == "POST":
        done = "Dni wolne są odwołane i wracają do puli."
        return withdrawn(request, actions.cancel_leave, row, done=done, back=REQUEST)
    record_reading(row.programme.participant, "leave", by=request.user)
    if not may_cancel(request, row):
        messages.error(request, "Odwołuje się dni przyznane, przed pierwszym z nich.")
        return redirect(REQUEST, pk)
    context = {
        "facts": [("Osoba", row.programme.participant), ("Dni", days_text(standing(row)))],
        "consequences": [
            "Dni wracają do puli, a w obecności znowu są nieoznaczone.",
            "O nowe dni prosi się od początku: z terminem, opiniami i decyzją.",
        ],
        "cancel": reverse(REQUEST, args=[pk]),
    }
    return render(request, "attendance/cancel_leave.html", context)


def to_give_up(request, row: LeaveRequest) -> list[tuple[str, str]]:
    """Each day that may be given up by itself, with the page where that is done."""
    person = row.programme.participant
    if not row.granted or person.erased_on or not person.open_to(request.user, ENTER, on=request.today):
        return []
    days = [day for day in row.days.all() if not actions.given_up_obstacle(row, day)]
    return [(f"{day_text(day.on)}: {_label(request, day).lower()}", _page_of(day)) for day in days]


def ways_back(request, page: PersonDay) -> Iterator[tuple[str, str]]:
    """Of a day that is free by a request, the way to give it up."""
    if not page.mark or page.mark.source != Source.LEAVE or page.closing or page.participant.erased_on:
        return
    if page.participant.open_to(request.user, ENTER, on=request.today):
        for day in LeaveDay.objects.granted().filter(programme=page.programme, on=page.day):
            yield _label(request, day), _page_of(day)


def _label(request, day: LeaveDay) -> str:
    return "Osoba jednak przyszła" if day.on <= request.today else "Oddaj ten dzień"


def _page_of(day: LeaveDay) -> str:
    return reverse("attendance:give_up_day", args=[day.pk])


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def give_up_day(request, pk):
    """One granted day comes back: the person came all the same, or needs it no more."""
    rows = within(request, LeaveDay.objects, ENTER).select_related("request__programme__participant__centre")
    day = get_object_or_404(rows, pk=pk)
    person, form = day.request.programme.participant, GiveUpForm(request.POST or None)

    def act():
        actions.give_up_day(day, reason=form.cleaned_data["reason"], by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, _given_up(request, day)))
        if day.on > request.today:
            return redirect(REQUEST, day.request_id)
        return redirect(f"{reverse('attendance:day', args=[person.pk])}?dzien={day.on}")
    record_reading(person, "leave", by=request.user)
    context = {
        "form": form,
        "facts": [("Osoba", person), ("Dzień", weekday_text(day.on)), ("Wniosek z", day_text(day.request.filed_on))],
        "consequences": _consequences(request, day),
        "obstacle": actions.given_up_obstacle(day.request, day),
        "cancel": reverse(REQUEST, args=[day.request_id]),
        "question": "Osoba jednak przyszła?" if day.on <= request.today else "Oddać ten dzień wolny?",
        "day": day.on,
    }
    return render(request, "attendance/give_up_day.html", context, status=422 if form.errors else 200)


def _given_up(request, day: LeaveDay) -> str:
    if day.on > request.today:
        return "Dzień wolny jest oddany i wraca do puli."
    return "Dzień wolny wraca do puli. Oznacz teraz tę osobę na liście."


def _consequences(request, day: LeaveDay) -> list[str]:
    stays = "Pozostałe dni z wniosku zostają przyznane."
    again = "Żeby ten dzień był znowu wolny, trzeba o niego poprosić od początku."
    if day.on > request.today:
        return ["Dzień wraca do puli, a w obecności nie jest już oznaczony.", stays, again]
    return ["Dzień wraca do puli, a w obecności mówi to, co oznaczono ręką; bez tego jest nieoznaczony.", stays, again]
