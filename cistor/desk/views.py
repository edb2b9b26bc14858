from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse

from cistor import places
from cistor.accounts.access import needs
from cistor.accounts.models import User
from cistor.dates import weekday_text
from cistor.desk import erasure, waiting, words
from cistor.desk import traces as remembered
from cistor.desk.forms import ErasureForm
from cistor.desk.overview import overview
from cistor.desk.way import Way, drawn
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.journal.models import Entry
from participants.views import card

PAGE = 50


def desk(request):
    """What waits for the one who has logged in, by their rights of the day."""
    user, today = request.user, request.today
    places.keep(request)
    matters = waiting.by_urgency(user, on=today)
    if user.is_of_office:
        return render(request, "desk/office.html", {"matters": matters})
    context = {
        "matters": matters,
        "overview": overview(user, on=today),
        "links": waiting.links(user, on=today),
    }
    return render(request, "desk/desk.html", context)


@needs("see_overview")
def way(request, pk):
    """From the application to the end, as a drawing and as a table."""
    participant = card.of_card(request, pk)
    record_reading(participant, "way", by=request.user)
    context = card.page(request, participant, "desk:way")
    events = Way(participant, context["programmes"], user=request.user, today=request.today).events()
    context |= {"events": events, "line": drawn(events, today=request.today) if events else None}
    return render(request, "desk/way.html", context)


@needs("see_traces")
def traces(request, pk):
    """Everything that was done to one person's data and who read them; this look is written down as well."""
    participant = card.of_card(request, pk)
    kind = request.GET.get("rodzaj", "")
    if kind and kind not in remembered.KINDS:
        raise Http404
    record_reading(participant, "traces", by=request.user)
    page = Paginator(remembered.of_person(participant, kind), PAGE).get_page(request.GET.get("strona"))
    context = {
        **card.page(request, participant, "desk:traces"),
        "page": page,
        "traces": remembered.load(page),
        "kinds": _kinds(reverse("desk:traces", args=[pk]), kind),
    }
    return render(request, "desk/traces.html", context)


@needs("see_traces")
def erase(request, pk):
    """The director's decision to erase a person; asks for the surname, since it cannot be undone."""
    participant = card.of_card(request, pk)
    record_reading(participant, "traces", by=request.user)
    form = ErasureForm(request.POST or None, participant=participant)
    if request.method == "POST" and form.is_valid():
        try:
            erasure.erase(participant, by=request.user, on=request.today)
        except Refused as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, "Dane osoby są usunięte.")
            return redirect("participants:card", pk)
    context = {
        **card.page(request, participant, "desk:traces"),
        "form": form,
        "facts": _facts(participant),
        "consequences": erasure.CONSEQUENCES,
    }
    return render(request, "desk/erase.html", context, status=422 if form.errors else 200)


def _facts(participant) -> list[tuple[str, str]]:
    ends = [programme.last_on for programme in participant.programmes.prefetch_related("stages")]
    last = weekday_text(max(ends)) if ends else "nie było programu"
    return [("Uczestnik", str(participant)), ("Ostatni dzień w programie", last)]


def _kinds(url, chosen) -> list[dict]:
    kinds = {"": "Wszystko", **remembered.KINDS}
    return [
        {"label": label, "url": f"{url}?rodzaj={kind}" if kind else url, "current": kind == chosen, "count": None}
        for kind, label in kinds.items()
    ]


@needs("see_own_acts")
def own_acts(request):
    """The administrator's own acts; a participant is never named here."""
    entries = Entry.objects.filter(by=request.user)
    page = Paginator(entries, PAGE).get_page(request.GET.get("strona"))
    accounts = [entry.object_id for entry in page if entry.object_kind == User._meta.label_lower]
    people = User.objects.visible_to(request.user, on=request.today).in_bulk(accounts)
    acts = [(entry.at, words.VERBS.get(entry.verb, entry.verb), _about(entry, people)) for entry in page]
    return render(request, "desk/own_acts.html", {"page": page, "acts": acts})


def _about(entry, people) -> str:
    return str(people.get(entry.object_id, "")) if entry.object_kind == User._meta.label_lower else ""
