"""The page of a day: thirty people in a few taps or keys, and nothing of it lost."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.place import FIRST, YESTERDAY, Place
from tests.browser.steps import button, chip, choice, open_day, says, tile
from tests.browser.story import marks
from tests.factories import make_participant, make_programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SCREENS = {
    "phone": {"width": 360, "height": 740, "touch": True},
    "tablet": {"width": 820, "height": 1180, "touch": True},
    "desk": {"width": 1280, "height": 900},
}
LONG_NAME = "Brzęczyszczykiewicz-Wyszogrodzka"
MORE = [LONG_NAME, *(f"{letter}{ending}" for letter in "CDFGHKLNPRSTW" for ending in ("ałkowa", "ołkowa"))]


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def thirty(place):
    """The place with thirty people, in the order in which they stand on the page."""
    for name in MORE:
        place.people.append(make_participant(place.centre, group=place.group, last_name=name))
        place.programmes.append(make_programme(place.people[-1], start_on=FIRST, by=place.director))
    place.people.sort(key=str)
    return place


class Hand:
    """Clicks, or taps where the screen is touched, and counts them."""

    def __init__(self, touch=False):
        self.touch, self.count = touch, 0

    def press(self, target):
        target.tap() if self.touch else target.click()
        self.count += 1


class Keys:
    """Counts the keys that do something; those that only move are counted apart."""

    MOVES = ("Tab", "Shift+Tab", "ArrowUp", "ArrowDown", "ArrowLeft", "ArrowRight", "Home", "End")

    def __init__(self, page):
        self.page, self.count, self.moves = page, 0, 0

    def press(self, *keys):
        for key in keys:
            self.page.keyboard.press(key)
            self.moves += key in self.MOVES
            self.count += key not in self.MOVES

    def go_to(self, person):
        """Down the list from where the focus is."""
        for _ in range(40):
            if self.page.evaluate("document.activeElement.innerText").startswith(str(person)):
                return
            self.press("ArrowDown")
        pytest.fail(f"not reached: {person}")


def everybody_but(place, **exceptions):
    """What is to stand: present, but for the persons at these places."""
    wanted = dict.fromkeys((person.pk for person in place.people), "present")
    return wanted | {place.people[int(at[1:])].pk: meaning for at, meaning in exceptions.items()}


# Few taps, few keys ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_thirty_people_with_three_exceptions_take_eight_presses(browse, thirty, today, screen):
    page, hand = open_day(browse, thirty, **SCREENS[screen]), Hand(SCREENS[screen].get("touch", False))
    hand.press(button(page, "Pozostali obecni"))
    for at, meaning in ((3, "unexcused"), (14, "late"), (29, "sick")):
        hand.press(tile(page, thirty.people[at]))
        panel = page.get_by_role("group", name=str(thirty.people[at]))
        hand.press(panel.get_by_role("radio", name=f"{thirty.letters(meaning)} – "))
    hand.press(button(page, "Zapisz obecność"))
    says(page, "Zapisano 30 osób, ")
    assert hand.count <= 2 + 2 * 3
    assert marks(today) == everybody_but(thirty, _3="unexcused", _14="late", _29="sick")


def test_on_a_phone_the_panel_leaves_the_people_in_sight_and_closes_after_the_choice(browse, thirty):
    page, person = open_day(browse, thirty, **SCREENS["phone"]), thirty.people[14]
    tile(page, person).tap()
    panel = page.get_by_role("group", name=str(person))
    page.wait_for_timeout(300)
    box, below = panel.bounding_box(), tile(page, person).bounding_box()
    assert box["height"] <= 0.45 * 740 + 1
    assert below["y"] + below["height"] <= box["y"]
    for radio in panel.get_by_role("radio").all():
        assert min(radio.bounding_box()["width"], radio.bounding_box()["height"]) >= 44
    panel.get_by_role("radio", name="NN – nieobecność nieusprawiedliwiona").tap()
    expect(panel).to_be_hidden()
    expect(chip(page, person)).to_have_text("NN")


def test_the_keyboard_alone_marks_thirty_people_in_as_few_keys(browse, thirty, today):
    page = open_day(browse, thirty)
    keys = Keys(page)
    keys.press("*")
    for at, letters in ((3, "N"), (14, "S"), (29, "NU")):
        keys.go_to(thirty.people[at])
        keys.press(*letters)
    keys.press("Control+s")
    says(page, "Zapisano 30 osób, ")
    assert keys.count <= 2 + 2 * 3
    assert marks(today) == everybody_but(thirty, _3="unexcused", _14="late", _29="excused")


def test_arrows_go_down_the_list_and_across_the_columns(browse, thirty):
    page = open_day(browse, thirty)
    tile(page, thirty.people[0]).focus()
    for key, at in (("ArrowDown", 1), ("ArrowRight", 11), ("ArrowRight", 21), ("ArrowRight", 21), ("ArrowLeft", 11)):
        page.keyboard.press(key)
        expect(tile(page, thirty.people[at])).to_be_focused()
    for key, at in (("ArrowUp", 10), ("ArrowUp", 9), ("End", 29), ("ArrowDown", 29), ("Home", 0)):
        page.keyboard.press(key)
        expect(tile(page, thirty.people[at])).to_be_focused()


def test_an_arrow_or_a_star_from_anywhere_leads_to_the_first_unmarked_person(browse, thirty):
    page = open_day(browse, thirty)
    choice(page, thirty.people[0], "NN").check()
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("ArrowDown")
    expect(tile(page, thirty.people[1])).to_be_focused()
    page.get_by_role("link", name="Miesiąc", exact=True).focus()
    page.keyboard.press("*")
    expect(tile(page, thirty.people[1])).to_be_focused()
    expect(page.get_by_text("Oznaczono wszystkich.")).to_be_visible()


def test_a_key_sets_takes_back_and_says_so(browse, place):
    page, person = open_day(browse, place), place.people[0]
    tile(page, person).focus()
    page.keyboard.press("n")
    expect(chip(page, person)).to_have_text("NN")
    expect(page.get_by_role("status")).to_contain_text(f"{person}: NN – nieobecność nieusprawiedliwiona")
    page.keyboard.press("u")
    expect(chip(page, person)).to_have_text("NU")
    page.keyboard.press("Delete")
    expect(chip(page, person)).to_have_text("nieoznaczone")
    expect(page.get_by_text("Niezapisane zmiany")).to_be_hidden()


def test_a_letter_typed_with_altgr_is_a_letter(browse, place):
    place.centre.regulations.get().daycodes.filter(meaning="late").update(letters="Ś")
    page, person = open_day(browse, place), place.people[0]
    tile(page, person).evaluate(ALTGR, "ś")
    expect(chip(page, person)).to_have_text("Ś")


# As Windows says it: with Ctrl and Alt.
ALTGR = """(summary, key) => summary.dispatchEvent(new KeyboardEvent('keydown',
  {key, ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true}))"""


def test_a_letter_on_another_tile_begins_anew(browse, place):
    page, (first, second, _) = open_day(browse, place), place.people
    tile(page, first).focus()
    page.keyboard.press("n")
    tile(page, second).focus()
    page.keyboard.press("u")
    expect(chip(page, second)).to_have_text("UW")
    expect(chip(page, first)).to_have_text("NN")


def test_an_exclamation_mark_makes_a_mark_provisional_and_firm_again(browse, place):
    page, person = open_day(browse, place), place.people[0]
    tile(page, person).focus()
    page.keyboard.press("!")
    expect(chip(page, person)).to_have_text("nieoznaczone")
    expect(page.get_by_text("Niezapisane zmiany")).to_be_hidden()
    page.keyboard.press("n")
    page.keyboard.press("!")
    expect(tile(page, person).get_by_text("tymczasowo")).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text(f"{person}: NN – nieobecność nieusprawiedliwiona, tymczasowo")
    page.keyboard.press("!")
    expect(tile(page, person).get_by_text("tymczasowo")).to_be_hidden()
    page.keyboard.press("Control+z")
    expect(tile(page, person).get_by_text("tymczasowo")).to_be_visible()


def test_the_panel_opens_with_enter_and_escape_leads_back(browse, place):
    page, (first, second, _) = open_day(browse, place), place.people
    tile(page, first).focus()
    page.keyboard.press("Enter")
    panel = page.get_by_role("group", name=str(first))
    expect(panel).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(panel).to_be_hidden()
    expect(page.get_by_role("group", name=str(second))).to_be_visible()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    expect(page.get_by_role("group", name=str(second))).to_be_hidden()
    expect(tile(page, second)).to_be_focused()


def test_yesterday_is_one_key_away_and_tomorrow_none(browse, place):
    page = open_day(browse, place)
    page.keyboard.press("]")
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile(rf"dzien={YESTERDAY}"))
    page.wait_for_load_state()
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(r"dzien=2026-03-11"))


def test_the_help_lists_the_letters_of_the_centre(browse, place):
    page = open_day(browse, place)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("dzień wolny od zajęć (UW)")
    expect(dialog).to_contain_text("pozostali obecni")
    expect(dialog).to_contain_text("tymczasowo albo na stałe")


# Undo -----------------------------------------------------------------------------------------------------------------


def test_every_change_can_be_undone_and_redone(browse, place):
    page, (first, second, third) = open_day(browse, place), place.people
    choice(page, first, "NN").check()
    page.get_by_role("group", name=str(first)).get_by_role("checkbox").check()
    button(page, "Pozostali obecni").click()
    expect(page.get_by_text("Niezapisane zmiany: 3.")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(chip(page, second)).to_have_text("nieoznaczone")
    expect(chip(page, third)).to_have_text("nieoznaczone")
    expect(tile(page, first).get_by_text("tymczasowo")).to_be_visible()
    page.keyboard.press("Control+z")
    expect(tile(page, first).get_by_text("tymczasowo")).to_be_hidden()
    expect(chip(page, first)).to_have_text("NN")
    button(page, "Cofnij").click()
    expect(page.get_by_text("Nieoznaczone: 3 z 3.")).to_be_visible()
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+Shift+z")
    expect(page.get_by_text("Oznaczono wszystkich.")).to_be_visible()
    expect(chip(page, second)).to_have_text("O")


# What is seen ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", ["tablet", "desk"])
def test_thirty_people_are_seen_at_once(browse, thirty, screen):
    page = open_day(browse, thirty, **SCREENS[screen])
    summaries = page.locator(".person summary")
    expect(summaries).to_have_count(30)
    boxes = [summary.bounding_box() for summary in summaries.all()]
    assert min(box["height"] for box in boxes) >= 48
    assert max(box["y"] + box["height"] for box in boxes) <= SCREENS[screen]["height"]
    # Names read downwards: the next one stands below, or on top of the next column.
    places = [(round(box["x"]), box["y"]) for box in boxes]
    assert places == sorted(places)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_long_name_is_read_in_full_and_nothing_is_too_wide(browse, thirty, screen):
    page = open_day(browse, thirty, **SCREENS[screen])
    name = page.get_by_text(LONG_NAME).first
    assert name.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight")
    tile(page, thirty.people[0]).click()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("screen", SCREENS)
def test_opening_a_panel_moves_nothing_and_the_last_tile_can_be_scrolled_free_of_it(browse, thirty, screen):
    page = open_day(browse, thirty, **SCREENS[screen])
    # On the page, not on the screen: whoever presses may scroll.
    place_of = "one => one.getBoundingClientRect().top + scrollY"
    before = tile(page, thirty.people[5]).evaluate(place_of)
    choice(page, thirty.people[2], "NN").check()
    button(page, "Pozostali obecni").click()
    assert tile(page, thirty.people[5]).evaluate(place_of) == before
    page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    last = tile(page, thirty.people[-1]).bounding_box()
    panel = page.get_by_role("group", name=str(thirty.people[2])).bounding_box()
    assert last["y"] + last["height"] <= panel["y"]
    assert panel["y"] + panel["height"] <= SCREENS[screen]["height"]


def test_without_scripts_the_chip_follows_the_choice(browse, place):
    page, person = open_day(browse, place, scripts=False), place.people[0]
    expect(chip(page, person)).to_have_text("nieoznaczone")
    for letters in ("O", "S", "UW", "L4", "L4 OP", "NU", "NN"):
        choice(page, person, letters).check()
        expect(chip(page, person)).to_have_text(letters)
    page.get_by_role("group", name=str(person)).get_by_role("checkbox").check()
    expect(tile(page, person).get_by_text("tymczasowo")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_an_open_panel_has_no_barriers(browse, place, check_accessible, screen, scheme):
    page, person = open_day(browse, place, **SCREENS[screen]), place.people[0]
    page.emulate_media(color_scheme=scheme)
    choice(page, person, "NN").check()
    page.get_by_role("group", name=str(person)).get_by_role("checkbox").check()
    expect(tile(page, person)).to_contain_text("zł")
    check_accessible(page)
