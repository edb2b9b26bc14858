"""Sick notes: what they make of the days, until when they are delivered, who decides about late ones."""

from datetime import date

import pytest

from attendance.actions import (
    close,
    decide_correction,
    decide_note,
    deliver_note,
    mark,
    record_check,
    record_note,
    withdraw_note,
)
from attendance.actions.notes import due_on
from attendance.cells import Cell
from attendance.models import Correction, Day, LeaveDay, LeaveRequest, SickNote
from cistor.accounts.models import StandIn
from cistor.centres.models import DeadlineLength
from cistor.errors import Refused
from tests.factories import make_group, make_participant, make_programme, make_user

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(9, 14))
SATURDAY, NEXT_WEEK = date(2026, 3, 14), date(2026, 3, 16)


@pytest.fixture
def instructor(centre):
    return make_user(centre, "instructor")


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor)
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))


@pytest.fixture
def enter(programme, social_worker):
    def entered(start_on=MONDAY, end_on=TUESDAY, *, delivered_on=TUESDAY, by=social_worker, on=FRIDAY, **over):
        given = {"kind": "own", "number": "AB 1234567", "issued_on": start_on} | over
        return record_note(
            programme, start_on=start_on, end_on=end_on, delivered_on=delivered_on, **given, by=by, on=on
        )

    return entered


def refused(match):
    return pytest.raises(Refused, match=match)


def standing(programme) -> dict:
    rows = Day.objects.filter(programme=programme)
    return {day.on: (day.meaning, day.provisional, day.source) for day in rows}


def free_day(programme, day, by) -> LeaveDay:
    decided = {"granted": True, "decided_by": by, "decided_on": MONDAY}
    request = LeaveRequest.objects.create(programme=programme, filed_on=MONDAY, asked_by=by, asked_on=MONDAY, **decided)
    return LeaveDay.objects.create(request=request, programme=programme, on=day)


def test_a_note_in_time_marks_its_days_and_days_to_come(enter, programme):
    outcome = enter(THURSDAY, NEXT_WEEK, delivered_on=FRIDAY)
    assert (outcome.note.due_on, outcome.followed.written) == (NEXT_WEEK, 3)
    assert standing(programme) == dict.fromkeys([THURSDAY, FRIDAY, NEXT_WEEK], ("sick", False, "note"))


def test_care_of_a_relative_has_its_own_meaning(enter, programme):
    enter(MONDAY, MONDAY, kind="care")
    assert standing(programme) == {MONDAY: ("care", False, "note")}


def test_the_term_counts_from_the_issue_or_from_the_onset_and_moves_over_days_off(centre):
    issued = {"issued_on": date(2026, 7, 10), "start_on": date(2026, 7, 6)}
    assert due_on(centre.pk, **issued) == date(2026, 7, 13)
    DeadlineLength.objects.filter(centre=centre, code="sick_note").delete()
    assert due_on(centre.pk, **issued) is None
    own = {"code": "sick_note", "unit": "calendar_days", "length": 2, "source": "ustawienie centrum"}
    DeadlineLength.objects.create(centre=centre, **own, starts_with="onset")
    assert due_on(centre.pk, **issued) == date(2026, 7, 8)


def test_a_note_not_here_yet_is_provisional_until_it_is_delivered(enter, programme, social_worker):
    note = enter(delivered_on=None).note
    assert standing(programme)[MONDAY] == ("sick", True, "note")
    deliver_note(note, delivered_on=WEDNESDAY, by=social_worker, on=FRIDAY)
    assert standing(programme)[MONDAY] == ("sick", False, "note")
    with refused("doręczono już"):
        deliver_note(note, delivered_on=WEDNESDAY, by=social_worker, on=FRIDAY)


@pytest.mark.parametrize("accepted, becomes", [(True, "sick"), (False, "unexcused")])
def test_a_late_note_waits_for_the_director(enter, programme, director, accepted, becomes):
    note = enter(delivered_on=FRIDAY).note
    assert note.is_late
    assert list(SickNote.objects.undecided()) == [note]
    assert standing(programme)[MONDAY] == ("sick", True, "note")
    decide_note(note, accepted=accepted, note_text="Poczta spóźniła się o dwa dni.", by=director, on=FRIDAY)
    assert standing(programme)[MONDAY] == (becomes, False, "note")
    assert not SickNote.objects.undecided().exists()


def test_of_a_refused_note_the_mark_below_stands_again(enter, programme, centre, director, instructor):
    cells = [Cell(programme.pk, None, "present")]
    mark(centre=centre, on_day=MONDAY, cells=cells, by=instructor, on=MONDAY)
    note = enter(delivered_on=None).note
    with refused("Odmowa wymaga uzasadnienia"):
        decide_note(note, accepted=False, note_text=" ", by=director, on=FRIDAY)
    decide_note(note, accepted=False, note_text="Zwolnienia nie ma.", by=director, on=FRIDAY)
    assert standing(programme) == {MONDAY: ("present", False, "hand"), TUESDAY: ("unexcused", False, "note")}


