"""A list takes the same queries for a few rows and for many, whatever state each row is in.

A few are two of each: the first with a neighbour asks what one alone does not.
"""

from datetime import UTC, date, datetime, time
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.models import (
    Absence,
    Accident,
    BreachEvent,
    Contact,
    Excuse,
    Incident,
    IssuedItem,
    LeaveDay,
    LeaveRequest,
    MeasureTaken,
    PartDay,
    Retraction,
    SickCheck,
    SickNote,
    SobrietyTest,
    Suspension,
)
from tests.factories import make_group, make_participant, make_programme, make_user

DAY, TODAY = date(2026, 3, 9), date(2026, 3, 20)
NOON = datetime(2026, 3, 9, 11, tzinfo=UTC)
days = (date.fromordinal(date(2026, 3, 23).toordinal() + n) for n in count())


class Room:
    """Whom the rows are about; each row is somebody else's doing."""

    def __init__(self, centre, participant):
        self.centre = centre
        self.programme = participant.programmes.get()
        self.participant = participant

    def somebody(self):
        return make_user(self.centre, "social_worker")

    def asked(self, **over):
        return {"programme": self.programme, "asked_by": self.somebody(), "asked_on": DAY, "reason": "Sprawa.", **over}

    def decided(self, granted, note="Tak."):
        return {"granted": granted, "decided_by": self.somebody(), "decided_on": TODAY, "note": note}

    def states(self):
        return [
            {},
            {"withdrawn_on": TODAY},
            {"withdrawn_on": TODAY, "note": "Po terminie."},
            self.decided(granted=False),
            self.decided(granted=True),
        ]

    def retracted(self, **of):
        given = {"participant": self.participant, "by": self.somebody(), "retracted_on": TODAY, "why": "Pomyłka."}
        Retraction.objects.create(**of, **given)

    def excuses(self):
        for state in self.states():
            Excuse.objects.create(on=next(days), **self.asked(), **state)
        self.retracted(excuse=Excuse.objects.create(on=next(days), **self.asked(), **self.decided(granted=True)))

    def leave(self):
        cancelled = {**self.decided(granted=True), "cancelled_on": TODAY, "cancelled_by": self.somebody()}
        for state in [*self.states(), cancelled]:
            row = LeaveRequest.objects.create(filed_on=DAY, **self.asked(), **state)
            over = {} if not state else {"released_on": TODAY, "release": "refused"}
            LeaveDay.objects.create(request=row, programme=self.programme, on=next(days), **over)

    def notes(self):
        base = {"programme": self.programme, "entered_on": DAY}
        judged = {"accepted": False, "decided_by": self.somebody(), "decided_on": TODAY, "note": "Za późno."}
        late = {"number": "ZA1", "issued_on": DAY, "due_on": DAY, "delivered_on": TODAY}
        for state in [{}, late, {**late, **judged}, {**late, "withdrawn_on": TODAY, "withdrawn_by": self.somebody()}]:
            day = next(days)
            row = SickNote.objects.create(start_on=day, end_on=day, entered_by=self.somebody(), **base, **state)
            check = {"visited_on": TODAY, "result": "home", "by": self.somebody(), "recorded_on": TODAY}
            SickCheck.objects.create(sick_note=row, **check)

    def part_days(self):
        base = {"programme": self.programme, "minutes": 30, "recorded_on": DAY}
        PartDay.objects.create(kind="late", on=next(days), by=self.somebody(), **base)
        PartDay.objects.create(kind="early", on=next(days), by=self.somebody(), **base)
        for agreed in (True, False):
            said = {"agreed": agreed, "agreed_by": self.somebody()}
            PartDay.objects.create(kind="early", on=next(days), by=self.somebody(), **base, **said)

    def items(self):
        base = {"programme": self.programme, "kind": "tool", "what": "szlifierka", "is_returnable": True}
        returned = {"returned_on": TODAY, "returned_to": self.somebody()}
        for state in [{}, {"is_signed": True}, returned, {"written_off_on": TODAY, "remark": "zużyta"}]:
            IssuedItem.objects.create(given_on=DAY, given_by=self.somebody(), **base, **state)

    def order(self):
        base = {"programme": self.programme, "recorded_on": DAY}
        withdrawn = {"withdrawn_on": TODAY, "withdrawn_by": self.somebody()}
        for state in [{}, withdrawn]:
            about = {"substance": "alcohol", "suspicion": "woń", "outcome": "tested", "sent_away": False, "at": time(8)}
            row = Incident.objects.create(on=DAY, recorded_by=self.somebody(), **about, **base, **state)
            tested = {"device": "alkomat", "result": "0,0", "is_positive": False, "is_signed": True, "recorded_on": DAY}
            SobrietyTest.objects.create(incident=row, at=NOON, tested_by=self.somebody(), **tested)
            breach = BreachEvent.objects.create(on=DAY, text="kłótnia", recorded_by=self.somebody(), **base, **state)
            for of in ({"incident": row}, {"breach": breach}):
                given = {"programme": self.programme, "kind": "talk", "taken_on": DAY, "by": self.somebody()}
                self.retracted(measure=MeasureTaken.objects.create(**of, **given))

    tests = order

    def accidents(self):
        base = {"programme": self.programme, "on": DAY, "at": time(8), "place": "hala", "what": "upadek"}
        for injury in ("", "stłuczenie"):
            given = {**base, "injury": injury, "recorded_by": self.somebody(), "recorded_on": DAY}
            Accident.objects.create(**given)
            self.retracted(accident=Accident.objects.create(**given))

    def absences(self):
        for state in [{}, {"reported_at": NOON, "reported_by": self.somebody()}]:
            row = Absence.objects.create(programme=self.programme, start_on=next(days), **state)
            tried = {
                "way": "phone",
                "with_whom": "family",
                "result": "failed",
                "by": self.somebody(),
                "recorded_on": DAY,
            }
            for _ in range(2):
                said = Contact.objects.create(participant=self.participant, absence=row, at=NOON, **tried)
            self.retracted(contact=said)

    contacts = absences

    def suspensions(self):
        withdrawn = {"withdrawn_on": TODAY, "withdrawn_by": self.somebody()}
        for state in [{}, withdrawn]:
            day, group = next(days), make_group(self.centre)
            about = {"group": group, "start_on": day, "end_on": day, "reason": "awaria", "decided_on": DAY}
            Suspension.objects.create(centre=self.centre, by=self.somebody(), **about, **state)


