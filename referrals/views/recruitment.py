"""The recruitment's part of a case."""

from datetime import date
from typing import Any

from django.db.models import Prefetch

from cistor.accounts.models import User
from cistor.dates import day_text
from referrals.models import Application, Candidacy, Round, Score
from referrals.ranking import lines
from referrals.recruiting import deeds, may_read_reasons, ways_back
from referrals.scoring import points_text


def part(request, application: Application) -> dict[str, Any]:
    """For `referrals/_recruitment.html`: every round the application stood in, the newest first, and what is next."""
    rows = application.candidacies.select_related("round__regulations", "round__centre", "formal_by", "interview_by")
    user, today = request.user, request.today
    # What others scored is not even fetched before it is closed.
    scores = Prefetch("scores", Score.objects.visible_to(user, on=today))
    rows = list(rows.prefetch_related(scores).order_by("-entered_on", "-pk"))
    for row in rows:
        row.application = application
    standing = next((row for row in rows if row.left_on is None), None)
    return {
        "step": application.recruitment_step,
        "rounds": [(row, _facts(row), _reasons(row, user, today)) for row in rows],
        "deeds": deeds(standing, user, today) if standing else [],
        "ways_back": ways_back(standing, user, today) if standing else [],
        "may_enter": _may_enter(application) and user.may("prepare_programme", on=today),
    }


def _may_enter(application: Application) -> bool:
    waits = application.recruitment_state == Application.Recruitment.WAITING
    return waits and application.status == Application.Status.OPEN


def _facts(row: Candidacy) -> list[tuple[str, object]]:
    met = {True: "spełnia kryteria", False: "nie spełnia kryteriów"}.get(row.is_formally_met, "")
    by_scores = row.round.method == Round.Method.SCORES
    dated = [
        ("W naborze", row.entered_on, ""),
        ("Ocena formalna", row.formal_on, met),
        ("Rozmowa", row.interview_on, ""),
        ("Oceny zamknięto" if by_scores else "Punkty zamknięto", row.scoring_closed_on, ""),
        ("Skreślono", row.declined_on, row.decline_reason),
        ("Wycofano z naboru", row.left_on, ""),
    ]
    facts = [(label, " – ".join(filter(None, [day_text(day), word]))) for label, day, word in dated if day]
    if row.place:
        facts.append(("Wynik", f"miejsce {row.place}, {points_text(row.points)} pkt, {row.get_outcome_display()}"))
    return facts


def _reasons(row: Candidacy, user: User, today: date) -> list[str]:
    """Why as many points, once they are settled."""
    told = row.scoring_closed_on and may_read_reasons(row.round, user, today)
    return [line.sentence for line in lines(row)] if told else []
