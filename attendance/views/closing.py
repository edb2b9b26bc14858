from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from attendance import actions
from attendance.closing import Month, State
from attendance.forms import read_month
from attendance.forms.closing import CloseForm
from attendance.reading import papers
from attendance.views.fetch import chosen_group, months
from cistor.accounts.access import needs
from cistor.dates import ONE_DAY, month_text, span_text
from cistor.journal.actions import record_readings
from cistor.journal.once import carry_out, said
from participants.models import Group


def _asked(request) -> tuple:
    """Which month, by default the last one, and of which group; None is the whole centre."""
    first = read_month(request.GET.get("miesiac"), default=request.today.replace(day=1) - ONE_DAY)
    return first, chosen_group(request, request.GET.get("grupa", ""))


@require_GET
@needs("close_attendance")
def closing(request):
    """What stands between a month and its closing: the groups, then each day one click from its cell."""
    user, today = request.user, request.today
    first, group = _asked(request)
    month = Month(user.home_centre, first)
    groups = Group.objects.visible_to(user, on=today, right="close_attendance")
    state = month.state(group, on=today)
    without = _without_papers(month, state)
    record_readings(user.home_centre, {row.programme.participant_id for row in without}, "attendance", by=user)
    context = {
        "state": state,
        "without_papers": len(without),
        "unpapered": papers.by_person(without, user, on=today),
        "group": group,
        "groups": [] if group else month.by_group(groups, on=today),
        **months(first, today),
    }
    return render(request, "attendance/closing.html", context)


def _without_papers(month: Month, state: State) -> list[papers.Gap]:
    return papers.within(papers.gaps(month.centre, month.start_on, month.end_on), state.parts)


@require_http_methods(["GET", "POST"])
@needs("close_attendance")
def close_month(request):
    """The closing once more, with what it takes: it cannot be undone."""
    first, group = _asked(request)
    centre, today = request.user.home_centre, request.today
    month, back = Month(centre, first), _list_url(first, group)
    state = month.state(group, on=today)
    without = len(_without_papers(month, state))
    form = CloseForm(request.POST or None, without_papers=without)

    def act():
        actions.close_month(centre=centre, month=first, group=group, without_papers=without, by=request.user, on=today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Miesiąc jest zamknięty."))
        return redirect(back)
    context = {
        "form": form,
        "obstacle": "" if state.is_ready else state.obstacle or "Wszystkie dni tego miesiąca są już zamknięte.",
        "facts": [*_facts(state, group), ("Dni bez dokumentu", without)],
        "question": f"Zamknąć obecność za {month_text(first)}?",
        "consequences": _consequences(group),
        "cancel": back,
        "submit": f"Zamknij {month_text(first)}",
    }
    return render(request, "attendance/close_month.html", context, status=422 if form.errors else 200)


def _list_url(first, group) -> str:
    return f"{reverse('attendance:closing')}?miesiac={first:%Y-%m}{f'&grupa={group.pk}' if group else ''}"


def _facts(state: State, group: Group | None) -> list[tuple[str, object]]:
    days = [day for part in state.parts for day in (part.start_on, part.end_on)]
    return [
        ("Kogo obejmie", group or "całe centrum"),
        ("Dni", span_text(min(days), max(days)) if days else ""),
        ("Osoby", state.people),
        ("Osoby z otwartymi dniami", state.open),
        ("Dni nieoznaczone", state.unmarked),
        ("Dni tymczasowe", state.provisional),
    ]


def _consequences(group: Group | None) -> list[str]:
    others = ["Dni, w których te osoby były w innych grupach, pozostaną otwarte."] if group else []
    return [
        "Oznaczeń z tych dni nikt już nie zmieni na stronie dnia ani miesiąca.",
        "Zmieni je tylko korekta: prośba z powodem i zgoda kierującego centrum.",
        *others,
    ]
