"""Who opens a form from the page of a group comes back to that page, with its day."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.models import PartDay
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, WEDNESDAY = date(2026, 3, 9), date(2026, 3, 11)


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor, name="Stolarnia"))
    row = make_programme(person, start_on=date(2026, 1, 5), by=director)
    mark(row, {MONDAY: "late"}, by=instructor)
    return row


@pytest.fixture
def group(programme):
    return programme.participant.memberships.get().group


def form(name, programme, **given) -> str:
    return reverse(f"attendance:{name}", args=[programme.pk], query=given)


OF_PERSON = {
    "new_note": "person_notes",
    "ask_leave": "leave_card",
    "new_incident": "person_order",
    "new_breach": "person_order",
    "new_accident": "person_order",
    "new_part_day": "part_days",
    "issue_item": "person_items",
}


@pytest.mark.parametrize("name", OF_PERSON)
def test_a_form_leads_back_to_the_day_of_the_group_or_to_the_person(as_user, programme, group, instructor, name):
    client, person = as_user(instructor, WEDNESDAY), programme.participant_id
    own = reverse(f"attendance:{OF_PERSON[name]}", args=[person])
    assert client.get(form(name, programme)).context["cancel"] == own
    for place in ("today", "month"):
        query = {"today": {"dzien": MONDAY}, "month": {"miesiac": "2026-03"}}[place]
        seen = reverse(f"attendance:{place}", args=[group.pk], query=query)
        client.get(seen)
        answer = client.get(form(name, programme))
        assert (answer.context["cancel"], answer.content.decode().count(f'href="{seen}"') > 0) == (seen, True)
    assert "Stolarnia</a>" in answer.content.decode()
    client.get(reverse("attendance:day", args=[person], query={"dzien": MONDAY}))
    assert client.get(form(name, programme)).context["cancel"].endswith(f"/dzien/?dzien={MONDAY}")


def test_minutes_of_a_lateness_entered_from_the_page_of_the_day_lead_back_to_it(as_user, programme, group, instructor):
    client, day = as_user(instructor, WEDNESDAY), reverse("attendance:today", args=[group.pk], query={"dzien": MONDAY})
    client.get(day)
    sent = {"token": "a", "day": MONDAY, "kind": "late", "minutes": "15", "reason": "Autobus."}
    assert client.post(form("new_part_day", programme, dzien=MONDAY), sent).url == day
    assert PartDay.objects.get().minutes == 15


def test_a_form_reached_through_the_list_leads_back_to_the_list(as_user, programme, group, social_worker):
    client = as_user(social_worker, WEDNESDAY)
    client.get(reverse("attendance:today", args=[group.pk]))
    assert client.get(form("new_note", programme, skad="lista")).context["cancel"] == reverse("attendance:notes")


def test_an_absence_is_reported_from_where_it_was_seen(as_user, programme, instructor):
    mark(programme, {WEDNESDAY: "unexcused"}, by=instructor)
    client, asking = as_user(instructor, WEDNESDAY), form("report_absence", programme, dzien=WEDNESDAY)
    assert client.get(asking).context["cancel"] == reverse("attendance:morning")
    for place in (
        reverse("desk:desk"),
        reverse("attendance:absences"),
        reverse("attendance:day", args=[programme.participant_id], query={"dzien": WEDNESDAY}),
    ):
        client.get(place)
        assert client.get(asking).context["cancel"] == place


def test_a_paper_just_entered_from_the_page_of_the_day_leads_back_to_it(as_user, programme, group, social_worker):
    client = as_user(social_worker, WEDNESDAY)
    client.get(reverse("attendance:today", args=[group.pk], query={"dzien": WEDNESDAY}))
    sent = {"token": "a", "start_on": date(2026, 3, 24), "filed_on": WEDNESDAY, "reason": "Ślub."}
    page = client.post(form("ask_leave", programme), sent)
    assert client.get(page.url).context["back"].url.endswith(f"/grupa/{group.pk}/?dzien={WEDNESDAY}")


def test_the_history_of_a_day_leads_back_to_the_page_of_the_group(as_user, programme, group, instructor):
    client, seen = as_user(instructor, WEDNESDAY), reverse("attendance:today", args=[group.pk])
    history = reverse("attendance:day", args=[programme.participant_id], query={"dzien": MONDAY})
    people = reverse("participants:list")
    assert client.get(history).context["back"].url == people
    client.get(seen)
    assert client.get(history).context["back"].url == seen
    client.get(people)
    assert client.get(history).context["back"].url == people
