"""Free places follow from the tracks, the offers and the programmes."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from referrals import places
from referrals.models import Application, Offer
from tests.factories import end, make_centre, make_programme
from tests.referrals.making import make_candidacy, make_round, somebody

CLOSED = date(2026, 3, 6)
TODAY = date(2026, 3, 11)


def closed_round(centre, number=2):
    return make_round(centre, places=number, closed_on=CLOSED)


def reserve(in_round, place=None, **over):
    return make_candidacy(in_round, state="reserve", place=place, **over)


def make_offer(candidacy, *, due=date(2026, 3, 13), **over):
    by = somebody(candidacy.round.centre)
    made = {"offered_on": date(2026, 3, 10), "offered_by": by, "way": "phone", "answer_due_on": due}
    return Offer.objects.create(candidacy=candidacy, **{**made, **over})


def admit(candidacy, *, ended_on=None):
    application = candidacy.application
    programme = make_programme(application.participant, start_on=date(2026, 1, 5))
    if ended_on:
        end(programme, ended_on=ended_on, kind="job")
    Application.objects.filter(pk=application.pk).update(status="admitted", programme=programme)
    return programme


def free(in_round, on=TODAY):
    return places.free_places(in_round, on)


def test_who_is_qualified_holds_a_place(centre):
    in_round = closed_round(centre)
    candidacy = make_candidacy(in_round, state="qualified", place=1)
    assert (free(in_round), list(places.holders(in_round, TODAY))) == (1, [candidacy])


def test_a_round_that_goes_on_has_no_place_to_offer(centre):
    in_round = make_round(centre, places=5)
    reserve(in_round)
    assert free(in_round) == 0


@pytest.mark.parametrize("state", ["entered", "checked", "interviewed", "scored", "reserve", "declined"])
def test_nobody_else_holds_one(centre, state):
    in_round = closed_round(centre)
    make_candidacy(in_round, state=state)
    assert free(in_round) == 2


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_a_closed_application_gives_its_place_back(centre, status):
    in_round = closed_round(centre)
    candidacy = make_candidacy(in_round, state="qualified", place=1)
    Application.objects.filter(pk=candidacy.application_id).update(
        status=status, closed_on=TODAY, closed_by=somebody(centre)
    )
    assert free(in_round) == 2
    (row,) = places.freed(in_round, TODAY)
    assert (row.candidacy, row.on) == (candidacy, TODAY)
    assert row.why == f"wniosek zamknięty ({Application.Status(status).label})"


def test_the_admitted_hold_theirs_through_the_last_day_of_the_programme(centre):
    in_round = closed_round(centre)
    candidacy = make_candidacy(in_round, state="qualified", place=1)
    admit(candidacy, ended_on=date(2026, 3, 10))
    assert [free(in_round, date(2026, 3, day)) for day in (9, 10, 11)] == [1, 1, 2]
    (row,) = places.freed(in_round, TODAY)
    assert (row.on, row.why) == (date(2026, 3, 10), "program zakończony (podjęcie zatrudnienia)")


def test_a_programme_that_goes_on_keeps_its_place(centre):
    in_round = closed_round(centre)
    admit(make_candidacy(in_round, state="qualified", place=1))
    assert (free(in_round), places.freed(in_round, TODAY)) == (1, [])


def test_an_open_offer_holds_its_place_until_it_is_answered(centre):
    in_round = closed_round(centre)
    offer = make_offer(reserve(in_round, 3))
    assert places.of_round(in_round, TODAY) == places.Places(2, held=0, offered=1)
    offer.is_accepted, offer.answered_on, offer.answer_by = False, TODAY, somebody(centre)
    offer.save()
    assert free(in_round) == 2


def test_the_next_is_the_first_of_the_list_who_was_not_asked(centre):
    in_round = closed_round(centre)
    second, first = reserve(in_round, 4), reserve(in_round, 3)
    assert places.next_in_line(in_round, TODAY) == first
    make_offer(first)
    assert places.next_in_line(in_round, TODAY) == second


@pytest.mark.parametrize("status", ["withdrawn", "refused"])
def test_whoever_has_closed_the_application_is_passed_over(centre, status):
    in_round = closed_round(centre)
    gone, there = reserve(in_round, 3), reserve(in_round, 4)
    closed = {"status": status, "closed_on": TODAY, "closed_by": somebody(centre)}
    Application.objects.filter(pk=gone.application_id).update(**closed)
    assert places.next_in_line(in_round, TODAY) == there


def test_whom_the_office_has_refused_is_passed_over(centre):
    in_round = closed_round(centre)
    refused, there = reserve(in_round, 3), reserve(in_round, 4)
    Application.objects.filter(pk=refused.application_id).update(
        office_state="no_consent", office=centre.offices.first(), sent_on=CLOSED
    )
    assert places.next_in_line(in_round, TODAY) == there


def test_who_came_to_a_later_round_stands_in_line_there_alone(centre):
    earlier, later = closed_round(centre), closed_round(centre)
    old = reserve(earlier, 3)
    new = reserve(later, 1, application=old.application)
    assert (places.next_in_line(earlier, TODAY), places.next_in_line(later, TODAY)) == (None, new)
    make_candidacy(later, state="qualified", place=2, application=reserve(earlier, 4).application)
    assert (free(earlier), free(later)) == (2, 1)


def test_who_left_the_later_round_stands_where_they_stood(centre):
    earlier, later = closed_round(centre), closed_round(centre)
    old = reserve(earlier, 3)
    make_candidacy(later, state="reserve", application=old.application, left_on=TODAY)
    assert (places.next_in_line(earlier, TODAY), places.next_in_line(later, TODAY)) == (old, None)


# For the desk --------------------------------------------------------------------------------------------------------


def told(centre, on=TODAY):
    return [(row.kind, row.text.split(": ", 1)[1]) for row in places.matters(centre, on)]


def test_the_desk_tells_of_a_free_place_somebody_waits_for(centre):
    in_round = closed_round(centre)
    assert told(centre) == []
    reserve(in_round, 1)
    assert told(centre) == [("soon", "2 wolne miejsca, zaproponuj następnej osobie z listy rezerwowej")]


def test_the_desk_tells_for_a_month_of_a_programme_that_ended_though_nobody_waits(centre):
    admit(make_candidacy(closed_round(centre, 1), state="qualified", place=1), ended_on=date(2026, 3, 10))
    assert told(centre, date(2026, 3, 10)) == []
    assert told(centre, TODAY) == [("info", "1 wolne miejsce, na liście rezerwowej nie ma nikogo")]
    assert told(centre, date(2026, 4, 9))
    assert not told(centre, date(2026, 4, 10))


def test_the_desk_tells_of_offers_and_is_red_after_their_term(centre):
    make_offer(reserve(closed_round(centre, 1), 1))
    ((kind, text),) = told(centre, date(2026, 3, 13))
    assert (kind, text) == ("soon", "propozycja miejsca, odpowiedź do 13 marca 2026")
    assert [kind for kind, _ in told(centre, date(2026, 3, 14))] == ["late"]


def test_the_desk_of_another_centre_knows_nothing(centre, other_centre):
    make_offer(reserve(closed_round(centre), 1))
    assert told(other_centre) == []


def waiting_round(centre, people=1):
    in_round = closed_round(centre, 10)
    for number in range(people):
        make_offer(reserve(in_round, 1 + number))
        reserve(in_round, 100 + number)
    return in_round


def desk(centre):
    with CaptureQueriesContext(connection) as asked:
        found = told(centre)
    return len(found), len(asked)


def test_the_desk_asks_as_much_for_many_rounds_as_for_one(centre):
    waiting_round(centre)
    few, asked = desk(centre)
    for _ in range(3):
        waiting_round(centre, people=3)
    many, asked_then = desk(centre)
    assert (few, many, asked_then) == (2, 2 + 3 * 4, asked)


def test_the_desk_reads_nobody_of_a_round_that_is_over(centre):
    for place in range(1, 4):
        make_candidacy(closed_round(centre, 9), state="qualified", place=place)
    with CaptureQueriesContext(connection) as asked:
        assert told(centre) == []
    # The offers and the rounds: none of these, so nobody in them.
    assert len(asked) == 2


# Whatever happens ----------------------------------------------------------------------------------------------------

STATES = ["qualified", "reserve", "offered", "accepted", "declined", "withdrawn", "admitted", "ended"]


class WhateverHappens(TestCase):
    @settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
    @given(number=st.integers(1, 6), states=st.lists(st.sampled_from(STATES), max_size=6))
    def test_held_offered_and_free_are_the_places(self, number, states):
        in_round = closed_round(make_centre(), number)
        for place, state in enumerate(states, start=1):
            self.stand(in_round, place, state)
        found = places.of_round(in_round, TODAY)
        taken = sum(state in {"qualified", "accepted", "admitted", "offered"} for state in states)
        assert (found.free, found.over) == (max(number - taken, 0), max(taken - number, 0))
        assert found.held + found.offered + found.free == number + found.over

    def stand(self, in_round, place, state):
        track = {"offered": "reserve", "reserve": "reserve", "declined": "declined"}.get(state, "qualified")
        candidacy = make_candidacy(in_round, state=track, place=place)
        if state == "offered":
            make_offer(candidacy)
        if state == "accepted":
            make_offer(candidacy, is_accepted=True, answered_on=TODAY, answer_by=somebody(in_round.centre))
        if state == "withdrawn":
            closed = {"status": "withdrawn", "closed_on": TODAY, "closed_by": somebody(in_round.centre)}
            Application.objects.filter(pk=candidacy.application_id).update(**closed)
        if state in {"admitted", "ended"}:
            admit(candidacy, ended_on=date(2026, 3, 10) if state == "ended" else None)
