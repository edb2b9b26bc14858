"""Whose word a day is where nobody marked it: the fact behind it in words, and where that fact is kept."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.urls import NoReverseMatch, reverse

from attendance.models import Day, SickNote, Source
from cistor.accounts.models import User
from cistor.centres.models import Meaning

BY_HAND = (Source.HAND, Source.CORRECTION)
# Who may know of incidents; to others such a day says only that it is settled elsewhere.
INCIDENTS = ("record_incident", "see_diagnosis")
ELSEWHERE = "inny zapis"
SHORT = {
    Source.SUSPENSION: "zawieszenie zajęć",
    Source.SOBRIETY: "incydent",
    Source.NOTE: "zwolnienie lekarskie",
    Source.LEAVE: "przyznany dzień wolny",
    Source.EXCUSE: "usprawiedliwienie",
}
# The pages of a person that keep the fact.
OF_PERSON = {
    Source.NOTE: "attendance:person_notes",
    Source.LEAVE: "attendance:leave_card",
    Source.SOBRIETY: "attendance:person_order",
}


class Origin(NamedTuple):
    """What took the day, "zwolnienie do 14.03", and the page that keeps it; "" where the reader may not open one."""

    words: str
    url: str = ""


def is_taken(day: Day | None) -> bool:
    """By a fact: no mark made by hand changes such a day."""
    return day is not None and day.source not in BY_HAND


def words(user: User, *, on: date) -> dict[str, str]:
    """Of every source but the hand, as the user may know it."""
    return {**SHORT, Source.SOBRIETY: SHORT[Source.SOBRIETY] if _knows(user, on) else ELSEWHERE}


def of(days: Iterable[Day], people: dict[int, int], *, user: User, on: date) -> dict[int, Origin]:
    """Programme → what took its day, one day of each; `people` are the participants of the programmes that the user
    reaches. A query where there is a note among them."""
    taken = [day for day in days if is_taken(day)]
    known, ends = words(user, on=on), _ends([day for day in taken if day.source == Source.NOTE])
    return {day.programme_id: _origin(day, known, ends, people.get(day.programme_id), user, on) for day in taken}


def _origin(day: Day, known: dict[str, str], ends: dict, person: int | None, user: User, on: date) -> Origin:
    text, end = known[day.source], ends.get((day.programme_id, day.meaning))
    if day.source == Source.NOTE and day.meaning == Meaning.UNEXCUSED:
        text = "nieuznane zwolnienie"
    elif end:
        text = f"zwolnienie do {end:%d.%m}"
    return Origin(text, _url(day.source, person, user, on))


def _ends(days: list[Day]) -> dict[tuple[int, str], date]:
    """(programme, meaning) → the last day of its note."""
    if not days:
        return {}
    ids, on = [day.programme_id for day in days], days[0].on
    notes = SickNote.objects.standing().filter(programme__in=ids).touching(on, on).order_by("end_on")
    return {(note.programme_id, note.meaning): note.end_on for note in notes}


def _url(source: str, person: int | None, user: User, on: date) -> str:
    if source == Source.SUSPENSION:
        return _reversed("attendance:suspensions") if user.may("decide_attendance", on=on) else ""
    if source not in OF_PERSON or person is None or (source == Source.SOBRIETY and not _knows(user, on)):
        return ""
    return _reversed(OF_PERSON[source], person)


def _reversed(name: str, *args: int) -> str:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def knows(user: User, sources: Collection[str], *, on: date) -> bool:
    """Whether the user may know what brought the change between these."""
    return Source.SOBRIETY not in sources or _knows(user, on)


def _knows(user: User, on: date) -> bool:
    return any(user.may(right, on=on) for right in INCIDENTS)
