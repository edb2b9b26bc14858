"""Talks with or about a person: the log on the card, and a new line of it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_GET, require_http_methods

from attendance.actions import contacts as actions
from attendance.forms.contacts import ContactForm
from attendance.models import Absence, Incident
from attendance.reading import absences as reading
from attendance.reading.contacts import talk_for
from attendance.views.fetch import read_id
from attendance.views.tabs import person_tabs
from cistor import places
from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants.models import Participant
from participants.views import card

PAGE = 50
RIGHT = actions.RIGHT


@require_GET
@needs(RIGHT)
def contacts(request, pk):
    """Open absences first, then every talk, the newest first."""
    user, today = request.user, request.today
    participant = card.of_card(request, pk, right=RIGHT)
    record_reading(participant, "contacts", by=user)
    places.keep(request)
    rows = participant.contacts.select_related("by", "retraction__by").order_by("-at", "-pk")
    follows = participant.open_to(user, reading.RIGHT, on=today)
    runs = reading.open_runs(participant.programmes.all(), today) if follows else []
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    context = {
        **card.page(request, participant, "attendance:person"),
        "person_rooms": person_tabs(request, participant),
        "page": page,
        "talks": [talk_for(row, user, today, shown_by=RIGHT) for row in page],
        "runs": [(run, run.age(today)) for run in runs],
        "follows": follows,
    }
    return render(request, "attendance/contacts.html", context)


@require_http_methods(["GET", "POST"])
@needs(RIGHT)
def new_contact(request, pk):
    """A talk, or a try at one; the address may name the absence or the incident that it is about."""
    people = Participant.objects.visible_to(request.user, on=request.today, right=RIGHT)
    participant = get_object_or_404(people.select_related("centre"), pk=pk)
    absences, about = _absences(request, participant), _about(request, participant)
    initial = {"day": request.today, "hour": localtime(), "absence": about["absence"] or _only_open(absences, about)}
    form = ContactForm(request.POST or None, absences=absences, initial=initial)

    def act():
        given = {**form.given, "incident": about["incident"]}
        actions.record_contact(participant, **given, by=request.user, on=request.today)

    back = _back(request, participant, about)
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Rozmowa jest wpisana."))
        return redirect(back)
    record_reading(participant, "contacts", by=request.user)
    context = {"participant": participant, "form": form, "about": about, "cancel": back}
    return render(request, "attendance/new_contact.html", context, status=422 if form.errors else 200)


def _absences(request, participant):
    """Those that the user may say it was about; who does not follow them up, those after which a talk is set."""
    user, on = request.user, request.today
    if user.may(reading.RIGHT, on=on):
        rows = Absence.objects.visible_to(user, on=on, right=reading.RIGHT)
    else:
        rows = Absence.objects.visible_to(user, on=on, right=RIGHT).filter(talk_on__isnull=False)
    return rows.filter(programme__participant=participant).order_by("-start_on")


def _only_open(absences, about):
    """What a talk is most likely about where the address names nothing."""
    waiting = [] if about["incident"] else [row for row in absences if row.closed_on is None]
    return waiting[0] if len(waiting) == 1 else None


def _about(request, participant) -> dict:
    of_person = {"programme__participant": participant}
    return {
        "absence": _named(_absences(request, participant), request.GET.get("nieobecnosc")),
        "incident": _named(Incident.objects.standing().filter(**of_person), request.GET.get("incydent")),
    }


def _named(rows, text):
    """The row that the address names; 404 for one that is not there."""
    if not text:
        return None
    return get_object_or_404(rows.select_related("programme"), pk=read_id(text))


def _back(request, participant, about) -> str:
    if about["absence"] and participant.open_to(request.user, reading.RIGHT, on=request.today):
        return reverse("attendance:absence", args=[about["absence"].pk])
    if about["incident"] and participant.open_to(request.user, "record_incident", on=request.today):
        return reverse("attendance:incident", args=[about["incident"].pk])
    return reverse("attendance:contacts", args=[participant.pk])
