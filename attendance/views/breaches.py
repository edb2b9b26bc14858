"""Breaches of order, and the measures that follow a breach or an incident."""

from datetime import date
from functools import partial

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from attendance.actions import breaches as actions
from attendance.documents.order import described
from attendance.forms.breaches import BreachForm, MeasureForm, WithdrawForm, WithdrawWithPapersForm
from attendance.models import BreachEvent, Incident
from attendance.reading.order import breaches_in_force, measures_in_force, right_of, standing_first, why_withdrawn
from attendance.reading.retractions import DECIDE, may_retract
from attendance.views.order import RIGHTS, came_from, step
from attendance.views.whose import way_back
from cistor.accounts.access import needs
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.documents.answers import attached
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from participants.views.fetch import programme_of

RECORD, READ = RIGHTS


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def new_breach(request, pk):
    programme = programme_of(request, pk, RECORD)
    participant = programme.participant
    breaches = partial(breaches_in_force, participant.centre_id)
    form = BreachForm(request.POST or None, breaches=breaches, initial={"on_day": request.today})
    words = {
        "heading": "Naruszenie porządku",
        "question": "Co się stało?",
        "facts": [("Osoba", participant)],
        "consequences": ["Samo niczego nie kończy ani nie odbiera: środek stosuje się w następnym kroku."],
        "submit": "Zapisz naruszenie",
    }
    back = way_back(request, "naruszenie", participant)
    words["room"] = back.label
    return step(
        request,
        form,
        lambda: actions.record_breach(programme, **form.given, by=request.user, on=request.today),
        done="Naruszenie jest zapisane.",
        words=words,
        success=lambda made: reverse("attendance:breach", args=[made.pk]) if made else back.url,
        back=back.url,
        participant=participant,
    )


@require_GET
@needs(*RIGHTS)
def breach(request, pk):
    row = _event(request, BreachEvent, pk, right_of(request.user, on=request.today))
    participant = row.programme.participant
    record_reading(participant, "breach", by=request.user)
    may_record = participant.open_to(request.user, RECORD, on=request.today) and not row.withdrawn_on
    may_read, measures = request.user.may(READ, on=request.today), measures_of(row, user=request.user, on=request.today)
    may_withdraw = may_record and not actions.refusal_of_withdrawal(row, request.user, on=request.today)
    context = {
        "row": row,
        "participant": participant,
        "facts": _facts(row, may_read=may_read),
        "may_record": may_record,
        "may_withdraw": may_withdraw and not measures["measures"],
        "may_read": may_read,
        "back": came_from(request, participant),
        **measures,
    }
    return render(request, "attendance/breach.html", context)


def measures_of(row: BreachEvent | Incident, *, user: User, on: date) -> dict[str, object]:
    """What `_measures.html` shows."""
    standing, retracted = standing_first(row.measures.select_related("document", "by", "retraction__by"))
    may = may_retract(row.programme.participant, user, right=DECIDE, on=on)
    return {"measures": standing, "retracted": retracted, "may_retract": may}


def _facts(row: BreachEvent, *, may_read: bool) -> list[tuple[str, object]]:
    point = f"{row.breach.source} lit. {row.breach.letter}: {row.breach.text}" if row.breach else ""
    withdrawn = [("Wycofano", _withdrawn(row, may_read=may_read))] if row.withdrawn_on else []
    return [
        ("Osoba", row.programme.participant),
        ("Dzień", day_text(row.on)),
        *([("Punkt regulaminu", point)] if point else []),
        ("Co się stało", row.text),
        ("Wpisano", f"{row.recorded_by}, {day_text(row.recorded_on)}"),
        *withdrawn,
    ]


