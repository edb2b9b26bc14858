"""What waits about sick notes; those not here yet stand among the deadlines."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from attendance.models import SickCheck, SickNote
from attendance.reading.notes import state
from cistor.accounts.models import User
from cistor.dates import day_text, span_text
from cistor.desk.matters import THIS_WEEK, Matter
from cistor.journal.models import Entry, Reading

DECIDE = "decide_attendance"
# A paper without a term has so long to come before the director is asked.
PATIENCE = timedelta(days=3)
# What a visit found waits so long for the director to open it.
LATELY = timedelta(days=10)
OWN = "wpisane przez Ciebie: rozstrzygnie osoba, która Cię zastępuje; możesz też je wycofać, a wpisze je kto inny"


def to_decide(user: User, on: date) -> Iterator[Matter]:
    """Delivered late, or not by their day: their days are provisional until the director has spoken."""
    if not user.may(DECIDE, on=on):
        return
    awaited = Q(due_on__lt=on) | Q(due_on__isnull=True, entered_on__lt=on - PATIENCE)
    rows = _of(user, on, DECIDE).undecided().filter(Q(delivered_on__isnull=False) | awaited)
    for row in rows.order_by("start_on", "pk"):
        since = f"od {row.delivered_on or row.due_on or row.entered_on:%d.%m}"
        text = f"Zwolnienie {'po terminie' if row.due_on else 'bez terminu doręczenia'} czeka na decyzję"
        if row.entered_by_id != user.pk or user.home_centre.single_handed:
            yield _matter("soon", since, text, row)
        else:
            yield _matter("info", since, text, row, f"; {OWN}")


def visited(user: User, on: date) -> Iterator[Matter]:
    """Visits that did not find what the note says, until the director has opened the note."""
    if not user.may(DECIDE, on=on):
        return
    rows = SickCheck.objects.filter(sick_note__in=_of(user, on, DECIDE).standing(), recorded_on__gte=on - LATELY)
    rows = rows.filter(retraction=None).exclude(result=SickCheck.Result.FOUND).exclude(by=user)
    said = Entry.objects.filter(object_kind="attendance.sickcheck", object_id=OuterRef("pk"), verb="note_checked")
    opened = Reading.objects.filter(by=user, what="sick_note", participant=OuterRef("person"))
    known = said.annotate(person=OuterRef("sick_note__programme__participant"))
    read = Exists(known.filter(Exists(opened.filter(at__gt=OuterRef("at")))))
    people = ("sick_note__programme__participant",)
    for row in rows.exclude(read).select_related(*people).defer("text", "sick_note__number", "sick_note__note"):
        text = f"Kontrola zwolnienia {day_text(row.visited_on)}: {row.get_result_display()}"
        yield _matter("soon", "kontrola", text, row.sick_note)


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


def _matter(kind: str, word: str, text: str, row: SickNote, more: str = "") -> Matter:
    days = span_text(row.start_on, row.end_on)
    url = reverse("attendance:note", args=[row.pk])
    return Matter(kind, word, f"{text}: {row.programme.participant}, {days}{more}", url)
