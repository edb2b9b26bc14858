"""The road from a list to the form of one person: by the keyboard alone, with a finger, and without a script."""

import pytest
from playwright.sync_api import expect

from attendance.models import SickNote
from tests.browser.hands import FITS, PHONE, Keyboard
from tests.browser.place import Place
from tests.browser.steps import button, opens, says

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/obecnosc/zwolnienia/"


@pytest.fixture
def place():
    return Place()


def addresses(page) -> list[str]:
    """Where this page went and asked, from now on."""
    gone: list[str] = []
    page.on("request", lambda request: gone.append(request.url))
    return gone


def test_the_keyboard_alone_enters_a_note_from_the_list_and_comes_back_to_it(browse, place, barriers):
    page, person = browse(place.social_worker), place.people[0]
    hand, gone = Keyboard(page), addresses(page)
    page.goto(LIST)
    hand.link("Wpisz zwolnienie")
    opens(page, "Kogo dotyczy?")
    assert barriers(page) == ""
    # The field has the focus at once.
    page.keyboard.type(person.last_name[:-1])
    expect(page.locator("#people li").first).to_contain_text(person.last_name[:-1])
    page.keyboard.type(person.last_name[-1])
    expect(page.locator("#people li")).to_have_count(1)
    page.keyboard.press("Enter")
    opens(page, "Nowe zwolnienie")
    for label in ("Pierwszy dzień", "Ostatni dzień", "Wystawiono", "Doręczono"):
        page.get_by_label(label).fill("2026-03-11")
    hand.button("Pokaż, co się zmieni")
    hand.button("Zapisz zwolnienie")
    opens(page, "Zwolnienia")
    says(page, "Zwolnienie jest wpisane.")
    assert SickNote.objects.get().programme.participant == person
    assert [url for url in gone if person.last_name in url] == []


def test_a_finger_on_a_small_phone_chooses_and_goes_back(browse, place, barriers):
    page, person = browse(place.social_worker, **PHONE), place.people[0]
    page.goto("/obecnosc/porzadek/")
    page.get_by_role("link", name="Wpisz incydent").tap()
    opens(page, "Kogo dotyczy?")
    assert barriers(page) == ""
    assert page.evaluate(FITS)
    page.get_by_role("link", name=str(person)).tap()
    opens(page, "Incydent: trzeźwość")
    page.get_by_role("link", name="Wróć do listy").tap()
    opens(page, "Porządek")


def test_without_a_script_the_list_narrows_all_the_same(browse, place):
    page, person = browse(place.social_worker, scripts=False), place.people[0]
    page.goto("/obecnosc/kogo-dotyczy/zwolnienie/")
    page.get_by_label("Nazwisko albo imię").fill("Nikogo takiego")
    button(page, "Szukaj").last.click()
    expect(page.get_by_text("Nikogo takiego tu nie ma")).to_be_visible()
    page.get_by_label("Nazwisko albo imię").fill(person.last_name)
    button(page, "Szukaj").last.click()
    opens(page, "Nowe zwolnienie")
