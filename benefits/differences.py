"""Settlements of differences as they are shown: both computations side by side, their chain, what is still overpaid."""

from benefits import rules
from benefits.models import Settlement
from benefits.rules.cases import lines_from


def computation(row: Settlement) -> tuple[rules.Line, ...]:
    """The lines of the whole computation: a settlement's own, or the new ones behind a settlement of differences."""
    if row.computed is not None:
        return lines_from(row.computed["lines"])
    return tuple(rules.Line(x.code, x.amount, x.because, x.source, tuple(x.days)) for x in row.lines.all())
