"""The papers around an absence: sick notes behind its days, annexes and proposals to end the programme since it began,
and those of the two that were arranged and that nobody has prepared."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from attendance.models import Absence, Day, SickNote, Source
from attendance.models.notes import SickNoteQuerySet
from attendance.reading.absences import RIGHT
from cistor.accounts.models import User
from participants.models import Annex, Termination

Arrangement = Absence.Arrangement
# Who prepares what was arranged: rights that its form asks for, all of them.
PREPARE = {Arrangement.TERMINATION: ("prepare_programme",), Arrangement.ANNEX: ("prepare_programme", "see_file")}
# Who reads what was prepared: any of them.
READ = {
    Arrangement.TERMINATION: ("prepare_programme", "decide_programme"),
    Arrangement.ANNEX: ("see_file", "decide_programme"),
}


def notes_behind(days: Iterable[Day], notes: SickNoteQuerySet) -> dict[date, SickNote]:
    """Day → the sick note whose word it is, of the notes that the reader may open; one query where there is one."""
    taken = [day for day in days if day.source == Source.NOTE]
    if not taken:
        return {}
    rows = notes.standing().filter(programme=taken[0].programme_id).touching(taken[0].on, taken[-1].on)
    found = list(rows.defer("note", "number").order_by("end_on", "pk"))
    return {day.on: row for day in taken for row in found if _covers(row, day)}


def _covers(note: SickNote, day: Day) -> bool:
    return note.meaning == day.meaning and note.start_on <= day.on <= note.end_on


def proposals(absence: Absence, user: User, on: date) -> QuerySet[Termination]:
    """To end the programme, made since the absence began, open or decided; none to who may not read them."""
    rows = _proposals(absence.programme_id, absence.start_on).order_by("asked_on", "pk")
    return rows.defer("facts", "days", "reason", "note") if _reads(user, Arrangement.TERMINATION, on) else rows.none()


def annexes(absence: Absence, user: User, on: date) -> QuerySet[Annex]:
    """Signed since the absence began, or a draft; none to who may not read them."""
    rows = _annexes(absence.programme_id, absence.start_on).order_by("number")
    return rows.defer("changes", "reason") if _reads(user, Arrangement.ANNEX, on) else rows.none()


def _reads(user: User, kind: Arrangement, on: date) -> bool:
    return any(user.may(right, on=on) for right in READ[kind])


def _proposals(programme: Any, since: Any) -> QuerySet[Termination]:
    """Each argument may be a column of the row that asks; what was taken back is no proposal."""
    return Termination.objects.filter(programme=programme, asked_on__gte=since, withdrawn_on__isnull=True)


def _annexes(programme: Any, since: Any) -> QuerySet[Annex]:
    # A draft bears no day, and there is one at a time: what was arranged goes into it.
    return Annex.objects.filter(Q(signed_on__isnull=True) | Q(signed_on__gte=since), programme=programme)


def to_prepare(user: User, on: date) -> QuerySet[Absence]:
    """Ended with what the user may prepare and nobody has, of programmes that go on; the oldest first."""
    kinds = [kind for kind in PREPARE if _prepares(user, kind, on)]
    rows = Absence.objects.visible_to(user, on=on, right=RIGHT).filter(arrangement__in=kinds)
    return _unprepared(rows, on).select_related("programme__participant").order_by("closed_on", "pk")


def is_to_prepare(absence: Absence, user: User, on: date) -> bool:
    """Whether that is so of this very one."""
    if absence.closed_on is None or not _prepares(user, Arrangement(absence.arrangement), on):
        return False
    return _unprepared(Absence.objects.filter(pk=absence.pk), on).exists()


def _prepares(user: User, kind: Arrangement, on: date) -> bool:
    return kind in PREPARE and all(user.may(right, on=on) for right in PREPARE[kind])


def _unprepared(rows: QuerySet[Absence], on: date) -> QuerySet[Absence]:
    of = (OuterRef("programme"), OuterRef("start_on"))
    rows = rows.exclude(Exists(_proposals(*of)), arrangement=Arrangement.TERMINATION)
    rows = rows.exclude(Exists(_annexes(*of)), arrangement=Arrangement.ANNEX)
    rows = rows.filter(closed_on__isnull=False, programme__participant__erased_on__isnull=True)
    return rows.exclude(programme__ended_on__lt=on)
