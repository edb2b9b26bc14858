"""Requests that were ended: by whom the list says so, who is told, and what a page grants when its days are gone."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from attendance.actions import ask_leave, cancel_leave, decide_leave, record_note, withdraw_leave
from attendance.actions.excuses import ask_excuse, decide_excuse, withdraw_excuse
from attendance.actions.retractions import retract
from attendance.actions.suspensions import suspend_classes, withdraw_suspension
from attendance.models import LeaveRequest
from cistor.desk import leave as desk
from tests.factories import make_group, make_participant, make_programme, mark

TODAY, LATER = date(2026, 7, 1), date(2026, 7, 2)
MONDAY, TUESDAY, WEDNESDAY, THURSDAY = (date(2026, 7, day) for day in (13, 14, 15, 16))
BEFORE = date(2026, 6, 30)


@pytest.fixture
def group(centre, instructor):
    centre.regulations.update(leave_opinions=[])
    return make_group(centre, instructor)


@pytest.fixture
def programme(centre, group):
    return person(centre, group)


def person(centre, group=None):
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 5, 4))


def asked(programme, by, *days: date) -> LeaveRequest:
    return ask_leave(programme, days=days or [MONDAY], filed_on=TODAY, reason="Sprawa.", by=by, on=TODAY)


def granted(programme, by, director, *days: date, **given) -> LeaveRequest:
    row = asked(programme, by, *days)
    decide_leave(row, granted=True, **{"note": "", **given}, by=director, on=TODAY)
    return row


def suspend(centre, group, by, day=MONDAY, on=LATER):
    given = {"group": group, "start_on": day, "end_on": day, "reason": "Przegląd maszyn.", "by": by, "on": on}
    return suspend_classes(centre, **given).suspension


# The lists ------------------------------------------------------------------------------------------------------------


def test_the_list_of_leave_names_who_cancelled_and_when(as_user, programme, payroll, director):
    row = granted(programme, payroll, director)
    page = reverse("attendance:leave")
    assert f"01.07.2026, {director}" in as_user(payroll, LATER).get(page).content.decode()
    cancel_leave(row, by=payroll, on=LATER)
    text = as_user(payroll, LATER).get(page).content.decode()
    assert f"02.07.2026, {payroll}" in text
    assert str(director) not in text[text.index("<tbody>") : text.index("</tbody>")]


def test_the_list_of_leave_says_when_a_request_lost_its_last_day(as_user, centre, group, programme, payroll, director):
    asked(programme, payroll)
    suspend(centre, group, director)
    text = as_user(payroll, LATER).get(reverse("attendance:leave")).content.decode()
    assert "bezprzedmiotowy" in text
    assert '<span class="soft">02.07.2026</span>' in text


def test_the_list_of_excuses_names_who_took_one_back(as_user, programme, director, social_worker, centre):
    mark(programme, {BEFORE: "unexcused"}, by=social_worker)
    row = ask_excuse(programme, day=BEFORE, reason="Pogrzeb.", by=social_worker, on=TODAY)
    decide_excuse(row, granted=True, note="", by=director, on=TODAY)
    retract(row, why="Nie ta osoba.", by=director, on=LATER)
    text = as_user(social_worker, LATER).get(reverse("attendance:excuses")).content.decode()
    assert f"02.07.2026, {director}" in text
    assert "01.07.2026, " not in text.replace(f"{social_worker}, 01.07.2026", "")


def of_each_state(centre, payroll, director) -> None:
    """Requests and excuses withdrawn, refused, granted, and ended by something else."""
    for number in range(4):
        programme = person(centre, make_group(centre))
        row = asked(programme, payroll)
        mark(programme, {BEFORE: "unexcused"}, by=payroll)
        excuse = ask_excuse(programme, day=BEFORE, reason="Pogrzeb.", by=director, on=TODAY) if number else None
        if number == 0:
            withdraw_leave(row, by=payroll, on=TODAY)
        elif number == 1:
            decide_leave(row, granted=False, note="Remont.", by=director, on=TODAY)
            withdraw_excuse(excuse, by=director, on=TODAY)
        elif number == 2:
            decide_leave(row, granted=True, note="", by=director, on=TODAY)
            cancel_leave(row, by=payroll, on=TODAY)
        else:
            suspend(centre, programme.participant.memberships.get().group, director)


@pytest.mark.parametrize("name", ["leave", "excuses"])
def test_a_list_asks_no_more_questions_for_more_rows_of_any_state(as_user, centre, group, payroll, director, name):
    page, client = reverse(f"attendance:{name}"), as_user(director, LATER)
    of_each_state(centre, payroll, director)
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get(page)
    for _ in range(2):
        of_each_state(centre, payroll, director)
    with CaptureQueriesContext(connection) as many:
        client.get(page)
    assert len(many) == len(few)


@pytest.mark.parametrize("matter", [desk.answered, desk.taken_up])
def test_the_desk_asks_no_more_questions_for_more_rows_of_any_state(centre, group, payroll, director, matter):
    of_each_state(centre, payroll, director)
    with CaptureQueriesContext(connection) as few:
        list(matter(payroll, LATER))
    of_each_state(centre, payroll, director)
    with CaptureQueriesContext(connection) as many:
        list(matter(payroll, LATER))
    assert len(many) == len(few)


# What a page grants when its days are gone ----------------------------------------------------------------------------


def test_a_day_left_unticked_is_not_granted_when_it_is_the_last_that_stands(
    as_user, programme, payroll, social_worker, director
):
    row, client = asked(programme, payroll, MONDAY, TUESDAY, WEDNESDAY), as_user(director, TODAY)
    client.get(reverse("attendance:leave_request", args=[row.pk]))
    sick = {"kind": "own", "start_on": TUESDAY, "end_on": WEDNESDAY, "issued_on": TODAY, "delivered_on": TODAY}
    record_note(programme, **sick, by=social_worker, on=TODAY)
    assert [day.on for day in row.days.filter(released_on=None)] == [MONDAY]
    sent = {"token": "a", "grant": "1", "note": "W poniedziałek egzamin.", "days": ["2026-07-14", "2026-07-15"]}
    answer = client.post(reverse("attendance:decide_leave", args=[row.pk]), sent)
    row.refresh_from_db()
    assert (answer.status_code, row.granted) == (422, None)
    assert "Jednego z tych dni nie ma już we wniosku. Odśwież stronę." in answer.content.decode()


def test_nothing_is_granted_where_nothing_was_ticked_though_one_day_stands(
    as_user, programme, payroll, social_worker, director
):
    row, client = asked(programme, payroll, MONDAY, TUESDAY), as_user(director, TODAY)
    assert 'name="ticks"' in client.get(reverse("attendance:leave_request", args=[row.pk])).content.decode()
    sick = {"kind": "own", "start_on": TUESDAY, "end_on": TUESDAY, "issued_on": TODAY, "delivered_on": TODAY}
    record_note(programme, **sick, by=social_worker, on=TODAY)
    sent = {"token": "a", "grant": "1", "note": "", "ticks": "1"}
    answer = client.post(reverse("attendance:decide_leave", args=[row.pk]), sent)
    row.refresh_from_db()
    assert (answer.status_code, row.granted) == (422, None)
    assert "Zaznacz przynajmniej jeden dzień albo odmów." in answer.content.decode()


def test_the_last_day_that_stands_is_granted_where_it_was_ticked(as_user, programme, payroll, social_worker, director):
    row, client = asked(programme, payroll, MONDAY, TUESDAY), as_user(director, TODAY)
    sick = {"kind": "own", "start_on": TUESDAY, "end_on": TUESDAY, "issued_on": TODAY, "delivered_on": TODAY}
    record_note(programme, **sick, by=social_worker, on=TODAY)
    client.post(reverse("attendance:decide_leave", args=[row.pk]), {"token": "a", "grant": "1", "days": ["2026-07-13"]})
    row.refresh_from_db()
    assert row.granted


# Who is told ----------------------------------------------------------------------------------------------------------


def told(user, on=LATER) -> list[str]:
    return [matter.text for matter in desk.answered(user, on)]


def test_of_a_partial_grant_only_what_was_granted_is_told(programme, payroll, director):
    person, days = programme.participant, [MONDAY, TUESDAY]
    granted(programme, payroll, director, *days, THURSDAY, days=days, note="W czwartek egzamin.")
    assert told(payroll) == [f"{person}: dni wolne (13 i 14 lipca), zgoda w części"]


def test_who_cancelled_is_not_told_and_the_keeper_of_the_card_reads_which_days(
    centre, programme, payroll, social_worker, director
):
    person, days = programme.participant, [MONDAY, TUESDAY]
    centre.regulations.update(leave_card_role="payroll")
    row = granted(programme, social_worker, director, *days, THURSDAY, days=days, note="W czwartek egzamin.")
    cancel_leave(row, by=social_worker, on=LATER)
    assert told(social_worker) == []
    assert told(payroll) == [f"{person}: dni wolne (13 i 14 lipca), odwołane"]
    own = granted(programme, payroll, director)
    cancel_leave(own, by=payroll, on=LATER)
    assert told(payroll) == [f"{person}: dni wolne (13 i 14 lipca), odwołane"]


def test_a_cancelling_is_told_for_a_week_however_old_the_decision(centre, programme, payroll, instructor, director):
    row = granted(programme, payroll, director)
    on = date(2026, 7, 10)
    assert told(payroll, on) == []
    cancel_leave(row, by=instructor, on=on)
    assert told(payroll, on) == [f"{programme.participant}: dni wolne (13 lipca), odwołane"]


def test_who_entered_a_request_learns_that_a_suspension_took_its_day(centre, group, programme, instructor, director):
    person = programme.participant
    asked(programme, instructor, MONDAY, TUESDAY)
    row = suspend(centre, group, director)
    (matter,) = desk.taken_up(instructor, LATER)
    assert matter.text == f"{person}: dni wolne (13 lipca) wróciły do puli: zajęcia zawieszone"
    assert list(desk.taken_up(director, LATER)) == []
    withdraw_suspension(row, by=director, on=LATER)
    assert list(desk.taken_up(instructor, LATER)) == []


def test_who_entered_a_request_learns_that_it_lost_its_last_day(centre, group, programme, instructor, director):
    row = asked(programme, instructor)
    suspend(centre, group, director)
    (matter,) = desk.taken_up(instructor, LATER)
    assert matter.url == reverse("attendance:leave_request", args=[row.pk])


def test_a_granted_day_that_a_suspension_took_is_told_for_a_week(centre, group, programme, instructor, director):
    granted(programme, instructor, director, MONDAY, TUESDAY)
    suspend(centre, group, director, on=date(2026, 7, 9))
    (matter,) = desk.taken_up(instructor, date(2026, 7, 15))
    assert "(13 lipca)" in matter.text
    assert list(desk.taken_up(instructor, date(2026, 7, 16))) == []
