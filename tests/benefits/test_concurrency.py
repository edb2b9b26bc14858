"""Several at once, on committed rows: one list, one approval, and no mark between the count and the closing."""

import random
from datetime import date, timedelta

import pytest

from attendance.actions import mark
from attendance.cells import Cell
from attendance.models import Closing
from benefits.actions import draft_trial_list, record_payments, recount, run_month
from benefits.models import Payment, PaymentList, Settlement
from benefits.reading.checksums import verify
from cistor.documents.models import Document, Letterhead
from cistor.errors import Refused
from tests.benefits.people import COUNTED, JULY, check_and_approve, checked, make_on_trial, make_settled_in
from tests.factories import make_centre, make_user
from tests.together import together

pytestmark = [pytest.mark.concurrency, pytest.mark.django_db(transaction=True)]

SIXTH = date(2026, 7, 6)


@pytest.fixture
def house(db):
    """A centre with its people, made anew: what is committed here is gone after each test."""
    centre = make_centre("cistor")
    Letterhead.objects.create(
        centre=centre, in_force_from=date(2014, 1, 1), name="Centrum", address="ul. Zmyślona 1", place="Toruń"
    )
    return centre


def test_two_runs_at_once_make_one_list(house):
    for _ in range(3):
        make_settled_in(house)
    clerks = [make_user(house, "payroll") for _ in range(4)]
    runs = [lambda by=by: run_month(centre=house, month=JULY, by=by, on=COUNTED) for by in clerks]
    results = together(*runs)
    assert len({result.pk for result in results}) == 1
    assert PaymentList.objects.count() == 1
    assert Settlement.objects.count() == 3


def test_two_task_runs_at_once_draft_one_list_of_trials(house):
    make_on_trial(house, start_on=date(2026, 6, 15), until=date(2026, 7, 14))
    drafts = [lambda: draft_trial_list(centre=house, on=date(2026, 7, 14))] * 3
    results = together(*drafts)
    assert len({row.pk for rows in results for row in rows}) == 1
    assert Settlement.objects.count() == 1


def test_a_run_of_the_month_and_of_trials_put_nobody_on_two_lists(house):
    programme = make_on_trial(house, start_on=date(2026, 6, 15), until=date(2026, 7, 31), main=True)
    by = make_user(house, "payroll")
    results = together(
        lambda: run_month(centre=house, month=JULY, by=by, on=COUNTED),
        lambda: draft_trial_list(centre=house, on=COUNTED),
    )
    assert not [result for result in results if isinstance(result, Exception)]
    assert sorted(programme.settlements.values_list("span", flat=True)) == ["2026-07", "trial"]


def test_two_approvals_at_once_issue_one_paper(house):
    make_settled_in(house)
    july = checked(run_month(centre=house, month=JULY, by=make_user(house, "payroll"), on=COUNTED), on=COUNTED)
    directors = [make_user(house, "director") for _ in range(2)]
    results = together(*[lambda by=by: check_and_approve(july, by=by, on=COUNTED) for by in directors])
    assert sorted(type(result) for result in results if isinstance(result, Refused)) == [Refused]
    assert Document.objects.count() == 1


def test_an_approval_and_a_count_at_once_leave_a_list_that_verifies(house):
    make_settled_in(house)
    payroll, director = make_user(house, "payroll"), make_user(house, "director")
    july = checked(run_month(centre=house, month=JULY, by=payroll, on=COUNTED), on=COUNTED)
    together(lambda: check_and_approve(july, by=director, on=COUNTED), lambda: recount(july, by=payroll, on=COUNTED))
    july.refresh_from_db()
    assert july.status in {"approved", "draft"}
    assert verify(july) == []


def test_payments_recorded_twice_at_once_are_recorded_once(house):
    make_settled_in(house)
    payroll = make_user(house, "payroll")
    july = run_month(centre=house, month=JULY, by=payroll, on=COUNTED)
    check_and_approve(july, by=make_user(house, "director"), on=COUNTED)
    together(
        *[
            lambda day=day: record_payments(july, paid_on=COUNTED, by=payroll, on=COUNTED + timedelta(days=day))
            for day in (0, 1)
        ]
    )
    assert Payment.objects.count() == 1


@pytest.mark.parametrize("seed", range(4))
def test_a_mark_at_the_moment_of_approval_is_paid_or_refused(house, seed):
    """Either the mark came first, and the approval sees another result, or the day was closed before it."""
    programme = make_settled_in(house)
    worker, director = make_user(house, "social_worker"), make_user(house, "director")
    july = checked(run_month(centre=house, month=JULY, by=make_user(house, "payroll"), on=COUNTED), on=COUNTED)
    cell = Cell(programme.pk, "present", "unexcused")
    acts = [
        lambda: check_and_approve(july, by=director, on=COUNTED),
        lambda: mark(centre=house, on_day=SIXTH, cells=[cell], by=worker, on=COUNTED),
    ]
    random.Random(seed).shuffle(acts)
    together(*acts)
    july.refresh_from_db()
    day = programme.days.get(on=SIXTH)
    assert (july.status, day.meaning) in {("approved", "present"), ("checked", "unexcused")}
    assert Closing.objects.exists() == (july.status == "approved")
