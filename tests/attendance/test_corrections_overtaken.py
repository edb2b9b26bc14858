"""Closed days that a fact has changed, or asked to change, when that fact is taken back or put right."""

from datetime import date

import pytest
from django.urls import reverse

from attendance.actions import (
    amend_note,
    ask_correction,
    close,
    decide_correction,
    decide_note,
    record_note,
    withdraw_note,
)
from attendance.actions.excuses import ask_excuse, decide_excuse
from attendance.actions.retractions import retract
from attendance.models import Correction, Day
from attendance.reading.corrections import left_behind
from cistor.errors import Refused
from tests.factories import make_group, make_participant, make_programme, mark

MONDAY, TUESDAY, FRIDAY = (date(2026, 3, day) for day in (9, 10, 13))
NEXT_FRIDAY = date(2026, 3, 20)


@pytest.fixture
def programme(centre, instructor):
    people = make_participant(centre, group=make_group(centre, instructor))
    programme = make_programme(people, start_on=date(2026, 1, 5))
    mark(programme, {MONDAY: "unexcused", TUESDAY: "present"}, by=instructor)
    return programme


def shut(programme, by):
    close(programme, start_on=MONDAY, end_on=TUESDAY, by=by, on=FRIDAY)


def note(programme, by, *, delivered=FRIDAY, issued=MONDAY, on=FRIDAY):
    days = {"start_on": MONDAY, "end_on": MONDAY, "issued_on": issued, "delivered_on": delivered}
    return record_note(programme, kind="own", number="", **days, by=by, on=on).note


def accepted(row, by):
    return decide_note(row, accepted=True, note_text="", by=by, on=NEXT_FRIDAY)


def differing(centre):
    return [(row.on, row.meaning) for row in left_behind(centre, on=NEXT_FRIDAY).closed]


# What was changed at once -----------------------------------------------------------------------------------------


def test_a_closed_day_changed_with_a_note_that_is_then_withdrawn_is_listed_with_what_stood_before(
    programme, centre, social_worker, director
):
    shut(programme, social_worker)
    row = note(programme, social_worker)
    assert accepted(row, director).followed.granted == 1
    assert (Day.objects.get(on=MONDAY).meaning, differing(centre)) == ("sick", [])
    done = withdraw_note(row, by=director, on=NEXT_FRIDAY)
    assert done.followed.closed == 1
    assert done.followed.told() == "Zamknięte dni, o których korektę trzeba jeszcze poprosić: 1."
    assert differing(centre) == [(MONDAY, "unexcused")]
    assert left_behind(centre, on=NEXT_FRIDAY).closed[0].source == "zapis, który wycofano"


def test_below_two_papers_that_are_both_taken_back_the_mark_made_by_hand_is_found(
    programme, centre, social_worker, director
):
    asked = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=social_worker, on=FRIDAY)
    excused = decide_excuse(asked, granted=True, note="", by=director, on=FRIDAY).excuse
    shut(programme, social_worker)
    row = note(programme, social_worker)
    accepted(row, director)
    assert Correction.objects.get().seen == "excused"
    retract(excused, why="Inny dzień.", by=director, on=NEXT_FRIDAY)
    assert differing(centre) == []
    withdraw_note(row, by=director, on=NEXT_FRIDAY)
    assert differing(centre) == [(MONDAY, "unexcused")]


def test_an_excuse_that_changed_a_closed_day_and_is_retracted_leaves_the_day_listed(
    programme, centre, social_worker, director
):
    asked = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=social_worker, on=FRIDAY)
    shut(programme, social_worker)
    decided = decide_excuse(asked, granted=True, note="", by=director, on=FRIDAY)
    assert (decided.followed.granted, Day.objects.get(on=MONDAY).meaning) == (1, "excused")
    done = retract(decided.excuse, why="Inny dzień.", by=director, on=NEXT_FRIDAY)
    assert done.followed.closed == 1
    assert differing(centre) == [(MONDAY, "unexcused")]


