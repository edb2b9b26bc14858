"""Classes suspended are told, with the reason, to who teaches and looks after the people; a waiting excuse is seen."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.actions.suspensions import suspend_classes, withdraw_suspension
from cistor.desk import suspended as desk
from tests.factories import make_group, make_participant, make_programme, make_user, mark

MONDAY, TUESDAY, NEXT = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 16)
REASON = "Przegląd maszyn."


@pytest.fixture
def group(centre, instructor):
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))


def suspend(centre, by, group=None, day=NEXT):
    given = {"group": group, "start_on": day, "end_on": day, "reason": REASON, "by": by, "on": TUESDAY}
    return suspend_classes(centre, **given).suspension


def told(user, on=TUESDAY) -> list[str]:
    return [matter.text for matter in desk.announced(user, on)]


def test_who_leads_and_who_follows_up_read_it_on_the_desk_until_the_day_is_over(
    centre, group, programme, director, instructor, social_worker, payroll
):
    row = suspend(centre, director, group)
    words = [f"{group}: zajęcia zawieszone 16 marca 2026 ({REASON})"]
    assert [told(user) for user in (instructor, social_worker)] == [words, words]
    assert [told(user) for user in (director, payroll)] == [[], []]
    assert (told(instructor, NEXT), told(instructor, date(2026, 3, 17))) == (words, [])
    withdraw_suspension(row, by=director, on=TUESDAY)
    assert told(instructor) == []


def test_of_another_group_an_instructor_is_told_nothing_of_the_whole_centre_everybody(
    centre, group, programme, director, social_worker
):
    stranger = make_user(centre, "instructor")
    make_group(centre, stranger)
    suspend(centre, director, group)
    assert (told(stranger), len(told(social_worker))) == ([], 1)
    suspend(centre, director, day=date(2026, 3, 17))
    assert told(stranger) == [f"Całe centrum: zajęcia zawieszone 17 marca 2026 ({REASON})"]


@pytest.mark.parametrize("whole", [True, False])
def test_the_day_of_the_group_and_of_the_person_say_why(as_user, centre, group, programme, director, instructor, whole):
    suspend(centre, director, None if whole else group)
    client, day = as_user(instructor, TUESDAY), f"?dzien={NEXT}"
    of_group = reverse("attendance:today", args=[group.pk]) + day
    ahead = client.get(of_group).content.decode()
    assert "Tego dnia zajęcia są zawieszone" in ahead
    assert f"Powód: {REASON}" in ahead
    assert "Tego dnia jeszcze nie było" not in ahead
    of_person = reverse("attendance:day", args=[programme.participant_id]) + day
    assert f"Powód: {REASON}" in client.get(of_person).content.decode()
    on_the_day = as_user(instructor, NEXT).get(of_group).content.decode()
    assert f"Zajęcia są zawieszone. Powód: {REASON}" in on_the_day


def test_a_day_ahead_without_a_suspension_says_that_it_has_not_come(as_user, centre, group, programme, instructor):
    text = as_user(instructor, TUESDAY).get(f"{reverse('attendance:today', args=[group.pk])}?dzien={NEXT}")
    assert "Tego dnia jeszcze nie było" in text.content.decode()


# A waiting excuse -----------------------------------------------------------------------------------------------------


def test_a_request_that_waits_stands_on_the_day_instead_of_the_way_to_ask_again(
    as_user, programme, social_worker, instructor, director, payroll
):
    mark(programme, {MONDAY: "unexcused"}, by=instructor)
    row = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=social_worker, on=TUESDAY)
    day = f"{reverse('attendance:day', args=[programme.participant_id])}?dzien={MONDAY}"
    link = f'<a href="{reverse("attendance:excuse", args=[row.pk])}">'
    for user in (social_worker, instructor, director):
        text = as_user(user, TUESDAY).get(day).content.decode()
        assert f"{link}Prośba o usprawiedliwienie z 10.03.2026</a> czeka na decyzję." in text
        assert "Poproś o usprawiedliwienie" not in text
        assert "Usprawiedliw dzień" not in text
    assert "Prośba o usprawiedliwienie" not in as_user(payroll, TUESDAY).get(day).content.decode()
    decide_excuse(row, granted=False, note="Nie ma dokumentu.", by=director, on=TUESDAY)
    text = as_user(social_worker, TUESDAY).get(day).content.decode()
    assert "czeka na decyzję" not in text
    assert "Poproś o usprawiedliwienie" in text
