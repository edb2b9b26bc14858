"""What a decision makes of closed days: the decision itself, carried out and taken back."""

from collections.abc import Callable, Collection
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from attendance.models import Day
from cistor.errors import Refused
from participants.models import Programme


def standing(programme: Programme, days: Collection[date]) -> dict[date, Day]:
    """The marks of these days; of those that nobody has marked there is none."""
    rows = Day.objects.filter(programme=programme, on__in=days).select_related("marked_by")
    return {row.on: row for row in rows.order_by("on")}


def rehearsed(deed: Callable[[], object], programme: Programme, days: Collection[date]) -> dict[date, str] | None:
    """What the days mean after the deed, "" nothing; None where it is refused."""
    with transaction.atomic():
        try:
            deed()
            said = standing(programme, days)
            return {day: said[day].meaning if day in said else "" for day in days}
        except (Refused, ValidationError):
            return None
        finally:
            transaction.set_rollback(True)
