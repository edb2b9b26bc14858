from django.shortcuts import render
from django.views.decorators.http import require_GET

from attendance.forms import read_month
from attendance.reading import origins
from attendance.reading.person import PersonMonth
from attendance.views.fetch import months, person_of
from attendance.views.tabs import person_tabs
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from participants.views import card


@require_GET
@needs("see_attendance")
def person(request, pk):
    """The month of one person as a calendar, with what is used of the limits: the tab of the card."""
    user, today = request.user, request.today
    first = read_month(request.GET.get("miesiac"), default=today)
    participant = person_of(request, pk)
    record_reading(participant, "attendance", by=user)
    context = {
        **card.page(request, participant, "attendance:person"),
        "person_rooms": person_tabs(request, participant),
        "page": PersonMonth(participant, first, today=today),
        "origins": origins.words(knows=origins.knows(user, participant, on=today)),
        **months(first, today),
    }
    return render(request, "attendance/person.html", context)
