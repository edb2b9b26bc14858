"""Centres with a group, its people and their marks, made in bulk and without history: not what is measured."""

from collections.abc import Sequence
from datetime import date
from itertools import count
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
# One mark in ten is something else than present.
MEANINGS = [*["present"] * 18, "late", "sick"]

# A day at a time, as centres mark: the marks of a person lie scattered over the table.
MARK = """
INSERT INTO attendance_day (programme_id, "on", meaning, code, provisional, marked_by_id)
SELECT id, %s, (%s::text[])[place], (%s::text[])[place], false, signed_by_id
FROM (SELECT *, 1 + (id * 7 + %s) %% %s AS place FROM participants_programme WHERE id = ANY(%s)) programme
"""

_numbers = count(1)


class Place(NamedTuple):
    """The group of one centre, and who leads it."""

    group: Group
    instructor: User

    @property
    def programmes(self) -> list[int]:
        return list(Programme.objects.filter(participant__memberships__group=self.group).values_list("pk", flat=True))


def make(*, centres: int, people: int, days: Sequence[date], meanings: Sequence[str] = MEANINGS) -> list[Place]:
    """So many centres with a group of so many people, everybody marked on all the days, by turns with the meanings."""
    return make_sized([people] * centres, days=days, meanings=meanings)


def make_sized(
    sizes: Sequence[int], *, days: Sequence[date], paid_from: date | None = None, meanings: Sequence[str] = MEANINGS
) -> list[Place]:
    """A centre for each number of people. `paid_from`: everybody is in the main period since, with an account."""
    with pgtrigger.ignore():
        places = [_centre(people, paid_from) for people in sizes]
        _mark([pk for place in places for pk in place.programmes], days, list(meanings))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return places


def _centre(people: int, paid_from: date | None) -> Place:
    centre = make_centre("cistor")
    place = Place(make_group(centre), make_user(centre, "instructor"))
    place.group.leads.create(instructor=place.instructor, start_on=START)
    participants = Participant.objects.bulk_create(_participant(centre) for _ in range(people))
    Membership.objects.bulk_create(Membership(group=place.group, participant=p, start_on=START) for p in participants)
    signed = {"signed_on": paid_from or START, "signed_by": place.instructor}
    programmes = Programme.objects.bulk_create(Programme(participant=p, **signed) for p in participants)
    spans = _spans(paid_from)
    Stage.objects.bulk_create(stage for programme in programmes for stage in _stages(programme, spans))
    if paid_from:
        PaymentMethod.objects.bulk_create(_account(participant, paid_from) for participant in participants)
        applied = {"filed_on": paid_from, "by": place.instructor, "recorded_on": paid_from}
        BenefitApplication.objects.bulk_create(BenefitApplication(programme=p, **applied) for p in programmes)
    return place


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


def _spans(paid_from: date | None) -> list[tuple[str, date, date]]:
    if paid_from:
        return [("main", paid_from, months_later(paid_from, 11, "day_before"))]
    trial_end = months_later(START, 1, "day_before")
    main = trial_end + ONE_DAY
    return [("trial", START, trial_end), ("main", main, months_later(main, 11, "day_before"))]


def _stages(programme: Programme, spans: list[tuple[str, date, date]]) -> list[Stage]:
    decided = {"decided_on": START, "decided_by": programme.signed_by}
    return [Stage(programme=programme, kind=kind, start_on=start, end_on=end, **decided) for kind, start, end in spans]


def _mark(programmes: list[int], days: Sequence[date], meanings: list[str]) -> None:
    codes = [LETTERS[meaning] for meaning in meanings]
    with connection.cursor() as cursor:
        # Neither triggers nor foreign keys look at the millions of rows, not even to find that they are to be ignored.
        cursor.execute("SET session_replication_role = replica")
        try:
            for day in days:
                cursor.execute(MARK, [day, meanings, codes, day.toordinal(), len(meanings), programmes])
        finally:
            cursor.execute("SET session_replication_role = origin")
