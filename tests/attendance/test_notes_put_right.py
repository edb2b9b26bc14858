"""Sick notes put right: announced and then delivered, amended, taken back; refused over a mark that said the same."""

from datetime import date

import pytest

from attendance.actions import (
    amend_note,
    ask_leave,
    close,
    decide_leave,
    decide_note,
    deliver_note,
    mark,
    record_check,
    record_note,
    withdraw_leave,
    withdraw_note,
)
from attendance.cells import Cell
from attendance.models import Correction, Day, LeaveDay, LeaveRequest, Suspension
from attendance.views.note_words import free_days
from cistor.centres.models import DeadlineLength, StatutoryRate
from cistor.errors import Refused
from cistor.journal.models import Entry
from tests.factories import make_group, make_participant, make_programme, make_user
from tests.factories import mark as put

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, day) for day in range(9, 14))
NEXT_MONDAY, NEXT_TUESDAY = date(2026, 3, 16), date(2026, 3, 17)


@pytest.fixture
def programme(centre, instructor):
    group = make_group(centre, instructor)
    return make_programme(make_participant(centre, group=group), start_on=date(2026, 1, 5))


@pytest.fixture
def announce(programme, social_worker):
    def announced(start_on=MONDAY, end_on=TUESDAY, *, by=social_worker, on=MONDAY, **over):
        return record_note(programme, kind="own", start_on=start_on, end_on=end_on, **over, by=by, on=on)

    return announced


@pytest.fixture
def certain(announce):
    """Delivered in time."""

    def entered(start_on=MONDAY, end_on=TUESDAY, **over):
        over = {"issued_on": MONDAY, "delivered_on": MONDAY} | over
        return announce(start_on, end_on, **over).note

    return entered


def refused(match):
    return pytest.raises(Refused, match=match)


def standing(programme) -> dict:
    rows = Day.objects.filter(programme=programme)
    return {day.on: (day.meaning, day.provisional, day.source) for day in rows}


def free_day(programme, day, by, *, granted=True) -> LeaveDay:
    decided = {"granted": True, "decided_by": by, "decided_on": MONDAY} if granted else {}
    request = LeaveRequest.objects.create(programme=programme, filed_on=MONDAY, asked_by=by, asked_on=MONDAY, **decided)
    return LeaveDay.objects.create(request=request, programme=programme, on=day)


def is_free(row: LeaveDay) -> bool:
    row.refresh_from_db()
    return row.released_on is None


def said(verb) -> dict:
    return Entry.objects.get(verb=verb).data


def test_an_announced_note_needs_neither_issue_nor_number_and_its_term_counts_from_its_first_day(announce, programme):
    note = announce(TUESDAY, FRIDAY).note
    # Two days from the first one, until the paper says when it was issued.
    assert (note.issued_on, note.number, note.due_on) == (None, "", THURSDAY)
    assert standing(programme)[TUESDAY] == ("sick", True, "note")


def test_a_delivered_note_says_when_it_was_issued(announce, social_worker):
    with refused("w którym wystawiono") as refusal:
        announce(delivered_on=MONDAY)
    assert refusal.value.field == "issued_on"
    note = announce().note
    with refused("w którym wystawiono"):
        deliver_note(note, delivered_on=TUESDAY, by=social_worker, on=TUESDAY)


def test_the_delivered_paper_says_its_own_days_number_and_issue_and_the_term_follows(
    announce, programme, social_worker
):
    note = announce(MONDAY, FRIDAY).note
    paper = {"number": "ZN 1", "start_on": TUESDAY, "end_on": WEDNESDAY, "issued_on": TUESDAY}
    outcome = deliver_note(note, **paper, delivered_on=THURSDAY, by=social_worker, on=THURSDAY)
    row = outcome.note
    assert (row.number, row.start_on, row.end_on, row.due_on, row.is_sure) == (
        "ZN 1",
        TUESDAY,
        WEDNESDAY,
        THURSDAY,
        True,
    )
    assert standing(programme) == dict.fromkeys([TUESDAY, WEDNESDAY], ("sick", False, "note"))
    assert said("note_delivered")["start_on"] == ["2026-03-09", "2026-03-10"]


def test_a_paper_is_amended_until_the_director_has_decided(announce, certain, programme, director, social_worker):
    note = certain()
    amended = amend_note(note, kind="care", end_on=WEDNESDAY, delivered_on=FRIDAY, by=social_worker, on=FRIDAY).note
    assert (amended.kind, amended.is_late) == ("care", True)
    assert standing(programme) == dict.fromkeys([MONDAY, TUESDAY, WEDNESDAY], ("care", True, "note"))
    decide_note(amended, accepted=True, note_text="", by=director, on=FRIDAY)
    with refused("już rozstrzygnięto"):
        amend_note(amended, end_on=TUESDAY, by=social_worker, on=FRIDAY)


