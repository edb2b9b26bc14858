"""The page of a day: thirty people in a few taps or keys, and nothing of it lost."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from attendance.models import Day
from cistor.accounts.roles import RIGHTS
from tests.browser.place import FIRST, YESTERDAY, Place
from tests.browser.steps import button, choice, log_in, says, tile
from tests.browser.story import marks
from tests.factories import make_participant, make_programme, mark

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


@pytest.fixture
def open_day(browse):
    def open_day(place, user=None, **options):
        page = browse(user or place.instructor, **options)
        page.goto(f"/obecnosc/grupa/{place.group.pk}/")
        return page

    return open_day


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


def chip(page, person):
    return tile(page, person).locator(".chip:visible")


def everybody_but(place, **exceptions):
    """What is to stand: present, but for the persons at these places."""
    wanted = dict.fromkeys((person.pk for person in place.people), "present")
    return wanted | {place.people[int(at[1:])].pk: meaning for at, meaning in exceptions.items()}


# Few taps, few keys ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("screen", SCREENS)
def test_thirty_people_with_three_exceptions_take_eight_presses(open_day, thirty, today, screen):
    page, hand = open_day(thirty, **SCREENS[screen]), Hand(SCREENS[screen].get("touch", False))
    hand.press(button(page, "Pozostali obecni"))
    for at, meaning in ((3, "unexcused"), (14, "late"), (29, "sick")):
        hand.press(tile(page, thirty.people[at]))
        panel = page.get_by_role("group", name=str(thirty.people[at]))
        hand.press(panel.get_by_role("radio", name=f"{thirty.letters(meaning)} – "))
    hand.press(button(page, "Zapisz obecność"))
    says(page, "Zapisano 30 osób, ")
    assert hand.count <= 2 + 2 * 3
    assert marks(today) == everybody_but(thirty, _3="unexcused", _14="late", _29="sick")


def test_the_keyboard_alone_marks_thirty_people_in_as_few_keys(open_day, thirty, today):
    page = open_day(thirty)
    keys = Keys(page)
    keys.press("*")
    for at, letters in ((3, "N"), (14, "S"), (29, "NU")):
        keys.go_to(thirty.people[at])
        keys.press(*letters)
    keys.press("Control+s")
    says(page, "Zapisano 30 osób, ")
    assert keys.count <= 2 + 2 * 3
    assert marks(today) == everybody_but(thirty, _3="unexcused", _14="late", _29="excused")


def test_arrows_go_down_the_list_and_across_the_columns(open_day, thirty):
    page = open_day(thirty)
    tile(page, thirty.people[0]).focus()
    for key, at in (("ArrowDown", 1), ("ArrowRight", 11), ("ArrowRight", 21), ("ArrowRight", 21), ("ArrowLeft", 11)):
        page.keyboard.press(key)
        expect(tile(page, thirty.people[at])).to_be_focused()
    for key, at in (("ArrowUp", 10), ("ArrowUp", 9), ("End", 29), ("ArrowDown", 29), ("Home", 0)):
        page.keyboard.press(key)
        expect(tile(page, thirty.people[at])).to_be_focused()


def test_a_key_sets_takes_back_and_says_so(open_day, place):
    page, person = open_day(place), place.people[0]
    tile(page, person).focus()
    page.keyboard.press("n")
    expect(chip(page, person)).to_have_text("NN")
    expect(page.get_by_role("status")).to_contain_text(f"{person}: NN – nieobecność nieusprawiedliwiona")
    page.keyboard.press("u")
    expect(chip(page, person)).to_have_text("NU")
    page.keyboard.press("Delete")
    expect(chip(page, person)).to_have_text("nieoznaczone")
    expect(page.get_by_text("Niezapisane zmiany")).to_be_hidden()


def test_the_panel_opens_with_enter_and_escape_leads_back(open_day, place):
    page, (first, second, _) = open_day(place), place.people
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


def test_yesterday_is_one_key_away_and_tomorrow_none(open_day, place):
    page = open_day(place)
    page.keyboard.press("]")
    page.keyboard.press("[")
    expect(page).to_have_url(re.compile(rf"dzien={YESTERDAY}"))
    page.keyboard.press("]")
    expect(page).to_have_url(re.compile(r"dzien=2026-03-11"))


def test_the_help_lists_the_letters_of_the_centre(open_day, place):
    page = open_day(place)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("dzień wolny od zajęć (UW)")
    expect(dialog).to_contain_text("pozostali obecni")


# Undo -----------------------------------------------------------------------------------------------------------------


def test_every_change_can_be_undone_and_redone(open_day, place):
    page, (first, second, third) = open_day(place), place.people
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
def test_thirty_people_are_seen_at_once(open_day, thirty, screen):
    page = open_day(thirty, **SCREENS[screen])
    summaries = page.locator(".person summary")
    expect(summaries).to_have_count(30)
    boxes = [summary.bounding_box() for summary in summaries.all()]
    assert min(box["height"] for box in boxes) >= 48
    assert max(box["y"] + box["height"] for box in boxes) <= SCREENS[screen]["height"]
    # Names read downwards: the next one stands below, or on top of the next column.
    places = [(round(box["x"]), box["y"]) for box in boxes]
    assert places == sorted(places)


@pytest.mark.parametrize("screen", SCREENS)
def test_a_long_name_is_read_in_full_and_nothing_is_too_wide(open_day, thirty, screen):
    page = open_day(thirty, **SCREENS[screen])
    name = page.get_by_text(LONG_NAME).first
    assert name.evaluate("one => one.scrollWidth <= one.clientWidth && one.scrollHeight <= one.clientHeight")
    tile(page, thirty.people[0]).click()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


@pytest.mark.parametrize("screen", SCREENS)
def test_opening_a_panel_moves_nothing_and_the_last_tile_can_be_scrolled_free_of_it(open_day, thirty, screen):
    page = open_day(thirty, **SCREENS[screen])
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


def test_without_scripts_the_chip_follows_the_choice(open_day, place):
    page, person = open_day(place, scripts=False), place.people[0]
    expect(chip(page, person)).to_have_text("nieoznaczone")
    for letters in ("O", "S", "UW", "L4", "L4 OP", "NU", "NN", "ZZ"):
        choice(page, person, letters).check()
        expect(chip(page, person)).to_have_text(letters)
    page.get_by_role("group", name=str(person)).get_by_role("checkbox").check()
    expect(tile(page, person).get_by_text("tymczasowo")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("screen", ["phone", "desk"])
def test_an_open_panel_has_no_barriers(open_day, place, check_accessible, screen, scheme):
    page, person = open_day(place, **SCREENS[screen]), place.people[0]
    page.emulate_media(color_scheme=scheme)
    choice(page, person, "NN").check()
    page.get_by_role("group", name=str(person)).get_by_role("checkbox").check()
    expect(tile(page, person)).to_contain_text("zł")
    check_accessible(page)


# What a mark costs ----------------------------------------------------------------------------------------------------


@pytest.fixture
def asked(browse):
    """Addresses of consequences that a page asked for, after `asked(page)`."""

    def listen(page):
        listen.urls.clear()
        page.on("request", lambda request: "/skutek/" in request.url and listen.urls.append(request.url))
        return page

    listen.urls = []
    return listen


def test_the_consequence_stands_where_the_code_is_set(open_day, place, asked):
    page, person = asked(open_day(place)), place.people[0]
    choice(page, person, "NN").check()
    panel = page.get_by_role("group", name=str(person))
    expect(panel).to_contain_text(re.compile(r"NN.*: −\d+,\d\d.zł"))
    expect(panel.get_by_role("radio", name="NN – ")).to_have_accessible_name(re.compile(r"−\d+,\d\d.zł"))
    expect(tile(page, person)).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    choice(page, person, "O").check()
    expect(tile(page, person)).not_to_contain_text("zł")
    assert len(asked.urls) == 1


def test_a_code_set_by_a_key_shows_what_it_costs(open_day, place, asked):
    page = asked(open_day(place))
    for person in place.people:
        tile(page, person).focus()
        page.keyboard.press("n")
    for person in place.people:
        expect(tile(page, person)).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    assert len(asked.urls) == 3


def test_a_saved_absence_says_what_it_costs_once_it_is_looked_at_and_presence_asks_nothing(
    open_day, place, today, asked
):
    absent, present, _ = place.programmes
    mark(absent, {today: "unexcused"}, by=place.instructor)
    mark(present, {today: "present"}, by=place.instructor)
    page = asked(open_day(place))
    expect(tile(page, place.people[0])).not_to_contain_text("zł")
    tile(page, place.people[0]).focus()
    expect(tile(page, place.people[0])).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    tile(page, place.people[1]).focus()
    page.wait_for_timeout(400)
    assert len(asked.urls) == 1


def test_who_may_not_know_the_consequence_is_not_told_and_nothing_asks(open_day, place, asked, monkeypatch):
    monkeypatch.setitem(RIGHTS, "see_consequence", {})
    page, person = asked(open_day(place)), place.people[0]
    choice(page, person, "NN").check()
    page.wait_for_timeout(400)
    assert asked.urls == []
    expect(page.get_by_role("main")).not_to_contain_text(re.compile(r"\d.zł"))


def test_who_only_reads_sees_the_mark_and_its_consequence(open_day, place, today):
    mark(place.programmes[0], {today: "unexcused"}, by=place.instructor, provisional=True)
    page, person = open_day(place, place.payroll), place.people[0]
    expect(tile(page, person).get_by_text("tymczasowo")).to_be_visible()
    tile(page, person).click()
    panel = page.get_by_role("group", name=str(person))
    expect(panel).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    expect(panel.get_by_role("radio")).to_have_count(0)
    expect(button(page, "Zapisz obecność")).to_have_count(0)


# Nothing is lost ------------------------------------------------------------------------------------------------------


def test_two_mark_the_same_day_and_the_second_sees_what_changed(open_day, place, today, check_accessible):
    absent, present, _ = place.people
    first, second = open_day(place), open_day(place, place.social_worker)
    choice(first, absent, "NN").check()
    button(first, "Zapisz obecność").click()
    says(first, "Zapisano 1 osobę, ")
    for person in (absent, present):
        choice(second, person, "O").check()
    button(second, "Zapisz obecność").click()
    summary = second.get_by_role("alert")
    expect(summary).to_contain_text("ktoś inny oznaczył 1 osobę")
    expect(summary).to_contain_text(f"{absent}: Twój wybór to O, a zapisano NN, {place.instructor}, ")
    expect(summary).to_be_focused()
    expect(tile(second, absent).get_by_text("zmieniono")).to_be_visible()
    expect(tile(second, present).get_by_text("zmieniono")).to_have_count(0)
    summary.get_by_role("link", name=str(absent)).click()
    expect(tile(second, absent)).to_be_focused()
    expect(second.get_by_role("note")).to_contain_text(f"NN, {place.instructor}")
    expect(choice(second, absent, "O")).to_be_checked()
    check_accessible(second)
    assert marks(today) == {absent.pk: "unexcused", present.pk: "present"}
    button(second, "Zapisz obecność").click()
    says(second, "Zapisano 1 osobę, ")
    assert marks(today) == {absent.pk: "present", present.pk: "present"}


def test_leaving_with_unsaved_marks_asks_and_saving_does_not(open_day, place):
    page, questions = open_day(place), []
    page.on("dialog", lambda dialog: (questions.append(dialog.type), dialog.dismiss()))
    here = page.url
    choice(page, place.people[0], "NN").check()
    page.get_by_role("link", name="Miesiąc", exact=True).click(no_wait_after=True)
    expect(page.get_by_text("Niezapisane zmiany: 1.")).to_be_visible()
    assert (questions, page.url) == (["beforeunload"], here)
    button(page, "Zapisz obecność").click()
    says(page, "Zapisano 1 osobę, ")
    page.get_by_role("link", name="Miesiąc", exact=True).click()
    expect(page).to_have_url(re.compile("/miesiac/"))
    assert questions == ["beforeunload"]


def end_every_session():
    Session.objects.update(expire_date=timezone.now())


def test_a_session_that_ended_is_said_and_after_a_login_elsewhere_the_choice_is_saved(open_day, place, today):
    page, person = open_day(place), place.people[0]
    button(page, "Pozostali obecni").click()
    end_every_session()
    choice(page, person, "NN").check()
    expect(page.get_by_role("alert")).to_contain_text("Sesja wygasła. Zaloguj się w nowej karcie")
    log_in(page.context.new_page(), place.instructor)
    button(page, "Zapisz obecność").click()
    says(page, "Zapisano 3 osoby, ")
    assert marks(today)[person.pk] == "unexcused"


def test_what_is_saved_after_a_long_pause_is_not_thrown_at_the_login(open_day, place):
    page = open_day(place)
    button(page, "Pozostali obecni").click()
    page.evaluate("{ const now = Date.now(); Date.now = () => now + 31 * 60 * 1000; }")
    end_every_session()
    button(page, "Zapisz obecność").click()
    expect(page.get_by_role("alert")).to_contain_text("Sesja wygasła.")
    expect(chip(page, place.people[0])).to_have_text("O")
    assert not Day.objects.filter(on__gt=YESTERDAY).exists()
