"""Whose word a day is where nobody marked it: the fact behind it in words, and where that fact is kept."""

from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.urls import reverse

from attendance.models import BY_PEOPLE, Day, Excuse, SickNote, Source
from cistor.accounts.models import User
from cistor.centres.models import Meaning
from participants.models import Participant

# Who may know of incidents, of those whom the right reaches; to others such a day is settled elsewhere.
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
    return day is not None and day.source not in BY_PEOPLE


def words(*, knows: bool) -> dict[str, str]:
    """Of every source but the hand; `knows`: whether the reader may know of the person's incidents."""
    return {**SHORT, Source.SOBRIETY: SHORT[Source.SOBRIETY] if knows else ELSEWHERE}


def knows(user: User, participant: Participant, *, on: date) -> bool:
    """Whether the user may know of the person's incidents."""
    return any(participant.open_to(user, right, on=on) for right in INCIDENTS)


def known(user: User, people: Collection[int], *, on: date) -> set[int]:
    """Those of the participants of whose incidents the user may know; a query for each of the two rights."""
    if not people:
        return set()
    rights = [right for right in INCIDENTS if user.may(right, on=on)]
    reached = [Participant.objects.visible_to(user, on=on, right=right).filter(pk__in=people) for right in rights]
    return {pk for rows in reached for pk in rows.values_list("pk", flat=True)}


def of(days: Iterable[Day], people: dict[int, int], *, user: User, on: date) -> dict[int, Origin]:
    """Programme → what took its day, one day of each; `people` are the participants of the programmes that the user
    reaches. A query where there is a note among them, one where there is an excuse, two where there is an incident."""
    taken = [day for day in days if is_taken(day)]
    read = _Reader(taken, people, user, on)
    return {day.programme_id: Origin(read.words(day), read.url(day)) for day in taken}


class _Reader:
    """What one user may know of the days, and open."""

    def __init__(self, taken: list[Day], people: dict[int, int], user: User, on: date) -> None:
        self.people, self.user, self.on = people, user, on
        self.ends = _ends([day for day in taken if day.source == Source.NOTE])
        self.excuses = _excuses([day for day in taken if day.source == Source.EXCUSE], user, on)
        incidents = [day.programme_id for day in taken if day.source == Source.SOBRIETY]
        self.known = known(user, [people[pk] for pk in incidents if pk in people], on=on)

    def knows(self, day: Day) -> bool:
        return self.people.get(day.programme_id) in self.known

    def words(self, day: Day) -> str:
        if day.source == Source.NOTE and day.meaning == Meaning.UNEXCUSED:
            return "nieuznane zwolnienie"
        if end := self.ends.get((day.programme_id, day.meaning)):
            return f"zwolnienie do {end:%d.%m}"
        return words(knows=self.knows(day))[day.source]

    def url(self, day: Day) -> str:
        person = self.people.get(day.programme_id)
        if day.source == Source.SUSPENSION:
            return reverse("attendance:suspensions") if self.user.may("decide_attendance", on=self.on) else ""
        if day.source == Source.EXCUSE:
            excuse = self.excuses.get(day.programme_id)
            return reverse("attendance:excuse", args=[excuse]) if excuse else ""
        if person is None or (day.source == Source.SOBRIETY and not self.knows(day)):
            return ""
        return reverse(OF_PERSON[Source(day.source)], args=[person])


def _ends(days: list[Day]) -> dict[tuple[int, str], date]:
    """(programme, meaning) → the last day of its note."""
    if not days:
        return {}
    ids, on = [day.programme_id for day in days], days[0].on
    notes = SickNote.objects.standing().filter(programme__in=ids).touching(on, on).order_by("end_on")
    return {(note.programme_id, note.meaning): note.end_on for note in notes}


def _excuses(days: list[Day], user: User, on: date) -> dict[int, int]:
    """Programme → the excuse of its day that the user may open."""
    if not days or not user.may("follow_absence", on=on):
        return {}
    rows = Excuse.objects.granted().visible_to(user, on=on, right="follow_absence")
    rows = rows.filter(programme__in=[day.programme_id for day in days], on=days[0].on)
    return dict(rows.order_by("pk").values_list("programme", "pk"))
