"""How much of its limits a person has used: unexcused, sick and free days, counted by the engine."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from attendance import sentences
from attendance.inputs import Facts, RuleError
from cistor.centres.models import DayCode


class Counter(NamedTuple):
    label: str
    used: int
    limit: int

    @property
    def is_full(self) -> bool:
        """Whether one more day is over the limit."""
        return self.used == self.limit

    @property
    def is_over(self) -> bool:
        return self.used > self.limit


def counters(facts: Facts, start: date, end: date, codes: Mapping[str, DayCode], free_days: int) -> list[Counter]:
    """The counters at the end of a month; `free_days` is the limit of the programme.

    RuleError where the facts contradict each other.
    """
    spans = facts.spans_between(start, end)
    if not spans:
        return []
    names = {"unexcused": f"dni {codes['unexcused'].letters}" if "unexcused" in codes else "dni nieusprawiedliwione"}
    rows = [
        counter
        for kind, name in (names | {"sick": "dni chorobowe"}).items()
        for span in spans
        if (counter := _counted(facts, span, kind, name, min(span.covered.end_on, end), last=span == spans[-1]))
    ]
    return [*rows, Counter("wykorzystane dni wolne w programie", sum(day <= end for day in facts.free_days), free_days)]


def sick_days(facts: Facts, day: date) -> Counter | None:
    """The sick days counted together with those of the day's settlement, up to the day; None where nothing counts
    them or the facts contradict each other."""
    try:
        span = facts.span_on(day)
        return _counted(facts, span, "sick", "dni chorobowe", day, last=True) if span else None
    except RuleError:
        return None


def _counted(facts: Facts, span, kind: str, name: str, day: date, *, last: bool) -> Counter | None:
    """What is counted anew in each settlement has a counter in each; the rest one, in the last."""
    row = facts.row(span, kind, day)
    if row is None or not (last or row.scope == "settlement"):
        return None
    where = {
        "settlement": sentences.names(span, facts.programme.first_on)[0],
        "calendar_month": sentences.MONTH[0],
        "programme": "w programie",
        "main_period": "w okresie właściwym",
    }[row.scope]
    return Counter(f"{name} {where}", len(row.days), row.limit)