def test_an_amended_note_keeps_the_rules_of_a_new_one(certain, announce, programme, social_worker, instructor):
    note, other = certain(), certain(THURSDAY, FRIDAY)
    record_check(note, visited_on=TUESDAY, result="absent", by=social_worker, on=FRIDAY)
    for over, words in (
        ({"start_on": THURSDAY, "end_on": FRIDAY}, "już wpisane"),
        ({"end_on": MONDAY}, "Kontrola z 10 marca"),
        ({"issued_on": NEXT_MONDAY}, "jeszcze nie było"),
        ({}, "Nic się nie zmieniło"),
    ):
        with refused(words):
            amend_note(note, **over, by=social_worker, on=FRIDAY)
    withdraw_note(other, by=social_worker, on=FRIDAY)
    with refused("wycofano"):
        amend_note(other, end_on=FRIDAY, by=social_worker, on=FRIDAY)


@pytest.mark.parametrize("marked", ["sick", "sick?", "care"])
def test_a_refused_note_outweighs_the_mark_that_made_its_claim(
    announce, programme, centre, director, instructor, marked
):
    cells = [Cell(programme.pk, None, marked.removesuffix("?"), marked.endswith("?"))]
    mark(centre=centre, on_day=MONDAY, cells=cells, by=instructor, on=MONDAY)
    note = announce(MONDAY, MONDAY).note
    decide_note(note, accepted=False, note_text="Zwolnienia nie ma.", by=director, on=FRIDAY)
    assert standing(programme) == {MONDAY: ("unexcused", False, "note")}


def test_a_note_taken_back_gives_back_the_free_day_that_it_took(certain, programme, director, social_worker):
    day = free_day(programme, TUESDAY, director)
    note = certain()
    assert not is_free(day)
    assert said("note_recorded")["released"] == ["2026-03-10"]
    outcome = withdraw_note(note, by=social_worker, on=FRIDAY)
    assert is_free(day)
    assert ([row.on for row in outcome.returned.back], outcome.returned.kept) == ([TUESDAY], [])
    assert standing(programme) == {TUESDAY: ("free_day", False, "leave")}
    assert said("note_withdrawn")["returned"] == ["2026-03-10"]


def test_a_note_that_shrinks_or_comes_late_gives_its_free_days_back(certain, programme, director, social_worker):
    day = free_day(programme, TUESDAY, director)
    note = certain()
    note = amend_note(note, end_on=MONDAY, by=social_worker, on=FRIDAY).note
    assert is_free(day)
    assert standing(programme)[TUESDAY] == ("free_day", False, "leave")
    note = amend_note(note, end_on=TUESDAY, by=social_worker, on=FRIDAY).note
    assert not is_free(day)
    amend_note(note, delivered_on=FRIDAY, by=social_worker, on=FRIDAY)
    assert is_free(day)


def test_what_cannot_come_back_is_told_with_its_reason(certain, announce, programme, director, social_worker):
    days = [free_day(programme, day, director) for day in (MONDAY, TUESDAY, WEDNESDAY, THURSDAY)]
    note = certain(MONDAY, THURSDAY)
    certain(TUESDAY, TUESDAY)
    free_day(programme, WEDNESDAY, director, granted=False)
    close(programme, start_on=THURSDAY, end_on=THURSDAY, by=social_worker, on=FRIDAY)
    outcome = withdraw_note(note, by=social_worker, on=FRIDAY)
    assert [is_free(day) for day in days] == [True, False, False, False]
    assert outcome.returned.kept_words == (
        "10 marca (jest zwolnienie lekarskie); 11 marca (poproszono o niego na nowo); 12 marca (dzień jest zamknięty)"
    )


def test_a_free_day_beyond_the_balance_stays_given_back(certain, programme, director, social_worker):
    taken = free_day(programme, TUESDAY, director)
    note = certain()
    limit = programme.participant.centre.regulations.get().free_days
    for day in range(limit):
        free_day(programme, date(2026, 4, 1 + day), director)
    outcome = withdraw_note(note, by=social_worker, on=FRIDAY)
    assert not is_free(taken)
    assert outcome.returned.kept_words == "10 marca (nie ma już dni wolnych)"


def test_a_day_that_a_suspension_has_by_now_waits_for_its_end(certain, programme, centre, director, social_worker):
    day = free_day(programme, TUESDAY, director)
    note = certain()
    suspended = {"start_on": TUESDAY, "end_on": TUESDAY, "reason": "awaria", "by": director, "decided_on": MONDAY}
    Suspension.objects.create(centre=centre, **suspended)
    outcome = withdraw_note(note, by=social_worker, on=FRIDAY)
    assert outcome.returned.kept_words == "10 marca (zajęcia są zawieszone)"
    day.refresh_from_db()
    assert day.release == "suspended"


