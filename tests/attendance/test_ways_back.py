"""A link back leads to where the reader has come from, as it stood there; else to a room that they may enter."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions.absences import report_absence
from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.actions.leave import ask_leave, decide_leave, opine_leave
from attendance.actions.notes import record_note
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY, NEXT_WEEK = (date(2026, 3, day) for day in (9, 10, 11, 18))

NINE = datetime(2026, 3, 9, 8, tzinfo=UTC)


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    row = make_programme(person, start_on=date(2026, 1, 5), by=director)
    mark(row, {MONDAY: "unexcused"}, by=instructor)
    return row


@pytest.fixture
def absence(programme, instructor):
    return report_absence(programme, start_on=MONDAY, by=instructor, on=MONDAY, at=NINE)


def leads_back(client, page) -> str:
    return client.get(page).context["back"].url


def test_one_comes_back_to_the_list_or_to_the_person_whichever_was_seen_last(as_user, programme, social_worker):
    row = record_note(
        programme,
        start_on=TUESDAY,
        end_on=WEDNESDAY,
        issued_on=TUESDAY,
        number="ZAA0000001",
        by=social_worker,
        on=TUESDAY,
    ).note
    client, page = as_user(social_worker, WEDNESDAY), reverse("attendance:note", args=[row.pk])
    of_person = reverse("attendance:person_notes", args=[programme.participant_id])
    assert leads_back(client, page) == of_person
    for place in (
        reverse("attendance:notes"),
        of_person,
        reverse("desk:desk"),
        f"{reverse('attendance:notes')}?strona=1",
    ):
        client.get(place)
        assert leads_back(client, page) == place


def test_an_excuse_asked_for_on_the_page_of_the_absence_leads_back_there(as_user, absence, programme, instructor):
    client, page = as_user(instructor, WEDNESDAY), reverse("attendance:absence", args=[absence.pk])
    asking = f"{reverse('attendance:ask_excuse', args=[programme.pk])}?dzien={MONDAY}"
    of_day = f"{reverse('attendance:day', args=[programme.participant_id])}?dzien={MONDAY}"
    assert leads_back(client, asking) == of_day
    client.get(page)
    assert leads_back(client, asking) == page
    assert client.post(asking, {"token": "a", "reason": "Pogrzeb."}).url == page
    client.get(of_day)
    assert leads_back(client, reverse("attendance:excuse", args=[programme.excuses.get().pk])) == of_day


def test_the_page_of_the_absence_says_what_became_of_each_request(as_user, absence, programme, instructor, director):
    client, page = as_user(instructor, WEDNESDAY), reverse("attendance:absence", args=[absence.pk])
    assert "Poproś o usprawiedliwienie" in client.get(page).content.decode()
    row = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=instructor, on=WEDNESDAY)
    text = client.get(page).content.decode()
    assert ("czeka na decyzję" in text, reverse("attendance:excuse", args=[row.pk]) in text) == (True, True)
    assert "Poproś o usprawiedliwienie" not in text
    decide_excuse(row, granted=False, note="Bez dowodu.", by=director, on=WEDNESDAY)
    text = client.get(page).content.decode()
    assert ("odmowa" in text, "Poproś o usprawiedliwienie" in text) == (True, True)


def test_a_list_says_that_only_some_of_the_days_were_granted(as_user, programme, social_worker, instructor, director):
    days = [date(2026, 3, 24), date(2026, 3, 25)]
    row = ask_leave(programme, days=days, filed_on=WEDNESDAY, reason="", by=social_worker, on=WEDNESDAY)
    for person in (social_worker, instructor):
        opine_leave(row, is_positive=True, text="", by=person, on=WEDNESDAY)
    decide_leave(row, granted=True, days=days[:1], note="Drugi nie.", by=director, on=WEDNESDAY)
    assert "zgoda w części" in as_user(social_worker, WEDNESDAY).get(reverse("attendance:leave")).content.decode()
