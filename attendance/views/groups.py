from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance import roster
from attendance.reading import hours
from attendance.terms import Terms
from attendance.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from participants.models import Group


@require_GET
@needs("see_attendance")
def groups(request):
    """The user's groups, with what is still to be marked today."""
    user, today = request.user, request.today
    rows = roster.in_use(Group.objects.visible_to(user, on=today), today)
    terms, version = Terms(user.home_centre), Regulations.objects.version(user.home_centre, today)
    plans = hours.in_force(rows, today)
    context = {
        "groups": roster.counted(rows, today),
        "planned": plans,
        "short_of_hours": hours.falling_short(plans, version, today),
        "today": today,
        "is_class_day": terms.is_class_day(today),
        "why": terms.why(today),
        "tabs": tabs(request),
        "may_close": user.may("close_attendance", on=today),
        "may_mark": user.may("mark_attendance", on=today),
        "may_set_groups": user.may("set_groups", on=today),
    }
    return render(request, "attendance/groups.html", context)
