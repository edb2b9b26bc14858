"""Before a note is saved: the sick days up to the last one that is marked, the free days it takes, a number taken."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from attendance.actions import ask_leave, record_note, withdraw_note
from attendance.actions.absences import report_absence
from attendance.models import LeaveDay, LeaveRequest
from cistor.centres.models import Regulations
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(9, 14))
APRIL = [date(2026, 4, day) for day in (7, 8, 9, 10, 13, 14, 15, 16, 17, 20, 21, 22)]
NINE = datetime(2026, 3, 10, 8, tzinfo=UTC)
LIMIT = "Dni chorobowe w programie"


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor)
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))


@pytest.fixture
def april(programme, social_worker):
    """A delivered note of twelve days in the month after this one."""
    given = {"start_on": APRIL[0], "end_on": APRIL[-1], "issued_on": MONDAY, "delivered_on": MONDAY}
    return record_note(programme, kind="own", number="ZAA 1234567", **given, by=social_worker, on=MONDAY).note


def posted(start, end, delivered=WEDNESDAY, **over) -> dict:
    days = {"start_on": start, "end_on": end, "issued_on": start, "delivered_on": delivered}
    return {"token": "a", "kind": "own", "number": "", **{name: str(day) for name, day in days.items()}, **over}


def new(programme) -> str:
    return reverse("attendance:new_note", args=[programme.pk])


def asked(programme, by, *days) -> LeaveRequest:
    request = LeaveRequest.objects.create(programme=programme, filed_on=MONDAY, asked_by=by, asked_on=MONDAY)
    LeaveDay.objects.bulk_create(LeaveDay(request=request, programme=programme, on=day) for day in days)
    return request


# The limit ------------------------------------------------------------------------------------------------------------


def test_head_and_preview_speak_of_the_same_days(as_user, programme, april, social_worker):
    client = as_user(social_worker, WEDNESDAY)
    assert "dni chorobowe w programie: 12 z 14" in client.get(new(programme)).content.decode()
    answer = client.post(new(programme), posted(TUESDAY, FRIDAY))
    assert answer.context["shown"].consequences[1] == f"{LIMIT}: 12 → 16 z 14, ponad limit: 2 dni."
    assert "dni chorobowe w programie: 12 z 14" in answer.content.decode()


@pytest.mark.parametrize("step", ["deliver_note", "amend_note"])
def test_a_note_put_right_counts_the_days_to_come_too(as_user, programme, april, social_worker, step):
    note = record_note(programme, kind="own", start_on=TUESDAY, end_on=TUESDAY, by=social_worker, on=TUESDAY).note
    client, page = as_user(social_worker, WEDNESDAY), reverse(f"attendance:{step}", args=[note.pk])
    assert client.get(page).context["facts"][-1] == (LIMIT, "13 z 14")
    answer = client.post(page, posted(TUESDAY, THURSDAY))
    assert answer.context["facts"][-1] == (LIMIT, "13 z 14")
    assert f"{LIMIT}: 13 → 15 z 14, ponad limit: 1 dzień." in answer.context["shown"].consequences


def test_the_head_says_that_the_limit_is_passed_already(as_user, programme, april, social_worker):
    mark(programme, dict.fromkeys((MONDAY, TUESDAY, WEDNESDAY), "sick"))
    page = as_user(social_worker, WEDNESDAY).get(new(programme)).content.decode()
    assert "dni chorobowe w programie: 15 z 14, ponad limit: 1 dzień" in page


def test_where_each_settlement_has_its_limit_only_its_own_days_count(as_user, programme, april, social_worker):
    Regulations.objects.filter(centre=programme.participant.centre).update(sick_limit_scope="settlement")
    client = as_user(social_worker, WEDNESDAY)
    assert "dni chorobowe w tym miesiącu: 0 z 14" in client.get(new(programme)).content.decode()
    answer = client.post(new(programme), posted(TUESDAY, THURSDAY))
    assert "Dni chorobowe w tym miesiącu: 0 → 3 z 14." in answer.context["shown"].consequences


# Free days ------------------------------------------------------------------------------------------------------------


def test_a_request_that_waits_is_told_to_lose_its_days(as_user, programme, director, social_worker):
    asked(programme, director, THURSDAY)
    client, paper = as_user(social_worker, WEDNESDAY), posted(WEDNESDAY, THURSDAY)
    shown = client.post(new(programme), paper)
    assert shown.context["shown"].consequences[-1] == (
        "Z wniosku, który czeka na decyzję, odpadną dni wolne: 12 marca. Wniosek stanie się bezprzedmiotowy."
    )
    assert LeaveRequest.objects.get().withdrawn_on is None
    saved = client.post(new(programme), {**paper, "seen": shown.context["form"].data["seen"]}, follow=True)
    assert "Wracają do puli, bo zajęło je zwolnienie: 12 marca." in saved.content.decode()
    assert LeaveRequest.objects.get().withdrawn_on == WEDNESDAY


def test_a_request_that_keeps_a_day_goes_on(as_user, programme, director, social_worker):
    asked(programme, director, THURSDAY, date(2026, 3, 20))
    shown = as_user(social_worker, WEDNESDAY).post(new(programme), posted(WEDNESDAY, THURSDAY)).context["shown"]
    assert shown.consequences[-1] == "Z wniosku, który czeka na decyzję, odpadną dni wolne: 12 marca."


def test_an_announced_note_says_that_free_days_go_once_it_is_sure(as_user, programme, director, social_worker):
    asked(programme, director, THURSDAY)
    paper = posted(WEDNESDAY, THURSDAY, delivered_on="")
    shown = as_user(social_worker, WEDNESDAY).post(new(programme), paper).context["shown"]
    assert shown.consequences[-1] == (
        "Z wniosku, który czeka na decyzję, odpadną dni wolne, gdy zwolnienie będzie pewne: 12 marca."
    )


def test_delivering_a_note_tells_which_request_it_ends(as_user, programme, social_worker):
    note = record_note(programme, kind="own", start_on=TUESDAY, end_on=TUESDAY, by=social_worker, on=TUESDAY).note
    friday = date(2026, 3, 20)
    ask_leave(programme, days=[friday], filed_on=TUESDAY, reason="", by=social_worker, on=TUESDAY)
    page = reverse("attendance:deliver_note", args=[note.pk])
    shown = as_user(social_worker, WEDNESDAY).post(page, posted(TUESDAY, friday)).context["shown"]
    assert "odpadną dni wolne: 20 marca. Wniosek stanie się bezprzedmiotowy." in shown.consequences[-1]


# The number -----------------------------------------------------------------------------------------------------------


def test_a_number_that_the_person_has_already_is_told(as_user, programme, april, social_worker):
    client = as_user(social_worker, WEDNESDAY)
    answer = client.post(new(programme), posted(TUESDAY, WEDNESDAY, number="zaa1234567"))
    (warning,) = answer.context["shown"].warnings
    assert warning == "Zwolnienie o tym numerze już wpisano: 7–22 kwietnia 2026. Sprawdź, czy to nie to samo."
    assert client.post(new(programme), posted(TUESDAY, WEDNESDAY, number="ZAA 7")).context["shown"].warnings == []


def test_a_number_changed_after_what_was_shown_is_looked_at_again(as_user, programme, april, social_worker):
    client = as_user(social_worker, WEDNESDAY)
    seen = client.post(new(programme), posted(TUESDAY, WEDNESDAY, number="ZAA 7")).context["form"].data["seen"]
    answer = client.post(new(programme), posted(TUESDAY, WEDNESDAY, number="ZAA 1234567", seen=seen))
    assert len(answer.context["shown"].warnings) == 1


def test_a_note_taken_back_and_the_note_itself_hold_no_number(as_user, programme, april, social_worker):
    client = as_user(social_worker, WEDNESDAY)
    page, paper = reverse("attendance:amend_note", args=[april.pk]), posted(APRIL[0], APRIL[1], number="ZAA 1234567")
    paper |= {"issued_on": str(MONDAY), "delivered_on": str(MONDAY)}
    assert client.post(page, paper).context["shown"].warnings == []
    withdraw_note(april, by=social_worker, on=WEDNESDAY)
    answer = client.post(new(programme), posted(TUESDAY, WEDNESDAY, number="ZAA 1234567"))
    assert answer.context["shown"].warnings == []


def test_a_delivered_paper_is_compared_with_the_others(as_user, programme, april, social_worker):
    note = record_note(programme, kind="own", start_on=TUESDAY, end_on=TUESDAY, by=social_worker, on=TUESDAY).note
    page = reverse("attendance:deliver_note", args=[note.pk])
    paper = posted(TUESDAY, WEDNESDAY, number="ZAA 1234567")
    assert "już wpisano: 7–22 kwietnia" in as_user(social_worker, WEDNESDAY).post(page, paper).content.decode()


# The way back ---------------------------------------------------------------------------------------------------------


def test_who_came_from_an_absence_is_led_back_to_it(as_user, programme, instructor, social_worker):
    mark(programme, {MONDAY: "unexcused"}, by=instructor)
    absence = report_absence(programme, start_on=MONDAY, by=social_worker, on=TUESDAY, at=NINE)
    note = record_note(programme, kind="own", start_on=MONDAY, end_on=MONDAY, by=social_worker, on=TUESDAY).note
    client, page = as_user(social_worker, TUESDAY), reverse("attendance:note", args=[note.pk])
    assert client.get(page).context["back"].label == "Zwolnienia osoby"
    client.get(reverse("attendance:absence", args=[absence.pk]))
    back = client.get(page).context["back"]
    assert (back.label, back.url) == ("Nieobecność", reverse("attendance:absence", args=[absence.pk]))
