"""A bonus by hand, from the instructor's request to the file for the bank and the slip."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from benefits.actions.orders import add_profile
from benefits.models import PaymentList
from tests.browser.payroll import download, link, open_settlement, row_of
from tests.browser.place import Place
from tests.browser.steps import button, go_to, says, title
from tests.browser.story import approve_last_month, hand_over_last_month, open_last_month, run_last_month
from tests.factories import nrb

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONTH = "?miesiac=2026-02"
BENEFIT, BONUS = "1 721,90 zł", "150,00 zł"


@pytest.fixture
def place():
    place = Place()
    place.mark_until_yesterday()
    said = {"in_force_from": date(2026, 1, 1), "bank": "Bank Wymyślony", "nrb": nrb(77), "sender": ["CIS Wymyślone"]}
    add_profile(place.centre, by=place.director, on=date(2026, 1, 1), **said)
    return place


def open_bonuses(page: Page) -> None:
    page.goto(f"/swiadczenia/premie/{MONTH}")


def ask_for_bonus(page: Page, place: Place, barriers) -> None:
    """By the instructor of the group; without a reason nothing is sent and nothing typed is lost."""
    page.goto("/")
    go_to(page, "Premie")
    open_bonuses(page)
    assert barriers(page) == ""
    link(row_of(page, place.people[0]), "Wnieś o premię").click()
    page.get_by_label("Kwota, zł").fill("200")
    button(page, "Przekaż do opinii i decyzji").click()
    expect(link(page.get_by_role("alert"), "Postawa i postępy")).to_be_visible()
    expect(page.get_by_label("Kwota, zł")).to_have_value("200")
    page.get_by_label("Postawa i postępy").fill("Kończy zadania przed czasem.")
    assert barriers(page) == ""
    button(page, "Przekaż do opinii i decyzji").click()
    says(page, "Wniosek")


def opine(page: Page, place: Place, barriers) -> None:
    open_bonuses(page)
    link(row_of(page, place.people[0]), str(place.people[0])).click()
    page.get_by_label("Treść opinii").fill("Popieram.")
    assert barriers(page) == ""
    button(page, "Opinia pozytywna").click()
    says(page, "pini")


def lower_and_grant(page: Page, place: Place, barriers) -> None:
    """In the table of the month: more than the request is refused there, the rest is confirmed by name."""
    open_bonuses(page)
    row = row_of(page, place.people[0])
    expect(row).to_contain_text("pozytywna")
    expect(row).to_contain_text("344,38")
    row.get_by_label("Rozstrzygnięcie").select_option("grant")
    row.get_by_label("Kwota, zł").fill("150")
    row.get_by_label("Uzasadnienie").fill("Tyle jest w planie.")
    assert barriers(page) == ""
    button(page, "Przejrzyj i rozstrzygnij…").click()
    expect(page.get_by_role("region", name="Wnioski")).to_contain_text(BONUS)
    button(page, "Rozstrzygnij").click()
    expect(row_of(page, place.people[0])).to_contain_text(BONUS)


def order_to_pay(page: Page, place: Place, barriers) -> bytes:
    """The file is the same however often it is taken."""
    open_last_month(page)
    link(page, "Sporządź polecenie wypłaty").first.click()
    expect(row_of(page, place.people[0])).to_be_visible()
    assert barriers(page) == ""
    button(page, "Sporządź polecenie").click()
    expect(title(page)).to_have_text("Polecenia wypłaty")
    assert barriers(page) == ""
    taken = download(page, "Plik dla banku")
    assert download(page, "Plik dla banku") == taken
    return taken


def test_a_bonus_is_asked_for_granted_and_paid_by_a_file(browse, place, barriers):
    ask_for_bonus(browse(place.instructor), place, barriers)
    opine(browse(place.social_worker), place, barriers)
    lower_and_grant(browse(place.director), place, barriers)
    payroll = browse()
    run_last_month(payroll, place)
    open_settlement(payroll, place.people[0])
    expect(payroll.get_by_role("region", name="Z czego wynika kwota")).to_contain_text(BONUS)
    assert download(payroll, "Pasek (PDF)").startswith(b"%PDF-")
    hand_over_last_month(payroll)
    approve_last_month(browse(), place)
    lines = order_to_pay(payroll, place, barriers).decode("cp1250").splitlines()
    paid = PaymentList.objects.get().settlements.filter(payout__gt=0).values_list("payout", flat=True)
    assert sorted(int(line.split(",")[2]) for line in lines) == sorted(int(amount * 100) for amount in paid)
    assert all('"Świadczenie integracyjne ' in line for line in lines)
