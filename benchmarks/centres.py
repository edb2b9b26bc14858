"""Centres with a group, its people and their marks, made in bulk and without history: not what is measured."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from itertools import count, pairwise
from typing import NamedTuple

import pgtrigger
from django.db import connection

from benefits.models import BenefitApplication
from cistor.accounts.models import User
from cistor.dates import ONE_DAY, months_later
from participants.models import Group, Membership, Participant, PaymentMethod, Programme, Stage
from tests.factories import LETTERS, make_centre, make_group, make_user, nrb, pesel

START = date(2025, 11, 3)
BORN = date(1980, 1, 1)

# Who is marked from when to when, numbered alike in every group: one centre has exactly the marks of another.
MARKED = """
CREATE TEMP TABLE marked AS
SELECT p.id, p.signed_by_id AS by_id, p.signed_on AS start_on, COALESCE(p.ended_on, 'infinity') AS end_on,
    row_number() OVER (PARTITION BY m.group_id, p.signed_on ORDER BY p.id) AS number
FROM participants_programme p
JOIN participants_membership m ON m.participant_id = p.participant_id AND m.end_on IS NULL
WHERE m.group_id = ANY(%s)
"""

# A day at a time, as centres mark: the marks of a person lie scattered over the table.
MARK = """
INSERT INTO attendance_day (programme_id, "on", meaning, code, source, by_hand, provisional, marked_by_id)
SELECT id, %(day)s, (%(meanings)s::text[])[place], (%(codes)s::text[])[place], (%(sources)s::text[])[place],
    (%(below)s::text[])[place], false, by_id
FROM (
    SELECT *, 1 + (number * 7 + %(shift)s) %% %(length)s AS place FROM marked WHERE %(day)s BETWEEN start_on AND end_on
) mark
"""

_numbers = count(1)


class Mark(NamedTuple):
    """What stands on a day, whose word it is, and the mark by hand below it."""

    meaning: str
    source: str = "hand"
    below: str = ""


# One mark in ten is something else than present.
MARKS = [*[Mark("present")] * 18, Mark("late"), Mark("sick")]


class Place(NamedTuple):
    """The group of one centre, and who leads it."""

    group: Group
    instructor: User

    @property
    def programmes(self) -> list[int]:
        """The running ones."""
        stays = {"participant__memberships__group": self.group, "participant__memberships__end_on": None}
        return list(Programme.objects.filter(ended_on=None, **stays).values_list("pk", flat=True))


def make(*, centres: int, people: int, days: Sequence[date], marks: Sequence[Mark] = MARKS) -> list[Place]:
    """So many centres with a group of so many people, everybody marked on all the days, by turns with the marks."""
    return make_sized([people] * centres, days=days, marks=marks)


def make_sized(
    sizes: Sequence[int], *, days: Sequence[date], paid_from: date | None = None, marks: Sequence[Mark] = MARKS
) -> list[Place]:
    """A centre for each number of people. `paid_from`: everybody is in the main period since, with an account."""
    with pgtrigger.ignore():
        places = [_centre(people, days[0], paid_from) for people in sizes]
    with connection.cursor() as cursor, without_checks(cursor):
        _mark(cursor, places, days, marks)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return places


@contextmanager
def without_checks(cursor) -> Iterator[None]:
    """Neither triggers nor foreign keys look at the millions of rows, not even to find that they are to be ignored."""
    cursor.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        cursor.execute("SET session_replication_role = origin")


def _centre(people: int, first: date, paid_from: date | None) -> Place:
    centre = make_centre("cistor")
    place = Place(make_group(centre), make_user(centre, "instructor"))
    starts = [paid_from] if paid_from else _starts(first)
    place.group.leads.create(instructor=place.instructor, start_on=starts[0])
    participants = Participant.objects.bulk_create(_participant(centre) for _ in range(people))
    for start, following in pairwise([*starts, None]):
        _one_programme_each(place, participants, start, following and following - ONE_DAY, is_paid=bool(paid_from))
    if paid_from:
        PaymentMethod.objects.bulk_create(_account(participant, paid_from) for participant in participants)
    return place


def _starts(first: date) -> list[date]:
    """Of programmes of a year one after another, the first of which covers the day."""
    starts = [START]
    while starts[0] > first:
        starts.insert(0, months_later(starts[0], -12, "same_day"))
    return starts


def _one_programme_each(
    place: Place, participants: list[Participant], start: date, end: date | None, *, is_paid: bool
) -> None:
    """Each with a stay in the group; ended with its last day, or running."""
    stays = (Membership(group=place.group, participant=p, start_on=start, end_on=end) for p in participants)
    Membership.objects.bulk_create(stays)
    signed = {"signed_on": start, "signed_by": place.instructor}
    ended = {"ended_on": end, "end_kind": "period", "end_decided_on": end, "end_decided_by": place.instructor}
    how = {**signed, **(ended if end else {})}
    programmes = Programme.objects.bulk_create(Programme(participant=p, **how) for p in participants)
    spans = _spans(start, is_paid=is_paid)
    Stage.objects.bulk_create(stage for programme in programmes for stage in _stages(programme, spans))
    if is_paid:
        applied = {"filed_on": start, "by": place.instructor, "recorded_on": start}
        BenefitApplication.objects.bulk_create(BenefitApplication(programme=p, **applied) for p in programmes)


def _participant(centre) -> Participant:
    number = next(_numbers)
    participant = Participant(
        centre=centre,
        first_name="Kalina",
        last_name=f"Zmyślona{number}",
        pesel=pesel(BORN, serial=number),
        birth_on=BORN,
        sex=Participant.Sex.WOMAN,
        street=f"ul. Wymyślona {number}",
        postal_code="87-100",
        city="Toruń",
    )
    participant.set_keys()
    return participant


def _account(participant: Participant, start_on: date) -> PaymentMethod:
    return PaymentMethod(
        participant=participant, kind="account", start_on=start_on, nrb=nrb(participant.pk), holder=str(participant)
    )


def _spans(start: date, *, is_paid: bool) -> list[tuple[str, date, date]]:
    if is_paid:
        return [("main", start, months_later(start, 11, "day_before"))]
    trial_end = months_later(start, 1, "day_before")
    main = trial_end + ONE_DAY
    return [("trial", start, trial_end), ("main", main, months_later(main, 11, "day_before"))]


def _stages(programme: Programme, spans: list[tuple[str, date, date]]) -> list[Stage]:
    decided = {"decided_on": programme.signed_on, "decided_by": programme.signed_by}
    return [Stage(programme=programme, kind=kind, start_on=start, end_on=end, **decided) for kind, start, end in spans]


def _mark(cursor, places: list[Place], days: Sequence[date], marks: Sequence[Mark]) -> None:
    turns = {
        "meanings": [mark.meaning for mark in marks],
        "codes": [LETTERS[mark.meaning] for mark in marks],
        "sources": [mark.source for mark in marks],
        "below": [mark.below for mark in marks],
        "length": len(marks),
    }
    cursor.execute(MARKED, [[place.group.pk for place in places]])
    for day in days:
        cursor.execute(MARK, {**turns, "day": day, "shift": day.toordinal()})
    cursor.execute("DROP TABLE marked")
