"""One candidate of a round, as the recruiters see one: no PESEL and nothing of health; and the steps of the round."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_GET

from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.journal.actions import record_reading
from cistor.journal.once import OnceForm, carry_out, said
from cistor.money import zloty
from referrals import actions
from referrals.forms.rounds import ConsultationForm, FormalForm, InterviewForm, NeedForm, ReasonForm
from referrals.models import Candidacy, Round, Score
from referrals.ranking import lines, need_rules
from referrals.recruiting import deeds, may_read_reasons, step, ways_back
from referrals.scoring import points_text


def candidate(request, pk) -> Candidacy:
    """Whoever only scores reads those being scored, and nobody of a round that is over."""
    rows = Candidacy.objects.visible_to(request.user, on=request.today).with_past()
    if not request.user.may("prepare_programme", on=request.today):
        rows = rows.filter(round__closed_on=None, left_on=None)
    related = ("round__regulations", "round__centre", "application__participant", "formal_by", "interview_by")
    return get_object_or_404(rows.select_related(*related, "scoring_closed_by"), pk=pk)


def reached(request, row: Candidacy, form, act: Callable[[], object], *, done: str) -> bool:
    """Whether the deed of the page was done; reading the page is noted otherwise."""
    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, done))
        return True
    record_reading(row.application.participant, "candidate", by=request.user)
    return False


def page(request, template: str, row: Candidacy, form, **more):
    context = {"candidacy": row, "step": step(row), "form": form, "facts": short_facts(row), **more}
    context["cancel"] = reverse("referrals:candidate", args=[row.pk])
    return render(request, template, context, status=422 if form.errors else 200)


def deed_page(request, row: Candidacy, form, question: str, submit: str, consequences=(), rule: str = ""):
    """The facts of the candidate beside one deed."""
    said = {"question": question, "submit": submit, "consequences": consequences, "rule": rule}
    return page(request, "referrals/round_deed.html", row, form, **said)


def short_facts(row: Candidacy) -> list[tuple[str, object]]:
    url = reverse("referrals:round", args=[row.round_id])
    return [
        ("Kandydat", row.application.participant),
        ("Wniosek", f"{row.application.number}, złożony {day_text(row.application.submitted_on)}"),
        ("Nabór", format_html('<a href="{}">{}</a>', url, row.round)),
        ("Stan", step(row)[1]),
    ]


@require_GET
@needs("see_candidates")
def one_candidate(request, pk):
    """What is known for the scoring; what others scored, only once that is closed."""
    row = candidate(request, pk)
    record_reading(row.application.participant, "candidate", by=request.user)
    scores = list(Score.objects.visible_to(request.user, on=request.today).filter(candidacy=row))
    context = {
        "candidacy": row,
        "step": step(row),
        # The name and the state stand on top of the page.
        "facts": [*short_facts(row)[1:-1], *_found(request, row)],
        "deeds": deeds(row, request.user, request.today),
        "ways_back": ways_back(row, request.user, request.today),
        "by_scores": row.round.method == Round.Method.SCORES,
        "own": next((score for score in scores if score.recruiter_id == request.user.pk), None),
        "scores": scores if row.scoring_closed_on else [],
        "recruiters": [score.recruiter for score in row.scores.select_related("recruiter").defer(*HIDDEN)],
        **_points(request, row),
        "may_see_case": request.user.may("enter_application", on=request.today),
    }
    return render(request, "referrals/round_candidate.html", context)


# Who has scored is said to everybody; these are not even fetched.
HIDDEN = ("motivation", "potential", "prognosis", "note")


def _points(request, row: Candidacy) -> dict[str, object]:
    """Once they are settled: how many, and (points, sentence, §) of each reason."""
    settled = lines(row) if row.scoring_closed_on else []
    total = sum(line.points for line in settled) if row.points is None else row.points
    told = settled if may_read_reasons(row.round, request.user, request.today) else []
    reasons = [(points_text(line.points), line.sentence, line.source) for line in told]
    return {"points": points_text(total) if settled else "", "lines": reasons}


def _found(request, row: Candidacy) -> list[tuple[str, object]]:
    """As much as the rights of the day open; a consultation is about health."""
    may = {right: request.user.may(right, on=request.today) for right in ("prepare_programme", "see_diagnosis")}
    return [
        *_formal(row, with_note=may["prepare_programme"]),
        *_interview(row),
        *(_consultation(row) if may["see_diagnosis"] else []),
        *(_need(row) if row.round.method == Round.Method.POINTS and may["prepare_programme"] else []),
        *_end(row, with_reason=may["prepare_programme"]),
    ]


def _formal(row: Candidacy, *, with_note: bool) -> list[tuple[str, object]]:
    if row.formal_on is None:
        return [("Ocena formalna", "")]
    word = "spełnia kryteria" if row.is_formally_met else "nie spełnia kryteriów"
    note = [("Uwagi do oceny formalnej", row.formal_note)] if with_note and row.formal_note else []
    return [("Ocena formalna", f"{word} – {day_text(row.formal_on)}, {row.formal_by}"), *note]


def _interview(row: Candidacy) -> list[tuple[str, object]]:
    if row.interview_on is None:
        return [("Rozmowa", "")]
    note = [("Notatka z rozmowy", row.interview_note)] if row.interview_note else []
    return [("Rozmowa", f"{day_text(row.interview_on)}, zapis: {row.interview_by}"), *note]


def _consultation(row: Candidacy) -> list[tuple[str, object]]:
    if row.consultation_on is None:
        return []
    note = [("Notatka o konsultacji", row.consultation_note)] if row.consultation_note else []
    return [("Konsultacja psychiatryczna", f"poproszono {day_text(row.consultation_on)}"), *note]


def _need(row: Candidacy) -> list[tuple[str, object]]:
    income = row.income_per_head is not None
    return [
        ("Dochód na osobę", f"{zloty(row.income_per_head)} ({row.get_income_proof_display()})" if income else ""),
        ("Bez pracy od", day_text(row.jobless_since) if row.jobless_since else ""),
    ]


def _end(row: Candidacy, *, with_reason: bool) -> list[tuple[str, object]]:
    placed = [("Miejsce w naborze", f"{row.place}, {row.get_outcome_display()}")] if row.place else []
    declined = [("Skreślono", day_text(row.declined_on))] if row.declined_on else []
    reason = [("Powód", row.decline_reason)] if with_reason and row.decline_reason else []
    left = [("Wycofano z naboru", day_text(row.left_on))] if row.left_on else []
    return [*placed, *declined, *reason, *left]


# Steps ----------------------------------------------------------------------------------------------------------------


@needs("prepare_programme")
def formal_check(request, pk):
    row, form = candidate(request, pk), FormalForm(request.POST or None)

    def act():
        given = {name: form.cleaned_data[name] for name in ("is_met", "note")}
        actions.check_formally(row, **given, by=request.user, on=request.today)

    if reached(request, row, form, act, done="Ocena formalna jest zapisana."):
        return redirect("referrals:candidate", pk)
    consequences = ["Kto nie spełnia kryteriów, odpada i nie ma go na żadnej liście.", "Pomyłkę można cofnąć."]
    return deed_page(
        request, row, form, "Czy kandydat spełnia kryteria formalne?", "Zapisz ocenę formalną", consequences
    )


@needs("prepare_programme")
def interview(request, pk):
    row, form = candidate(request, pk), InterviewForm(request.POST or None, initial={"held_on": request.today})

    def act():
        given = {name: form.cleaned_data[name] for name in ("held_on", "note")}
        actions.hold_interview(row, **given, by=request.user, on=request.today)

    if reached(request, row, form, act, done="Rozmowa jest zapisana."):
        return redirect("referrals:candidate", pk)
    by_scores = row.round.method == Round.Method.SCORES
    after = "Kandydata można potem oceniać." if by_scores else "Rozmowa nie zmienia punktów."
    return deed_page(request, row, form, "Rozmowa kwalifikacyjna", "Zapisz rozmowę", [after])


@needs("see_diagnosis")
def consultation(request, pk):
    row = candidate(request, pk)
    initial = {"asked_on": row.consultation_on or request.today, "note": row.consultation_note}
    form = ConsultationForm(request.POST or None, initial=initial, is_asked=row.consultation_on is not None)

    def act():
        given = {name: form.cleaned_data[name] for name in ("asked_on", "note")}
        actions.ask_consultation(row, **given, by=request.user, on=request.today)

    undone = "Prośba o konsultację jest cofnięta; jej dzień i notatka zostają w historii."
    is_taken_back = "is_taken_back" in form.fields and "is_taken_back" in request.POST
    if reached(request, row, form, act, done=undone if is_taken_back else "Konsultacja jest zapisana."):
        return redirect("referrals:candidate", pk)
    consequences = ["Konsultacja nie wstrzymuje oceny.", "Nie widzą jej instruktorzy."]
    return deed_page(request, row, form, "Konsultacja psychiatryczna", "Zapisz konsultację", consequences)


@needs("prepare_programme")
def need(request, pk):
    row, names = candidate(request, pk), ("income_per_head", "income_proof", "jobless_since")
    form = NeedForm(request.POST or None, initial=_initial(row))

    def act():
        given = {name: form.cleaned_data[name] for name in names}
        actions.enter_need(row, **given, by=request.user, on=request.today)

    if reached(request, row, form, act, done="Dochód i czas bez pracy są zapisane."):
        return redirect("referrals:candidate", pk)
    return deed_page(request, row, form, "Dochód i czas bez pracy", "Zapisz do punktów", rule=need_rule(row))


def need_rule(row: Candidacy) -> str:
    rules = need_rules(row.round.regulations)
    income = (
        f"dochód poniżej {zloty(rules.threshold)}: {rules.income_points} pkt" if rules.threshold is not None else ""
    )
    jobless = f"za każde pełne {rules.months} miesięcy bez pracy: {rules.jobless_points} pkt" if rules.months else ""
    return "; ".join(filter(None, [income, jobless, rules.income_source])).capitalize()


def _initial(row: Candidacy) -> dict[str, object]:
    income = "" if row.income_per_head is None else f"{row.income_per_head:f}".replace(".", ",")
    return {"income_per_head": income, "income_proof": row.income_proof, "jobless_since": row.jobless_since}


# Ways back ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Step:
    """A deed that asks once more; some ask for a reason."""

    act: Callable[..., Candidacy]
    question: str
    submit: str
    done: str
    consequences: list[str]
    form: type[OnceForm] = OnceForm


STEPS = {
    "wycofanie": Step(
        actions.leave_round,
        "Wycofać z naboru?",
        "Wycofaj z naboru",
        "Wniosek jest wycofany z naboru.",
        [
            "Wniosek wraca do czekających albo na listę rezerwową, z której przyszedł.",
            "Ocena formalna i rozmowa w tym naborze przepadają; to, za co są punkty, zostaje.",
        ],
    ),
    "skreslenie": Step(
        actions.decline,
        "Skreślić kandydata?",
        "Skreśl kandydata",
        "Kandydat jest skreślony.",
        ["Kandydat odpada z naboru.", "Wystawione listy się nie zmieniają.", "Pomyłkę można cofnąć."],
        form=ReasonForm,
    ),
    "skreslenie-cofniecie": Step(
        actions.take_back_decline,
        "Cofnąć skreślenie?",
        "Cofnij skreślenie",
        "Skreślenie jest cofnięte.",
        [
            "Kandydat wraca tam, gdzie był.",
            "Jeżeli jego miejsce dostała już kolejna osoba, wraca na listę rezerwową.",
            "Niespełnione kryteria trzeba ocenić ponownie.",
        ],
    ),
    "ocena-formalna": Step(
        actions.take_back_formal_check,
        "Cofnąć ocenę formalną?",
        "Cofnij ocenę formalną",
        "Ocena formalna jest cofnięta.",
        ["Ocenę formalną trzeba będzie zapisać ponownie."],
    ),
    "rozmowa": Step(
        actions.take_back_interview,
        "Cofnąć rozmowę?",
        "Cofnij rozmowę",
        "Rozmowa jest cofnięta.",
        ["Dzień i notatka z rozmowy znikają; zostają w historii."],
    ),
    "oceny": Step(
        actions.reopen_scoring,
        "Otworzyć oceny ponownie?",
        "Otwórz oceny",
        "Oceny są znowu otwarte.",
        ["Kandydat wypada z rankingu do ponownego zamknięcia ocen.", "Cudzych ocen znowu nie widać."],
    ),
}


# A round of points has no scores.
IN_POINTS = {
    "oceny": replace(
        STEPS["oceny"],
        question="Otworzyć punkty ponownie?",
        submit="Otwórz punkty",
        done="Punkty są znowu otwarte.",
        consequences=[
            "Kandydat wypada z rankingu do ponownego zamknięcia punktów.",
            "Dochód i czas bez pracy znowu można zmienić.",
        ],
    )
}


@needs("prepare_programme")
def step_back(request, pk, step):
    """Each way back, and what takes a candidate out, asks once more."""
    if step not in STEPS:
        raise Http404
    row = candidate(request, pk)
    way = STEPS[step] if row.round.method == Round.Method.SCORES else IN_POINTS.get(step, STEPS[step])
    form = way.form(request.POST or None)

    def act():
        given = {"reason": form.cleaned_data["reason"]} if "reason" in form.fields else {}
        way.act(row, **given, by=request.user, on=request.today)

    if reached(request, row, form, act, done=way.done):
        return redirect("referrals:candidate", pk)
    return deed_page(request, row, form, way.question, way.submit, way.consequences)
