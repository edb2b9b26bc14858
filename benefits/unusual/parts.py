"""Who is paid for a part only of a month, or of the planned trial, and why."""

from collections.abc import Iterator

from benefits.models import Settlement
from benefits.rules.rulebook import TRIAL
from benefits.unusual.facts import Facts, Plan
from benefits.unusual.kinds import Finding, Kind
from cistor.dates import ONE_DAY, day_text, joined, month_end, month_start, span_text


def findings(facts: Facts, row: Settlement) -> Iterator[Finding]:
    plans = facts.stages[row.programme_id]
    begins_late, ends_early = _begins_late(row), _ends_early(row, plans)
    if begins_late or ends_early:
        why = [_start(row, plans) if begins_late else "", _end(row, plans) if ends_early else ""]
        because = joined([text for text in why if text])
        covered = span_text(row.start_on, row.end_on)
        yield Finding(Kind.PART, f"Rozliczono tylko {covered}{because and f': {because}'}.")


def _begins_late(row: Settlement) -> bool:
    return row.span != TRIAL and row.start_on != month_start(row.start_on)


def _ends_early(row: Settlement, plans: list[Plan]) -> bool:
    if row.span == TRIAL:
        return any(plan.kind == TRIAL and row.end_on < plan.end_on for plan in plans)
    return row.end_on != month_end(row.end_on)


def _start(row: Settlement, plans: list[Plan]) -> str:
    if any(plan.kind == TRIAL and plan.end_on + ONE_DAY == row.start_on for plan in plans):
        return f"do {day_text(row.start_on - ONE_DAY)} trwał okres próbny, rozliczany osobno"
    return f"program zaczął się {day_text(row.start_on)}" if plans and plans[0].start_on == row.start_on else ""


def _end(row: Settlement, plans: list[Plan]) -> str:
    if row.programme.ended_on == row.end_on:
        return f"program zakończył się {day_text(row.end_on)}"
    over = next((plan.kind for plan in plans if plan.end_on == row.end_on), "")
    if not over:
        return ""
    return f"{'okres próbny' if over == TRIAL else 'program'} skończył się planowo {day_text(row.end_on)}"
