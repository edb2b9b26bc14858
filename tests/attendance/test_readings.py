"""Whoever opens a list of people is written down for each of them."""

from django.urls import reverse

from cistor.accounts.roles import Role
from cistor.journal.models import Reading
from tests.permissions import attendance
from tests.permissions.attendance import absences, given, incidents, leave, notes
from tests.permissions.row import nothing
from tests.permissions.table import as_

# Whose days are not marked yet is nothing that was read of anybody; who stands there without a paper is written down.
NO_MORE_THAN_NAMES = {"attendance:closing"}


def test_every_list_that_names_people_writes_down_who_read_it(world):
    lists = [row for row in attendance.ROWS if row.kwargs is nothing and not row.post_only]
    for room in (absences, given, incidents, leave, notes):
        for row in room.ROWS:
            row.kwargs(world)
    named, unread = set(), set()
    for row in lists:
        reader = world.people[Role.DIRECTOR if Role.DIRECTOR in row.roles else min(row.roles)]
        read = Reading.objects.filter(by=reader, participant=world.participant)
        before, answer = read.count(), as_(reader).get(reverse(row.name))
        if world.participant.last_name.encode() in answer.getvalue():
            named.add(row.name)
            unread |= {row.name} if read.count() == before else set()
    assert named >= {"attendance:notes", "attendance:leave", "attendance:items"}
    assert unread == NO_MORE_THAN_NAMES
