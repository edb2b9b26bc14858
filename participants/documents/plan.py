"""The IPZS and its annexes on paper."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

from cistor import dates
from cistor.centres.models import Centre, Office, Regulations
from cistor.dates import ONE_DAY
from participants import qualification
from participants.documents.common import person_facts, signer
from participants.drafts import awaits_text
from participants.models import Annex, Goal, Participant, Plan, Programme, Stage

Facts = dict[str, Any]
EMPTY_ROWS = 5
# `basis` of a context stands in the foot of every paper.
TEXTS = {"basis": "basis_text"}


def ipzs(centre: Centre, plan: Plan | None, *, on: date, start_on: date | None = None) -> Facts:
    """S1 § 2, S0 II: who, on what basis, when, what for, with whose help. It carries the main period already, under
    the condition of the trial. The draft for a programme that was signed without its text has the periods of that
    programme. `start_on`: the first day, while no programme has one. No plan: a form for ink."""
    programme = plan.programme if plan else None
    signed = programme or (plan and awaits_text(plan.participant)) or None
    facts: Facts = _parties(centre, plan.participant if plan else None, on)
    goals = plan.goals.filter(annex=None) if plan else Goal.objects.none()
    return {
        **facts,
        **{TEXTS.get(name, name): getattr(plan, name) if plan else "" for name in Plan.TEXTS},
        "periods": periods(signed) if signed else planned(centre, start_on, on),
        "goals": [_goal(goal) for goal in goals],
        "empty_rows": 0 if plan else EMPTY_ROWS,
        "agreed_with": plan.agreed_with.name if plan and plan.agreed_with else "",
        "agreed_on": (plan and plan.agreed_on) or "",
        "signed_on": programme.signed_on if programme else "",
        "condition": condition(centre, signed, on),
        "lacking": plan.lacking if plan and not programme else [],
    }


def annex(centre: Centre, annex: Annex, *, on: date) -> Facts:
    """S1 § 3.4f, § 3.6e: what changes from when and why, and the goals that come."""
    programme = annex.programme
    return {
        **_parties(centre, programme.participant, on),
        "ordinal": annex.number,
        "programme_signed_on": programme.signed_on,
        "changes": annex.changes,
        "reason": annex.reason,
        "in_force_from": annex.in_force_from,
        "signed_on": annex.signed_on or "",
        "goals": [_goal(goal) for goal in annex.goals.all()],
        "signer": signer(annex.signed_by, annex.signed_for),
    }


def _parties(centre: Centre, participant: Participant | None, on: date) -> Facts:
    regulations = Regulations.objects.version(centre, on)
    return {
        "blank": participant is None,
        "person": person_facts(participant),
        "centre": centre.name,
        "head": regulations.head_title if regulations else "kierownik",
    }


def _goal(goal: Goal) -> Facts:
    return {"area": goal.get_area_display(), "what": goal.what, "who": goal.who, "until": goal.until or ""}


# The periods ---------------------------------------------------------------------------------------------------------


def periods(programme: Programme) -> list[Facts]:
    """Trial and main period as the signature carried them; an extension is decided on apart."""
    trial, main = programme.stage(Stage.Kind.TRIAL), programme.stage(Stage.Kind.MAIN)
    if trial is None:
        return [_period(main)] if main else []
    regulations = Regulations.objects.version(programme.participant.centre_id, trial.end_on + ONE_DAY)
    follows = _period(main) if main else _main(regulations, trial.end_on)
    return [_period(trial), *([follows] if follows else [])]


def planned(centre: Centre, start_on: date | None, on: date) -> list[Facts]:
    """By the regulations of the first day, or of today while it is not known: then only how long each lasts."""
    regulations = Regulations.objects.version(centre, start_on or on)
    if regulations is None:
        return []
    months, rule = regulations.trial_months, cast(dates.MonthRule, regulations.trial_end_rule)
    end_on = dates.months_later(start_on, months, rule) if start_on else None
    trial = {"label": Stage.Kind.TRIAL.label, "months": months, "start_on": start_on or "", "end_on": end_on or ""}
    return [trial, cast(Facts, _main(regulations, end_on))]


def _main(regulations: Regulations | None, trial_end_on: date | None) -> Facts | None:
    if regulations is None:
        return None
    months = regulations.main_months
    start_on = trial_end_on + ONE_DAY if trial_end_on else None
    end_on = dates.months_later(start_on, months, "day_before") if start_on else None
    label = Stage.Kind.MAIN.label
    return {"label": label, "months": months, "start_on": start_on or "", "end_on": end_on or ""}


def _period(stage: Stage) -> Facts:
    return {"label": stage.get_kind_display(), "months": "", "start_on": stage.start_on, "end_on": stage.end_on}


def condition(centre: Centre, programme: Programme | None, on: date) -> str:
    """Under which the main period follows without new signatures (S1 § 2); who qualifies differs (S0 II.3)."""
    by_office = qualification.is_awaited(programme) if programme else _asks_an_office(centre, on)
    who = "zakwalifikowaniu przez kierownika ośrodka pomocy społecznej" if by_office else "decyzji kierującego centrum"
    return (
        f"Okres właściwy zaczyna się następnego dnia po okresie próbnym, po jego pomyślnym zakończeniu i {who}. "
        "Program trwa wtedy dalej bez składania nowych podpisów."
    )


def _asks_an_office(centre: Centre, on: date) -> bool:
    """Before the programme names its office: whether any of the centre's qualifies."""
    book = qualification.TermBook([centre.pk], [qualification.REQUEST])
    offices: Iterable[int] = Office.objects.filter(centre=centre).values_list("pk", flat=True)
    return any(book.length(qualification.REQUEST, centre=centre.pk, office=pk, on=on) for pk in [*offices, None])
