"""The goals of an IPZS and what became of them."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from cistor.accounts.access import needs
from cistor.journal.actions import record_reading
from cistor.journal.once import OnceForm
from participants.actions import plan as acts
from participants.forms.plan import GoalForm, OutcomeForm
from participants.models import Goal, Participant
from participants.views.plan import draft_of, form_page


def _goal(request, pk) -> Goal:
    people = Participant.objects.visible_to(request.user, on=request.today, right="see_file")
    rows = Goal.objects.filter(plan__participant__in=people)
    return get_object_or_404(rows.select_related("plan__participant", "plan__programme", "annex__programme"), pk=pk)


def _place(goal: Goal) -> str:
    """Where the goal stands: its plan, or the annex that brings it."""
    if goal.annex and not goal.annex.signed_on:
        return reverse("participants:annex", args=[goal.annex_id])
    return reverse("participants:plan", args=[goal.plan.participant_id])


def _read(request, goal: Goal) -> None:
    record_reading(goal.plan.participant, "annex" if goal.annex else "plan", by=request.user)


def given(form) -> dict:
    return {name: form.cleaned_data[name] for name in acts.GOAL_FIELDS}


@needs("prepare_programme")
def new_goal(request, pk):
    plan = draft_of(request, pk)
    form = GoalForm(request.POST or None, initial={"area": Goal.Area.VOCATIONAL})

    def act():
        acts.add_goal(plan, **given(form), by=request.user, on=request.today)

    words = {"heading": "Nowy cel", "submit": "Dodaj cel", "success": "Cel jest dodany."}
    return form_page(request, form, act, participant=plan.participant, **words)


@needs("prepare_programme")
def edit_goal(request, pk):
    goal = _goal(request, pk)
    form = GoalForm(request.POST or None, initial={name: getattr(goal, name) for name in acts.GOAL_FIELDS})

    def act():
        acts.change_goal(goal, **given(form), by=request.user, on=request.today)

    _read(request, goal)
    words = {"heading": "Zmiana celu", "submit": "Zapisz cel", "success": "Cel jest zapisany."}
    return form_page(request, form, act, participant=goal.plan.participant, back=_place(goal), **words)


@require_http_methods(["GET", "POST"])
@needs("prepare_programme")
def remove_goal(request, pk):
    goal, form = _goal(request, pk), OnceForm(request.POST or None)

    def act():
        acts.remove_goal(goal, by=request.user, on=request.today)

    _read(request, goal)
    words = {
        "heading": "Usunięcie celu",
        "question": "Usunąć ten cel?",
        "facts": [("Osoba", str(goal.plan.participant)), ("Cel", goal.what)],
        "submit": "Usuń cel",
        "success": "Cel jest usunięty.",
        "danger": True,
        "consequences": [],
    }
    return form_page(request, form, act, participant=goal.plan.participant, back=_place(goal), **words)


@needs("prepare_programme")
def goal_outcome(request, pk):
    goal = _goal(request, pk)
    form = OutcomeForm(request.POST or None, initial={"seen_on": request.today})

    def act():
        seen = {name: form.cleaned_data[name] for name in ("is_done", "seen_on", "note")}
        acts.record_outcome(goal, **seen, by=request.user, on=request.today)

    _read(request, goal)
    words = {
        "heading": "Co z celem",
        "question": "Czy cel jest osiągnięty?",
        "facts": [("Osoba", str(goal.plan.participant)), ("Cel", goal.what), ("Kto odpowiada", goal.who)],
        "consequences": ["Wcześniejsze wpisy o tym celu zostają; liczy się najnowszy."],
        "submit": "Zapisz, co z celem",
        "success": "Zapisano, co z celem.",
    }
    return form_page(request, form, act, participant=goal.plan.participant, back=_place(goal), **words)
