"""Lateness by minutes, and parts of a day: asked for in writing, agreed by who leads."""

from datetime import date, time
from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from attendance.actions import close
from attendance.actions.part_days import agree_part_day, record_part_day, remove_part_day
from attendance.models import Day, PartDay
from cistor.centres.models import DayCode
from cistor.desk.part_days import to_answer
from cistor.errors import Refused
from cistor.money import NBSP
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark
from tests.referrals.papers import make_letterhead

TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 3, day) for day in (10, 11, 12))


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    return make_programme(person, start_on=date(2026, 1, 5), by=director)


def early(programme, by, day=THURSDAY, **over):
    what = {"kind": "early", "from_at": time(11, 30), "to_at": time(13), "reason": "Wizyta w urzędzie."}
    return record_part_day(programme, day=day, **{**what, **over}, by=by, on=WEDNESDAY)


def test_a_request_for_a_day_to_come_is_answered_once(programme, instructor):
    row = early(programme, instructor)
    assert agree_part_day(row, agreed=True, by=instructor, on=WEDNESDAY).agreed_by == instructor
    with pytest.raises(Refused, match="już odpowiedziano"):
        agree_part_day(row, agreed=False, by=instructor, on=WEDNESDAY)


def test_the_minutes_of_a_request_follow_from_its_hours_and_lateness_has_none(programme, instructor):
    assert early(programme, instructor, minutes=5).minutes == 90
    late = early(programme, instructor, day=TUESDAY, kind="late", minutes=20)
    assert (late.minutes, late.from_at, late.to_at) == (20, None, None)


def test_minutes_change_neither_the_mark_nor_its_source(programme, instructor):
    mark(programme, {TUESDAY: "late"})
    before = Day.objects.values().get()
    record_part_day(programme, day=TUESDAY, kind="late", minutes=20, by=instructor, on=WEDNESDAY)
    assert Day.objects.values().get() == before