OF_CENTRE = ["leave", "excuses", "notes", "items", "order", "tests", "accidents", "absences", "suspensions"]
OF_PERSON = {
    "leave_card": "leave",
    "person_notes": "notes",
    "part_days": "part_days",
    "person_items": "items",
    "person_order": "order",
    "contacts": "contacts",
}


def queries(client, url) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def new_room(centre) -> Room:
    person = make_participant(centre, group=make_group(centre))
    make_programme(person, start_on=date(2026, 1, 5))
    return Room(centre, person)


@pytest.mark.parametrize("name", [*OF_CENTRE, "part_day_list"])
def test_the_list_of_the_centre_takes_the_same_queries_for_more_people(as_user, centre, director, name):
    fill = name.removesuffix("_list").replace("part_day", "part_days")
    client, url = as_user(director, TODAY), reverse(f"attendance:{name}")
    for _ in range(2):
        getattr(new_room(centre), fill)()
    queries(client, url)
    few = queries(client, url)
    for _ in range(3):
        getattr(new_room(centre), fill)()
    assert queries(client, url) == few


@pytest.mark.parametrize("name", OF_PERSON)
def test_the_room_of_a_person_takes_the_same_queries_for_more_rows(as_user, centre, director, name):
    room = new_room(centre)
    client, url = as_user(director, TODAY), reverse(f"attendance:{name}", args=[room.participant.pk])
    fill = getattr(room, OF_PERSON[name])
    fill()
    fill()
    queries(client, url)
    few = queries(client, url)
    for _ in range(3):
        fill()
    assert queries(client, url) == few
