"""From the rows of a round to the pure scoring and back."""

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from cistor.centres.models import Regulations
from referrals.models import Application, Candidacy, Round
from referrals.scoring import (
    CRITERIA,
    Entrant,
    Line,
    Marks,
    Need,
    NeedRules,
    Ranked,
    ScoreRules,
    need_points,
    ranking,
    score_points,
)

State = Application.Recruitment
STATE = "application__recruitment_state"
UNFINISHED = [State.ENTERED, State.CHECKED, State.INTERVIEWED]


def obstacle(regulations: Regulations | None, on: date) -> str:
    """Why no round can be opened by these regulations, as a sentence; "" when one can."""
    if regulations is None:
        return f"Na {on:%d.%m.%Y} centrum nie ma regulaminu, a nabór prowadzi się według regulaminu."
    if not regulations.recruitment:
        return (
            f"Regulamin „{regulations.title}” nie mówi, jak wybiera się kandydatów. Najpierw ustaw w nim sposób "
            "rekrutacji: oceny albo punkty."
        )
    if missing := _missing(regulations):
        return f"Regulamin „{regulations.title}” nie podaje ustawienia: {missing}. Bez niego nie policzy się punktów."
    return ""


def _missing(regulations: Regulations) -> str:
    """The setting that the method cannot do without."""
    if regulations.recruitment == Round.Method.SCORES:
        needed = ["score_scale", *(f"{name}_weight" for name in CRITERIA)]
    else:
        pairs = {"income_threshold": "income_points", "jobless_months": "jobless_points"}
        asked = [name for name in pairs if getattr(regulations, name)]
        needed = [pairs[name] for name in asked] or ["income_threshold"]
    empty = (name for name in needed if getattr(regulations, name) is None)
    return next((str(regulations._meta.get_field(name).verbose_name) for name in empty), "")


def score_rules(regulations: Regulations) -> ScoreRules:
    weights = {name: getattr(regulations, f"{name}_weight") for name in CRITERIA}
    sources = {name: regulations.sources.get(f"{name}_weight", "") for name in CRITERIA}
    return ScoreRules(regulations.score_scale, weights, sources)


def need_rules(regulations: Regulations) -> NeedRules:
    return NeedRules(
        threshold=regulations.income_threshold,
        income_points=regulations.income_points or 0,
        income_source=regulations.sources.get("income_points", ""),
        months=regulations.jobless_months,
        jobless_points=regulations.jobless_points or 0,
        jobless_source=regulations.sources.get("jobless_points", ""),
    )


def counted_to(candidacy: Candidacy) -> date:
    """The time without work ends, for everybody alike, when the round opens; for a later application on its own day."""
    return max(candidacy.application.submitted_on, candidacy.round.opened_on)


def lines(candidacy: Candidacy) -> list[Line]:
    """Why the candidate has these points. Of scores only once they are closed: until then there is nothing to say."""
    regulations = candidacy.round.regulations
    if candidacy.round.method == Round.Method.POINTS:
        proof = candidacy.get_income_proof_display()
        need = Need(candidacy.income_per_head, proof, candidacy.jobless_since)
        return need_points(need, need_rules(regulations), on=counted_to(candidacy))
    if candidacy.scoring_closed_on is None:
        return []
    given = [Marks(one.motivation, one.potential, one.prognosis) for one in candidacy.scores.all()]
    return score_points(given, score_rules(regulations)) if given else []


def entrants(in_round: Round) -> list[Candidacy]:
    """Whom the ranking puts in order: scored and neither gone nor refused; of a closed round, whoever has a place."""
    rows = in_round.candidacies.select_related("application__participant", "round__regulations")
    rows = rows.prefetch_related("scores")
    if not in_round.is_open:
        return list(rows.filter(place__isnull=False))
    return list(rows.standing().filter(**{"application__status": "open", STATE: State.SCORED}))


def unfinished(in_round: Round) -> QuerySet[Candidacy]:
    """Those of whom nothing is decided yet, in the order of their applications."""
    going_on = {"application__status": "open", f"{STATE}__in": UNFINISHED}
    rows = in_round.candidacies.standing().filter(**going_on).select_related("application__participant")
    return rows.order_by("application__submitted_on", "application")


def ranked(in_round: Round, rows: Iterable[Candidacy] | None = None) -> list[tuple[Ranked, Candidacy]]:
    """The order of the round, computed from what is stored; of an open round, as it would be now."""
    found = {row.pk: row for row in (entrants(in_round) if rows is None else rows)}
    ordered = ranking((_entrant(row) for row in found.values()), places=in_round.places)
    return [(one, found[one.entrant.key]) for one in ordered]


def _entrant(row: Candidacy) -> Entrant:
    told = lines(row)
    if row.points is not None and row.application.participant.erased_on:
        # The facts are gone, the decision stands.
        told = [Line(row.points, "Dane tej osoby usunięto; punkty pozostały.")]
    return Entrant(row.pk, tuple(told), row.application.submitted_on, row.application.number)
