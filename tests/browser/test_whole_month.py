"""A month from the count to the correction afterwards, by the roles that do it, in two centres that differ."""

from datetime import timedelta

import pytest

from tests.browser import payroll as by_hand
from tests.browser.payroll import BusyPlace

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WHY = "Jedna osoba przyniesie zwolnienie za 10 lutego."


@pytest.fixture(autouse=True)
def lists_are_counted_at_once():
    """Here the tests say when."""


@pytest.fixture
def next_day(monkeypatch, today):
    """Call it, and it is Thursday on the server."""
    thursday = today + timedelta(days=1)
    return lambda: monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: thursday)


@pytest.mark.parametrize("preset", ["cistor", "rzyszczewo"])
def test_a_month_is_counted_decided_paid_and_corrected(browse, preset, next_day):
    place = BusyPlace(preset)
    payroll, director, worker = browse(place.payroll), browse(place.director), browse(place.social_worker)
    by_hand.count_last_month(payroll)
    by_hand.look_at_what_is_unusual(payroll, place)
    by_hand.read_settlement(payroll, place)
    by_hand.read_sheet(payroll, place)
    by_hand.hand_over(payroll)
    by_hand.send_back(director, WHY)
    by_hand.count_again(payroll, WHY)
    by_hand.approve(director, asked=True)
    assert by_hand.download(director, "LW/1/2026").startswith(b"%PDF-")
    if preset == "cistor":
        by_hand.settle_trials_apart(payroll, place)
        by_hand.approve(director, by_hand.TRIALS, asked=False)
    else:
        by_hand.see_trial_with_the_month(payroll, place)
    by_hand.pay(payroll)
    next_day()
    by_hand.pay_again(payroll, place.present)
    by_hand.print_slips(payroll)
    by_hand.prove(payroll, place.without_note)
    by_hand.ask_for_correction(worker, place)
    by_hand.grant_correction(director)
    by_hand.count_difference(payroll, place)
    by_hand.hand_over(payroll)
    for stranger in (worker, browse(place.instructor)):
        by_hand.see_none_of_it(stranger, payroll.url)
    by_hand.open_year(payroll)