def test_nobody_decides_about_a_note_in_time_or_still_awaited(enter, director):
    with refused("w terminie"):
        decide_note(enter().note, accepted=True, note_text="", by=director, on=FRIDAY)
    note = enter(THURSDAY, FRIDAY, delivered_on=None).note
    with refused("Termin doręczenia mija 16 marca 2026"):
        decide_note(note, accepted=True, note_text="", by=director, on=NEXT_WEEK)


def test_the_director_or_who_stands_in_decides_alone(enter, centre, director, social_worker, instructor):
    note = enter(delivered_on=FRIDAY).note
    for user in (social_worker, instructor):
        with refused("rozstrzyga kierujący"):
            decide_note(note, accepted=True, note_text="", by=user, on=FRIDAY)
    deputy = make_user(centre, "social_worker")
    StandIn.objects.create(absent=director, deputy=deputy, start_on=FRIDAY, end_on=FRIDAY)
    decided = decide_note(note, accepted=True, note_text="", by=deputy, on=FRIDAY).note
    assert (decided.decided_by, decided.decided_for) == (deputy, director)


def test_the_role_decides_who_enters(enter, programme, centre, instructor, outsider):
    for user in (make_user(centre, "instructor"), make_user(centre, "therapist"), outsider):
        with refused("Zwolnienia wpisuje"):
            enter(by=user)
    assert enter(by=instructor).note.entered_by == instructor


@pytest.mark.parametrize(
    "over, field, words",
    [
        ({"end_on": date(2026, 3, 8)}, "end_on", "wcześniejszy"),
        ({"start_on": date(2025, 12, 1), "end_on": date(2025, 12, 5)}, "start_on", "w programie"),
        ({"end_on": date(2027, 6, 1)}, "end_on", "nie trwa dłużej"),
        ({"issued_on": SATURDAY}, "issued_on", "jeszcze nie było"),
        ({"delivered_on": SATURDAY}, "delivered_on", "jeszcze nie było"),
        ({"delivered_on": date(2026, 3, 6)}, "delivered_on", "zanim je wystawiono"),
    ],
)
def test_impossible_dates_are_refused_at_their_field(enter, over, field, words):
    with refused(words) as refusal:
        enter(**over)
    assert refusal.value.field == field


def test_the_same_days_are_entered_once_until_they_are_taken_back(enter, programme, social_worker):
    note = enter().note
    with refused("już wpisane"):
        enter()
    withdraw_note(note, by=social_worker, on=FRIDAY)
    assert standing(programme) == {}
    assert enter().followed.written == 2


def test_free_days_are_given_back_when_the_note_is_certain(enter, programme, director, social_worker):
    day = free_day(programme, TUESDAY, director)
    note = enter(delivered_on=None).note
    day.refresh_from_db()
    assert day.released_on is None
    assert deliver_note(note, delivered_on=TUESDAY, by=social_worker, on=FRIDAY).released == [TUESDAY]
    day.refresh_from_db()
    assert (day.released_on, day.release) == (FRIDAY, "sick")


def test_closed_days_are_asked_to_be_corrected_and_give_their_free_day_back_then(
    enter, programme, director, social_worker, instructor
):
    day = free_day(programme, MONDAY, director)
    Day.objects.create(
        programme=programme, on=MONDAY, meaning="free_day", code="UW", source="leave", marked_by=director
    )
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    outcome = enter()
    assert (outcome.followed[:3], outcome.released) == ((1, 1, 1), [])
    correction = Correction.objects.get()
    assert (correction.seen, correction.meaning, correction.asked_by) == ("free_day", "sick", social_worker)
    decide_correction(correction, granted=True, note="", by=director, on=FRIDAY)
    day.refresh_from_db()
    assert (day.release, standing(programme)[MONDAY]) == ("sick", ("sick", False, "correction"))


def test_who_may_not_ask_for_corrections_leaves_the_closed_days(enter, programme, social_worker, instructor):
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    outcome = enter(by=instructor)
    assert (outcome.followed.closed, outcome.followed.asked) == (1, 0)
    # Another certificate of the same day asks once, now by somebody who may.
    assert enter(MONDAY, MONDAY).followed.asked == 1
    assert enter(MONDAY, WEDNESDAY).followed.asked == 0


def test_a_visit_falls_into_the_days_of_the_note(enter, social_worker):
    note = enter().note
    with refused("nie trwało"):
        record_check(note, visited_on=WEDNESDAY, result="found", by=social_worker, on=FRIDAY)
    check = record_check(note, visited_on=TUESDAY, result="absent", text="Cisza.", by=social_worker, on=FRIDAY)
    assert check.sick_note == note


@pytest.mark.parametrize("role", ["instructor", "therapist", "psychologist", "career_adviser", "payroll"])
def test_a_visit_is_written_down_by_the_social_worker_and_the_director_alone(centre, enter, director, role):
    note = enter().note
    with refused("wpisuje pracownik socjalny albo kierujący centrum"):
        record_check(note, visited_on=TUESDAY, result="absent", by=make_user(centre, role), on=FRIDAY)
    assert record_check(note, visited_on=TUESDAY, result="absent", by=director, on=FRIDAY)