def _withdrawn(row: BreachEvent, *, may_read: bool) -> str:
    """A reason is given where a measure had followed; it is read by whoever reads the reasons of measures."""
    why = why_withdrawn(row) if may_read else ""
    return f"{row.withdrawn_by}, {day_text(row.withdrawn_on)}{f': {why}' if why else ''}"


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def withdraw_breach(request, pk):
    row = _event(request, BreachEvent, pk, RECORD)
    has_papers, back = actions.has_papers(row), reverse("attendance:breach", args=[pk])
    form = (WithdrawWithPapersForm if has_papers else WithdrawForm)(request.POST or None)
    words = {
        "heading": "Wycofanie naruszenia",
        "room": "Naruszenie porządku",
        "question": "Wycofać ten wpis?",
        "facts": _facts(row, may_read=False),
        "consequences": [
            "Wpis zostaje w historii jako wycofany.",
            *(["Wystawione dokumenty zostają: z tą osobą trzeba to wyjaśnić."] if has_papers else []),
        ],
        "submit": "Wycofaj naruszenie",
        "irreversible": True,
        "danger": True,
    }
    return step(
        request,
        form,
        lambda: actions.withdraw_breach(row, why=form.cleaned_data.get("why", ""), by=request.user, on=request.today),
        done="Naruszenie jest wycofane.",
        words=words,
        success=lambda _: back,
        back=back,
        participant=row.programme.participant,
    )


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def take_measure(request, pk):
    """What follows a breach."""
    return _measure(request, _event(request, BreachEvent, pk, RECORD), "attendance:breach")


@require_http_methods(["GET", "POST"])
@needs(RECORD)
def take_measure_of_incident(request, pk):
    """What follows an incident."""
    return _measure(request, _event(request, Incident, pk, RECORD), "attendance:incident")


def _measure(request, row, page: str):
    user, today, participant = request.user, request.today, row.programme.participant
    offered = measures_in_force(participant.centre_id, today).values()
    is_sure = actions.is_sure(row)
    choices = [choice for choice in offered if actions.may_take(choice.kind, user, on=today)]
    choices = [choice for choice in choices if is_sure or choice.kind == actions.Kind.TALK]
    form = MeasureForm(request.POST or None, choices=choices, initial={"what": described(row)})
    back = reverse(page, args=[row.pk])
    words = {
        "heading": "Środek",
        "question": "Co z tego wynika?",
        "facts": [("Osoba", participant), ("Zdarzenie z dnia", day_text(row.on))],
        "consequences": _measured({choice.kind for choice in choices}, is_sure=is_sure),
        "room": "Incydent" if isinstance(row, Incident) else "Naruszenie porządku",
        "submit": "Zapisz środek",
    }

    def act():
        given = {name: form.cleaned_data.get(name, "") for name in ("kind", "what", "text")}
        return actions.take_measure(row, **given, by=user, on=today)

    if request.method == "POST" and form.is_preview and (paper := _preview(request, row, form)):
        return paper
    done = "Środek jest zapisany."
    return step(request, form, act, done=done, words=words, success=lambda _: back, back=back, participant=participant)


def _preview(request, row, form: MeasureForm) -> HttpResponse | None:
    """The reprimand as it would be given, to be read first; nothing is saved."""
    user, today = request.user, request.today
    try:
        given = {name: form.cleaned_data[name] for name in ("what", "text")}
        data = actions.preview_of_reprimand(row, **given, by=user, on=today)
    except Refused as refusal:
        form.add_error(None, refusal.message)
        return None
    record_reading(row.programme.participant, "reprimand", by=user)
    return attached(data, "nagana-wydruk-roboczy.pdf")


def _measured(kinds: set[str], *, is_sure: bool) -> list[str]:
    """What the measures on offer bring, and whose the others are."""
    told = []
    if not is_sure:
        told.append("Do pozytywnego wyniku badania możliwa jest tylko rozmowa.")
    elif actions.Kind.REPRIMAND in kinds:
        told.append("Naganę wystawia się na piśmie z numerem; podpisuje ją, kto ją daje. Przeczytaj najpierw wydruk.")
    else:
        told.append("Naganę na piśmie daje kierujący centrum.")
    if kinds - {actions.Kind.TALK, actions.Kind.REPRIMAND}:
        told.append("Aneks, premia i rozwiązanie programu mają własne strony: stąd nic się nie zmieni samo.")
    stays = "Środek zostaje w historii osoby i można się na niego powołać we wniosku o rozwiązanie."
    return [*told, stays, "Można go tylko wycofać, z podaniem powodu; wystawiona nagana zostaje w dokumentach."]


def _event(request, model, pk, right: str):
    rows = model.objects.visible_to(request.user, on=request.today, right=right)
    return get_object_or_404(
        rows.select_related("programme__participant__centre", "recorded_by", "withdrawn_by"), pk=pk
    )
