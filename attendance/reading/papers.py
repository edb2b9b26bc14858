"""Days marked by hand that no paper explains: to be seen to before their month is closed."""

from collections.abc import Collection, Iterable
from datetime import date
from itertools import groupby
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import CharField, Exists, OuterRef, Value
from django.urls import reverse

from attendance.closing import Part
from attendance.models import Absence, Closing, Day, Excuse, Incident, LeaveDay, SickNote, SobrietyTest, Source
from attendance.reading import origins
from attendance.reading.absences import RIGHT, last_here
from cistor.accounts.models import User
from cistor.centres.models import Centre, Meaning
from participants.models import Programme

BY_NOTE = (Meaning.SICK, Meaning.CARE)
MARKS = (*BY_NOTE, Meaning.EXCUSED, Meaning.UNEXCUSED, Meaning.FREE_DAY)
EXCUSE, TEST = "excuse", "test"
COLUMNS = ("programme", "on", "of", "pk")
WORDS: dict[str, str] = {
    Meaning.SICK: "brak zwolnienia lekarskiego",
    Meaning.CARE: "brak zwolnienia na opiekę",
    Meaning.EXCUSED: "nikt tego dnia nie usprawiedliwił",
    Meaning.UNEXCUSED: "nikt nie zgłosił nieobecności",
    Meaning.FREE_DAY: "brak wniosku o dzień wolny",
    EXCUSE: "usprawiedliwienie czeka na decyzję",
    TEST: "badanie czeka na wpis do ewidencji",
}


class Gap(NamedTuple):
    """A day without its paper: by the meaning marked by hand, or by the row (`pk`) that nobody has finished."""

    programme: Programme
    on: date
    kind: str
    code: str = ""
    pk: int = 0

    @property
    def order(self) -> tuple:
        return self.programme.participant.order_key, self.programme.pk, self.on, self.kind


class Link(NamedTuple):
    """A gap in words, and the page that mends it."""

    on: date
    words: str
    url: str


def gaps(centre: Centre, start: date, end: date) -> list[Gap]:
    """Of the open days of the span, by person and day; six queries at most."""
    marked = _open(Day.objects.filter(source=Source.HAND, provisional=False), centre, start, end)
    asked = LeaveDay.objects.standing().filter(programme=OuterRef("programme"), on=OuterRef("on"))
    marked = marked.filter(meaning__in=MARKS).exclude(Exists(asked), meaning=Meaning.FREE_DAY)
    days = list(marked.annotate(after=last_here("programme", "on")).select_related("programme__participant"))
    waiting = _unfinished(centre, start, end)
    known = {(gap.programme.pk, gap.on) for gap in waiting if gap.kind == EXCUSE} | _explained(days, start, end)
    without = [day for day in days if (day.programme_id, day.on) not in known]
    found = [Gap(day.programme, day.on, day.meaning, day.code) for day in without]
    return sorted([*found, *waiting], key=lambda gap: gap.order)


def _open(rows, centre: Centre, start: date, end: date):
    closing = Closing.objects.over(OuterRef("programme"), OuterRef("on"))
    rows = rows.filter(programme__participant__centre=centre, on__range=(start, end))
    return rows.exclude(Exists(closing)).order_by()


def _unfinished(centre: Centre, start: date, end: date) -> list[Gap]:
    """Requests that nobody has decided on and tests that nobody has written down."""
    lines = SobrietyTest.objects.filter(incident=OuterRef("pk"))
    tested = Incident.objects.standing().filter(~Exists(lines), outcome=Incident.Outcome.TESTED)
    parts = [
        _open(rows, centre, start, end).annotate(of=Value(of, output_field=CharField())).values_list(*COLUMNS)
        for of, rows in ((EXCUSE, Excuse.objects.open()), (TEST, tested))
    ]
    rows = list(parts[0].union(parts[1], all=True))
    found = Programme.objects.select_related("participant").in_bulk([pk for pk, *_ in rows]) if rows else {}
    return [Gap(found[programme], day, of, pk=pk) for programme, day, of, pk in rows]


