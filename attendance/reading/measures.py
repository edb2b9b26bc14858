"""Measures that speak of a bonus; they take none by themselves, and are told where somebody asks for one or decides."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from django.db.models.functions import Coalesce
from django.urls import reverse

from attendance.models import MeasureTaken
from attendance.reading.order import right_of
from cistor.accounts.models import User
from cistor.centres.models import Measure
from cistor.dates import day_text, month_end
from participants.models import Programme


class NoBonus(NamedTuple):
    """A measure "brak premii": when it was taken, when that happened which it follows, and the page of that."""

    taken_on: date
    event_on: date
    url: str

    @property
    def text(self) -> str:
        return f"z {day_text(self.taken_on)}, po zdarzeniu z {day_text(self.event_on)}"


def without_bonus(
    programmes: Iterable[Programme], month: date, user: User, *, on: date
) -> defaultdict[int, list[NoBonus]]:
    """Programme → the measures that stand and touch the month, as far as the user reads measures; one query.

    No rule gives them a length (S1 § 3 ust. 6 lit. d): they touch the months from that of the event to that in which
    they were taken.
    """
    right = right_of(user, on=on)
    rows = MeasureTaken.objects.visible_to(user, on=on, right=right).filter(
        programme__in=[row.pk for row in programmes], kind=Measure.Kind.NO_BONUS, retraction=None
    )
    rows = rows if right == "see_diagnosis" else rows.filter(incident=None)
    rows = rows.annotate(event_on=Coalesce("incident__on", "breach__on")).order_by("taken_on", "pk").defer("text")
    found: defaultdict[int, list[NoBonus]] = defaultdict(list)
    for row in rows.filter(event_on__lte=month_end(month), taken_on__gte=month):
        found[row.programme_id].append(NoBonus(row.taken_on, row.event_on, _page(row)))
    return found


def _page(row: MeasureTaken) -> str:
    """Of what it follows."""
    if row.incident_id:
        return reverse("attendance:incident", args=[row.incident_id])
    return reverse("attendance:breach", args=[row.breach_id])
