"""One mark on many days of many people."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import close, mark_range, record_note
from attendance.models import Day
from cistor.errors import Refused
from participants.models import Membership
from tests.factories import end, make_group, make_participant, make_programme, make_user, mark

# A Monday to the Friday of the week after; ten days of classes.
MONDAY, FRIDAY, TODAY = date(2026, 7, 6), date(2026, 7, 17), date(2026, 7, 20)


@pytest.fixture
def group(centre, instructor):
    # As many free days as the statute allows: a range of two weeks is within them.
    centre.regulations.update(free_days=12)
    return make_group(centre, instructor)


@pytest.fixture
def programmes(centre, group, instructor):
    people = [make_participant(centre, group=group) for _ in range(2)]
    return [make_programme(person, start_on=date(2026, 5, 4), by=instructor) for person in people]


@pytest.fixture
def put(group, programmes, instructor):
    """Marks the two weeks; returns what was done."""

    def put(meaning="free_day", *, start_on=MONDAY, end_on=FRIDAY, people=None, by=instructor, on=TODAY, replace=False):
        people = [programme.participant for programme in programmes] if people is None else people
        span = {"start_on": start_on, "end_on": end_on, "replace": replace}
        return mark_range(group=group, people=people, meaning=meaning, **span, by=by, on=on)

    return put


def test_every_class_day_of_everybody_is_marked_and_no_other(put, programmes):
    assert put() == (20, 2, 0, 0, 0)
    days = [day.on for day in programmes[0].days.all()]
    assert days == [date(2026, 7, n) for n in (6, 7, 8, 9, 10, 13, 14, 15, 16, 17)]
    assert set(Day.objects.values_list("meaning", "code", "provisional")) == {("free_day", "UW", False)}


def test_what_is_marked_stays_unless_it_is_to_be_replaced(put, programmes):
    mark(programmes[0], {MONDAY: "sick"}, provisional=True)
    assert put() == (19, 2, 1, 0, 0)
    assert programmes[0].days.get(on=MONDAY).meaning == "sick"
    assert put(replace=True) == (1, 1, 0, 0, 0)
    day = programmes[0].days.get(on=MONDAY)
    assert (day.meaning, day.provisional) == ("free_day", False)


def test_closed_days_stay_and_are_counted(put, programmes, director):
    mark(programmes[0], {MONDAY: "sick"})
    close(programmes[0], start_on=MONDAY, end_on=date(2026, 7, 8), by=director, on=TODAY)
    assert put(replace=True) == (17, 2, 0, 3, 0)
    assert programmes[0].days.get(on=MONDAY).meaning == "sick"


def test_what_a_fact_has_taken_stays_and_is_not_counted_as_marked(put, programmes, social_worker):
    sick = {"kind": "own", "start_on": MONDAY, "end_on": date(2026, 7, 8)}
    record_note(programmes[0], **sick, issued_on=MONDAY, delivered_on=MONDAY, by=social_worker, on=TODAY)
    assert put("present", replace=True) == (17, 2, 0, 0, 3)
    assert programmes[0].days.get(on=MONDAY).meaning == "sick"
    only = {"start_on": MONDAY, "end_on": date(2026, 7, 8), "people": [programmes[0].participant]}
    with pytest.raises(Refused, match="wynikają z innego zapisu"):
        put("late", **only, replace=True)


def test_only_days_in_the_group_and_in_a_programme_count(put, programmes):
    Membership.objects.filter(participant=programmes[0].participant).update(end_on=date(2026, 7, 9))
    end(programmes[1], ended_on=date(2026, 7, 6))
    assert put() == (5, 2, 0, 0, 0)
    assert [day.on.day for day in programmes[0].days.all()] == [6, 7, 8, 9]


def test_where_nothing_is_left_to_mark_it_is_refused(put):
    put()
    with pytest.raises(Refused, match="Nie ma czego oznaczyć"):
        put("present")


def test_days_to_come_are_refused_and_nothing_is_written(put):
    with pytest.raises(Refused, match="tego dnia jeszcze nie było"):
        put(on=date(2026, 7, 10))
    assert not Day.objects.exists()


def test_who_does_not_lead_the_group_marks_nobody(centre, put):
    with pytest.raises(Refused):
        put(by=make_user(centre, "instructor"))
    assert not Day.objects.exists()


# Page -----------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(as_user, group, programmes, instructor):
    """Sends the form with what a test changes in it."""
    client, url = as_user(instructor, TODAY), reverse("attendance:range", args=[group.pk])

    def send(**over):
        people = [programme.participant_id for programme in programmes]
        data = {"token": "a", "people": people, "start_on": MONDAY, "end_on": FRIDAY, "meaning": "free_day", **over}
        return client.post(url, {name: value for name, value in data.items() if value is not None}, follow=True)

    send.blank = lambda: client.get(url).content.decode()
    return send


def test_nothing_is_chosen_beforehand(page):
    text = page.blank()
    assert "checked" not in text
    assert "selected>wybierz" in text.replace(" selected ", " selected")


def test_from_a_month_to_come_the_form_is_of_this_month(as_user, group, programmes, instructor):
    client = as_user(instructor, TODAY)
    text = client.get(reverse("attendance:range", args=[group.pk]), {"miesiac": "2027-01"}).content.decode()
    assert "miesiac=2026-07" in text
    assert "miesiac=2027" not in text
    assert 'value="2027' not in text


def test_what_was_done_is_said_with_what_was_left(page, programmes):
    mark(programmes[0], {MONDAY: "sick"})
    text = page().content.decode()
    assert "Oznaczono 19 dni u 2 osób. Pominięto już oznaczone: 1 dzień." in text


def test_days_that_follow_from_another_record_are_named(page, programmes, social_worker):
    sick = {"kind": "own", "start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY, "delivered_on": MONDAY}
    record_note(programmes[0], **sick, by=social_worker, on=TODAY)
    text = page(meaning="present", replace="on").content.decode()
    assert "Oznaczono 19 dni u 2 osób. Pominięto wynikające z innego zapisu: 1 dzień." in text


def test_the_same_form_sent_again_is_calmed(page):
    page()
    assert "Ten formularz już zapisano." in page(meaning="present").content.decode()
    assert set(Day.objects.values_list("meaning", flat=True)) == {"free_day"}


@pytest.mark.parametrize(
    "over, words",
    [
        ({"people": None}, "Zaznacz przynajmniej jedną osobę."),
        ({"meaning": ""}, "Wybierz oznaczenie."),
        ({"end_on": date(2026, 7, 3)}, "Ostatni dzień jest wcześniejszy niż pierwszy."),
        ({"end_on": date(2026, 7, 21)}, "Ten dzień jeszcze nie nadszedł."),
        ({"start_on": date(2026, 4, 6)}, "Naraz można oznaczyć najwyżej 92 dni."),
        ({"start_on": date(2026, 7, 11), "end_on": date(2026, 7, 12)}, "Nie ma czego oznaczyć"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(page, over, words):
    answer = page(**over)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Day.objects.exists()
    if over.get("people", "kept"):
        assert answer.content.decode().count("checked") == 2
