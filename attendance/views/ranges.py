from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from attendance import actions
from attendance.forms import read_month
from attendance.forms.ranges import RangeForm
from attendance.ranges import codes_of, people_of, told
from attendance.terms import Terms
from cistor.accounts.access import needs
from cistor.journal.once import carry_out, said
from participants.models import Group


@require_http_methods(["GET", "POST"])
@needs("mark_attendance")
def mark_range(request, pk):
    """One mark on all class days of a span for those who are ticked: a trip, a break, a list kept on paper."""
    user, today = request.user, request.today
    groups = Group.objects.visible_to(user, on=today, right="mark_attendance").select_related("centre")
    group = get_object_or_404(groups, pk=pk)
    # No day of a month to come can be marked.
    first = min(read_month(request.GET.get("miesiac"), default=today), today.replace(day=1))
    people, codes = people_of(group, first, today), codes_of(Terms(group.centre), today)
    form = RangeForm(request.POST or None, people=people, codes=codes, on=today)
    done = []

    def act():
        asked = {name: form.cleaned_data[name] for name in ("people", "start_on", "end_on", "meaning", "replace")}
        done.append(actions.mark_range(group=group, **asked, by=user, on=today))

    month = f"{reverse('attendance:month', args=[pk])}?miesiac={first:%Y-%m}"
    if request.method == "POST" and carry_out(form, act, by=user):
        messages.success(request, said(form, told(done[0]) if done else ""))
        return redirect(month)
    context = {"form": form, "group": group, "month_url": month}
    return render(request, "attendance/range.html", context, status=422 if form.errors else 200)
