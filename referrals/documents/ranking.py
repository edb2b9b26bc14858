"""The lists of a round: the ranking, the qualified, the reserve; each with names and, for the notice board, without."""

from datetime import date
from typing import Any

from cistor.centres.models import Centre
from cistor.dates import day_text
from referrals.models import Candidacy, Round, RoundPaper
from referrals.ranking import ranked
from referrals.scoring import Ranked, points_text

Kind = RoundPaper.Kind
# Rows for ink on the empty form.
EMPTY_ROWS = 12


def ranking(
    centre: Centre,
    in_round: Round | None,
    *,
    on: date,
    which: str = Kind.RANKING,
    is_public: bool = False,
    **more: Any,
) -> dict[str, Any]:
    """One list of a closed round. `people`: whom it names, by the participants' ids; none on the public copy."""
    rows = _rows(in_round, which) if in_round else []
    return {
        "heading": str(Kind(which).label).capitalize(),
        "kind": str(which),
        "is_public": is_public,
        "round": _round(in_round),
        "rows": [_line(row, one, is_public) for one, row in rows],
        "empty_rows": [] if in_round else list(range(EMPTY_ROWS)),
        "people": [] if is_public else [row.application.participant_id for _, row in rows],
        **(_rules(in_round) if in_round else {}),
    }


def _rules(in_round: Round) -> dict[str, Any]:
    """Those of the round, which need not be those of the day of the paper."""
    regulations = in_round.regulations
    return {"regulations": {"title": regulations.title, "since": regulations.in_force_from}}


def _rows(in_round: Round, which: str) -> list[tuple[Ranked, Candidacy]]:
    outcome = {Kind.QUALIFIED: Candidacy.Outcome.QUALIFIED, Kind.RESERVE: Candidacy.Outcome.RESERVE}.get(Kind(which))
    return [(one, row) for one, row in ranked(in_round) if outcome is None or row.outcome == outcome]


def _round(in_round: Round | None) -> dict[str, Any]:
    if in_round is None:
        return dict.fromkeys(("name", "places", "method", "classes_on", "closed_on", "project"), "")
    return {
        "name": in_round.name,
        "places": in_round.places,
        "method": in_round.get_method_display(),
        "classes_on": day_text(in_round.classes_on) if in_round.classes_on else "",
        "closed_on": day_text(in_round.closed_on) if in_round.closed_on else "",
        "project": in_round.project.name if in_round.project else "",
    }


def _line(row: Candidacy, one: Ranked, is_public: bool) -> dict[str, Any]:
    """The reasons stand with the names only: an income is nobody's business on the notice board."""
    told = [f"{line.sentence} {points_text(line.points)} pkt." for line in one.entrant.lines]
    return {
        "place": row.place,
        "number": row.application.number,
        "name": "" if is_public else str(row.application.participant),
        "points": points_text(row.points),
        "outcome": row.get_outcome_display(),
        "reasons": [] if is_public else [*told, *filter(None, [one.tie])],
        "tie": one.tie,
    }