def _explained(days: Collection[Day], start: date, end: date) -> set[tuple[int, date]]:
    """Those of the days that a note, an excuse or an absence begun speaks of.

    A note that was refused explains why a day is unexcused, and nothing else.
    """
    if not days:
        return set()
    programmes = {day.programme_id for day in days}
    notes = list(
        SickNote.objects.standing().filter(programme__in=programmes).touching(start, end).defer("number", "note")
    )
    granted = Excuse.objects.granted().filter(programme__in=programmes, on__range=(start, end))
    excused = set(granted.values_list("programme", "on"))
    begun = _begun(days)
    return {
        (day.programme_id, day.on)
        for day in days
        if (day.programme_id, day.on) in excused
        or any(_speaks_of(note, day) for note in notes)
        or any(_is_of(row, day) for row in begun)
    }


def _speaks_of(note: SickNote, day: Day) -> bool:
    is_over = note.programme_id == day.programme_id and note.start_on <= day.on <= note.end_on
    return is_over and (note.accepted is not False or day.meaning == Meaning.UNEXCUSED)


def _begun(days: Collection[Day]) -> list[Absence]:
    missed = {day.programme_id for day in days if day.meaning == Meaning.UNEXCUSED}
    if not missed:
        return []
    rows = Absence.objects.filter(programme__in=missed)
    return list(rows.annotate(after=last_here("programme", "start_on")).defer("reason", "arranged"))


def _is_of(row: Absence, day: Day) -> bool:
    """The same absence: nobody was there between its first day and this one, and it had not ended before."""
    if day.meaning != Meaning.UNEXCUSED or row.programme_id != day.programme_id or row.after != day.after:
        return False
    return row.closed_on is None or row.start_on <= day.on <= row.end_on


def within(found: Iterable[Gap], parts: Collection[Part]) -> list[Gap]:
    """Those that a closing of the parts would take."""
    spans: dict[int, list[Part]] = {}
    for part in parts:
        spans.setdefault(part.programme.pk, []).append(part)
    return [
        gap for gap in found if any(part.start_on <= gap.on <= part.end_on for part in spans.get(gap.programme.pk, ()))
    ]


def by_person(found: Iterable[Gap], user: User, *, on: date) -> list[tuple[Programme, list[Link]]]:
    """In words and with the page that mends each, as far as the user may know and open it."""
    rows = list(found)
    tested = {gap.programme.participant_id for gap in rows if gap.kind == TEST}
    known, rights = origins.known(user, tested, on=on), _rights(user, on)
    return [
        (gaps_[0].programme, [_link(gap, known, rights, on) for gap in gaps_])
        for _, group in groupby(rows, key=lambda gap: gap.programme.pk)
        for gaps_ in [list(group)]
    ]


def _rights(user: User, on: date) -> set[str]:
    """Of whoever closes the month: all of them reach the whole centre."""
    return {right for right in ("enter_absence_papers", RIGHT, "see_diagnosis") if user.may(right, on=on)}


def _link(gap: Gap, known: Collection[int], rights: Collection[str], on: date) -> Link:
    words = WORDS[gap.kind]
    if gap.kind == TEST and gap.programme.participant_id not in known:
        words = f"{origins.ELSEWHERE} czeka na uzupełnienie"
    return Link(gap.on, f"{gap.code}: {words}" if gap.code else words, _mended_at(gap, rights, on))


def _mended_at(gap: Gap, rights: Collection[str], on: date) -> str:
    """The day itself for who may open nothing else."""
    day, programme = gap.on.isoformat(), gap.programme
    is_over = programme.ended_on is not None and programme.ended_on < on
    pages = {
        Meaning.SICK: ("enter_absence_papers", "new_note", programme.pk, {"od": day}),
        Meaning.CARE: ("enter_absence_papers", "new_note", programme.pk, {"od": day}),
        Meaning.FREE_DAY: ("enter_absence_papers", "ask_leave", programme.pk, {"od": day}),
        Meaning.EXCUSED: (RIGHT, "ask_excuse", programme.pk, {"dzien": day}),
        Meaning.UNEXCUSED: ("" if is_over else RIGHT, "report_absence", programme.pk, {"dzien": day}),
        EXCUSE: (RIGHT, "excuse", gap.pk, {}),
        TEST: ("see_diagnosis", "add_test", gap.pk, {}),
    }
    right, name, pk, named = pages[gap.kind]
    if right not in rights:
        name, pk, named = "day", programme.participant_id, {"dzien": day}
    url = reverse(f"attendance:{name}", args=[pk])
    return f"{url}?{urlencode(named)}" if named else url
