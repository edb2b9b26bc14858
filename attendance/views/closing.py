from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from attendance import actions, roster
from attendance.closing import checklist
from attendance.forms import read_month
from attendance.views.fetch import chosen_group, months
from cistor.accounts.access import needs
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from participants.models import Group


@require_GET
@needs("close_attendance")
def closing(request):
    """What stands between a month and its closing, by default the last one: each day one click from its cell."""
    user, today = request.user, request.today
    first = read_month(request.GET.get("miesiac"), default=today.replace(day=1) - ONE_DAY)
    group = chosen_group(request, request.GET.get("grupa", ""))
    parts = checklist(user.home_centre, first, group=group)
    context = {
        "parts": parts,
        "waiting": [(part, *part.duties(today)) for part in parts if not part.is_ready],
        "group": group,
        "groups": roster.in_use(Group.objects.visible_to(user, on=today, right="close_attendance"), first),
        "open": sum(not part.is_closed for part in parts),
        **months(first, today),
    }
    return render(request, "attendance/closing.html", context)


@require_POST
@needs("close_attendance")
def close_month(request):
    if not request.POST.get("miesiac"):
        messages.error(request, "Wybierz miesiąc, który ma być zamknięty.")
        return redirect("attendance:closing")
    first = read_month(request.POST["miesiac"], default=request.today)
    group = chosen_group(request, request.POST.get("grupa", ""))
    try:
        actions.close_month(
            centre=request.user.home_centre, month=first, group=group, by=request.user, on=request.today
        )
        messages.success(request, "Miesiąc jest zamknięty.")
    except Refused as refusal:
        messages.error(request, refusal.message)
    return redirect(f"{reverse('attendance:closing')}?miesiac={first:%Y-%m}{f'&grupa={group.pk}' if group else ''}")
