from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from attendance.actions import hours as actions
from attendance.forms.hours import HoursForm
from attendance.models import ClassHours
from attendance.reading import hours as planned
from attendance.views.fetch import group_of
from cistor.accounts.access import needs
from cistor.centres.models import Regulations
from cistor.journal.once import carry_out, said
from participants.models import Group

SEE, SET = "see_attendance", "set_groups"
# Plans of earlier years are nobody's business here.
SHOWN = 12


@require_GET
@needs(SEE)
def hours(request, pk):
    """What the group plans for its week, held against the regulations and the statute."""
    group = group_of(request, pk)
    plans = list(ClassHours.objects.filter(group=group).select_related("by")[:SHOWN])
    plan = planned.in_force([group], request.today).get(group.pk)
    known = planned.limits(Regulations.objects.version(group.centre, request.today), request.today)
    context = {
        "group": group,
        "plan": plan,
        "week": [(day, planned.number(hours) if hours else "") for day, hours in planned.week(plan)] if plan else [],
        "total": planned.number(planned.total(plan)) if plan else "",
        "faults": planned.faults(plan, known) if plan else [],
        "limits": known,
        "plans": [(row, planned.number(planned.total(row))) for row in plans if row != plan],
        "today": request.today,
        "may_set": request.user.may(SET, on=request.today),
    }
    return render(request, "attendance/hours.html", context)


@require_http_methods(["GET", "POST"])
@needs(SET)
def set_hours(request, pk):
    groups = Group.objects.visible_to(request.user, on=request.today, right=SET).select_related("centre")
    group = get_object_or_404(groups, pk=pk)
    plan = planned.in_force([group], request.today).get(group.pk)
    initial = {"start_on": request.today, **{day: getattr(plan, day) for day in planned.DAYS if plan}}
    form = HoursForm(request.POST or None, initial=initial)

    def act():
        given = {"start_on": form.cleaned_data["start_on"], "hours": form.hours}
        actions.set_hours(group, **given, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Plan godzin jest zapisany."))
        return redirect("attendance:hours", pk)
    context = {"group": group, "form": form, "cancel": reverse("attendance:hours", args=[pk])}
    return render(request, "attendance/set_hours.html", context, status=422 if form.errors else 200)