def test_a_request_left_without_a_day_is_closed(certain, programme, director, social_worker):
    asked = {"days": [date(2026, 3, 24)], "filed_on": MONDAY, "reason": "", "by": social_worker, "on": MONDAY}
    whole = ask_leave(programme, **asked)
    part = ask_leave(programme, **asked | {"days": [date(2026, 3, 25), date(2026, 3, 30)]})
    certain(date(2026, 3, 23), date(2026, 3, 25))
    whole.refresh_from_db()
    assert (whole.withdrawn_on, whole.note) == (MONDAY, "Wszystkie dni zajął inny wpis: zwolnienie lekarskie")
    assert list(LeaveRequest.objects.open()) == [part]
    assert Entry.objects.get(verb="leave_emptied").object_id == whole.pk


def test_nobody_asks_for_corrections_before_the_note_is_certain(announce, programme, director, social_worker):
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    outcome = announce(on=FRIDAY)
    assert (outcome.followed.closed, outcome.followed.asked) == (1, 0)
    assert not Correction.objects.exists()
    paper = {"issued_on": MONDAY, "delivered_on": TUESDAY}
    assert deliver_note(outcome.note, **paper, by=social_worker, on=FRIDAY).followed.asked == 1


def test_a_centre_may_count_the_term_of_an_announced_note_in_its_own_way(announce, centre):
    DeadlineLength.objects.filter(centre=centre, code="sick_note").delete()
    assert announce().note.due_on is None


def test_the_director_who_accepts_a_late_note_changes_the_closed_day_at_once(
    announce, programme, director, social_worker, instructor
):
    days = {MONDAY: "unexcused", TUESDAY: "unexcused"}
    put(programme, days, by=instructor)
    close(programme, start_on=MONDAY, end_on=TUESDAY, by=social_worker, on=FRIDAY)
    note = announce(issued_on=MONDAY, delivered_on=FRIDAY, on=FRIDAY).note
    assert dict(Day.objects.filter(programme=programme).values_list("on", "meaning")) == days
    outcome = decide_note(note, accepted=True, note_text="", by=director, on=FRIDAY)
    assert (outcome.followed.closed, outcome.followed.asked, outcome.followed.granted) == (2, 2, 2)
    assert standing(programme) == dict.fromkeys(days, ("sick", False, "correction"))
    correction = Correction.objects.filter(on=MONDAY).get()
    assert (correction.asked_by, correction.decided_by) == (social_worker, director)


def test_a_note_refused_asks_nothing_for_another_that_is_still_awaited(announce, programme, director, social_worker):
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    announce(MONDAY, TUESDAY, on=FRIDAY)
    late = announce(MONDAY, MONDAY, issued_on=MONDAY, delivered_on=FRIDAY, on=FRIDAY).note
    outcome = decide_note(late, accepted=False, note_text="Za późno.", by=director, on=FRIDAY)
    assert (outcome.followed.closed, outcome.followed.asked) == (1, 0)
    assert not Correction.objects.exists()


def test_a_day_taken_up_before_the_rest_was_granted_is_not_granted_when_the_note_is_taken_back(
    certain, programme, director, social_worker
):
    taken = free_day(programme, TUESDAY, director, granted=False)
    request = taken.request
    rest = LeaveDay.objects.create(request=request, programme=programme, on=NEXT_TUESDAY)
    note = certain(TUESDAY, TUESDAY)
    programme.participant.centre.regulations.update(leave_opinions=[], leave_notice_days=0)
    outcome = decide_leave(request, granted=True, note="", by=make_user(director.home_centre, "director"), on=MONDAY)
    assert outcome.followed.written == 1
    outcome = withdraw_note(note, by=social_worker, on=FRIDAY)
    assert (is_free(taken), is_free(rest), outcome.returned) == (False, True, ([], []))
    assert taken.release == "refused"
    assert standing(programme) == {NEXT_TUESDAY: ("free_day", False, "leave")}


def test_a_note_that_keeps_its_free_day_says_nothing_of_it_when_delivered_or_amended(
    announce, programme, director, social_worker
):
    day = free_day(programme, TUESDAY, director)
    note = announce(MONDAY, WEDNESDAY).note
    delivered = deliver_note(note, issued_on=MONDAY, delivered_on=MONDAY, by=social_worker, on=TUESDAY)
    assert (delivered.released, delivered.returned) == ([TUESDAY], ([], []))
    amended = amend_note(delivered.note, number="ZN 1", by=social_worker, on=TUESDAY)
    assert (amended.released, amended.returned) == ([], ([], []))
    assert not is_free(day)


