"""On which list a difference stands, who approves it, and what keeps it as it is."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from benefits.actions import draft_trial_list, recount
from benefits.models import Recovery
from benefits.reading.checksums import verify
from cistor.desk.erasure import erase
from cistor.errors import Refused
from tests.benefits.months import (
    AUGUST,
    JULY,
    OCTOBER,
    SEPTEMBER,
    SIXTH,
    anybody_left,
    correct,
    count_month,
    figures,
    mark_days,
)
from tests.benefits.people import check_and_approve, make_settled_in, said
from tests.factories import end, make_programme, mark_present

END_OF_OCTOBER = date(2026, 10, 31)


@pytest.fixture
def programme(centre):
    """Somebody present until the end of October but for one unexcused day of July."""
    return make_settled_in(centre, until=END_OF_OCTOBER, but={SIXTH: "unexcused"})


def test_a_difference_waits_for_the_open_list_that_has_it(centre, programme, pay, count, payroll):
    pay(JULY)
    pay(AUGUST)
    correct(programme, {SIXTH: "sick"})
    september = count(SEPTEMBER)
    october = count(OCTOBER, on=date(2026, 11, 3))
    assert [row.span for row in october.settlements.all()] == ["2026-10"]
    correct(programme, {date(2026, 8, 10): "unexcused"})
    assert [row.span for row in recount(october, by=payroll, on=date(2026, 11, 3)).settlements.all()] == ["2026-10"]
    recount(september, by=payroll, on=date(2026, 11, 3))
    assert sorted(september.settlements.values_list("span", flat=True)) == ["2026-07", "2026-08", "2026-09"]


def test_a_span_after_the_month_of_the_list_is_left_alone(programme, pay, count):
    pay(AUGUST)
    make_settled_in(programme.participant.centre)
    correct(programme, {date(2026, 8, 10): "unexcused"})
    assert not count(JULY, on=date(2026, 9, 4)).settlements.filter(span="2026-08").exists()


def test_counting_again_makes_the_same_differences_once(programme, pay, count, payroll):
    pay(JULY)
    correct(programme, {date(2026, 7, 9): "unexcused"})
    august = count(AUGUST)
    before = figures(august)
    recount(august, by=payroll, on=date(2026, 9, 3))
    assert figures(august) == before
    assert Recovery.objects.count() == 1


def test_an_approval_refuses_when_a_difference_came_up_since(programme, pay, count, director):
    pay(JULY)
    august = count(AUGUST)
    correct(programme, {SIXTH: "sick"})
    with pytest.raises(Refused, match="zmieniły się"):
        check_and_approve(august, by=director, on=date(2026, 9, 3))


def test_an_approval_refuses_when_more_of_an_overpayment_is_left_for_it(centre, programme, pay, count, director):
    pay(JULY)
    end(programme, ended_on=date(2026, 7, 15))
    back = make_programme(programme.participant, start_on=date(2026, 8, 1))
    mark_present(back, date(2026, 8, 1), date(2026, 9, 30))
    pay(AUGUST, on=date(2026, 9, 1))
    (trial,) = draft_trial_list(centre=centre, on=date(2026, 9, 2))
    september = count(SEPTEMBER)
    assert trial.settlements.get().withheld + september.settlements.get().withheld == Decimal("920.72")
    mark_days(back, {date(2026, 8, 10): "unexcused"})
    draft_trial_list(centre=centre, on=date(2026, 9, 2))
    with pytest.raises(Refused, match="zmieniły się"):
        check_and_approve(september, by=director, on=date(2026, 10, 3))


def test_somebody_is_left_as_long_as_a_difference_is(programme, pay):
    july = pay(JULY)
    assert not anybody_left(july, on=date(2026, 8, 4))
    correct(programme, {SIXTH: "sick"})
    assert anybody_left(july, on=date(2026, 8, 4))
    second = pay(JULY, number=2, on=date(2026, 8, 4))
    assert [row.span for row in second.settlements.all()] == ["2026-07"]
    assert not anybody_left(july, on=date(2026, 8, 4))


def test_who_is_on_the_list_only_for_a_difference_is_on_it(programme, pay, count):
    pay(JULY)
    end(programme, ended_on=date(2026, 7, 31))
    correct(programme, {SIXTH: "sick"})
    assert figures(count(AUGUST)) == [("2026-07", "39.60", "0.00", "39.60")]


def test_facts_that_contradict_each_other_are_told_once(programme, pay, count, payroll):
    pay(JULY)
    programme.stages.create(
        kind="trial", start_on=date(2026, 5, 1), end_on=date(2026, 5, 20), decided_on=JULY, decided_by=payroll
    )
    assert said(count(AUGUST)) == [(programme.pk, "contradiction")]


def test_after_three_years_nothing_is_opened_any_more(programme, pay, count):
    pay(JULY)
    end(programme, ended_on=date(2026, 7, 31))
    correct(programme, {SIXTH: "sick"})
    stays = make_settled_in(programme.participant.centre, since=date(2029, 8, 1), until=date(2029, 8, 31))
    assert [row.programme for row in count(date(2029, 8, 1)).settlements.all()] == [stays]


def test_of_an_erased_person_nothing_is_opened(programme, pay, count, director):
    july = pay(JULY)
    end(programme, ended_on=date(2026, 7, 31))
    row = july.settlements.get()
    row.payments.create(kind="paid", on=date(2026, 8, 5), amount=row.payout, recorded_by=director)
    erase(programme.participant, by=director, on=date(2026, 9, 1))
    correct(programme, {SIXTH: "sick"})
    with pytest.raises(Refused, match="nie ma nikogo"):
        count(AUGUST)


def test_two_centres_stay_apart(programme, pay, other_centre, other_letterhead, outsider):
    elsewhere = make_settled_in(other_centre, until=END_OF_OCTOBER)
    pay(JULY)
    count_month(other_centre, JULY, by=outsider)
    correct(programme, {SIXTH: "sick"})
    august = count_month(other_centre, AUGUST, by=outsider)
    assert {row.programme for row in august.settlements.all()} == {elsewhere}


def test_everything_comes_out_again(programme, pay):
    pay(JULY)
    correct(programme, {date(2026, 7, 9): "unexcused"})
    august = pay(AUGUST)
    assert verify(august) == []


def test_a_changed_computation_or_recovery_is_found(programme, pay, count):
    pay(JULY)
    correct(programme, {date(2026, 7, 9): "unexcused"})
    august = count(AUGUST)
    assert verify(august) == []
    difference, regular = august.settlements.order_by("pk")
    difference.computed["lines"][0]["amount"] = "1.00"
    difference.save()
    assert [(row.settlement, row.ok) for row in verify(august)] == [(difference, False)]
    Recovery.objects.update(amount=Decimal("1"))
    august.settlements.filter(pk=regular.pk).update(withheld=Decimal("1"))
    assert regular in [row.settlement for row in verify(august)]


def test_the_database_takes_back_no_more_than_was_overpaid(programme, pay, count):
    pay(JULY)
    correct(programme, {date(2026, 7, 9): "unexcused"})
    august = count(AUGUST)
    with pytest.raises(DatabaseError, match="more than was overpaid"), transaction.atomic():
        august.settlements.get(span="2026-08").recovered.update(amount=Decimal("89.20"))


def test_differences_ask_the_same_number_of_questions_for_three_and_for_thirty(centre, pay, count):
    def questions(month: date) -> int:
        for programme in programmes:
            correct(programme, {date(2026, 7, month.month): "unexcused"})
        with CaptureQueriesContext(connection) as queries:
            august = count(month)
        assert august.settlements.filter(corrects__isnull=False).count() == len(programmes)
        return len(queries)

    programmes = [make_settled_in(centre, until=END_OF_OCTOBER) for _ in range(3)]
    others = [make_settled_in(centre, until=END_OF_OCTOBER) for _ in range(27)]
    pay(JULY)
    few = questions(AUGUST)
    pay(AUGUST)
    programmes += others
    assert questions(SEPTEMBER) <= few
