"""A day is excused by the director, asked for or not; the day follows at once, a closed one by a correction."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import close
from attendance.actions.excuses import ask_excuse, decide_excuse, excuse, withdraw_excuse
from attendance.models import Correction, Day, Excuse
from cistor.desk import absences as desk
from cistor.errors import Refused
from cistor.journal.models import Reading
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, WEDNESDAY = (date(2026, 3, day) for day in (9, 10, 11))


@pytest.fixture
def programme(centre, instructor, director):
    person = make_participant(centre, group=make_group(centre, instructor))
    row = make_programme(person, start_on=date(2026, 1, 5), by=director)
    mark(row, {MONDAY: "unexcused"}, by=instructor)
    return row


@pytest.fixture
def asked(programme, instructor):
    return ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=instructor, on=WEDNESDAY)


def decided(row, by, granted=True, note=""):
    return decide_excuse(row, granted=granted, note=note, by=by, on=WEDNESDAY)


def standing() -> tuple:
    day = Day.objects.get(on=MONDAY)
    return day.meaning, day.source, day.by_hand


def test_granted_the_day_is_excused_and_the_mark_stands_below(asked, director):
    assert decided(asked, director)[1:] == (1, 0)
    assert standing() == ("excused", "excuse", "unexcused")
    with pytest.raises(Refused, match="rozstrzygnięto już 11 marca 2026"):
        decided(asked, director, granted=False, note="Jednak nie.")


def test_refused_with_a_reason_or_taken_back_the_day_stays(asked, director, instructor, social_worker):
    with pytest.raises(Refused, match="uzasadnienia"):
        decided(asked, director, granted=False)
    with pytest.raises(Refused, match="kto ją wpisał"):
        withdraw_excuse(asked, by=social_worker, on=WEDNESDAY)
    withdraw_excuse(asked, by=instructor, on=WEDNESDAY)
    assert standing() == ("unexcused", "hand", "")


def test_a_closed_day_asks_for_a_correction(asked, programme, director, social_worker):
    close(programme, start_on=date(2026, 1, 5), end_on=TUESDAY, by=social_worker, on=WEDNESDAY)
    assert decided(asked, director)[1:] == (0, 1)
    assert standing() == ("unexcused", "hand", "")
    assert Correction.objects.get().meaning == "excused"


@pytest.mark.parametrize(
    "day, meaning, words",
    [
        (TUESDAY, "present", "była na zajęciach"),
        (TUESDAY, "sick", "inne oznaczenie"),
        (date(2026, 3, 8), None, "nie miała zajęć"),
        (date(2026, 3, 12), None, "jeszcze nie było"),
    ],
)
def test_only_a_day_of_classes_without_the_person_is_excused(programme, instructor, day, meaning, words):
    if meaning:
        mark(programme, {day: meaning})
    with pytest.raises(Refused, match=words):
        ask_excuse(programme, day=day, reason="Pogrzeb.", by=instructor, on=WEDNESDAY)


def test_the_director_needs_no_request_and_nobody_else_decides(programme, director, social_worker, asked):
    with pytest.raises(Refused, match="kierujący centrum"):
        excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=social_worker, on=WEDNESDAY)
    excuse(programme, day=TUESDAY, reason="Pogrzeb.", by=director, on=WEDNESDAY)
    assert Excuse.objects.get(on=TUESDAY).granted
    assert Day.objects.get(on=TUESDAY).meaning == "excused"


def test_the_request_goes_from_the_desk_of_the_director_to_that_of_who_asked(as_user, asked, instructor, director):
    (matter,) = desk.excuses(director, WEDNESDAY)
    url = reverse("attendance:decide_excuse", args=[asked.pk])
    client = as_user(director, WEDNESDAY)
    client.get(reverse("attendance:excuses"))
    assert Reading.objects.filter(what="excuse", by=director).exists()
    assert "Usprawiedliwić ten dzień?" in client.get(matter.url).content.decode()
    answer = client.post(url, {"token": "a", "note": "", "grant": "1"}, follow=True)
    assert "Dzień jest usprawiedliwiony." in answer.content.decode()
    assert list(desk.excuses(director, WEDNESDAY)) == []
    assert [row.word for row in desk.excuses(instructor, WEDNESDAY)] == ["zgoda"]
