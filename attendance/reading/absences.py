"""Absences that nobody has explained: their days, what was done about each, and which still wait."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import NamedTuple

from django.db.models import DateField, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.timezone import make_aware

from attendance.grid import HERE
from attendance.models import BY_PEOPLE, Absence, Closing, Contact, Day, Excuse
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import DeadlineLength, Meaning
from cistor.centres.terms import TermBook
from participants.models import Programme

RIGHT = "follow_absence"
# Who talks with people without following up their absences reads when a talk is, and no more.
TALK = "record_contact"
REPORT = DeadlineLength.Code.ABSENCE_REPORT
A_MONTH = timedelta(days=30)


@dataclass
class Run:
    """Unexcused days of a programme without a day present between them; `row` once something was done about them."""

    programme: Programme
    days: list[date]
    row: Absence | None = None
    contacts: list[Contact] = field(default_factory=list)

    @property
    def start_on(self) -> date:
        return self.row.start_on if self.row else self.days[0]

    @property
    def tries(self) -> int:
        return len(self.contacts)

    @property
    def step(self) -> tuple[str, str]:
        """Kind and word of the badge: what is to be done next."""
        if self.row is None or self.row.reported_at is None:
            return "late", "do zgłoszenia"
        if not self.row.reason_kind:
            return "soon", "do ustalenia przyczyny"
        return "info", "do zakończenia"

    def age(self, on: date) -> int:
        return (on - self.start_on).days


class Mark(NamedTuple):
    programme: int
    on: date
    # The last day before it on which the person was there: what has the same one is one absence.
    after: date | None


# The days ------------------------------------------------------------------------------------------------------------


def last_here(programme: str, day: str) -> Subquery:
    """The last day present before a day; `programme` and `day` are the columns of the row that asks."""
    here = Day.objects.filter(programme=OuterRef(programme), on__lt=OuterRef(day), meaning__in=HERE)
    return Subquery(here.order_by("-on").values("on")[:1], output_field=DateField())


def unexplained(programmes: QuerySet[Programme], on: date) -> list[Mark]:
    """The unexcused days by hand until the day, in their order; one query."""
    rows = Day.objects.filter(programme__in=programmes, on__lte=on, meaning=Meaning.UNEXCUSED, source__in=BY_PEOPLE)
    rows = rows.annotate(after=last_here("programme", "on")).order_by("programme", "on")
    return [Mark(*row) for row in rows.values_list("programme", "on", "after")]


def is_unexplained(day: Day) -> bool:
    """What a fact has made unexcused (an incident, a refused note) has its reason in that fact."""
    return day.meaning == Meaning.UNEXCUSED and day.source in BY_PEOPLE


def open_runs(programmes: QuerySet[Programme], on: date) -> list[Run]:
    """What no arrangement has ended, the oldest first; five queries whatever their number.

    Of an absence about which nothing was begun, days that are closed by now are nobody's duty any more, and so are
    those of a programme that has ended.
    """
    begun_in = Absence.objects.open().filter(programme=OuterRef("pk"))
    asked = programmes.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=on) | Exists(begun_in)).order_by()
    marks = unexplained(asked, on)
    begun = Absence.objects.filter(programme__in=asked).annotate(after=last_here("programme", "start_on"))
    absences = list(begun.order_by("start_on"))
    known = {mark.programme for mark in marks} | {row.programme_id for row in absences if row.closed_on is None}
    if not known:
        return []
    rows = {row.pk: row for row in asked.filter(pk__in=known).select_related("participant__centre")}
    runs = [run for run in _runs(rows, marks, absences) if run.row or not _is_over(run.programme, on)]
    runs += _explained(rows, absences, runs)
    _with_contacts(runs)
    return sorted(runs, key=lambda run: (run.start_on, run.programme.participant.order_key, run.programme.pk))


def _runs(rows: dict[int, Programme], marks: list[Mark], absences: list[Absence]) -> Iterator[Run]:
    closings = _closings(rows)
    for (pk, after), found in groupby(marks, key=lambda mark: (mark.programme, mark.after)):
        own = [row for row in absences if row.programme_id == pk and row.after == after]
        days = [mark.on for mark in found if not any(_ended_with(row, mark.on) for row in own)]
        row = next((row for row in own if row.closed_on is None), None)
        if row is None:
            days = [day for day in days if not any(first <= day <= last for first, last in closings.get(pk, ()))]
        if days:
            yield Run(rows[pk], days, row)


def _is_over(programme: Programme, on: date) -> bool:
    return programme.ended_on is not None and programme.ended_on < on


def _ended_with(row: Absence, day: date) -> bool:
    return row.closed_on is not None and row.start_on <= day <= row.end_on


def _explained(rows: dict[int, Programme], absences: list[Absence], runs: list[Run]) -> list[Run]:
    """Begun, and by now without an unexcused day of its own: a note came, an excuse, or the mark was a slip."""
    standing = {run.row.pk for run in runs if run.row}
    left = [row for row in absences if row.closed_on is None and row.pk not in standing]
    return [Run(rows[row.programme_id], [], row) for row in left]


def _closings(programmes: Iterable[int]) -> dict[int, list[tuple[date, date]]]:
    found: dict[int, list[tuple[date, date]]] = {}
    for pk, *span in Closing.objects.filter(programme__in=programmes).values_list("programme", "start_on", "end_on"):
        found.setdefault(pk, []).append(tuple(span))
    return found


def _with_contacts(runs: Iterable[Run]) -> None:
    begun = {run.row.pk: run for run in runs if run.row}
    rows = Contact.objects.filter(absence__in=begun, retraction__isnull=True)
    for contact in rows.defer("whom", "text").order_by("at", "pk"):
        begun[contact.absence_id].contacts.append(contact)


# Of somebody ---------------------------------------------------------------------------------------------------------


def open_absences(user: User, on: date, day: date | None = None) -> list[Run]:
    """Those that the user follows up on `on`: open then, or as they were on an earlier `day`."""
    return open_runs(Programme.objects.visible_to(user, on=on, right=RIGHT), day or on)


def keeps_talk(row: Absence, on: date) -> bool:
    """A talk set for a day to come outlives the ending of the absence."""
    return row.talk_on is not None and row.talk_on >= (row.closed_on or on)


def talks_left(user: User, on: date, until: date) -> list[Run]:
    """Ended absences whose talk nobody has held yet."""
    rows = Absence.objects.visible_to(user, on=on, right=RIGHT).filter(closed_on__isnull=False)
    return [Run(row.programme, [], row) for row in to_be_held(rows, on, until)]


def to_be_held(rows: QuerySet[Absence], on: date, until: date) -> QuerySet[Absence]:
    """Those whose talk nobody has held yet; a month after its day it is let go."""
    held = Contact.objects.filter(
        absence=OuterRef("pk"), at__date__gte=OuterRef("talk_on"), result=Contact.Result.REACHED
    ).filter(with_whom=Contact.With.PARTICIPANT, retraction__isnull=True)
    rows = rows.filter(Q(closed_on__isnull=True) | Q(talk_on__gte=F("closed_on")))
    rows = rows.filter(talk_on__range=(on - A_MONTH, until)).exclude(Exists(held)).exclude(programme__ended_on__lt=on)
    return rows.select_related("programme__participant").order_by("talk_on", "pk")


def run_of(programme: Programme, day: date, on: date) -> Run | None:
    """The open absence to which a day of the programme belongs."""
    runs = open_runs(Programme.objects.filter(pk=programme.pk), on)
    return next((run for run in runs if day in run.days or (run.row and run.row.start_on == day)), None)


def days_of(absence: Absence, on: date) -> list[Day]:
    """What stands on each day from the first on, until the person was there again, or until it was ended."""
    rows = Day.objects.filter(programme=absence.programme_id, on__gte=absence.start_on, on__lte=absence.end_on or on)
    rows = list(rows.order_by("on"))
    # The first day stays to be seen even where it turned out that the person was there.
    back = next((max(number, 1) for number, day in enumerate(rows) if day.meaning in HERE), len(rows))
    return rows[:back]


def asked_of(absence: Absence, on: date) -> QuerySet[Excuse]:
    """The requests that one of its days be excused, as long as nobody has taken them back."""
    days = [day.on for day in days_of(absence, on)]
    return Excuse.objects.filter(
        programme=absence.programme_id, on__in=days, withdrawn_on__isnull=True, retraction__isnull=True
    )


def latest_asked(absence: Absence, on: date) -> dict[date, Excuse]:
    """Day of the absence → the newest request that it be excused, whatever has become of it."""
    days = [day.on for day in days_of(absence, on)]
    rows = Excuse.objects.filter(programme=absence.programme_id, on__in=days).select_related("retraction")
    return {row.on: row for row in rows.defer("reason").order_by("asked_on", "pk")}


def to_excuse(absence: Absence, days: list[Day], on: date) -> list[Day]:
    """Of the unexcused days of an absence that is to be excused, those for which nobody has asked."""
    if absence.arrangement != Absence.Arrangement.EXCUSE:
        return []
    asked = set(asked_of(absence, on).values_list("on", flat=True))
    return [day for day in days if is_unexplained(day) and day.on not in asked]


def next_of(absence: Absence) -> Absence | None:
    """What was begun about the unexcused days after the end of this one, before the person was there again."""
    rows = Absence.objects.filter(programme=absence.programme_id, start_on__gte=absence.start_on)
    first, *others = rows.annotate(after=last_here("programme", "start_on")).order_by("start_on")
    return next((row for row in others if row.after == first.after), None)


def may_reopen(absence: Absence, user: User, on: date) -> bool:
    """Who has ended it, and the director."""
    return absence.closed_by_id == user.pk or absence.programme.participant.open_to(user, "decide_attendance", on=on)


def named(absence: Absence, on: date) -> list[tuple[Day, str]]:
    """The days with the name that the regulations of each give to its mark."""
    terms = Terms(absence.programme.participant.centre)
    return [(day, name_of(day, terms)) for day in days_of(absence, on)]


def name_of(day: Day, terms: Terms) -> str:
    return terms.name(day.on, day.meaning)


# The hour ------------------------------------------------------------------------------------------------------------


class Hour(NamedTuple):
    """By when an absence is reported on its own day, and where that is written."""

    at: time
    source: str


def report_hour(book: TermBook, centre: int, day: date) -> Hour | None:
    """Of the regulations of the day (S1 § 3 ust. 4 lit. f: 10:00); None where they set none."""
    row = book.length(REPORT, centre=centre, office=None, on=day)
    return Hour(row.at, row.source) if row and row.at else None


def due_at(hour: Hour | None, day: date) -> datetime | None:
    return make_aware(datetime.combine(day, hour.at)) if hour else None


def is_past(hour: Hour | None, day: date, at: datetime) -> bool:
    """Whether the hour of the day is over at the moment `at`."""
    due = due_at(hour, day)
    return due is not None and at > due
