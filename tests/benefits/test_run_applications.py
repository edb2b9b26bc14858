"""Where the regulations pay on application, whoever has not applied by the payday waits alone, and loses nothing."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.actions import draft_trial_list, recount
from benefits.actions.claims import record_application
from benefits.models import BenefitApplication, PaymentList
from cistor.centres.models import Regulations
from tests.benefits.extras import pay_unprinted
from tests.benefits.months import AUGUST, JULY, SIXTH, correct
from tests.benefits.people import (
    COUNTED,
    PAYDAY,
    check_and_approve,
    counted,
    make_on_trial,
    make_settled_in,
    nets,
    said,
)
from tests.factories import login, make_user, mark_present


@pytest.fixture
def other(centre):
    programme = make_settled_in(centre)
    mark_present(programme, AUGUST, date(2026, 8, 31))
    return programme


@pytest.fixture
def without(centre):
    programme = make_settled_in(centre, last_name="Zmyślona", applied=False)
    mark_present(programme, AUGUST, date(2026, 8, 31))
    return programme


def test_who_has_not_applied_is_left_off_and_holds_nobody_up(centre, other, without, letterhead, payroll, director):
    july = counted(centre, payroll)
    assert (set(nets(july)), said(july)) == ({other.pk}, [(without.pk, "no_application")])
    assert july.problems.get().text == (
        "Za lipiec 2026: nikt nie wpisał wniosku o świadczenie złożonego do 5 sierpnia 2026, dnia wypłaty. "
        "Wpisz wniosek."
    )
    assert check_and_approve(july, by=director, on=COUNTED).status == "approved"


def test_the_list_leads_to_where_the_application_is_written_down(centre, client, other, without, payroll):
    july = counted(centre, payroll)
    login(client, payroll)
    page = client.get(reverse("benefits:list", args=[july.pk])).content.decode()
    assert f'href="{reverse("benefits:apply", args=[without.pk])}"' in page


def test_an_application_of_the_payday_is_in_time_and_a_day_later_it_is_not(centre, without, payroll):
    BenefitApplication.objects.create(programme=without, filed_on=date(2026, 8, 6), by=payroll, recorded_on=PAYDAY)
    assert nets(counted(centre, payroll)) == {}
    BenefitApplication.objects.create(programme=without, filed_on=PAYDAY, by=payroll, recorded_on=PAYDAY)
    assert set(nets(counted(centre, payroll))) == {without.pk}


def test_what_waited_is_paid_with_the_first_list_after_the_application(centre, other, without, payroll, director):
    pay_unprinted(centre, JULY, by=payroll, director=director)
    record_application(without, filed_on=date(2026, 8, 20), by=payroll, on=date(2026, 8, 20))
    august = pay_unprinted(centre, AUGUST, by=payroll, director=director)
    rows = august.settlements.filter(programme=without)
    assert sorted(rows.values_list("span", flat=True)) == ["2026-07", "2026-08"]
    assert recount_finds_nobody_else(centre, payroll, august)


def recount_finds_nobody_else(centre, payroll, august) -> bool:
    september = counted(centre, payroll, month=date(2026, 9, 1), on=date(2026, 10, 2))
    return not september.settlements.filter(span__in=["2026-07", "2026-08"]).exists()


def test_a_trial_waits_for_the_application_too(centre, payroll):
    trial = make_on_trial(centre, start_on=date(2026, 6, 16), until=date(2026, 7, 15), applied=False)
    (drafted,) = draft_trial_list(centre=centre, by=payroll, on=date(2026, 7, 15))
    assert said(drafted) == [(trial.pk, "no_application")]
    record_application(trial, filed_on=date(2026, 7, 15), by=payroll, on=date(2026, 7, 15))
    recount(drafted, by=payroll, on=date(2026, 7, 15))
    assert (set(nets(drafted)), said(drafted)) == ({trial.pk}, [])


def test_a_trial_that_waits_gets_one_list_however_many_nights_go_by(centre):
    trial = make_on_trial(centre, start_on=date(2026, 6, 16), until=date(2026, 7, 15), applied=False)
    (first,) = draft_trial_list(centre=centre, on=date(2026, 7, 15))
    for day in (15, 16, 17):
        assert draft_trial_list(centre=centre, on=date(2026, 7, day)) == [first]
    assert PaymentList.objects.get().payday == date(2026, 7, 17)
    BenefitApplication.objects.create(
        programme=trial, filed_on=date(2026, 7, 17), by=make_user(centre, "payroll"), recorded_on=date(2026, 7, 17)
    )
    (filled,) = draft_trial_list(centre=centre, on=date(2026, 7, 17))
    assert (filled, set(nets(filled)), said(filled)) == (first, {trial.pk}, [])


def test_who_waits_beside_an_approved_list_of_trials_gets_on_the_next(centre, letterhead, payroll, director):
    trial = {"start_on": date(2026, 6, 16), "until": date(2026, 7, 15)}
    make_on_trial(centre, **trial)
    late = make_on_trial(centre, **trial, applied=False)
    (first,) = draft_trial_list(centre=centre, on=date(2026, 7, 15))
    check_and_approve(first, by=director, on=date(2026, 7, 15))
    record_application(late, filed_on=date(2026, 7, 20), by=payroll, on=date(2026, 7, 20))
    (second,) = draft_trial_list(centre=centre, on=date(2026, 7, 20))
    assert (second.payday, set(nets(second))) == (date(2026, 7, 20), {late.pk})


def test_regulations_that_do_not_ask_for_it_pay_without(centre, without, payroll):
    Regulations.objects.filter(centre=centre).update(benefit_needs_application=False)
    assert set(nets(counted(centre, payroll))) == {without.pk}


def test_the_version_of_the_last_day_paid_for_says_whether_it_is_asked_for(centre, without, payroll):
    old = Regulations.objects.get(centre=centre)
    Regulations.objects.filter(pk=old.pk).update(benefit_needs_application=False)
    old.pk, old.in_force_from, old.benefit_needs_application = None, AUGUST, True
    old.save(force_insert=True)
    july_and_august = counted(centre, payroll, month=AUGUST, on=date(2026, 9, 2))
    assert [row.span for row in july_and_august.settlements.all()] == ["2026-07"]
    assert said(july_and_august) == [(without.pk, "no_application")]


def test_a_difference_of_what_was_paid_waits_for_no_application(centre, without, payroll, director):
    """It may ask money back, and the first payment was in order by the rules of its day."""
    version = Regulations.objects.filter(centre=centre)
    version.update(benefit_needs_application=False)
    pay_unprinted(centre, JULY, by=payroll, director=director)
    version.update(benefit_needs_application=True)
    correct(without, {SIXTH: "unexcused"})
    august = counted(centre, payroll, month=AUGUST, on=date(2026, 9, 2))
    assert [row.span for row in august.settlements.all()] == ["2026-07"]
    assert said(august) == [(without.pk, "no_application")]
