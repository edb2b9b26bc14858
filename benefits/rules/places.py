"""The rows of days that limits count, and where a day stands in its row."""

from datetime import date
from typing import NamedTuple

from benefits.rules.absences import days_by_kind
from benefits.rules.inputs import Inputs
from benefits.rules.programme import span_of
from benefits.rules.rulebook import MAIN, TRIAL
from cistor.dates import month_end, month_start


class Row(NamedTuple):
    """Days of one kind that are counted together, in date order, as far as the settlement sees."""

    days: list[date]
    limit: int
    # "programme", "main_period", "settlement" or "calendar_month".
    scope: str


class Place(NamedTuple):
    """`number` is the day's place in date order, `total` how many days its row has."""

    number: int
    total: int
    limit: int
    scope: str

    @property
    def is_over(self) -> bool:
        return self.number > self.limit


def row_of(inputs: Inputs, kind: str, day: date) -> Row | None:
    """The row in which a day of the settlement would be counted, by the version of the day.

    None for a kind without a limit, and for sick days of the trial where the limit is that of the main period.
    """
    settings = inputs.rulebook.settings_on(day)
    if kind == "unexcused":
        limit, scope = settings.unexcused_days_limit, settings.unexcused_limit_scope
    elif kind == "sick":
        limit, scope = settings.sick_days_limit, settings.sick_limit_scope
    else:
        return None
    if scope == "main_period" and inputs.programme.period_on(day) == TRIAL:
        return None
    since, until = _span(inputs, scope, day)
    return Row([other for other in days_by_kind(inputs, until)[kind] if other >= since], limit, scope)


def place(inputs: Inputs, day: date) -> Place | None:
    """The place of a marked day of the settlement; None where nothing counts it, as on a day without classes."""
    row = row_of(inputs, inputs.marks.get(day, ""), day)
    if row is None or day not in row.days:
        return None
    return Place(row.days.index(day) + 1, len(row.days), row.limit, row.scope)


def _span(inputs: Inputs, scope: str, day: date) -> tuple[date, date]:
    """The first and last day that the scope counts, as far as the settlement sees: it knows nothing after its end."""
    programme = inputs.programme
    covered = span_of(inputs.settlement, programme, inputs.rulebook).covered
    if scope == "calendar_month":
        return month_start(day), min(month_end(day), covered.end_on)
    if scope == "settlement":
        return covered
    main = programme.start_of(MAIN) if scope == "main_period" else None
    return main or programme.first_on, covered.end_on
