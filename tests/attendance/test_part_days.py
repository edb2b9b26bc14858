"""Lateness by minutes, and parts of a day: asked for in writing, agreed by who leads."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attendance.actions.part_days import agree_part_day, record_part_day, remove_part_day
from attendance.models import Day
from cistor.errors import Refused
from cistor.money import NBSP
from tests.factories import make_group, make_participant, make_programme, mark
from tests.referrals.papers import make_letterhead

TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, day) for day in (10, 11, 12))


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


def early(programme, by, day=THURSDAY, **over):
    what = {"kind": "early", "minutes": 90, "reason": "Wizyta w urzędzie."}
    return record_part_day(programme, day=day, **{**what, **over}, by=by, on=WEDNESDAY)


def test_a_request_for_a_day_to_come_is_answered_once(programme, instructor):
    row = early(programme, instructor)
    assert agree_part_day(row, agreed=True, by=instructor, on=WEDNESDAY).agreed_by == instructor
    with pytest.raises(Refused, match="już odpowiedziano"):
        agree_part_day(row, agreed=False, by=instructor, on=WEDNESDAY)


def test_minutes_change_neither_the_mark_nor_its_source(programme, instructor):
    mark(programme, {TUESDAY: "late"})
    before = Day.objects.values().get()
    record_part_day(programme, day=TUESDAY, kind="late", minutes=20, by=instructor, on=WEDNESDAY)
    assert Day.objects.values().get() == before


@pytest.mark.parametrize(
    "what, words",
    [
        ({"kind": "late"}, "jeszcze nie było"),
        ({"reason": " "}, "dlaczego osoba prosi"),
        ({"minutes": 0}, "od 1 do 720"),
        ({"day": date(2026, 3, 14)}, "nie ma zajęć"),
        ({"day": TUESDAY}, "osoby nie było"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused(programme, instructor, what, words):
    mark(programme, {TUESDAY: "sick"})
    with pytest.raises(Refused, match=words):
        early(programme, instructor, **what)


def test_removed_it_may_be_written_anew_and_twice_it_may_not(programme, instructor):
    row = early(programme, instructor)
    with pytest.raises(Refused, match="ma już taki wpis"):
        early(programme, instructor)
    remove_part_day(row, by=instructor, on=WEDNESDAY)
    assert early(programme, instructor).pk != row.pk


def test_the_page_answers_and_sums_the_minutes(as_user, programme, instructor):
    row = early(programme, instructor)
    client, url = as_user(instructor, WEDNESDAY), reverse("attendance:agree_part_day", args=[row.pk])
    page = client.post(url, {"refuse": "1"}, follow=True).content.decode()
    assert "Odpowiedź jest zapisana." in page
    assert "90 min" in page


def test_a_day_marked_late_leads_to_its_minutes(as_user, programme, instructor):
    mark(programme, {TUESDAY: "late", WEDNESDAY: "present"})
    group = programme.participant.memberships.get().group
    client, days = as_user(instructor, WEDNESDAY), reverse("attendance:today", args=[group.pk])
    url = f"{reverse('attendance:new_part_day', args=[programme.pk])}?dzien=2026-03-10"
    pages = [client.get(f"{days}?dzien={day}").content.decode() for day in (TUESDAY, WEDNESDAY)]
    assert ["Wpisz minuty spóźnienia" in page for page in pages] == [True, False]
    assert url in pages[0]
    assert client.get(url).context["form"].initial["kind"] == "late"


def test_the_request_is_printed_filled_or_empty_and_the_empty_one_names_nobody(as_user, programme, instructor, centre):
    make_letterhead(centre)
    row, client = early(programme, instructor), as_user(instructor, WEDNESDAY)
    urls = [reverse("attendance:part_day_request", args=[row.pk]), reverse("attendance:empty_part_day_request")]
    filled, empty = (PdfReader(BytesIO(client.get(url).content)).pages[0].extract_text() for url in urls)
    assert "Wizyta w urzędzie." in filled.replace(NBSP, " ")
    assert programme.participant.last_name in filled
    assert programme.participant.last_name not in empty
