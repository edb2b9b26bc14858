"""Annexes: written, printed, signed."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.documents.answers import printed
from cistor.journal.actions import record_reading
from cistor.journal.once import OnceForm, carry_out, said
from participants.actions import annex as acts
from participants.actions import plan as plans
from participants.documents import plan as papers
from participants.forms.plan import AnnexForm, GoalForm, SignAnnexForm
from participants.models import Annex, Goal, Participant
from participants.views.fetch import programme_of
from participants.views.goals import given
from participants.views.plan import form_page

FIELDS = ("changes", "reason", "in_force_from")


def _annex(request, pk, right: str = "see_file") -> Annex:
    people = Participant.objects.visible_to(request.user, on=request.today, right=right)
    rows = Annex.objects.filter(programme__participant__in=people)
    about = ("programme__participant__centre", "written_by", "signed_by", "signed_for", "document")
    return get_object_or_404(rows.select_related(*about), pk=pk)


def _to_read(request, pk) -> Annex:
    """Who signs reads what they sign, a stand-in too."""
    deciding = request.user.may("decide_programme", on=request.today)
    return _annex(request, pk, "decide_programme" if deciding else "see_file")


@needs("prepare_programme")
def new_annex(request, pk):
    programme = programme_of(request, pk, "see_file")
    form = AnnexForm(request.POST or None, initial={"in_force_from": request.today})

    def act():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        acts.draft_annex(programme, **fields, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Projekt aneksu jest zapisany. Czeka na podpis."))
        return redirect("participants:annex", programme.annexes.latest("number").pk)
    back = reverse("participants:plan", args=[programme.participant_id])
    context = {"form": form, "participant": programme.participant, "back": back, "danger": False}
    context |= {"heading": "Nowy aneks", "submit": "Zapisz projekt aneksu"}
    return render(request, "participants/plan_form.html", context, status=422 if form.errors else 200)


@require_GET
@needs("see_file", "decide_programme")
def annex(request, pk):
    return _page(request, _to_read(request, pk), SignAnnexForm(initial={"signed_on": request.today}))


@require_POST
@needs("decide_programme")
def sign_annex(request, pk):
    row, form = _annex(request, pk, "decide_programme"), SignAnnexForm(request.POST)

    def act():
        acts.sign_annex(row, signed_on=form.cleaned_data["signed_on"], by=request.user, on=request.today)

    if carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Aneks jest podpisany i ma numer."))
        return redirect("participants:annex", pk)
    return _page(request, _annex(request, pk, "decide_programme"), form, status=422)


def _page(request, row: Annex, form: SignAnnexForm, status: int = 200):
    user, today, person = request.user, request.today, row.programme.participant
    record_reading(person, "annex", by=user)
    sees, is_open = person.open_to(user, "see_file", on=today), not (row.signed_on or row.programme.is_over(today))
    context = {
        "annex": row,
        "participant": person,
        "facts": _facts(row),
        "goals": row.goals.all(),
        "form": form,
        "sees": sees,
        "may_write": sees and is_open and user.may("prepare_programme", on=today),
        "may_remove": sees and user.may("prepare_programme", on=today) and not row.signed_on,
        "may_sign": is_open and user.may("decide_programme", on=today),
        "is_late": not (row.signed_on or is_open),
    }
    return render(request, "participants/annex.html", context, status=status)


def _facts(row: Annex) -> list[tuple[str, object]]:
    signed = [("Podpisano", ", ".join(filter(None, (day_text(row.signed_on), row.signer))))] if row.signed_on else []
    return [
        ("Osoba", row.programme.participant),
        ("IPZS podpisano", day_text(row.programme.signed_on)),
        ("Co się zmienia", row.changes),
        ("Obowiązuje od", day_text(row.in_force_from)),
        ("Powód", row.reason),
        ("Napisał(a)", row.written_by),
        *signed,
    ]


@needs("prepare_programme")
def edit_annex(request, pk):
    row = _annex(request, pk)
    form = AnnexForm(request.POST or None, initial={name: getattr(row, name) for name in FIELDS})

    def act():
        fields = {name: form.cleaned_data[name] for name in FIELDS}
        acts.change_annex(row, **fields, by=request.user, on=request.today)

    record_reading(row.programme.participant, "annex", by=request.user)
    words = {"heading": "Zmiana aneksu", "submit": "Zapisz projekt aneksu", "success": "Projekt aneksu jest zapisany."}
    return form_page(request, form, act, participant=row.programme.participant, back=_place(row), **words)


@needs("prepare_programme")
def new_annex_goal(request, pk):
    row = _annex(request, pk)
    form = GoalForm(request.POST or None, initial={"area": Goal.Area.VOCATIONAL})

    def act():
        plans.add_goal(row, **given(form), by=request.user, on=request.today)

    words = {"heading": "Nowy cel w aneksie", "submit": "Dodaj cel", "success": "Cel jest dodany."}
    return form_page(request, form, act, participant=row.programme.participant, back=_place(row), **words)


@needs("prepare_programme")
def remove_annex(request, pk):
    row, form = _annex(request, pk), OnceForm(request.POST or None)

    def act():
        acts.remove_annex(row, by=request.user, on=request.today)

    words = {
        "heading": "Usunięcie projektu aneksu",
        "question": f"Usunąć projekt aneksu nr {row.number} z jego celami?",
        "consequences": ["Projekt znika z karty. Kto i kiedy go usunął, zostaje w śladach."],
        "submit": "Usuń projekt aneksu",
        "success": "Projekt aneksu jest usunięty.",
        "danger": True,
    }
    return form_page(request, form, act, participant=row.programme.participant, **words)


def _place(row: Annex) -> str:
    return reverse("participants:annex", args=[row.pk])


@require_GET
@needs("see_file", "decide_programme")
def annex_paper(request, pk):
    """A working copy to be agreed on; once signed, the issued file."""
    row = _to_read(request, pk)
    if row.document_id:
        return redirect("documents:download", row.document_id)
    person = row.programme.participant
    return printed(
        request,
        "annex",
        lambda: papers.annex(person.centre, row, on=request.today),
        back=_place(row),
        name=f"aneks-{row.pk}.pdf",
        people=[person.pk],
    )