def test_an_older_paper_speaks_again_when_the_one_above_it_is_withdrawn(programme, centre, social_worker, director):
    asked = ask_excuse(programme, day=MONDAY, reason="Pogrzeb.", by=social_worker, on=FRIDAY)
    decide_excuse(asked, granted=True, note="", by=director, on=FRIDAY)
    shut(programme, social_worker)
    row = note(programme, social_worker)
    accepted(row, director)
    assert Day.objects.get(on=MONDAY).meaning == "sick"
    withdraw_note(row, by=director, on=NEXT_FRIDAY)
    assert differing(centre) == [(MONDAY, "excused")]


def test_what_somebody_asked_for_stays_the_paper_of_its_day(programme, centre, social_worker, director):
    shut(programme, social_worker)
    asked = ask_correction(programme, on_day=MONDAY, meaning="sick", reason="Druk.", by=social_worker, on=FRIDAY)
    decide_correction(asked, granted=True, note="", by=director, on=FRIDAY)
    assert differing(centre) == []


# What waits -------------------------------------------------------------------------------------------------------


@pytest.fixture
def waiting(programme, social_worker):
    """A note in time, of a closed day: the correction waits."""
    shut(programme, social_worker)
    row = note(programme, social_worker, delivered=MONDAY)
    assert Correction.objects.get().is_open
    return row


def granted(by):
    return decide_correction(Correction.objects.get(), granted=True, note="", by=by, on=NEXT_FRIDAY)


@pytest.mark.parametrize("change", [withdraw_note, lambda row, **who: amend_note(row, kind="care", **who)])
def test_a_question_of_a_paper_that_says_something_else_by_now_is_not_granted(waiting, social_worker, director, change):
    change(waiting, by=social_worker, on=NEXT_FRIDAY)
    with pytest.raises(Refused, match="mówią dziś"):
        granted(director)
    assert Day.objects.get(on=MONDAY).meaning == "unexcused"
    refused = {"granted": False, "note": "Pomyłka.", "by": director, "on": NEXT_FRIDAY}
    assert decide_correction(Correction.objects.get(), **refused).granted is False


def test_as_long_as_the_paper_says_it_the_question_is_granted(waiting, director):
    granted(director)
    assert Day.objects.get(on=MONDAY).meaning == "sick"


def test_what_a_person_asked_for_is_granted_whatever_the_papers_say(programme, social_worker, director):
    shut(programme, social_worker)
    ask_correction(programme, on_day=MONDAY, meaning="present", reason="Pomyłka.", by=social_worker, on=FRIDAY)
    granted(director)
    assert Day.objects.get(on=MONDAY).meaning == "present"


def test_the_page_says_what_the_papers_say_today_and_offers_a_refusal_alone(as_user, waiting, social_worker, director):
    url = reverse("attendance:correction", args=[Correction.objects.get().pk])
    client = as_user(director, NEXT_FRIDAY)
    before = client.get(url).content.decode()
    assert 'name="grant"' in before
    assert "Zapisy dziś" not in before
    withdraw_note(waiting, by=social_worker, on=NEXT_FRIDAY)
    after = client.get(url).content.decode()
    assert 'name="grant"' not in after
    assert 'name="refuse"' in after
    assert "Zapisy dziś" in after
    assert "Na tę prośbę nie można się już zgodzić" in after


# In words ---------------------------------------------------------------------------------------------------------


def test_of_a_day_about_which_somebody_has_asked_nobody_is_sent_to_ask_again(programme, social_worker, director):
    shut(programme, social_worker)
    row = note(programme, social_worker)
    ask_correction(programme, on_day=MONDAY, meaning="sick", reason="Druk.", by=social_worker, on=FRIDAY)
    done = accepted(row, director)
    assert done.followed.told() == "Zamknięte dni, o których korektę ktoś już poprosił: 1."


def test_before_a_note_is_entered_the_director_reads_that_somebody_must_ask(programme, social_worker, director):
    from attendance.reading.notes import preview

    shut(programme, social_worker)
    days = {"start_on": MONDAY, "end_on": MONDAY, "issued_on": MONDAY, "delivered_on": MONDAY, "number": ""}
    given = {"kind": "own", **days, "on": FRIDAY}
    told = {user: preview(programme, **given, by=user).consequences for user in (social_worker, director)}
    closed = "Nie zmieni dni, które są już zamknięte (1 dzień). "
    assert closed + "Poprosisz o korektę." in told[social_worker]
    assert closed + "Zamknięte dni, o których korektę trzeba jeszcze poprosić: 1." in told[director]
