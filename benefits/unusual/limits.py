"""Who is over a limit of the regulations, and who has used up its last day."""

from collections.abc import Iterator
from datetime import date

from benefits.models import Settlement
from benefits.unusual.facts import Facts
from benefits.unusual.kinds import Finding, Kind
from cistor.dates import day_count, days_text, month_start

WITHIN = {"programme": "w programie", "main_period": "w okresie właściwym", "settlement": "w tym rozliczeniu"}


def findings(facts: Facts, row: Settlement) -> Iterator[Finding]:
    lines = {line.code: line for line in facts.lines[row.pk]}
    if lost := lines.get("unexcused_over_limit"):
        # A zero has said so already, if that is what took it.
        says = lost.because if row.payout else ""
        yield Finding(Kind.LIMIT, says)
    elif says := _last_unexcused(facts, row):
        yield Finding(Kind.LIMIT, says)
    if "sick_over_limit" in lines:
        yield Finding(Kind.LIMIT, _over_sick(facts, row))
    elif says := _last_sick(facts, row):
        yield Finding(Kind.LIMIT, says)


def _over_sick(facts: Facts, row: Settlement) -> str:
    days = sorted(day for line in facts.lines[row.pk] if line.code == "sick_over_limit" for day in line.days)
    limits = facts.limits_on(row.end_on)
    where = f" ({limits.sick_days_limit} {WITHIN[limits.sick_limit_scope]})" if limits else ""
    return f"Choroba ponad limit{where}: {day_count(len(days))}, {days_text(days)}."


def _last_unexcused(facts: Facts, row: Settlement) -> str:
    """The last unexcused day that is allowed: the next one takes the benefit."""
    limits = facts.limits_on(row.end_on)
    if not (limits and row.counts.get("unexcused")):
        return ""
    since = row.start_on
    if limits.unexcused_limit_scope == "calendar_month":
        since = month_start(_days(facts, row.programme_id, "unexcused", row.start_on, row.end_on)[-1])
    counted = _counted(facts, row, "unexcused", since)
    if counted != limits.unexcused_days_limit:
        return ""
    return f"Wykorzystano limit dni nieusprawiedliwionych ({counted}): następny zabierze całe świadczenie."


def _last_sick(facts: Facts, row: Settlement) -> str:
    """The last sick day that takes its fraction only: the next one takes the whole day."""
    limits = facts.limits_on(row.end_on)
    if not (limits and row.counts.get("sick")):
        return ""
    since = _since(facts, row, limits.sick_limit_scope)
    if since is None or _counted(facts, row, "sick", since) != limits.sick_days_limit:
        return ""
    where = f"{limits.sick_days_limit} {WITHIN[limits.sick_limit_scope]}"
    return f"Wykorzystano limit dni choroby ({where}): za następny przepadnie cały dzień."


def _since(facts: Facts, row: Settlement, scope: str) -> date | None:
    """From when sick days are counted; None as long as they are not."""
    if scope == "main_period":
        return next((plan.start_on for plan in facts.stages[row.programme_id] if plan.kind == "main"), None)
    return row.start_on if scope == "settlement" else date.min


def _counted(facts: Facts, row: Settlement, kind: str, since: date) -> int:
    """The days up to the end of the settlement: by span, and by day in the one span that begins before `since`."""
    spans = [paid for paid in facts.history[row.programme_id] if since <= paid.end_on <= row.end_on]
    whole = sum(paid.counts.get(kind, 0) for paid in spans if paid.start_on >= since)
    cut = [paid for paid in spans if paid.start_on < since]
    return whole + sum(len(_days(facts, row.programme_id, kind, since, paid.end_on)) for paid in cut)


def _days(facts: Facts, programme: int, kind: str, start: date, end: date) -> list[date]:
    return sorted(day for day in facts.limited[programme][kind] if start <= day <= end)
