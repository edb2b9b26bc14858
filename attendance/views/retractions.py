"""What was written by mistake, taken back on its own page."""

from operator import attrgetter

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from attendance.actions import retractions as actions
from attendance.forms.retractions import RetractForm
from attendance.models import Excuse
from attendance.reading.contacts import words_for
from attendance.views.order import tell_closed
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.journal.actions import record_reading
from cistor.journal.once import carry_out, said
from participants.models import Participant

RIGHTS = ("record_contact", "visit_sick", "record_incident", "decide_attendance")
# From the row to its person, and what the page reads along.
PATHS = {
    "contact": ("participant", ("by", "absence__programme", "incident__programme")),
    "visit": ("sick_note__programme__participant", ("by",)),
    "accident": ("programme__participant", ("recorded_by",)),
    "measure": ("programme__participant", ("by", "document", "incident", "breach")),
    "excuse": ("programme__participant", ("decided_by", "decided_for")),
}
WHAT = {
    "contact": "rozmowy",
    "visit": "kontroli zwolnienia",
    "accident": "wpisu o wypadku",
    "measure": "środka",
    "excuse": "usprawiedliwienia",
}
STAYS = "Wpis zostaje czytelny, przekreślony: kto go wycofał, kiedy i dlaczego. Tego wymaga historia osoby."
CONSEQUENCES = {
    "contact": ["Przestaje się liczyć jako próba kontaktu i jako rozmowa, która się odbyła."],
    "visit": ["Przestaje się liczyć jako kontrola tego zwolnienia."],
    "accident": ["W rejestrze wypadków zostaje przekreślona pozycja."],
    "measure": [
        "Nie będzie się na niego można powołać we wniosku o rozwiązanie programu.",
        "Wystawiona nagana zostaje w dokumentach; z tą osobą trzeba to wyjaśnić.",
    ],
    "excuse": [
        "Dzień znów będzie taki, jak wynika z pozostałych wpisów i oznaczenia.",
        "W zamkniętym miesiącu zmienia go dopiero korekta.",
    ],
}


@require_http_methods(["GET", "POST"])
@needs(*RIGHTS)
def retract(request, kind, pk):
    """What is taken back, by whom it may be, and why it stays to be read."""
    row = _row(request, kind, pk)
    form, made, back = RetractForm(request.POST or None), [], _back(request, kind, row)

    def act():
        given = {"why": form.cleaned_data["why"], "by": request.user, "on": request.today}
        made.append(actions.retract(row, **given))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Wpis jest wycofany."))
        if made:
            tell_closed(request, made[0].followed)
        return redirect(back)
    record_reading(actions.whose(row), "retraction", by=request.user)
    context = {
        "obstacle": actions.obstacle(row, by=request.user, on=request.today),
        "heading": f"Wycofanie {WHAT[kind]}",
        "facts": [("Osoba", actions.whose(row)), *FACTS[kind](request, row)],
        "consequences": [STAYS, *CONSEQUENCES[kind]],
        "form": form,
        "cancel": back,
    }
    return render(request, "attendance/retract.html", context, status=422 if form.errors else 200)


def _contact(request, row) -> list[tuple[str, object]]:
    whom = f"{row.get_with_whom_display()}, {row.get_way_display()}"
    words = words_for(row, request.user, request.today)
    at = localtime(row.at)
    return [
        ("Rozmowa", f"{day_text(at.date())}, {at:%-H:%M}"),
        ("Z kim i jak", whom),
        ("Wynik", row.get_result_display()),
        *([("Co ustalono", words)] if words else []),
        ("Wpisano", f"{row.by}, {day_text(row.recorded_on)}"),
    ]


def _visit(request, row) -> list[tuple[str, object]]:
    return [
        ("Dzień wizyty", day_text(row.visited_on)),
        ("Wynik", row.get_result_display()),
        *([("Opis", row.text)] if row.text else []),
        ("Wpisano", f"{row.by}, {day_text(row.recorded_on)}"),
    ]


def _accident(request, row) -> list[tuple[str, object]]:
    return [
        ("Kiedy i gdzie", f"{day_text(row.on)}, {row.at:%-H:%M}, {row.place}"),
        ("Co się stało", row.what),
        ("Wpisano", f"{row.recorded_by}, {day_text(row.recorded_on)}"),
    ]


def _measure(request, row) -> list[tuple[str, object]]:
    return [
        ("Środek", row.get_kind_display()),
        ("Zdarzenie z dnia", day_text((row.incident or row.breach).on)),
        *([("Pismo", f"{row.document.number}, {day_text(row.taken_on)}")] if row.document else []),
        ("Zastosowano", f"{row.by}, {day_text(row.taken_on)}"),
    ]


def _excuse(request, row: Excuse) -> list[tuple[str, object]]:
    decided = [("Zgoda", f"{row.decider}, {day_text(row.decided_on)}")] if row.granted and row.decided_on else []
    return [("Dzień", day_text(row.on)), ("Co się stało", row.reason), *decided]


FACTS = {"contact": _contact, "visit": _visit, "accident": _accident, "measure": _measure, "excuse": _excuse}


def _back(request, kind: str, row) -> str:
    """The page that shows the row."""
    if kind == "contact":
        return _back_of_contact(request, row)
    if kind == "measure":
        of = "incident" if row.incident else "breach"
        return reverse(f"attendance:{of}", args=[row.incident_id or row.breach_id])
    name, key = {
        "visit": ("attendance:note", "sick_note_id"),
        "accident": ("attendance:person_order", "programme.participant_id"),
        "excuse": ("attendance:excuse", "pk"),
    }[kind]
    return reverse(name, args=[attrgetter(key)(row)])


def _back_of_contact(request, row) -> str:
    def may(right):
        return row.participant.open_to(request.user, right, on=request.today)

    if row.absence and may("follow_absence"):
        return reverse("attendance:absence", args=[row.absence_id])
    if row.incident and may("record_incident"):
        return reverse("attendance:incident", args=[row.incident_id])
    return reverse("attendance:contacts", args=[row.participant_id])


def _row(request, kind: str, pk):
    """As far as the right of its kind reaches."""
    if kind not in actions.KINDS:
        raise Http404
    known, (person, along) = actions.KINDS[kind], PATHS[kind]
    people = Participant.objects.visible_to(request.user, on=request.today, right=known.right)
    rows = known.model.objects.filter(**{f"{person}__in": people})
    return get_object_or_404(rows.select_related(f"{person}__centre", *along), pk=pk)
