from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET, require_http_methods

from attendance.forms.termination import ProposalForm
from attendance.reading import termination
from attendance.reading.termination import Case
from attendance.views.tabs import tabs
from cistor.accounts.access import needs
from cistor.dates import day_text, days_text, span_text
from cistor.journal.actions import record_reading, record_readings
from cistor.journal.once import carry_out, said
from participants import actions
from participants.models import Programme


@require_GET
@needs("prepare_programme")
def near_threshold(request):
    """Everybody whose missed classes are a ground of the regulations, or soon will be."""
    centre, today = request.user.home_centre, request.today
    rows = termination.near_threshold(centre, on=today)
    record_readings(centre, [row.programme.participant_id for row in rows], "attendance", by=request.user)
    context = {"rows": rows, "threshold": termination.threshold_of(centre, on=today), "tabs": tabs(request)}
    context["sees"] = request.user.owners("see_attendance", on=today) is None
    return render(request, "attendance/near_threshold.html", context)


@require_http_methods(["GET", "POST"])
@needs("prepare_programme")
def propose_termination(request, pk):
    """Put before the director why a programme should end, with the days of the attendance that speak for it."""
    programme = _programme(request, pk)
    if programme.ended_on and programme.ended_on < request.today:
        messages.info(request, f"Ten program zakończył się {day_text(programme.ended_on)}.")
        return redirect("participants:programme", programme.participant_id)
    case = Case(programme, on=request.today, may_read=request.user.may("see_diagnosis", on=request.today))
    form, made = ProposalForm(request.POST or None, case=case, initial={"last_on": request.today}), []

    def act():
        made.append(actions.propose_termination(programme, **_given(form, case), by=request.user, on=request.today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Wniosek czeka na decyzję."))
        target = ("participants:termination", made[0].pk) if made else ("participants:terminations",)
        return redirect(*target)
    waiting = programme.terminations.open().first()
    if waiting and request.method == "GET":
        messages.info(request, "Wniosek o rozwiązanie tego programu już czeka na decyzję.")
        return redirect("participants:termination", waiting.pk)
    record_reading(programme.participant, "attendance", by=request.user)
    context = {"programme": programme, "participant": programme.participant, "form": form}
    context |= {"facts": _facts(request, case), "consequences": _consequences(form, case)}
    context |= {"cancel": reverse("participants:programme", args=[programme.participant_id])}
    return render(request, "attendance/propose_termination.html", context, status=422 if form.errors else 200)


PROPOSED = [
    "Program trwa, dopóki nie rozstrzygnie kierujący centrum.",
    "Dni, podstawy i ustalenia zostają we wniosku tak, jak stoją dziś.",
    "Do decyzji wniosek można wycofać.",
]
TICKED = [
    "To, co składa się na przekroczony próg, jest już zaznaczone. Odznacz dni, na których wniosek się nie opiera."
]


def _consequences(form: ProposalForm, case: Case) -> list[str]:
    return TICKED + PROPOSED if case.is_over and not form.is_bound else PROPOSED


def _programme(request, pk) -> Programme:
    rows = Programme.objects.visible_to(request.user, on=request.today, right="prepare_programme")
    return get_object_or_404(rows.select_related("participant__centre").prefetch_related("stages"), pk=pk)


def _given(form: ProposalForm, case: Case) -> dict:
    """What was filled in, with the days and grounds as they stand."""
    given = {name: form.cleaned_data[name] for name in ("kind", "reason", "last_on", "through_fault")}
    given["facts"] = form.findings
    days, grounds = form.cleaned_data.get("days", []), form.cleaned_data.get("grounds", [])
    return {**given, "days": case.frozen_days(days), "grounds": case.frozen_grounds(grounds)}


def _facts(request, case: Case) -> list[tuple[str, object]]:
    programme = case.programme
    count = [("Dni zajęć bez udziału", case.count_text)] if case.count_text else []
    unsure = days_text(day.on for day in case.provisional)
    waiting = [("Dni jeszcze tymczasowe", f"{unsure} – nie są podstawą, póki ktoś ich nie rozstrzygnie")]
    regulations = case.regulations.title if case.regulations else "na ten dzień go nie ma"
    return [
        ("Osoba", programme.participant),
        ("Program", span_text(programme.start_on, programme.planned_end_on)),
        ("Regulamin", regulations),
        *count,
        *(waiting if unsure else []),
        *_sheet(request, programme),
    ]


def _sheet(request, programme: Programme) -> list[tuple[str, object]]:
    """Whoever stands in for the director may propose, and need not see the attendance of everybody."""
    if not programme.participant.open_to(request.user, "see_attendance", on=request.today):
        return []
    url = reverse("attendance:person_years", args=[programme.participant_id])
    return [("Obecność", format_html('<a href="{}">cały program tej osoby</a>', url))]
