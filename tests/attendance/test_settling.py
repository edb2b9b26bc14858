"""A day says what follows from its facts: the weightiest of them, and below them the mark made by hand."""

from datetime import date

import pytest

from attendance.actions import cancel_leave, close, mark, settle
from attendance.actions.suspensions import suspend_classes, withdraw_suspension
from attendance.cells import Cell
from attendance.models import Correction, Day, Excuse, Incident, LeaveDay, LeaveRequest, SickNote, Suspension
from attendance.rulings import Fact, ruled
from cistor.journal.models import Entry
from participants.actions.group import join_group
from tests.factories import make_centre, make_group, make_participant, make_programme, make_user

pytestmark = pytest.mark.django_db
MONDAY, TUESDAY, FRIDAY = date(2026, 3, 9), date(2026, 3, 10), date(2026, 3, 13)


@pytest.fixture
def director(db):
    return make_user(make_centre(), "director")


@pytest.fixture
def programme(director):
    participant = make_participant(director.home_centre, group=make_group(director.home_centre))
    return make_programme(participant, start_on=date(2026, 1, 5))


def settled(programme, director, start=MONDAY, end=FRIDAY):
    return settle([programme.pk], start, end, centre=director.home_centre, by=director)


def standing(programme) -> dict:
    return {day.on: (day.meaning, day.source) for day in Day.objects.filter(programme=programme)}


def note(programme, director, **over) -> SickNote:
    days = {"start_on": MONDAY, "end_on": TUESDAY, "issued_on": MONDAY, "delivered_on": MONDAY, "due_on": TUESDAY}
    return SickNote.objects.create(programme=programme, entered_by=director, entered_on=MONDAY, **days | over)


def test_a_note_outweighs_the_mark_and_without_it_the_mark_stands_again(programme, director):
    mark(
        centre=director.home_centre,
        on_day=MONDAY,
        cells=[Cell(programme.pk, None, "unexcused")],
        by=director,
        on=MONDAY,
    )
    row = note(programme, director)
    assert settled(programme, director).written == 2
    assert standing(programme) == {MONDAY: ("sick", "note"), TUESDAY: ("sick", "note")}
    row.withdrawn_on, row.withdrawn_by = TUESDAY, director
    row.save()
    settled(programme, director)
    assert standing(programme) == {MONDAY: ("unexcused", "hand")}


def test_settling_twice_writes_nothing_new(programme, director):
    note(programme, director)
    assert settled(programme, director).written == 2
    assert settled(programme, director) == (0, [])


def test_a_day_of_an_undelivered_note_is_provisional(programme, director):
    note(programme, director, delivered_on=None)
    settled(programme, director)
    assert set(Day.objects.values_list("meaning", "provisional")) == {("sick", True)}


def test_days_without_classes_get_no_mark_from_a_note(programme, director):
    note(programme, director, start_on=FRIDAY, end_on=date(2026, 3, 16))
    settled(programme, director, end=date(2026, 3, 20))
    assert set(standing(programme)) == {FRIDAY, date(2026, 3, 16)}


def test_a_closed_day_is_told_and_not_written(programme, director):
    close(programme, start_on=MONDAY, end_on=MONDAY, by=director, on=FRIDAY)
    note(programme, director)
    outcome = settled(programme, director)
    assert [(row.on, row.meaning) for row in outcome.closed] == [(MONDAY, "sick")]
    assert set(standing(programme)) == {TUESDAY}


def test_a_mark_by_hand_does_not_reach_a_day_that_a_fact_has_taken(programme, director):
    note(programme, director)
    settled(programme, director)
    cells = [Cell(programme.pk, "sick", "present")]
    (conflict,) = mark(centre=director.home_centre, on_day=MONDAY, cells=cells, by=director, on=MONDAY)
    assert conflict.meaning == "sick"
    assert standing(programme)[MONDAY] == ("sick", "note")


def test_every_kind_of_fact_writes_its_day(programme, director):
    centre, decided = director.home_centre, {"granted": True, "decided_by": director, "decided_on": MONDAY}
    asked = {"programme": programme, "asked_by": director, "asked_on": MONDAY}
    days = [date(2026, 3, day) for day in (9, 10, 11, 12)]
    request = LeaveRequest.objects.create(**asked, **decided, filed_on=MONDAY)
    LeaveDay.objects.create(request=request, programme=programme, on=days[0])
    Excuse.objects.create(**asked, **decided, on=days[1])
    recorded = {"programme": programme, "recorded_by": director, "recorded_on": MONDAY, "substance": "alcohol"}
    Incident.objects.create(**recorded, on=days[2], at="07:40", suspicion="-", outcome="admitted", sent_away=True)
    Suspension.objects.create(
        centre=centre, start_on=days[3], end_on=days[3], reason="awaria", by=director, decided_on=MONDAY
    )
    settled(programme, director)
    assert standing(programme) == {
        days[0]: ("free_day", "leave"),
        days[1]: ("excused", "excuse"),
        days[2]: ("unexcused", "sobriety"),
        days[3]: ("suspended", "suspension"),
    }


