"""Bonuses as the computation needs them."""

from collections.abc import Iterable
from decimal import Decimal

from benefits.models import Bonus


def granted(programmes: Iterable[int]) -> dict[tuple[int, str], Decimal]:
    """By programme and span: what was granted. Paid with the settlement of the month, or with its difference."""
    rows = Bonus.objects.filter(programme__in=list(programmes), granted=True).only("programme_id", "month", "amount")
    return {(row.programme_id, row.span): row.amount for row in rows}
