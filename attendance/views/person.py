from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from attendance import roster
from attendance.documents import legend
from attendance.forms import read_month
from attendance.terms import Terms
from attendance.views.fetch import months
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from participants.models import Participant
from participants.views import card


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
        **months(first, today),
    }
    return render(request, "attendance/person.html", context)
