"""Programmes held while their days are written."""

from datetime import date

from django.db.models import QuerySet

from participants.actions import participant as people
from participants.models import Programme


def hold_all(programmes: QuerySet[Programme]) -> dict[int, Programme]:
    """The programmes, held until the end of the transaction: a closing waits for marks under way, and they for it."""
    rows = programmes.order_by("pk").select_for_update(of=("self",), no_key=True)
    return {row.pk: row for row in rows.select_related("participant__centre").prefetch_related("stages", "closings")}


def hold(programme: Programme) -> Programme:
    """Held with its person, who comes first in every act about days: an erasure waits for the person too."""
    people.locked(programme.participant)
    return hold_all(Programme.objects.filter(pk=programme.pk))[programme.pk]


def is_closed(programme: Programme, day: date) -> bool:
    return any(closing.start_on <= day <= closing.end_on for closing in programme.closings.all())
