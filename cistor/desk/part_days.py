"""What waits about parts of days: somebody asks to go early, and who leads has not answered."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from attendance.models import PartDay
from attendance.reading.part_days import RIGHT, unanswered
from cistor.accounts.models import User
from cistor.dates import day_text
from cistor.desk.cases import first
from cistor.desk.matters import Matter


def to_answer(user: User, on: date) -> Iterator[Matter]:
    """To whoever leads the group; for a month after the day."""
    if not user.owners(RIGHT, on=on):
        return
    rows = unanswered(user, on=on).defer("reason")
    yield from first([_matter(row, on) for row in rows], reverse("attendance:part_day_list"))


def _matter(row: PartDay, on: date) -> Matter:
    hours = f", {row.from_at:%-H:%M}–{row.to_at:%-H:%M}" if row.from_at and row.to_at else ""
    text = f"{row.programme.participant} prosi o zwolnienie z części zajęć {day_text(row.on)}{hours}"
    url = reverse("attendance:part_days", args=[row.programme.participant_id])
    return Matter("late" if row.on < on else "soon", "po terminie" if row.on < on else "odpowiedz", text, url, row.on)
