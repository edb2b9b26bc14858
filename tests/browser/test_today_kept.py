"""The page of a day says what a mark costs, and loses nothing."""

import re

import pytest
from playwright.sync_api import expect

from attendance.models import Day
from cistor.accounts.roles import RIGHTS
from tests.browser.place import YESTERDAY, Place
from tests.browser.steps import button, chip, choice, end_every_session, log_in, open_day, says, tile
from tests.browser.story import marks
from tests.factories import mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    return Place()


# What a mark costs ----------------------------------------------------------------------------------------------------


@pytest.fixture
def asked():
    """Addresses of consequences that a page asked for, after `asked(page)`."""

    def listen(page):
        listen.urls.clear()
        page.on("request", lambda request: "/skutek/" in request.url and listen.urls.append(request.url))
        return page

    listen.urls = []
    return listen


def test_the_consequence_stands_where_the_code_is_set(browse, place, asked):
    page, person = asked(open_day(browse, place)), place.people[0]
    choice(page, person, "NN").check()
    panel = page.get_by_role("group", name=str(person))
    expect(panel).to_contain_text(re.compile(r"NN.*: −\d+,\d\d.zł"))
    expect(panel.get_by_role("radio", name="NN – ")).to_have_accessible_name(re.compile(r"−\d+,\d\d.zł"))
    expect(tile(page, person)).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    choice(page, person, "O").check()
    expect(tile(page, person)).not_to_contain_text("zł")
    assert len(asked.urls) == 1


def test_a_code_set_by_a_key_shows_what_it_costs(browse, place, asked):
    page = asked(open_day(browse, place))
    for person in place.people:
        tile(page, person).focus()
        page.keyboard.press("n")
    for person in place.people:
        expect(tile(page, person)).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    assert len(asked.urls) == 3


def test_a_saved_absence_says_what_it_costs_once_it_is_looked_at_and_presence_asks_nothing(browse, place, today, asked):
    absent, present, _ = place.programmes
    mark(absent, {today: "unexcused"}, by=place.instructor)
    mark(present, {today: "present"}, by=place.instructor)
    page = asked(open_day(browse, place))
    expect(tile(page, place.people[0])).not_to_contain_text("zł")
    tile(page, place.people[0]).focus()
    expect(tile(page, place.people[0])).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    tile(page, place.people[1]).focus()
    page.wait_for_timeout(400)
    assert len(asked.urls) == 1


def test_a_glance_in_passing_asks_nothing(browse, place, today, asked):
    for programme in place.programmes:
        mark(programme, {today: "unexcused"}, by=place.instructor)
    page = asked(open_day(browse, place))
    tile(page, place.people[0]).evaluate(PASS_BY)
    expect(tile(page, place.people[2])).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    expect(tile(page, place.people[0])).not_to_contain_text("zł")
    assert len(asked.urls) == 1


# Faster than a test presses keys: within the time that a question waits.
PASS_BY = """(summary) => {
  summary.focus();
  for (let i = 0; i < 2; i++) {
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: 'ArrowDown', bubbles: true}));
  }
}"""


def test_who_may_not_know_the_consequence_is_not_told_and_nothing_asks(browse, place, asked, monkeypatch):
    monkeypatch.setitem(RIGHTS, "see_consequence", {})
    page, person = asked(open_day(browse, place)), place.people[0]
    choice(page, person, "NN").check()
    page.wait_for_timeout(400)
    assert asked.urls == []
    expect(page.get_by_role("main")).not_to_contain_text(re.compile(r"\d.zł"))


def test_who_only_reads_sees_the_mark_and_its_consequence(browse, place, today):
    mark(place.programmes[0], {today: "unexcused"}, by=place.instructor, provisional=True)
    page, person = open_day(browse, place, place.payroll), place.people[0]
    expect(tile(page, person).get_by_text("tymczasowo")).to_be_visible()
    tile(page, person).click()
    panel = page.get_by_role("group", name=str(person))
    expect(panel).to_contain_text(re.compile(r"−\d+,\d\d.zł"))
    expect(panel.get_by_role("radio")).to_have_count(0)
    expect(button(page, "Zapisz obecność")).to_have_count(0)


# Nothing is lost ------------------------------------------------------------------------------------------------------


def test_two_mark_the_same_day_and_the_second_sees_what_changed(browse, place, today, check_accessible):
    absent, present, _ = place.people
    first, second = open_day(browse, place), open_day(browse, place, place.social_worker)
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


def test_leaving_with_unsaved_marks_asks_and_saving_does_not(browse, place):
    page, questions = open_day(browse, place), []
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


def test_a_session_that_ended_is_said_and_after_a_login_elsewhere_the_choice_is_saved(browse, place, today):
    page, person = open_day(browse, place), place.people[0]
    button(page, "Pozostali obecni").click()
    end_every_session()
    choice(page, person, "NN").check()
    expect(page.get_by_role("alert")).to_contain_text("Sesja wygasła. Zaloguj się w nowej karcie")
    log_in(page.context.new_page(), place.instructor)
    button(page, "Zapisz obecność").click()
    says(page, "Zapisano 3 osoby, ")
    assert marks(today)[person.pk] == "unexcused"


NO_STORE = "Object.defineProperty(window, 'indexedDB', { value: undefined })"


@pytest.fixture
def storeless(browse, place):
    """The page of a day in a browser that keeps nothing."""
    page = browse(place.instructor)
    page.add_init_script(NO_STORE)
    page.goto(f"/obecnosc/grupa/{place.group.pk}/")
    button(page, "Pozostali obecni").click()
    return page


def test_who_signed_out_elsewhere_loses_nothing_and_saves_after_signing_in_again(storeless, place, today, settings):
    page = storeless
    page.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    button(page, "Zapisz obecność").click()
    expect(page.get_by_role("alert")).to_contain_text("Sesja wygasła. Zaloguj się w nowej karcie i zapisz jeszcze raz")
    expect(chip(page, place.people[0])).to_have_text("O")
    assert not Day.objects.filter(on__gt=YESTERDAY).exists()
    log_in(page.context.new_page(), place.instructor)
    button(page, "Zapisz obecność").click()
    says(page, "Zapisano 3 osoby, ")
    assert set(marks(today).values()) == {"present"}


def test_without_a_connection_the_choice_stays(storeless, today):
    page = storeless
    page.context.set_offline(True)
    page.keyboard.press("Control+s")
    expect(page.get_by_role("alert")).to_contain_text("Nie ma połączenia.")
    page.context.set_offline(False)
    page.keyboard.press("Control+Enter")
    says(page, "Zapisano 3 osoby, ")
    assert set(marks(today).values()) == {"present"}
