"""Rounds: the list, one of them, who enters it, the ranking, the closing."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Case, Count, Exists, OuterRef, Q, Value, When
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET

from cistor import places
from cistor.accounts.access import needs
from cistor.dates import day_text
from cistor.journal.actions import record_readings
from cistor.journal.once import OnceForm, carry_out, said
from cistor.sorting import Column, Sorting
from referrals import actions
from referrals.actions.rounds import FIELDS as ROUND_FIELDS
from referrals.editions import reached
from referrals.forms.rounds import EnterForm, ProjectForm, RoundForm
from referrals.models import Application, Candidacy, Project, Round, Score
from referrals.ranking import obstacle, ranked, unfinished
from referrals.recruiting import may_read_reasons, step
from referrals.scoring import points_text
from referrals.views import fetch

PAGE = 50
# As many as one page of the list of those who wait can hold and somebody can read.
MOST_WAITING = 200
State, NO_CONSENT = Application.Recruitment, Application.Office.NO_CONSENT
COLUMNS = [
    Column("Nazwisko i imię", "osoba", "application__participant__order_key"),
    Column("Wniosek", "wniosek", "application__submitted_on"),
    Column("Stan", "stan", "step"),
    Column("Miejsce", "miejsce", "place", "number"),
]


def _rounds(request):
    return Round.objects.visible_to(request.user, on=request.today).select_related("project", "regulations", "centre")


def _round(request, pk) -> Round:
    return get_object_or_404(_rounds(request), pk=pk)


def _may(request) -> dict[str, bool]:
    """For templates: what this user may do with a round."""
    rights = ("prepare_programme", "decide_programme", "enter_application", "score")
    return {right: request.user.may(right, on=request.today) for right in rights}


@require_GET
@needs("see_candidates")
def rounds(request):
    """The newest first."""
    standing = Count("candidacies", filter=Q(candidacies__left_on=None))
    rows = _rounds(request).annotate(people=standing).order_by("-opened_on", "-pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    projects = Project.objects.visible_to(request.user, on=request.today)
    return render(request, "referrals/rounds.html", {"page": page, "projects": projects, "may": _may(request)})


@needs("prepare_programme")
def new_round(request):
    """By the regulations of the day; what they lack is said before anything is filled in."""
    centre, today = request.user.home_centre, request.today
    projects = Project.objects.visible_to(request.user, on=today)
    form = RoundForm(request.POST or None, projects=projects)
    opened = []

    def act():
        fields = {name: form.cleaned_data[name] for name in ROUND_FIELDS}
        opened.append(actions.open_round(centre, **fields, by=request.user, on=today))

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Nabór jest otwarty."))
        return redirect("referrals:enter_round", opened[0].pk) if opened else redirect("referrals:rounds")
    regulations = centre.regulations.version(centre, today)
    context = {"form": form, "regulations": regulations, "obstacle": obstacle(regulations, today)}
    return render(request, "referrals/round_new.html", context, status=422 if form.errors else 200)


@needs("prepare_programme")
def change_round(request, pk):
    row = _round(request, pk)
    projects = Project.objects.visible_to(request.user, on=request.today)
    initial = {name: getattr(row, name) for name in ROUND_FIELDS}
    form = RoundForm(request.POST or None, initial=initial, projects=projects)

    def act():
        fields = {name: form.cleaned_data[name] for name in ROUND_FIELDS}
        actions.change_round(row, **fields, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Nabór jest zmieniony."))
        return redirect("referrals:round", pk)
    return render(request, "referrals/round_change.html", {"form": form, "round": row}, status=_status(form))


def _status(form) -> int:
    return 422 if form.errors else 200


@needs("prepare_programme")
def new_project(request):
    return _project_page(request, None)


@needs("prepare_programme")
def project(request, pk):
    rows = Project.objects.visible_to(request.user, on=request.today)
    return _project_page(request, get_object_or_404(rows, pk=pk))


def _project_page(request, row: Project | None):
    fields = [name for name in ProjectForm.base_fields if name != "token"]
    form = ProjectForm(request.POST or None, initial={name: getattr(row, name) for name in fields} if row else None)

    def act():
        values = {name: form.cleaned_data[name] for name in fields}
        actions.save_project(request.user.home_centre, row, **values, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Projekt jest zapisany."))
        return redirect("referrals:rounds")
    context = {"form": form, "project": row, "reached": reached(row) if row else None}
    return render(request, "referrals/round_project.html", context, status=_status(form))


# One round ------------------------------------------------------------------------------------------------------------


@require_GET
@needs("see_candidates")
def one_round(request, pk):
    """Who stands where; how many have scored is said to everybody, what they scored to nobody."""
    row = _round(request, pk)
    by_scores = row.method == Round.Method.SCORES
    columns = [*COLUMNS, Column("Oceny" if by_scores else "Punkty")]
    sorting = Sorting(columns, request, usual="osoba" if row.is_open else "miejsce")
    candidates = [(one, step(one)) for one in sorting.apply(_candidates(request, row))]
    places.keep(request)
    context = {
        "round": row,
        "facts": _facts(row),
        "heads": sorting.heads,
        "candidates": candidates,
        "counts": _counts(candidates),
        "left": row.candidacies.exclude(left_on=None).count(),
        "papers": _papers(request, row),
        "reached": reached(row.project) if row.project else None,
        "by_scores": by_scores,
        "may": _may(request),
    }
    return render(request, "referrals/round.html", context)


def _candidates(request, row: Round):
    order = [When(application__recruitment_state=state, then=Value(n)) for n, state in enumerate(State)]
    own = Score.objects.filter(candidacy=OuterRef("pk"), recruiter=request.user)
    rows = Candidacy.objects.visible_to(request.user, on=request.today).filter(round=row, left_on=None)
    rows = rows.with_past().select_related("application__participant")
    return rows.annotate(step=Case(*order), given=Count("scores"), scored_by_me=Exists(own))


def _counts(candidates: list[tuple[Candidacy, tuple[str, str]]]) -> list[tuple[str, str, int]]:
    """(kind and word of the badge, how many), in the order of the way."""
    counts = Counter(badge for _, badge in candidates)
    of_way = [(state.badge, str(state.label)) for state in State]
    order = [*(badge for badge in of_way if badge in counts), *(badge for badge in counts if badge not in of_way)]
    return [(*badge, counts[badge]) for badge in order]


def _papers(request, row: Round):
    """Whoever only scores has the copies without names."""
    may, papers = _may(request), row.papers.select_related("document")
    return papers if may["prepare_programme"] or may["decide_programme"] else papers.filter(is_public=True)


def _facts(row: Round) -> list[tuple[str, object]]:
    closed = [("Zamknięto", f"{day_text(row.closed_on)}, {row.closed_by}")] if row.closed_on else []
    return [
        ("Miejsca", row.places),
        ("Sposób", row.get_method_display()),
        ("Regulamin", row.regulations.title),
        ("Projekt", row.project),
        ("Początek zajęć", day_text(row.classes_on) if row.classes_on else ""),
        ("Otwarto", f"{day_text(row.opened_on)}, {row.opened_by}"),
        *closed,
    ]


@needs("prepare_programme")
def enter_round(request, pk):
    """Whoever waits, and the reserve of earlier rounds; nobody is chosen beforehand."""
    row, waiting = _round(request, pk), _waiting(request, pk)
    form = EnterForm(request.POST or None, applications=waiting)

    def act():
        chosen, despite = form.cleaned_data["applications"], form.cleaned_data["despite_no_consent"]
        actions.enter_all(row, chosen, despite_no_consent=despite, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, f"Dodano: {len(form.cleaned_data['applications'])}."))
        return redirect("referrals:round", pk)
    chosen = set(request.POST.getlist("applications"))
    shown = list(waiting[:MOST_WAITING])
    context = {
        "round": row,
        "form": form,
        "rows": [(application, str(application.pk) in chosen) for application in shown],
        "has_refused": any(application.office_state == NO_CONSENT for application in shown),
        "more": waiting.count() - len(shown),
    }
    return render(request, "referrals/round_enter.html", context, status=_status(form))


def _waiting(request, pk):
    """The earliest application first; who has fallen out of this very round has a way back of their own."""
    rows = fetch.applications(request).open()
    rows = rows.filter(recruitment_state__in=[State.WAITING, State.RESERVE, State.DECLINED])
    here = Candidacy.objects.filter(round=pk, application=OuterRef("pk"), left_on=None)
    return rows.filter(~Exists(here)).order_by("submitted_on", "pk")


@require_GET
@needs("see_candidates")
def ranking(request, pk):
    """How each person's points came about; of an open round, as it would be now."""
    row = _round(request, pk)
    order, may_read = ranked(row), may_read_reasons(row, request.user, request.today)
    record_readings(row.centre, {c.application.participant_id for _, c in order}, "candidate", by=request.user)
    context = {
        "round": row,
        "rows": [(one, c, points_text(one.entrant.points), _explained(one) if may_read else []) for one, c in order],
        "unfinished": list(unfinished(row)) if row.is_open else [],
        "reached": reached(row.project) if row.project else None,
        "may": _may(request),
    }
    return render(request, "referrals/ranking.html", context)


