from django.shortcuts import get_object_or_404, render

from benefits.models import Settlement
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from participants.models import Participant
from participants.views import card


@needs("see_lists")
def person(request, pk):
    """A participant's tab: everything they were or will be paid."""
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_lists")
    people = people.with_phase(request.today).with_group(request.today)
    participant = get_object_or_404(people, pk=pk)
    record_reading(participant, "settlements", by=request.user)
    rows = Settlement.objects.filter(programme__participant=participant).select_related("payment_list")
    rows = rows.prefetch_related("payments").defer("inputs", "person", "account").order_by("-start_on")
    past_end = rows.past_end().select_related("programme")
    context = {**card.page(request, participant, "benefits:person"), "settlements": rows, "past_end": past_end}
    return render(request, "benefits/person.html", context)
