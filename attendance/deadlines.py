"""The terms of attendance, computed from its facts: an absence to report, a sick note to bring."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.timezone import localtime

from attendance.models import Absence, SickNote
from attendance.models.notes import UNDECIDED
from attendance.reading.absences import REPORT, Run, due_at, open_runs, report_hour
from cistor.accounts.roles import Role
from cistor.addresses import address
from cistor.centres.models import DeadlineLength
from cistor.centres.terms import TermBook
from cistor.deadlines import Deadline
from participants.models import Programme

NOTE = DeadlineLength.Code.SICK_NOTE
# What was met stays in the table for so long.
LATELY = timedelta(days=31)


def of_absences(programmes: QuerySet[Programme], book: TermBook, on: date) -> list[Deadline]:
    """To report each unexplained absence on its first day by the hour of the regulations; six queries at most."""
    open_ones = open_runs(programmes, on)
    ended = Absence.objects.filter(programme__in=programmes, closed_on__isnull=False, start_on__gte=on - LATELY)
    ended = ended.select_related("programme__participant").order_by("start_on", "pk")
    runs = [*open_ones, *(Run(row.programme, [], row) for row in ended)]
    return [row for run in runs for row in _report(run, book)]


def _report(run: Run, book: TermBook) -> Iterator[Deadline]:
    person = run.programme.participant
    hour = report_hour(book, person.centre_id, run.start_on)
    if hour is None:
        return
    reported = run.row.reported_at if run.row else None
    yield Deadline(
        kind=REPORT,
        centre=person.centre_id,
        role=Role.INSTRUCTOR,
        starts_on=run.start_on,
        due_on=run.start_on,
        due_at=due_at(hour, run.start_on),
        url=_page(run),
        source=hour.source,
        met_on=localtime(reported).date() if reported else None,
        proof=f"zgłoszono o {localtime(reported):%-H:%M}" if reported else "",
        participant=person.pk,
        programme=run.programme.pk,
        soon=0,
    )


def _page(run: Run) -> str:
    if run.row:
        return address("attendance:absence", run.row.pk)
    return f"{address('attendance:report_absence', run.programme.pk)}?dzien={run.start_on}"


def of_notes(programmes: QuerySet[Programme], book: TermBook, on: date) -> list[Deadline]:
    """Of each certificate that waits, and of those of late; the last day is the one written in it, counted from the
    first day of one that is only announced. One query."""
    rows = SickNote.objects.standing().annotate(begins_on=Coalesce("issued_on", "start_on"))
    rows = rows.filter(UNDECIDED | Q(begins_on__gte=on - LATELY), programme__in=programmes)
    centre, person = F("programme__participant__centre"), F("programme__participant")
    columns = ("pk", "programme", "begins_on", "due_on", "delivered_on", "accepted")
    found = rows.order_by("pk").annotate(centre=centre, person=person)
    return [_of_note(*facts, book=book) for facts in found.values_list(*columns, "centre", "person")]


def _of_note(
    pk: int,
    programme: int,
    begins_on: date,
    due_on: date | None,
    delivered_on: date | None,
    accepted: bool | None,
    centre: int,
    person: int,
    *,
    book: TermBook,
) -> Deadline:
    term = book.length(NOTE, centre=centre, office=None, on=begins_on)
    decided = accepted is not None and delivered_on is None
    return Deadline(
        kind=NOTE,
        centre=centre,
        role=Role.SOCIAL_WORKER,
        starts_on=begins_on,
        due_on=due_on,
        source=term.source if term else "",
        met_on=delivered_on,
        proof="zwolnienie" if delivered_on else "",
        void="rozstrzygnięto bez doręczenia" if decided else "",
        url=address("attendance:note", pk),
        participant=person,
        programme=programme,
    )
