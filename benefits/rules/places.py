"""Where a day stands in the row that its limit counts."""

from datetime import date
from typing import NamedTuple

from benefits.rules.absences import days_by_kind
from benefits.rules.inputs import Inputs
from benefits.rules.programme import span_of
from benefits.rules.rulebook import MAIN, TRIAL
from cistor.dates import month_end, month_start


class Place(NamedTuple):
    """`number` is the day's place in date order, `total` how many days the row has by the end of the settlement."""

    number: int
    total: int
    limit: int
    # "programme", "main_period", "settlement" or "calendar_month".
    scope: str

    @property
    def is_over(self) -> bool:
        return self.number > self.limit


def place(inputs: Inputs, day: date) -> Place | None:
    """The place of an unexcused or sick day of the settlement; None where nothing counts it.

    Nothing counts a day of another kind, one without classes, and a sick day of the trial where the limit is that of
    the main period.
    """
    kind, settings = inputs.marks.get(day), inputs.rulebook.settings_on(day)
    if kind == "unexcused":
        limit, scope = settings.unexcused_days_limit, settings.unexcused_limit_scope
    elif kind == "sick":
        limit, scope = settings.sick_days_limit, settings.sick_limit_scope
    else:
        return None
    if scope == "main_period" and inputs.programme.period_on(day) == TRIAL:
        return None
    since, until = _scope(inputs, scope, day)
    row = [other for other in days_by_kind(inputs, until)[kind] if other >= since]
    return Place(row.index(day) + 1, len(row), limit, scope) if day in row else None


def _scope(inputs: Inputs, scope: str, day: date) -> tuple[date, date]:
    """The first and last day that the scope counts, as far as the settlement sees: it knows nothing after its end."""
    programme = inputs.programme
    covered = span_of(inputs.settlement, programme, inputs.rulebook).covered
    if scope == "calendar_month":
        return month_start(day), min(month_end(day), covered.end_on)
    if scope == "settlement":
        return covered
    main = programme.start_of(MAIN) if scope == "main_period" else None
    return main or programme.first_on, covered.end_on
