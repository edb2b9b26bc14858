"""What happened against the order: of the centre, of one person, and the step that every page of this room takes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from attendance.actions.corrections import Followed
from attendance.actions.incidents import Recorded
from attendance.reading import order as reading
from attendance.reading.order import right_of
from attendance.views.steps import step_page
from attendance.views.tabs import person_tabs, tabs
from attendance.views.whose import DESK, of_groups
from cistor import places
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from participants.models import Participant
from participants.views import card

PAGE = 50
RIGHTS = ("record_incident", "see_diagnosis")


@require_GET
@needs(*RIGHTS)
def order(request):
    """Incidents and breaches with what followed, the newest first; an instructor's are those of the own groups."""
    page = Paginator(reading.keys(request.user, on=request.today), PAGE).get_page(request.GET.get("strona"))
    events = reading.events(list(page))
    people = {event.row.programme.participant_id for event in events}
    record_readings(request.user.home_centre, people, "order", by=request.user)
    places.keep(request)
    may = {right: request.user.may(right, on=request.today) for right in RIGHTS}
    context = {"page": page, "events": events, "tabs": tabs(request)}
    context |= {"may_record": may["record_incident"], "may_read": may["see_diagnosis"]}
    return render(request, "attendance/order.html", context)


@require_GET
@needs(*RIGHTS)
def person_order(request, pk):
    """The history on the card: what happened, what followed, accidents; texts for whoever may read them."""
    user, today = request.user, request.today
    right = right_of(user, on=today)
    people = Participant.objects.visible_to(user, on=today, right=right)
    participant = get_object_or_404(people.select_related("centre").with_phase(today).with_group(today), pk=pk)
    record_reading(participant, "order", by=user)
    places.keep(request)
    context = card.page(request, participant, "attendance:person")
    context |= {
        "person_rooms": person_tabs(request, participant),
        "events": reading.history(context["programmes"]),
        "accidents": reading.lines(reading.accidents(context["programmes"]), user, on=today),
        "may_read": right == "see_diagnosis",
        "may_record": not participant.erased_on and participant.open_to(user, "record_incident", on=today),
    }
    return render(request, "attendance/person_order.html", context)


def came_from(request, participant: Participant) -> places.Way:
    of_person = (str(participant), "attendance:person_order", participant.pk)
    return places.last(request, of_person, ("Porządek", "attendance:order"), DESK, *of_groups(participant))


def step(request, form, act, *, done: str, words: dict, success, back: str, participant: Participant):
    """One step on its page; `success` gives where it leads, from what the act gave back (None when it came twice)."""
    made = []

    def acted():
        made.append(act())

    if request.method == "POST" and carry_out(form, acted, by=request.user):
        messages.success(request, said(form, done))
        if made and isinstance(made[0], Recorded):
            tell_closed(request, made[0].followed)
        return redirect(success(made[0] if made else None))
    if request.method == "GET":
        record_reading(participant, "order", by=request.user)
    return step_page(request, form, **{"cancel": back, "room": participant, **words})


def tell_closed(request, followed: Followed) -> None:
    if followed.closed:
        messages.warning(request, followed.told())
