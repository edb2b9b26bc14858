from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance.forms import read_day
from attendance.person import PersonDay
from attendance.views.fetch import person_of
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from participants.views import card


@require_GET
@needs("see_attendance")
def day(request, pk):
    """One day of one person: what stands, what it costs, and what became of it."""
    user, today = request.user, request.today
    on = read_day(request.GET.get("dzien"), default=today)
    participant = person_of(request, pk)
    record_reading(participant, "attendance_day", by=user)
    context = {
        **card.page(request, participant, "attendance:person"),
        "page": PersonDay(participant, on, user=user, today=today),
    }
    return render(request, "attendance/day.html", context)
