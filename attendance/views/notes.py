"""Sick notes: the list of the centre, those of a person, one of them with its steps."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from attendance.actions import notes as actions
from attendance.actions import retractions
from attendance.forms import read_day
from attendance.forms.corrections import DecisionForm
from attendance.forms.notes import CheckForm, DeliveryForm, NoteForm
from attendance.models import SickNote
from attendance.reading.notes import (
    SEES_NUMBER,
    Preview,
    acceptance,
    away,
    counter,
    preview,
    preview_of,
    seams,
    state,
    used_text,
    withdrawal,
)
from attendance.views.fetch import person_of, within
from attendance.views.note_words import facts, free_days, told
from attendance.views.steps import step_page
from attendance.views.tabs import person_tabs, tabs
from attendance.views.whose import listed, of_absences, of_groups, way_back
from cistor import places
from cistor.accounts.access import needs
from cistor.dates import span_text
from cistor.errors import Refused
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import OnceForm, carry_out, said
from participants.views import card
from participants.views.deciding import chosen
from participants.views.fetch import programme_of

PAGE, PAPER = 50, "zwolnienie"
SHOW = "Pokaż, co się zmieni"
SEE, ENTER, DECIDE, VISIT = "see_attendance", actions.ENTER, actions.DECIDE, actions.VISIT


@require_GET
@needs(SEE)
def notes(request):
    """What waits for the paper or for the director, the oldest first; then the others, the newest first."""
    rows = SickNote.objects.visible_to(request.user, on=request.today).in_order()
    page = Paginator(_light(rows), PAGE).get_page(request.GET.get("strona"))
    absent = away(request.user, on=request.today) if page.number == 1 else []
    people = {row.programme.participant_id for row in [*page, *(found.note for found in absent)]}
    record_readings(request.user.home_centre, people, "sick_notes", by=request.user)
    places.keep(request)
    context = {
        "page": page,
        "rows": _rows(page, request.today),
        "away": absent,
        "may_enter": request.user.may(ENTER, on=request.today),
        "sees_visits": request.user.may(VISIT, on=request.today),
        "tabs": tabs(request),
    }
    return render(request, "attendance/notes.html", context)


@require_GET
@needs(SEE)
def person_notes(request, pk):
    """Of one person, the newest first: a tab of the card."""
    participant = person_of(request, pk)
    rows = _light(SickNote.objects.filter(programme__participant=participant))
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    record_reading(participant, "sick_notes", by=request.user)
    places.keep(request)
    may_enter = not participant.erased_on and participant.open_to(request.user, ENTER, on=request.today)
    context = {
        **card.page(request, participant, "attendance:person"),
        "person_rooms": person_tabs(request, participant),
        "page": page,
        "rows": _rows(page, request.today),
        "may_enter": may_enter,
    }
    return render(request, "attendance/person_notes.html", context)


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def new_note(request, pk):
    """First what it would change, then, sent once more, it is saved."""
    programme = programme_of(request, pk, ENTER)
    start = {"start_on": read_day(request.GET.get("od"), default=None)}
    form, done = NoteForm(request.POST or None, programme=programme, initial=start), []

    def act():
        done.append(actions.record_note(programme, **form.given, by=request.user, on=request.today))

    shown = _shown(request, form, partial(preview, programme)) if request.method == "POST" else None
    if request.method == "POST" and shown is None and carry_out(form, act, by=request.user):
        messages.success(request, said(form, told("Zwolnienie jest wpisane", done)))
        return redirect(listed(request, PAPER) or _back(programme, done))
    record_reading(programme.participant, "sick_notes", by=request.user)
    back = way_back(request, PAPER, programme.participant)
    context = {
        "participant": programme.participant,
        "form": form,
        "shown": shown,
        "used": _used(programme, request.today, shown),
        "submit": "Zapisz zwolnienie" if shown else SHOW,
        "back": back,
        "cancel": back.url,
    }
    return render(request, "attendance/new_note.html", context, status=422 if form.errors else 200)


def _shown(request, form: NoteForm, preview_of_it: Callable[..., Preview]) -> Preview | None:
    """What the note would change, unless that was shown already or cannot be; again where but the tick is missing."""
    if not form.only_tick_missing and (not form.is_valid() or form.is_confirmed):
        return None
    try:
        found = preview_of_it(**form.given, by=request.user, on=request.today)
    except Refused as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, refusal.message)
        return None
    form.confirm()
    return found


def _back(programme, done) -> str:
    if done:
        return reverse("attendance:note", args=[done[0].note.pk])
    return reverse("attendance:person_notes", args=[programme.participant_id])


@require_GET
@needs(SEE, DECIDE)
def note(request, pk):
    return _page(request, _note_or_404(request, pk, SEE, DECIDE), DecisionForm())


@require_POST
@needs(DECIDE)
def decide_note(request, pk):
    row, form, accepted = _note_or_404(request, pk, DECIDE), DecisionForm(request.POST), chosen(request)
    done = []
    if accepted is None and form.is_valid():
        form.add_error(None, "Naciśnij „Uznaj zwolnienie” albo „Odmów”.")

    def act():
        text = form.cleaned_data["note"]
        done.append(actions.decide_note(row, accepted=accepted, note_text=text, by=request.user, on=request.today))

    if carry_out(form, act, by=request.user):
        words = "Zwolnienie jest uznane" if accepted else "Zwolnienie nie jest uznane"
        messages.success(request, said(form, told(words, done)))
        return redirect("attendance:note", pk)
    return _page(request, _note_or_404(request, pk, DECIDE), form, status=422)


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def deliver_note(request, pk):
    row = _note_or_404(request, pk, ENTER)
    words = {
        "heading": "Doręczenie zwolnienia",
        "question": "Co mówi zwolnienie i kiedy dotarło do centrum?",
        "consequences": [
            "Dni i numer przepisz ze zwolnienia, także gdy zapowiadano inne.",
            "W terminie: dni przestają być tymczasowe.",
            "Po terminie: dni pozostają tymczasowe i czekają na decyzję kierującego centrum.",
        ],
        "submit": "Zapisz doręczenie",
    }
    may, done = row.delivered_on is None, "Doręczenie jest zapisane"
    return _put_right(request, row, DeliveryForm, actions.deliver_note, may=may, done=done, words=words)


@require_http_methods(["GET", "POST"])
@needs(ENTER)
def amend_note(request, pk):
    words = {
        "heading": "Poprawienie zwolnienia",
        "question": "Co wpisano inaczej, niż jest na zwolnieniu?",
        "consequences": [
            "Dni, które odpadną, wracają do tego, co mówią bez zwolnienia oznaczenia i inne wpisy.",
            "Termin doręczenia policzy się od nowa.",
            "Historia pokaże, co było wpisane przedtem.",
        ],
        "submit": "Zapisz poprawki",
    }
    row, done = _note_or_404(request, pk, ENTER), "Zwolnienie jest poprawione"
    return _put_right(request, row, NoteForm, actions.amend_note, may=True, done=done, words=words)


def _put_right(request, row: SickNote, form_of, act_of, *, may: bool, done: str, words: dict):
    """The paper as it is known, to be changed; first what that would change, then, sent once more, it is saved."""
    reads = request.user.may(SEES_NUMBER, on=request.today)
    form = form_of(request.POST or None, programme=row.programme, note=row, reads_number=reads)

    def act():
        return act_of(row, **form.given, by=request.user, on=request.today)

    may = may and _is_open(row)
    is_sent = may and request.method == "POST"
    shown = _shown(request, form, partial(preview_of, row, act_of)) if is_sent else None
    words = {**words, "consequences": []} if shown else {**words, "submit": SHOW}
    given = {"done": done, "may": may, "words": words, "shown": shown}
    used = _used(row.programme, row.end_on, shown)
    return _step(request, row, form, act, **given, known=[used] if used else [])


def _used(programme, day, shown: Preview | None) -> tuple[str, str] | None:
    """The sick days against their limit as they are marked now; where a change is shown, those that it begins with."""
    found = (shown and shown.before) or counter(programme, day)
    return (f"{found.label[0].upper()}{found.label[1:]}", used_text(found)) if found else None


@require_http_methods(["GET", "POST"])
@needs(ENTER, DECIDE)
def withdraw_note(request, pk):
    row, form = _note_or_404(request, pk, ENTER, DECIDE), OnceForm(request.POST or None)
    words = {
        "heading": "Wycofanie zwolnienia",
        "question": "Wycofać zwolnienie wpisane przez pomyłkę?",
        "consequences": [
            "Jego dni wracają do tego, co mówią bez niego oznaczenia i inne wpisy.",
            "Dni zamknięte zmieni tylko korekta.",
            "Wpis pozostaje w historii jako wycofany.",
            *free_days(withdrawal(row, by=request.user, on=request.today) if request.method == "GET" else None),
        ],
        "submit": "Wycofaj zwolnienie",
        "irreversible": True,
        "danger": True,
    }

    def act():
        return actions.withdraw_note(row, by=request.user, on=request.today)

    return _step(request, row, form, act, done="Zwolnienie jest wycofane", may=not row.withdrawn_on, words=words)


@require_http_methods(["GET", "POST"])
@needs(VISIT)
def check_note(request, pk):
    row, form = _note_or_404(request, pk, VISIT), CheckForm(request.POST or None)
    words = {
        "heading": "Kontrola zwolnienia",
        "question": "Co zastano?",
        "consequences": ["Wpisu nie można zmienić, tylko wycofać. Co z niego wynika, ustalają ludzie."],
        "submit": "Zapisz kontrolę",
    }

    def act():
        return actions.record_check(row, **form.given, by=request.user, on=request.today)

    return _step(request, row, form, act, done="Kontrola jest zapisana", may=not row.withdrawn_on, words=words)


def _step(request, row: SickNote, form, act, *, done: str, may: bool, words: dict, shown=None, known=()):
    """One step on its page; told why not when the note stands elsewhere. What is but `shown` is not done yet."""
    outcome = []
    is_meant = request.method == "POST" and shown is None
    if is_meant and carry_out(form, lambda: outcome.append(act()), by=request.user):
        messages.success(request, said(form, told(done, outcome)))
        return redirect("attendance:note", row.pk)
    record_reading(row.programme.participant, "sick_note", by=request.user)
    words = {**words, "cancel": reverse("attendance:note", args=[row.pk]), "room": "Zwolnienie"}
    obstacle = "" if may else "Stan zwolnienia na to nie pozwala."
    return step_page(request, form, facts=[*facts(request, row), *known], obstacle=obstacle, shown=shown, **words)


def _page(request, row: SickNote, form: DecisionForm, status: int = 200):
    person, user, today = row.programme.participant, request.user, request.today
    record_reading(person, "sick_note", by=user)
    open_to = {right: not person.erased_on and person.open_to(user, right, on=today) for right in (ENTER, DECIDE)}
    visits = person.open_to(user, VISIT, on=today)
    is_over = row.delivered_on or not row.due_on or row.due_on < today
    decides = open_to[DECIDE] and row.is_undecided and is_over
    may_decide = decides and actions.is_for(row, user)
    context = {
        "row": row,
        "state": state(row, today),
        "facts": facts(request, row),
        "form": form,
        "may_decide": may_decide,
        "closed": acceptance(row, by=user, on=today) if may_decide else [],
        "why_not": actions.OWN if decides and not actions.is_for(row, user) else "",
        "may_deliver": open_to[ENTER] and row.delivered_on is None and _is_open(row),
        "may_amend": open_to[ENTER] and _is_open(row),
        "may_withdraw": open_to[ENTER if row.accepted is None else DECIDE] and not row.withdrawn_on,
        "may_visit": visits and not row.withdrawn_on and not person.erased_on,
        "checks": _checks(request, row) if visits else [],
        "back": _came_from(request, row.programme),
    }
    return render(request, "attendance/note.html", context, status=status)


def _came_from(request, programme) -> places.Way:
    """A stand-in who only decides or visits has no lists of notes."""
    person = programme.participant
    rooms = [("Zwolnienia osoby", "attendance:person_notes", person.pk), ("Zwolnienia", "attendance:notes")]
    seen = rooms if request.user.may(SEE, on=request.today) else []
    return places.last(request, *seen, ("Pulpit", "desk:desk"), *of_absences(programme), *of_groups(person))


def _is_open(row: SickNote) -> bool:
    """Whether it can still be put right."""
    return row.accepted is None and not row.withdrawn_on


def _checks(request, row: SickNote) -> list[tuple]:
    """The visits, each with its retraction, and whether the reader may retract it."""
    found = row.checks.select_related("by", "retraction__by", "sick_note__programme__participant__centre")
    given = {"by": request.user, "on": request.today}
    return [(check, getattr(check, "retraction", None), not retractions.obstacle(check, **given)) for check in found]


def _note_or_404(request, pk, *rights: str) -> SickNote:
    rows = within(request, SickNote.objects, *rights)
    people = ("programme__participant__centre", "entered_by", "decided_by", "decided_for", "withdrawn_by")
    return get_object_or_404(rows.select_related(*people), pk=pk)


def _light(rows):
    return rows.select_related("programme__participant__centre").defer("note", "number")


def _rows(rows, today) -> list[tuple]:
    notes = list(rows)
    found = seams(notes[0].programme.participant.centre, notes) if notes else {}
    return [
        (
            row,
            state(row, today),
            span_text(row.start_on, row.end_on),
            ", ".join(found[row.pk].words if row.pk in found else []),
        )
        for row in notes
    ]
