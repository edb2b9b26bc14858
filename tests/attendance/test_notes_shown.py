"""A paper that is delivered or amended shows first what that would change, with the sick days against their limit."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import close, deliver_note, record_check, record_note
from attendance.models import Day, LeaveDay, LeaveRequest, SickNote
from cistor.journal.models import Entry
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(9, 14))
DAYS = (MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY)


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor)
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))


@pytest.fixture
def note(programme, social_worker):
    """Announced on Monday, for the whole week."""
    return record_note(programme, kind="own", start_on=MONDAY, end_on=FRIDAY, by=social_worker, on=MONDAY).note


def posted(start, end, delivered=WEDNESDAY, **over) -> dict:
    days = {"start_on": start, "end_on": end, "issued_on": start, "delivered_on": delivered}
    return {"token": "a", "kind": "own", "number": "", **{name: str(day) for name, day in days.items()}, **over}


def address(note, step="deliver_note") -> str:
    return reverse(f"attendance:{step}", args=[note.pk])


def marks(programme) -> dict:
    return dict(Day.objects.filter(programme=programme).values_list("on", "provisional"))


@pytest.mark.parametrize("step", ["deliver_note", "amend_note"])
def test_the_page_has_the_sick_days_against_their_limit(as_user, note, social_worker, step):
    page = as_user(social_worker, WEDNESDAY).get(address(note, step))
    assert page.context["facts"][-1] == ("Dni chorobowe w programie", "5 z 14")
    assert "Pokaż, co się zmieni" in page.content.decode()


def test_a_delivery_is_shown_before_it_is_saved(as_user, note, programme, social_worker):
    client, before = as_user(social_worker, WEDNESDAY), marks(programme)
    answer = client.post(address(note), posted(TUESDAY, WEDNESDAY))
    assert answer.context["shown"].consequences == ["Zapis zmieni 5 dni.", "Dni chorobowe w programie: 5 → 2 z 14."]
    assert (answer.context["shown"].warnings, answer.context["submit"]) == ([], "Zapisz doręczenie")
    note.refresh_from_db()
    assert (note.delivered_on, marks(programme)) == (None, before)
    assert not Entry.objects.filter(verb="note_delivered").exists()
    seen = answer.context["form"].data["seen"]
    # Other days than were shown are shown anew.
    assert client.post(address(note), posted(MONDAY, TUESDAY, seen=seen)).context["shown"]
    assert SickNote.objects.get().delivered_on is None
    saved = client.post(address(note), posted(TUESDAY, WEDNESDAY, seen=seen), follow=True)
    assert "Doręczenie jest zapisane. Zmieniono 5 dni." in saved.content.decode()
    assert marks(programme) == {TUESDAY: False, WEDNESDAY: False}


def test_a_late_delivery_says_that_the_days_stay_provisional(as_user, note, social_worker):
    answer = as_user(social_worker, FRIDAY).post(address(note), posted(MONDAY, THURSDAY, FRIDAY))
    assert answer.context["shown"].consequences[0] == (
        "Zapis zmieni 1 dzień. Dni zwolnienia są tymczasowe: doręczono je po terminie, więc rozstrzygnie kierujący "
        "centrum."
    )


def test_days_attended_are_named_and_covered_only_with_a_tick(as_user, note, programme, social_worker):
    next_monday = date(2026, 3, 16)
    mark(programme, {next_monday: "present"}, by=social_worker)
    client, paper = as_user(social_worker, next_monday), posted(MONDAY, next_monday, WEDNESDAY)
    shown = client.post(address(note), paper)
    assert "W tych dniach oznaczono obecność: 16 marca." in shown.context["shown"].warnings[0]
    paper["seen"] = shown.context["form"].data["seen"]
    asked = client.post(address(note), paper)
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["despite"])
    # What it would change stays in sight.
    assert asked.context["shown"].consequences == shown.context["shown"].consequences
    assert SickNote.objects.get().delivered_on is None
    client.post(address(note), {**paper, "despite": "on"})
    assert Day.objects.get(programme=programme, on=next_monday).meaning == "sick"


def test_a_gap_an_overlap_and_closed_days_are_told(as_user, note, programme, social_worker):
    for start, end in ((date(2026, 3, 4), date(2026, 3, 5)), (FRIDAY, FRIDAY)):
        given = {"start_on": start, "end_on": end, "issued_on": start, "delivered_on": start}
        record_note(programme, kind="own", **given, by=social_worker, on=FRIDAY)
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    shown = as_user(social_worker, FRIDAY).post(address(note), posted(TUESDAY, FRIDAY)).context["shown"]
    assert shown.warnings == [
        "Nakłada się na inne zwolnienie: 13 marca 2026, choroba uczestnika.",
        "Od poprzedniego zwolnienia zostają dni zajęć bez usprawiedliwienia: 6 marca.",
    ]
    assert "Nie zmieni dni, które są już zamknięte (1 dzień)." in shown.consequences[-1]


def test_free_days_that_it_leaves_are_named(as_user, note, programme, director, social_worker):
    decided = {"granted": True, "decided_by": director, "decided_on": MONDAY}
    request = LeaveRequest.objects.create(
        programme=programme, filed_on=MONDAY, asked_by=director, asked_on=MONDAY, **decided
    )
    LeaveDay.objects.create(request=request, programme=programme, on=TUESDAY)
    paper = {"start_on": MONDAY, "end_on": FRIDAY, "issued_on": MONDAY}
    deliver_note(note, **paper, delivered_on=TUESDAY, by=social_worker, on=TUESDAY)
    answer = as_user(social_worker, FRIDAY).post(address(note, "amend_note"), posted(WEDNESDAY, FRIDAY, WEDNESDAY))
    assert answer.context["shown"].consequences[-1] == "Znów są dniami wolnymi: 10 marca."
    assert LeaveDay.objects.get().released_on == TUESDAY


def test_what_the_act_refuses_is_said_at_once(as_user, note, social_worker):
    client = as_user(social_worker, WEDNESDAY)
    unchanged = posted(MONDAY, FRIDAY, issued_on="", delivered_on="")
    same = client.post(address(note, "amend_note"), unchanged)
    assert (same.status_code, same.context["form"].non_field_errors()) == (422, ["Nic się nie zmieniło."])
    record_check(note, visited_on=MONDAY, result="absent", by=social_worker, on=WEDNESDAY)
    outside = client.post(address(note), posted(TUESDAY, WEDNESDAY))
    assert (outside.status_code, list(outside.context["form"].errors)) == (422, ["start_on"])
    assert outside.context["shown"] is None


def test_one_that_is_delivered_already_shows_nothing(as_user, note, social_worker):
    paper = {"start_on": MONDAY, "end_on": FRIDAY, "issued_on": MONDAY}
    deliver_note(note, **paper, delivered_on=TUESDAY, by=social_worker, on=TUESDAY)
    answer = as_user(social_worker, WEDNESDAY).post(address(note), posted(TUESDAY, WEDNESDAY))
    assert (answer.status_code, answer.context["shown"]) == (422, None)
    assert answer.context["obstacle"] == "Stan zwolnienia na to nie pozwala."