def test_a_correction_is_not_asked_back_by_a_fact_that_stood_before_it(programme, director):
    note(programme, director, end_on=MONDAY)
    close(programme, start_on=MONDAY, end_on=MONDAY, by=director, on=FRIDAY)
    assert [row.on for row in settled(programme, director).closed] == [MONDAY]
    decided = {"granted": True, "decided_by": director, "decided_on": FRIDAY}
    asked = {"asked_by": director, "asked_on": FRIDAY, "reason": "Był na zajęciach."}
    Correction.objects.create(programme=programme, on=MONDAY, meaning="present", **asked, **decided)
    assert settled(programme, director).closed == []


def test_days_written_ahead_take_the_letters_of_the_regulations_that_come(programme, director):
    note(programme, director)
    settled(programme, director)
    Day.objects.filter(on=TUESDAY).update(code="xx")
    assert settled(programme, director).written == 1
    assert len(set(Day.objects.values_list("code", flat=True))) == 1


def told(verb="days_settled") -> list:
    return [(row.participant, row.by, row.data) for row in Entry.objects.filter(verb=verb).order_by("participant")]


def test_the_journal_names_each_person_whose_days_a_suspension_took_and_left_again(programme, director):
    other = make_programme(make_participant(director.home_centre), start_on=date(2026, 1, 5))
    days = {"start_on": MONDAY, "end_on": TUESDAY, "reason": "awaria"}
    row = suspend_classes(director.home_centre, **days, by=director, on=MONDAY).suspension
    people, taken = [programme.participant, other.participant], {"suspension": ["2026-03-09", "2026-03-10"]}
    assert told() == [(person, director, {"days": taken}) for person in people]
    withdraw_suspension(row, by=director, on=MONDAY)
    assert {"days": {"hand": taken["suspension"]}} in [data for _, _, data in told()]
    assert len(told()) == 4


def test_leave_writes_its_own_days_and_the_journal_names_what_it_met_between_them(programme, director):
    """Wednesday lies between: suspended in a group that the person joined later."""
    other = make_group(director.home_centre, name="Ogród")
    wednesday = date(2026, 3, 11)
    Suspension.objects.create(
        centre=director.home_centre,
        group=other,
        start_on=wednesday,
        end_on=wednesday,
        reason="awaria",
        by=director,
        decided_on=MONDAY,
    )
    asked = {"asked_by": director, "asked_on": MONDAY, "filed_on": MONDAY}
    request = LeaveRequest.objects.create(
        programme=programme, **asked, granted=True, decided_by=director, decided_on=MONDAY
    )
    for day in (TUESDAY, date(2026, 3, 12)):
        LeaveDay.objects.create(request=request, programme=programme, on=day)
    settled(programme, director)
    join_group(programme.participant, group=other, start_on=TUESDAY, by=director, on=MONDAY)
    cancel_leave(request, by=director, on=MONDAY)
    assert standing(programme) == {wednesday: ("suspended", "suspension")}
    assert told() == [(programme.participant, director, {"days": {"suspension": ["2026-03-11"]}})]


@pytest.mark.parametrize(
    "facts, by_hand, meaning",
    [
        ([Fact("note", "sick"), Fact("suspension", "suspended")], "unexcused", "suspended"),
        ([Fact("note", "sick"), Fact("sobriety", "unexcused")], "present", "unexcused"),
        ([Fact("leave", "free_day"), Fact("note", "sick", provisional=True)], "", "sick"),
        ([Fact("note", "care"), Fact("note", "sick")], "", "sick"),
        ([Fact("excuse", "excused")], "unexcused", "excused"),
        ([Fact("note", "unexcused")], "", "unexcused"),
        ([Fact("note", "unexcused")], "present", "present"),
        ([Fact("note", "unexcused"), Fact("leave", "free_day")], "", "free_day"),
        ([], "late", "late"),
        ([], "", None),
    ],
)
def test_the_weightiest_fact_decides(facts, by_hand, meaning):
    assert ruled(facts, by_hand).meaning == meaning
