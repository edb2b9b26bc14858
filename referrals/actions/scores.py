"""Scores: each recruiter alone, and nobody reads another's until the scoring of the candidate is closed."""

from datetime import date

from django.db import transaction

from cistor.accounts.models import User
from cistor.errors import Refused
from cistor.journal.actions import record
from referrals.actions.candidates import SCORING, held
from referrals.models import RECRUITMENT_MOVES, Application, Candidacy, Round, Score
from referrals.ranking import score_rules
from referrals.scoring import CRITERIA

State = Application.Recruitment
NO_SCORES = "W tym naborze liczą się punkty za dochód i czas bez pracy, a nie oceny."
SCORED_IN = frozenset({State.CHECKED, State.INTERVIEWED})


@transaction.atomic
def score(
    candidacy: Candidacy, *, motivation: int, potential: int, prognosis: int, note: str = "", by: User, on: date
) -> Score:
    """The recruiter's own score, the first or another; the journal says that it was given, and not what."""
    candidacy = held(candidacy)
    _refuse_scoring(candidacy)
    given = {"motivation": motivation, "potential": potential, "prognosis": prognosis}
    _refuse_off_scale(given, score_rules(candidacy.round.regulations).scale)
    said = {**given, "note": note.strip(), "scored_on": on}
    row, is_first = Score.objects.update_or_create(candidacy=candidacy, recruiter=by, defaults=said)
    record(row, "candidate_scored" if is_first else "candidate_score_changed", by=by)
    return row


def _refuse_scoring(candidacy: Candidacy) -> None:
    if candidacy.round.method != Round.Method.SCORES:
        raise Refused(NO_SCORES)
    if candidacy.scoring_closed_on:
        raise Refused("Oceny tego kandydata są już zamknięte.")
    if candidacy.application.recruitment_state not in SCORED_IN:
        raise Refused("Kandydata ocenia się po ocenie formalnej.")


def _refuse_off_scale(given: dict[str, int], scale: int) -> None:
    for name, value in given.items():
        if not 1 <= value <= scale:
            raise Refused(f"{CRITERIA[name]}: ocena od 1 do {scale}.", field=name)


@transaction.atomic
def close_scoring(candidacy: Candidacy, *, by: User, on: date) -> Candidacy:
    """Nobody scores any more, everybody reads, and the candidate enters the ranking."""
    candidacy = held(candidacy)
    _refuse_unready(candidacy)
    RECRUITMENT_MOVES.make(candidacy.application, "close_scoring")
    candidacy.application.save(update_fields=["recruitment_state"])
    candidacy.scoring_closed_on, candidacy.scoring_closed_by = on, by
    candidacy.save(update_fields=SCORING)
    record(candidacy, "scoring_closed", by=by)
    return candidacy


def _refuse_unready(candidacy: Candidacy) -> None:
    if candidacy.round.method == Round.Method.POINTS:
        if candidacy.income_per_head is None and candidacy.jobless_since is None:
            raise Refused("Najpierw wpisz dochód na osobę albo czas bez pracy.")
        return
    if candidacy.application.recruitment_state == State.CHECKED:
        raise Refused("Najpierw rozmowa kwalifikacyjna: zapisz, kiedy się odbyła.")
    if not candidacy.scores.exists():
        raise Refused("Nikt jeszcze nie ocenił tego kandydata.")


@transaction.atomic
def reopen_scoring(candidacy: Candidacy, *, by: User, on: date) -> Candidacy:
    """The way back for mistakes: whoever has scored may change it, and the scores are hidden again."""
    candidacy = held(candidacy)
    talked = candidacy.interview_on is not None
    RECRUITMENT_MOVES.make(candidacy.application, "reopen_scoring" if talked else "reopen_scoring_without_interview")
    candidacy.application.save(update_fields=["recruitment_state"])
    candidacy.scoring_closed_on, candidacy.scoring_closed_by = None, None
    candidacy.save(update_fields=SCORING)
    record(candidacy, "scoring_reopened", by=by)
    return candidacy