@pytest.mark.parametrize(
    "what, words",
    [
        ({"kind": "late", "minutes": 20}, "jeszcze nie było"),
        ({"kind": "late", "minutes": 0, "day": WEDNESDAY}, "od 1 do 720"),
        ({"kind": "late", "day": WEDNESDAY}, "ile minut"),
        ({"reason": " "}, "dlaczego osoba prosi"),
        ({"to_at": None}, "do której godziny"),
        ({"to_at": time(11, 30)}, "późniejsza niż"),
        ({"to_at": time(23, 45)}, "To więcej niż 12 godzin. Sprawdź godziny."),
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


@pytest.mark.parametrize(
    "over, field, words",
    [
        ({}, "day", "Ten dzień ma już taki wpis: 90 min, "),
        ({"day": "2026-03-13", "from_at": "01:00", "to_at": "23:00"}, "to_at", "To więcej niż 12 godzin. "),
    ],
)
def test_what_is_refused_stands_beside_its_field(as_user, programme, instructor, over, field, words):
    early(programme, instructor)
    told = {"token": "a", "kind": "early", "day": "2026-03-12", "reason": "Urząd.", "from_at": "11:30"}
    url = reverse("attendance:new_part_day", args=[programme.pk])
    errors = as_user(instructor, WEDNESDAY).post(url, {**told, "to_at": "13:00", **over}).context["form"].errors
    assert list(errors) == [field]
    assert errors[field][0].startswith(words)


def test_the_number_beside_the_title_is_that_of_the_rows(as_user, programme, instructor):
    client, url = as_user(instructor, THURSDAY), reverse("attendance:part_day_list")
    agree_part_day(early(programme, instructor, day=date(2026, 3, 13)), agreed=True, by=instructor, on=WEDNESDAY)
    assert '<span class="count">1</span>' in client.get(url).content.decode()
    early(programme, instructor)
    assert '<span class="count">2</span>' in client.get(url).content.decode()


def test_the_page_answers_and_sums_the_minutes(as_user, programme, instructor):
    row = early(programme, instructor)
    mark(programme, {THURSDAY: "present"})
    client, url = as_user(instructor, THURSDAY), reverse("attendance:agree_part_day", args=[row.pk])
    of_person = reverse("attendance:part_days", args=[programme.participant_id])
    assert client.get(of_person).context["sums"] == []
    page = client.post(url, {"agree": "1"}, follow=True)
    assert "Odpowiedź jest zapisana." in page.content.decode()
    assert page.context["sums"] == [("zwolnienie z części zajęć", 90)]


def test_who_was_not_let_go_has_no_minutes_of_it(as_user, programme, instructor):
    agree_part_day(early(programme, instructor), agreed=False, by=instructor, on=WEDNESDAY)
    mark(programme, {THURSDAY: "present"})
    page = as_user(instructor, THURSDAY).get(reverse("attendance:part_days", args=[programme.participant_id]))
    assert page.context["sums"] == []


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
    assert "Od godziny 11:30 do godziny 13:00" in filled.replace(NBSP, " ")
    assert programme.participant.last_name in filled
    assert programme.participant.last_name not in empty


# Where a request waits -----------------------------------------------------------------------------------------------


def asked_of(user, on=WEDNESDAY) -> list[tuple[str, str]]:
    return [(matter.word, matter.text) for matter in to_answer(user, on)]


def test_a_request_waits_on_the_desk_of_who_leads_until_it_is_answered(programme, centre, instructor, social_worker):
    row = early(programme, social_worker)
    text = f"{programme.participant} prosi o zwolnienie z części zajęć 12 marca 2026, 11:30–13:00"
    assert asked_of(instructor) == [("odpowiedz", text)]
    assert asked_of(instructor, date(2026, 3, 13)) == [("po terminie", text)]
    for user in (social_worker, make_user(centre, "instructor")):
        assert asked_of(user) == []
    agree_part_day(row, agreed=True, by=instructor, on=WEDNESDAY)
    assert asked_of(instructor) == []


def test_the_list_of_the_centre_has_what_waits_first_and_takes_the_answer(as_user, programme, instructor):
    client, url = as_user(instructor, WEDNESDAY), reverse("attendance:part_day_list")
    assert "Nie ma jeszcze spóźnień" in client.get(url).content.decode()
    row = early(programme, instructor)
    late = early(programme, instructor, day=TUESDAY, kind="late", minutes=20)
    page = client.get(url)
    assert (page.context["waiting"], list(page.context["page"])) == ([row], [late])
    answer = client.post(reverse("attendance:agree_part_day", args=[row.pk]), {"agree": "1", "of_list": "1"})
    assert answer.url == url
    assert list(client.get(url).context["page"]) == [row, late]


def test_what_nobody_can_answer_any_more_waits_neither_on_the_desk_nor_on_the_list(as_user, programme, instructor):
    row, url = early(programme, instructor), reverse("attendance:part_day_list")
    month_later = date(2026, 4, 12)
    for day, waits in ((month_later, True), (date(2026, 4, 13), False)):
        page = as_user(instructor, day).get(url)
        assert (bool(asked_of(instructor, day)), row in page.context["waiting"]) == (waits, waits)
        assert (row in page.context["page"]) is not waits
    end(programme, ended_on=THURSDAY)
    assert asked_of(instructor, THURSDAY)
    assert asked_of(instructor, date(2026, 3, 13)) == []


def test_of_an_erased_person_nothing_waits_for_an_answer(as_user, programme, instructor):
    row = early(programme, instructor)
    type(programme.participant).objects.filter(pk=programme.participant_id).update(erased_on=WEDNESDAY)
    page = as_user(instructor, WEDNESDAY).get(reverse("attendance:part_day_list"))
    assert (row in page.context["waiting"], asked_of(instructor)) == (False, [])


def test_the_form_takes_hours_or_minutes_by_what_it_is_about(as_user, programme, instructor):
    client, url = as_user(instructor, WEDNESDAY), reverse("attendance:new_part_day", args=[programme.pk])
    said = {"token": "a", "kind": "early", "day": "2026-03-12", "minutes": "", "reason": "Urząd.", "agreed": ""}
    refused = client.post(url, {**said, "from_at": "12:00", "to_at": ""})
    assert refused.status_code == 422
    assert "do której godziny" in refused.content.decode()
    client.post(url, {**said, "from_at": "12:00", "to_at": "13:15"})
    assert PartDay.objects.get().minutes == 75


# Beside the mark of the day -------------------------------------------------------------------------------------------


def form_of(programme) -> str:
    return reverse("attendance:new_part_day", args=[programme.pk])


def late(**over) -> dict:
    hours = {"from_at": "", "to_at": "", "reason": "", "agreed": ""}
    return {"token": "a", "kind": "late", "day": str(TUESDAY), "minutes": "20", **hours, **over}


@pytest.mark.parametrize("stands, words", [("present", "O – obecność"), ("", "nieoznaczone")])
def test_minutes_of_a_day_that_the_list_does_not_call_late_ask_what_it_is_to_say(
    as_user, programme, instructor, stands, words
):
    mark(programme, {TUESDAY: stands} if stands else {})
    client = as_user(instructor, WEDNESDAY)
    asked = client.post(form_of(programme), late())
    assert (asked.status_code, list(asked.context["form"].errors)) == (422, ["mark"])
    assert f"Na liście tego dnia stoi: {words}." in asked.content.decode()
    assert not PartDay.objects.exists()
    client.post(form_of(programme), late(mark="keep"))
    assert PartDay.objects.get().minutes == 20
    assert list(Day.objects.values_list("meaning", flat=True)) == ([stands] if stands else [])


@pytest.mark.parametrize("stands", ["present", ""])
def test_the_list_can_be_put_right_with_them(as_user, programme, instructor, stands):
    mark(programme, {TUESDAY: stands} if stands else {})
    as_user(instructor, WEDNESDAY).post(form_of(programme), late(mark="mark"))
    day = Day.objects.get()
    assert (day.meaning, day.code, day.marked_by, PartDay.objects.get().minutes) == ("late", "S", instructor, 20)


def test_what_the_list_refuses_leaves_no_minutes(as_user, programme, instructor, director):
    mark(programme, {TUESDAY: "present"})
    close(programme, start_on=TUESDAY, end_on=TUESDAY, by=director, on=WEDNESDAY)
    client = as_user(instructor, WEDNESDAY)
    refused = client.post(form_of(programme), late(mark="mark"))
    assert refused.status_code == 422
    assert "zmienia go tylko korekta" in refused.content.decode()
    assert not PartDay.objects.exists()
    client.post(form_of(programme), late(mark="keep"))
    assert PartDay.objects.exists()


@pytest.mark.parametrize("said", [{"day": str(WEDNESDAY)}, {"day": str(WEDNESDAY), "mark": "nonsense"}])
def test_where_the_list_says_late_or_has_no_word_for_it_nothing_is_asked(as_user, programme, instructor, said):
    mark(programme, {TUESDAY: "present", WEDNESDAY: "late"})
    client = as_user(instructor, WEDNESDAY)
    client.post(form_of(programme), late(**said))
    DayCode.objects.filter(meaning="late").update(is_retired=True)
    client.post(form_of(programme), late(token="b"))
    assert set(PartDay.objects.values_list("on", flat=True)) == {TUESDAY, WEDNESDAY}


def test_minutes_count_only_on_days_on_which_the_person_was_here(as_user, programme, instructor):
    mark(programme, {TUESDAY: "late", WEDNESDAY: "late"})
    for day, minutes in ((TUESDAY, 20), (WEDNESDAY, 7)):
        record_part_day(programme, day=day, kind="late", minutes=minutes, by=instructor, on=WEDNESDAY)
    client, url = as_user(instructor, WEDNESDAY), reverse("attendance:part_days", args=[programme.participant_id])
    assert client.get(url).context["sums"] == [("spóźnienie", 27)]
    Day.objects.filter(on=TUESDAY).update(meaning="sick", code="L4", source="note")
    page = client.get(url)
    assert page.context["sums"] == [("spóźnienie", 7)]
    assert page.content.decode().count("nie liczą się: osoby nie było") == 1
    assert "nie liczą się" in client.get(reverse("attendance:part_day_list")).content.decode()
