"""What would otherwise stay silent: a schedule that has stopped, and payments past an end dated back."""

from datetime import date, timedelta

import pytest

from benefits.actions import draft_trial_list, run_month
from cistor.desk import waiting
from tests.benefits.conftest import letterhead, media
from tests.benefits.people import COUNTED, JULY, check_and_approve, make_on_trial, make_settled_in
from tests.factories import end

__all__ = ["letterhead", "media"]

RUN = date(2026, 7, 14)


def watched(user, on) -> list[str]:
    texts = [matter.text for matter in waiting.matters(user, on=on)]
    return [text for text in texts if text.startswith("Nocne") or "po dniu zakończenia" in text]


@pytest.mark.parametrize("days, dead", [(0, False), (2, False), (3, True)])
def test_a_schedule_that_stopped_is_told_to_payroll_and_the_director(centre, payroll, director, days, dead):
    draft_trial_list(centre=centre, on=RUN)
    told = ["Nocne przygotowanie list: ostatnio 14 lipca 2026, od 3 dni nie działa"] if dead else []
    assert watched(payroll, RUN + timedelta(days=days)) == told
    assert watched(director, RUN + timedelta(days=days)) == told


def test_what_a_person_prepares_does_not_make_the_schedule_alive(centre, payroll):
    draft_trial_list(centre=centre, on=RUN)
    draft_trial_list(centre=centre, by=payroll, on=RUN + timedelta(days=3))
    assert watched(payroll, RUN + timedelta(days=3))


def test_a_schedule_that_never_ran_is_missed_from_the_third_day_of_a_trial(centre, payroll):
    make_on_trial(centre, start_on=RUN, until=RUN)
    assert watched(payroll, RUN + timedelta(days=2)) == []
    assert watched(payroll, RUN + timedelta(days=3)) == ["Nocne przygotowanie list: jeszcze nie działało"]


def test_where_trials_are_paid_with_the_month_no_schedule_is_missed(other_centre, outsider):
    make_on_trial(other_centre, start_on=RUN, until=RUN)
    assert watched(outsider, RUN + timedelta(days=30)) == []


@pytest.fixture
def paid_past_end(centre, letterhead, payroll, director):
    programme = make_settled_in(centre)
    draft_trial_list(centre=centre, on=COUNTED)
    check_and_approve(run_month(centre=centre, month=JULY, by=payroll, on=COUNTED), by=director, on=COUNTED)
    return end(programme, ended_on=date(2026, 7, 15))


def test_days_paid_past_the_end_are_told_to_payroll_and_the_director(paid_past_end, payroll, director, social_worker):
    told = [f"{paid_past_end.participant}: zapłacono po dniu zakończenia: 16–31 lipca 2026"]
    assert watched(payroll, COUNTED) == told
    assert watched(director, COUNTED) == told
    assert watched(social_worker, COUNTED) == []


def test_another_centre_is_told_nothing_of_it(paid_past_end, outsider):
    assert watched(outsider, COUNTED) == []


def test_a_draft_past_the_end_is_only_counted_anew(centre, payroll):
    programme = make_settled_in(centre)
    draft_trial_list(centre=centre, on=COUNTED)
    run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    end(programme, ended_on=date(2026, 7, 15))
    assert watched(payroll, COUNTED) == []


def test_many_paid_past_the_end_take_the_same_queries(
    centre, letterhead, payroll, director, django_assert_max_num_queries
):
    programmes = [make_settled_in(centre) for _ in range(4)]
    check_and_approve(run_month(centre=centre, month=JULY, by=payroll, on=COUNTED), by=director, on=COUNTED)
    draft_trial_list(centre=centre, on=COUNTED)
    for programme in programmes:
        end(programme, ended_on=date(2026, 7, 15))
    assert payroll.may("run_month", on=COUNTED)
    with django_assert_max_num_queries(2):
        assert len(list(waiting._past_end(payroll, COUNTED))) == 4
