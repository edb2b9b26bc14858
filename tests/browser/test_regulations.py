"""The director writes the next version: the ready draft, a value with a mistake first, what if, the adoption."""

import pytest
from playwright.sync_api import expect

from cistor.centres.models import Regulations
from tests.browser.pages import too_wide
from tests.browser.place import Place
from tests.browser.steps import button, says, title

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NAME = "Regulamin zgodny z ustawą"


@pytest.fixture
def place():
    place = Place()
    place.mark_until_yesterday()
    return place


@pytest.fixture
def look(barriers):
    """From a phone to a desktop."""

    def at_every_width(page):
        for width in (360, 820, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert (barriers(page), too_wide(page)) == ("", "")

    return at_every_width


def link(page, name):
    return page.get_by_role("link", name=name)


def start_ready_draft(page):
    page.goto("/centrum/")
    link(page, "Załóż projekt zgodny z ustawą").click()
    expect(page.get_by_label("Podnieś do ustawy to, co daje mniej")).to_be_checked()
    page.get_by_label("Nazwa").fill(NAME)
    page.get_by_label("Obowiązuje od").fill("2026-04-01")
    button(page, "Załóż projekt").click()
    says(page, "Projekt jest założony.")
    expect(title(page)).to_have_text(NAME)


def change_bonus(page):
    """What was typed stays beside the error, and is saved when it is put right."""
    page.locator("#premia").get_by_role("link", name="Zmień").click()
    cap, source = page.locator("#id_bonus_cap"), page.locator("#id_bonus_cap_source")
    cap.fill("jedna czwarta")
    source.fill("§3 ust. 2 nowego regulaminu")
    button(page, "Zapisz").click()
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    expect(page.locator("#div_id_bonus_cap")).to_contain_text("Wpisz ułamek")
    expect(cap).to_have_value("jedna czwarta")
    expect(source).to_have_value("§3 ust. 2 nowego regulaminu")
    page.get_by_role("alert").get_by_role("link").click()
    expect(cap).to_be_focused()
    cap.fill("1/4")
    button(page, "Zapisz").click()
    says(page, "Premia: zapisane.")
    expect(page.locator("#premia")).to_contain_text("§3 ust. 2 nowego regulaminu")


def compare(page, look):
    link(page, "Porównaj wersje").click()
    expect(page.get_by_role("heading", name="Premia")).to_be_visible()
    page.get_by_label("tylko różnice").check()
    button(page, "Porównaj").click()
    expect(page.get_by_role("row").filter(has_text="§3 ust. 2 nowego regulaminu")).to_be_visible()
    expect(page.get_by_role("row").filter(has_text="120%").first).to_be_visible()
    look(page)


def try_it(page, place, look):
    """February under the draft: everybody gets a fifth more."""
    link(page, "Co gdyby").click()
    expect(page.get_by_label("Wersja regulaminu").locator("option:checked")).to_contain_text("projekt")
    expect(page.get_by_role("combobox", name="Miesiąc")).to_have_value("2026-02-01")
    button(page, "Policz na próbę").click()
    expect(page.get_by_role("heading", name="Luty 2026")).to_be_visible()
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name=str(place.people[0]))).first
    expect(row.get_by_role("cell")).to_contain_text(["luty 2026", "1 721,90 zł", "2 066,30 zł", "344,40 zł", "120%"])
    look(page)


def adopt(page, look):
    page.goto("/centrum/")
    link(page, NAME).click()
    link(page, "Przyjmij").click()
    expect(page.get_by_role("heading", name="Przyjąć regulamin od 1 kwietnia 2026?", level=1)).to_be_visible()
    look(page)
    button(page, "Przyjmij regulamin").click()
    says(page, "Regulamin obowiązuje od 1 kwietnia 2026.")
    expect(page.get_by_text("jeszcze nie obowiązuje").first).to_be_visible()


def test_the_ready_draft_is_changed_compared_tried_and_adopted(browse, place, look):
    page = browse(place.director)
    start_ready_draft(page)
    change_bonus(page)
    compare(page, look)
    page.goto(f"/centrum/regulamin/{Regulations.objects.get(is_draft=True).pk}/")
    try_it(page, place, look)
    adopt(page, look)
    assert Regulations.objects.adopted().count() == 2


def test_payroll_reads_the_regulations_and_changes_nothing(browse, place):
    page = browse(place.payroll)
    page.goto("/centrum/")
    expect(page.get_by_role("heading", name="Zgodność z ustawą")).to_be_visible()
    for deed in ("Nowa wersja", "Załóż projekt zgodny z ustawą"):
        expect(link(page, deed)).to_have_count(0)
