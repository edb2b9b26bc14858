"""A month from the count to the correction afterwards, by the roles that do it, in two centres that differ."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from attendance.actions import ask_correction, decide_correction
from benefits.actions import record_payments, record_return, run_month
from benefits.models import PaymentList
from tests.benefits.people import REASON, check_and_approve
from tests.browser import payroll as by_hand
from tests.browser.pages import too_wide
from tests.browser.payroll import TENTH, BusyPlace, link, work
from tests.browser.steps import button, says

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


def press(page: Page, locator) -> None:
    """Tab until it has the focus, which has to be seen, then Enter."""
    expect(locator).to_be_visible()
    for _ in range(80):
        if locator.evaluate("one => one === document.activeElement"):
            assert locator.evaluate("one => one.matches(':focus-visible')")
            page.keyboard.press("Enter")
            return
        page.keyboard.press("Tab")
    pytest.fail(f"{locator} cannot be reached by keys")


def test_a_month_is_counted_checked_and_approved_by_keys_alone(browse):
    place = BusyPlace("cistor")
    payroll, director = browse(place.payroll), browse(place.director)
    payroll.goto("/swiadczenia/")
    press(payroll, button(payroll, "Policz miesiąc"))
    expect(payroll.get_by_role("progressbar")).to_be_visible()
    work()
    says(payroll, "Lista jest policzona.")
    press(payroll, link(payroll, "Przekaż do zatwierdzenia"))
    press(payroll, button(payroll, "Przekaż do zatwierdzenia"))
    says(payroll, "Lista czeka na zatwierdzenie.")
    director.goto("/")
    press(director, link(director, "Lista wypłat za luty 2026: czeka na zatwierdzenie"))
    press(director, link(director, "Zatwierdź listę"))
    press(director, button(director, "Zatwierdź listę"))
    press(director, link(director.get_by_role("alert"), "Dlaczego centrum płaci mniej"))
    director.keyboard.type(REASON)
    press(director, button(director, "Zatwierdź listę"))
    says(director, "Lista jest zatwierdzona.")


@pytest.fixture
def corrected(today):
    """February is approved and paid, one transfer came back, and a note that came late waits on the next list."""
    place, eve = BusyPlace("cistor"), today - timedelta(days=1)
    first = run_month(centre=place.centre, month=date(2026, 2, 1), by=place.payroll, on=eve)
    check_and_approve(first, by=place.director, on=eve)
    record_payments(first, paid_on=eve, by=place.payroll, on=today)
    back = first.settlements.get(programme=place.programmes[2], span="2026-02")
    record_return(back, returned_on=today, reason="Rachunek zamknięty", by=place.payroll, on=today)
    programme = place.programmes[0]
    note = {"meaning": "sick", "reason": "Zwolnienie przyszło pocztą."}
    asked = ask_correction(programme, on_day=TENTH, **note, by=place.social_worker, on=today)
    decide_correction(asked, granted=True, note="", by=place.director, on=today)
    run_month(centre=place.centre, month=date(2026, 2, 1), number=2, by=place.payroll, on=today)
    return place


def addresses(place: BusyPlace) -> list[str]:
    """The pages on which payroll runs a month, as full as they become."""
    first, second = PaymentList.objects.order_by("number")
    returned, difference = first.settlements.returned().get(), second.settlements.get()
    assert difference.corrects.programme == place.programmes[0]
    of_lists = [(name, row.pk) for name in ("list", "verify_list", "slips") for row in (first, second)]
    of_rows = [(name, row.pk) for name in ("settlement", "verify_settlement") for row in (returned, difference)]
    steps = [("payments", first.pk), ("pay_again", returned.pk), ("check", second.pk)]
    person = [("person", place.without_note.pk), ("certificate", place.without_note.pk)]
    pages = [reverse(f"benefits:{name}", args=[pk]) for name, pk in (*of_lists, *of_rows, *steps, *person)]
    return ["/swiadczenia/", f"{pages[0]}?uwaga=nietypowe", "/swiadczenia/co-gdyby/?main_rate=120%25", *pages]


def test_the_pages_of_payroll_fit_a_phone_and_are_accessible(browse, barriers, corrected):
    page = browse(corrected.payroll, width=360, height=740, touch=True)
    faults = []
    for address in [*addresses(corrected), "/swiadczenia/rok/2026/"]:
        assert page.goto(address).status == 200, address
        faults += [too_wide(page), barriers(page)]
    assert "\n".join(filter(None, faults)) == ""
