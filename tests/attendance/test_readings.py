"""Whoever opens a list of people is written down for each of them."""

import re

from django.urls import reverse

from cistor.accounts.roles import Role
from cistor.journal.models import Reading
from participants.models import Participant
from tests.permissions import attendance
from tests.permissions.attendance import absences, given, incidents, leave, notes
from tests.permissions.row import nothing
from tests.permissions.table import as_

# Whose days are not marked yet is nothing that was read of anybody; who stands there without a paper is written down.
NO_MORE_THAN_NAMES = {"attendance:closing"}
OF_PAPERS = {"absences", "corrections", "excuses", "items", "leave", "morning", "notes", "order", "part_day_list"}
NAMED = {f"attendance:{name}" for name in OF_PAPERS} | NO_MORE_THAN_NAMES


def test_every_list_that_names_people_writes_down_who_read_it(world):
    lists = [row for row in attendance.ROWS if row.kwargs is nothing and not row.post_only]
    assert world.correction
    for room in (absences, given, incidents, leave, notes):
        for row in room.ROWS:
            row.kwargs(world)
    named, unread = set(), set()
    for row in lists:
        reader = world.people[Role.DIRECTOR if Role.DIRECTOR in row.roles else min(row.roles)]
        before = set(Reading.objects.filter(by=reader).values_list("pk", flat=True))
        page = as_(reader).get(reverse(row.name)).getvalue().decode(errors="ignore")
        people = {person.pk for person in Participant.objects.filter(centre=world.centre) if _is_in(person, page)}
        new = Reading.objects.filter(by=reader).exclude(pk__in=before)
        named |= {row.name} if people else set()
        unread |= {row.name} if people - set(new.values_list("participant", flat=True)) else set()
    assert named == NAMED
    assert unread == NO_MORE_THAN_NAMES


def _is_in(person: Participant, page: str) -> bool:
    """By the whole name: "Zmyślona1" is no part of "Zmyślona12"."""
    return re.search(rf"\b{re.escape(person.last_name)}\b", page) is not None
