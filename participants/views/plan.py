"""The IPZS: its page, its draft, its paper."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cistor.accounts.access import needs
from cistor.documents.answers import printed
from cistor.errors import Refused
from cistor.journal.actions import record_reading
from cistor.journal.once import OnceForm, carry_out, said
from participants.actions import plan as acts
from participants.actions.checking import refuse_days
from participants.documents import plan as papers
from participants.drafts import awaits_text, of_before
from participants.forms.plan import PlanForm, StartForm
from participants.models import Goal, GoalOutcome, Participant, Plan, Programme


def part(request, programme: Programme) -> dict[str, Any]:
    """For the tab of the programmes: the plan, its goals and annexes, for who sees the personal file."""
    person, user, today = programme.participant, request.user, request.today
    if not person.open_to(user, "see_file", on=today):
        return {"sees": False}
    return {
        "sees": True,
        "plan": Plan.objects.filter(programme=programme).first(),
        "goals": _goals(Goal.objects.filter(plan__programme=programme)),
        "annexes": programme.annexes.all(),
        "may_write": user.may("prepare_programme", on=today) and not person.erased_on,
        "is_over": programme.is_over(today),
    }


def _goals(goals):
    """With what was seen of them; those of a draft annex stand with it."""
    seen = Prefetch("outcomes", GoalOutcome.objects.select_related("by"))
    return goals.exclude(annex__isnull=False, annex__signed_on=None).select_related("annex").prefetch_related(seen)


# The page ------------------------------------------------------------------------------------------------------------


@require_GET
@needs("see_file")
def plan(request, pk):
    """The draft, else the newest that was signed."""
    participant = get_object_or_404(_people(request), pk=pk)
    plans = participant.plans.select_related("programme", "agreed_with")
    return _page(request, participant, plans.filter(programme=None).first() or plans.first())


@require_GET
@needs("see_file")
def programme_plan(request, pk):
    """Of one programme, an earlier one too."""
    plans = Plan.objects.filter(participant__in=_people(request))
    row = get_object_or_404(plans.select_related("participant", "programme", "agreed_with"), programme=pk)
    return _page(request, row.participant, row)


def _people(request):
    return Participant.objects.visible_to(request.user, on=request.today, right="see_file").select_related("centre")


def _page(request, participant: Participant, row: Plan | None):
    record_reading(participant, "plan", by=request.user)
    programme = row.programme if row else None
    context = {
        "participant": participant,
        "plan": row,
        "programme": programme,
        "texts": [(Plan._meta.get_field(name).verbose_name, getattr(row, name)) for name in Plan.TEXTS] if row else [],
        "periods": papers.periods(programme) if programme else [],
        "goals": _goals(row.goals.all()) if row else [],
        "annexes": programme.annexes.all() if programme else [],
        "waiting": awaits_text(participant) if row and not programme else None,
        "of_before": of_before(participant) if row and not programme else None,
        "may_write": request.user.may("prepare_programme", on=request.today) and not participant.erased_on,
        "is_over": bool(programme and programme.is_over(request.today)),
        "start_form": StartForm(),
        "form": OnceForm(),
    }
    return render(request, "participants/plan.html", context)


# The draft -----------------------------------------------------------------------------------------------------------


@require_POST
@needs("prepare_programme")
def start_plan(request, pk):
    participant = get_object_or_404(_people(request), pk=pk)
    form = OnceForm(request.POST)

    def act():
        acts.start_plan(participant, by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Projekt IPZS jest założony. Dostosuj go do tej osoby i dodaj cele."))
    else:
        messages.error(request, " ".join(form.non_field_errors() or ["Odśwież stronę i spróbuj ponownie."]))
    return redirect("participants:plan", pk)


def draft_of(request, pk) -> Plan:
    rows = Plan.objects.filter(participant__in=_people(request)).select_related("participant__centre")
    return get_object_or_404(rows, pk=pk)


@needs("prepare_programme")
def edit_plan(request, pk):
    row = draft_of(request, pk)
    initial = {name: getattr(row, name) for name in acts.FIELDS}
    form = PlanForm(request.POST or None, initial=initial, by=request.user, on=request.today)

    def act():
        given = {name: form.cleaned_data[name] for name in acts.FIELDS}
        acts.save_plan(row, **given, by=request.user, on=request.today)

    words = {"heading": "Treść IPZS", "submit": "Zapisz projekt IPZS", "success": "Projekt IPZS jest zapisany."}
    record_reading(row.participant, "plan", by=request.user)
    return form_page(request, form, act, participant=row.participant, **words)


@needs("prepare_programme")
def remove_plan(request, pk):
    row, form = draft_of(request, pk), OnceForm(request.POST or None)

    def act():
        acts.remove_plan(row, by=request.user, on=request.today)

    words = {
        "heading": "Usunięcie projektu IPZS",
        "question": "Usunąć projekt IPZS z jego celami?",
        "consequences": ["Projekt znika z karty. Kto i kiedy go usunął, zostaje w śladach."],
        "submit": "Usuń projekt IPZS",
        "success": "Projekt IPZS jest usunięty.",
        "danger": True,
    }
    return form_page(request, form, act, participant=row.participant, **words)


@needs("prepare_programme")
def seal_plan(request, pk):
    """A programme was signed without its text, on paper perhaps: now it gets it."""
    row, form = draft_of(request, pk), OnceForm(request.POST or None)
    waiting = awaits_text(row.participant)

    def act():
        if waiting is None:
            raise Refused("Nie ma trwającego programu bez treści. Projekt dołączy się sam przy podpisaniu IPZS.")
        acts.seal_plan(row, waiting, by=request.user, on=request.today)

    words = {
        "heading": "Dołączenie treści do IPZS",
        "question": "Dołączyć ten projekt do podpisanego programu?",
        "consequences": ["Treść i cele nie zmienią się już więcej. Każdą zmianę zapisze aneks."],
        "submit": "Dołącz do podpisanego IPZS",
        "success": "Program ma swoją treść.",
    }
    return form_page(request, form, act, participant=row.participant, **words)


def form_page(request, form, act, *, participant: Participant, success: str, back: str = "", **words):
    """One form about a plan; `words`: heading, submit; question and consequences where it asks once more."""
    back = back or reverse("participants:plan", args=[participant.pk])
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, success))
        return redirect(back)
    template = "participants/plan_confirm.html" if "question" in words else "participants/plan_form.html"
    facts = [("Osoba", str(participant))]
    context = {"form": form, "participant": participant, "back": back, "facts": facts, "danger": False, **words}
    return render(request, template, context, status=422 if form.errors else 200)


# The paper -----------------------------------------------------------------------------------------------------------


@require_GET
@needs("see_file")
def plan_paper(request, pk):
    """To be printed for the signature; `od` is the first day that it names while no programme has one."""
    row, asked = draft_of(request, pk), StartForm(request.GET)
    return printed(
        request,
        "ipzs",
        lambda: papers.ipzs(row.participant.centre, row, on=request.today, start_on=_asked_day(asked)),
        back=reverse("participants:plan", args=[row.participant_id]),
        name=f"ipzs-{row.pk}.pdf",
        people=[row.participant_id],
    )


def _asked_day(asked: StartForm) -> date | None:
    if not asked.is_valid():
        raise Refused("Pierwszy dzień zajęć nie jest dniem z kalendarza. Popraw go albo zostaw puste pole.")
    refuse_days(start_on=asked.cleaned_data["od"])
    return asked.cleaned_data["od"]


@require_GET
@needs("see_file")
def empty_plan(request):
    """To be filled in by hand; nothing of anybody stands on it."""
    centre, names = request.user.home_centre, {"back": "participants:list", "name": "ipzs.pdf"}
    return printed(request, "ipzs", lambda: papers.ipzs(centre, None, on=request.today), **names)