def _explained(one) -> list[tuple[str, str, str]]:
    """(points, sentence, §) of each reason."""
    return [(points_text(line.points), line.sentence, line.source) for line in one.entrant.lines]


@needs("decide_programme")
def close_round(request, pk):
    """Asked once more by the round's name: its lists never change again."""
    row = _round(request, pk)
    form = OnceForm(request.POST or None)

    def act():
        actions.close_round(row, by=request.user, on=request.today)

    if request.method == "POST" and carry_out(form, act, by=request.user):
        messages.success(request, said(form, "Nabór jest zamknięty, listy są wystawione."))
        return redirect("referrals:round", pk)
    order, waiting = ranked(row), list(unfinished(row)) if row.is_open else []
    refused = [one for _, one in order if one.application.office_state == NO_CONSENT]
    context = {"round": row, "form": form, "unfinished": waiting, "refused": refused}
    context["facts"] = _closing_facts(row, order, waiting)
    return render(request, "referrals/round_close.html", context, status=_status(form))


def _closing_facts(row: Round, order: list, waiting: list[Candidacy]) -> list[tuple[str, object]]:
    within = sum(one.is_within for one, _ in order)
    not_met = row.candidacies.filter(left_on=None, is_formally_met=False).count()
    return [
        ("Nabór", row),
        ("Miejsca", row.places),
        ("Zakwalifikowani", within),
        ("Lista rezerwowa", len(order) - within),
        ("Nie spełnia kryteriów", not_met),
        ("Bez rozstrzygnięcia", len(waiting)),
    ]
