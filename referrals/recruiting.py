"""What can be done next with a candidate, by the state and the rights of the day."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from cistor.accounts.models import User
from referrals.models import RECRUITMENT_MOVES, Application, Candidacy, Round

State = Application.Recruitment
SCORED_IN = (State.CHECKED, State.INTERVIEWED)


class Deed(NamedTuple):
    """A link of the candidate's page; `is_next`: what waits to be done."""

    label: str
    url: str
    is_next: bool = False


def _by_scores(row: Candidacy) -> bool:
    return row.round.method == Round.Method.SCORES


def _state(row: Candidacy) -> str:
    return row.application.recruitment_state


def _may_close(row: Candidacy) -> bool:
    if _by_scores(row):
        return _state(row) == State.INTERVIEWED
    known = row.income_per_head is not None or row.jobless_since is not None
    return _state(row) in SCORED_IN and known


# URL name → (label, right, when it is possible); in the order of the way.
STEPS: dict[str, tuple[str, str, Callable[[Candidacy], bool]]] = {
    "formal_check": ("Ocena formalna", "prepare_programme", lambda row: _state(row) == State.ENTERED),
    "interview": (
        "Zapisz rozmowę",
        "prepare_programme",
        lambda row: _state(row) == State.CHECKED and (_by_scores(row) or row.interview_on is None),
    ),
    "score": ("Oceń", "score", lambda row: _by_scores(row) and _state(row) in SCORED_IN),
    "need": (
        "Dochód i czas bez pracy",
        "prepare_programme",
        lambda row: not _by_scores(row) and _state(row) in (State.ENTERED, *SCORED_IN),
    ),
    "close_scoring": ("Zamknij oceny", "prepare_programme", _may_close),
    "consultation": (
        "Konsultacja psychiatryczna",
        "see_diagnosis",
        lambda row: _state(row) in (State.ENTERED, *SCORED_IN, State.SCORED),
    ),
}


# A round of points has no scores.
IN_POINTS = {"close_scoring": "Zamknij punkty", "oceny": "Otwórz punkty ponownie"}


def _worded(row: Candidacy, name: str, label: str) -> str:
    return label if _by_scores(row) else IN_POINTS.get(name, label)


def deeds(row: Candidacy, user: User, today: date) -> list[Deed]:
    """What goes on in an open round."""
    if not _goes_on(row) or not row.round.is_open:
        return []
    possible = [
        (name, _worded(row, name, label))
        for name, (label, right, is_possible) in STEPS.items()
        if is_possible(row) and user.may(right, on=today)
    ]
    # A consultation may be asked for; nothing waits for it.
    return [
        Deed(label, reverse(f"referrals:{name}", args=[row.pk]), n == 0 and name != "consultation")
        for n, (name, label) in enumerate(possible)
    ]


def _goes_on(row: Candidacy) -> bool:
    is_open = row.application.status == Application.Status.OPEN
    return is_open and Candidacy.objects.newest().filter(pk=row.pk).exists()


def may_read_reasons(in_round: Round, user: User, today: date) -> bool:
    """Why as many points. An income is read by who enters it; scores of a closed round by who ran it."""
    being_scored = in_round.is_open and in_round.method == Round.Method.SCORES
    return being_scored or user.may("prepare_programme", on=today)


def step(row: Candidacy) -> tuple[str, str]:
    """Kind and word of the badge in this round; of who came to a later one (`with_past`), what this one said."""
    if row.application.status != Application.Status.OPEN:
        return row.application.state
    if not row.is_past:
        return row.application.recruitment_step
    return (State.DECLINED.badge, str(State.DECLINED.label)) if row.declined_on else ("plain", "w późniejszym naborze")


def ways_back(row: Candidacy, user: User, today: date) -> list[Deed]:
    """What takes back a step, and what takes the candidate out."""
    if not _goes_on(row) or not user.may("prepare_programme", on=today):
        return []
    possible = {name: _worded(row, name, label) for name, (label, is_possible) in WAYS.items() if is_possible(row)}
    return [Deed(label, reverse("referrals:step_back", args=[row.pk, name])) for name, label in possible.items()]


def _can(verb: str) -> Callable[[Candidacy], bool]:
    return lambda row: row.round.is_open and RECRUITMENT_MOVES.may(row.application, verb)


WAYS: dict[str, tuple[str, Callable[[Candidacy], bool]]] = {
    "ocena-formalna": ("Cofnij ocenę formalną", _can("take_back_formal_check")),
    "rozmowa": ("Cofnij rozmowę", _can("take_back_interview")),
    "oceny": ("Otwórz oceny ponownie", _can("reopen_scoring")),
    "skreslenie": ("Skreśl kandydata", lambda row: RECRUITMENT_MOVES.may(row.application, "decline")),
    "skreslenie-cofniecie": (
        "Cofnij skreślenie",
        lambda row: _state(row) == State.DECLINED and (row.round.is_open or row.place is not None),
    ),
    "wycofanie": (
        "Wycofaj z naboru",
        lambda row: not row.outcome and RECRUITMENT_MOVES.may(row.application, "leave_round"),
    ),
}
