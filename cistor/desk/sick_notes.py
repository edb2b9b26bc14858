"""What waits about sick notes; those not here yet stand among the deadlines."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q
from django.urls import reverse

from attendance.models import SickNote
from attendance.reading.notes import state
from cistor.accounts.models import User
from cistor.dates import span_text
from cistor.desk.matters import THIS_WEEK, Matter


def to_decide(user: User, on: date) -> Iterator[Matter]:
    """Delivered late, or not by their day: their days are provisional until the director has spoken."""
    if not user.may("decide_attendance", on=on):
        return
    rows = _of(user, on, "decide_attendance").undecided().filter(Q(delivered_on__isnull=False) | Q(due_on__lt=on))
    waiting = rows if user.home_centre.single_handed else rows.exclude(entered_by=user)
    for row in waiting.order_by("start_on", "pk"):
        yield _matter("soon", f"od {row.start_on:%d.%m}", "Zwolnienie po terminie czeka na decyzję", row)


def answered(user: User, on: date) -> Iterator[Matter]:
    """For a week, what was decided about those that the user entered."""
    if not user.may("enter_absence_papers", on=on):
        return
    rows = _of(user, on, "enter_absence_papers").standing().filter(entered_by=user, decided_on__gte=on - THIS_WEEK)
    for row in rows.exclude(decided_by=F("entered_by")).order_by("-decided_on", "pk"):
        yield _matter("info", state(row, on)[1], "Rozstrzygnięto o zwolnieniu", row)


def _of(user: User, on: date, right: str):
    rows = SickNote.objects.visible_to(user, on=on, right=right).filter(programme__participant__erased_on=None)
    return rows.select_related("programme__participant").defer("number", "note")


def _matter(kind: str, word: str, text: str, row: SickNote) -> Matter:
    days = span_text(row.start_on, row.end_on)
    url = reverse("attendance:note", args=[row.pk])
    return Matter(kind, word, f"{text}: {row.programme.participant}, {days}", url)