def test_a_request_that_the_note_had_emptied_is_named_and_does_not_come_back(
    certain, programme, director, social_worker
):
    emptied = free_day(programme, TUESDAY, director, granted=False)
    gone = free_day(programme, MONDAY, director, granted=False)
    other = LeaveDay.objects.create(request=gone.request, programme=programme, on=NEXT_TUESDAY)
    note = certain()
    withdraw_leave(gone.request, by=director, on=TUESDAY)
    outcome = withdraw_note(note, by=social_worker, on=FRIDAY)
    # Of what the person has taken back since, nothing is said.
    assert outcome.returned.kept_words == "10 marca (wniosek zamknięto, trzeba poprosić na nowo)"
    assert (outcome.returned.back, is_free(emptied), is_free(gone), is_free(other)) == ([], False, False, False)


def test_a_free_day_comes_back_by_the_limit_of_its_own_day(certain, programme, director, social_worker):
    programme.participant.centre.regulations.update(free_days=6)
    for start_on, most in ((MONDAY, 4), (date(2026, 4, 1), 6)):
        law = {"kind": "free_days_limit", "in_force_from": start_on, "value": most}
        StatutoryRate.objects.create(**law, source="wymyślone")
    for day in range(5):
        free_day(programme, date(2026, 4, 1 + day), director)
    taken = free_day(programme, date(2026, 4, 13), director)
    note = certain(date(2026, 4, 13), date(2026, 4, 13))
    assert not is_free(taken)
    outcome = withdraw_note(note, by=social_worker, on=FRIDAY)
    assert (outcome.returned.kept, is_free(taken)) == ([], True)


def test_a_mark_by_hand_on_its_day_needs_no_more_of_a_balance_that_is_overdrawn(
    certain, programme, director, social_worker
):
    put(programme, {TUESDAY: "free_day"}, by=social_worker)
    taken = free_day(programme, TUESDAY, director)
    note = certain()
    for day in range(programme.participant.centre.regulations.get().free_days):
        free_day(programme, date(2026, 4, 1 + day), director)
    withdraw_note(note, by=social_worker, on=FRIDAY)
    assert is_free(taken)


def _over_closed_days(announce, programme, social_worker, meaning):
    put(programme, {MONDAY: meaning, TUESDAY: meaning}, by=social_worker)
    close(programme, start_on=MONDAY, end_on=TUESDAY, by=social_worker, on=FRIDAY)
    return announce(issued_on=MONDAY, delivered_on=FRIDAY, on=FRIDAY).note


def test_what_a_refusal_says_of_a_closed_day_is_asked_in_nobodys_name(announce, programme, director, social_worker):
    note = _over_closed_days(announce, programme, social_worker, "sick")
    outcome = decide_note(note, accepted=False, note_text="Za późno.", by=director, on=FRIDAY)
    assert (outcome.followed.asked, Correction.objects.count()) == (0, 0)
    assert {row[0] for row in standing(programme).values()} == {"sick"}


def test_a_director_who_amended_the_note_changes_no_closed_day_in_the_others_name(
    announce, programme, director, social_worker
):
    note = _over_closed_days(announce, programme, social_worker, "unexcused")
    note = amend_note(note, end_on=WEDNESDAY, by=director, on=FRIDAY).note
    outcome = decide_note(note, accepted=True, note_text="", by=director, on=FRIDAY)
    assert (outcome.followed.closed, outcome.followed.asked) == (2, 0)
    assert (standing(programme)[MONDAY][0], Correction.objects.count()) == ("unexcused", 0)


def test_nor_does_a_director_who_delivered_it(announce, programme, director, social_worker):
    put(programme, {MONDAY: "unexcused"}, by=social_worker)
    close(programme, start_on=MONDAY, end_on=MONDAY, by=social_worker, on=FRIDAY)
    note = announce(on=FRIDAY).note
    note = deliver_note(note, issued_on=MONDAY, delivered_on=FRIDAY, by=director, on=FRIDAY).note
    outcome = decide_note(note, accepted=True, note_text="", by=director, on=FRIDAY)
    assert (outcome.followed.closed, outcome.followed.asked, Correction.objects.count()) == (1, 0, 0)


def test_a_day_that_waits_again_is_not_called_free(certain, programme, director, social_worker):
    free_day(programme, MONDAY, director)
    waiting = free_day(programme, TUESDAY, director, granted=False)
    LeaveDay.objects.create(request=waiting.request, programme=programme, on=NEXT_TUESDAY)
    outcome = withdraw_note(certain(), by=social_worker, on=FRIDAY)
    assert free_days(outcome) == ["Znów są dniami wolnymi: 9 marca.", "Znów czekają na decyzję: 10 marca."]
