"""The same work with the keyboard alone, without scripts, and with a finger on a small phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.place import Place
from tests.browser.steps import button, choice, go_to, log_in, says, tile, title
from tests.browser.story import (
    approve_last_month,
    hand_over_last_month,
    mark_today,
    marks,
    print_list,
    read_explanation,
    run_last_month,
)
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def tab_to(page, target, key="Tab"):
    """Press the key until the target has the focus."""
    for _ in range(40):
        page.keyboard.press(key)
        if target.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"not reached by {key}: {target}")


def test_the_keyboard_alone_logs_in_marks_and_saves(browse, today):
    place = Place()
    page = browse()
    page.goto("/konto/logowanie/")
    page.keyboard.type(place.instructor.username)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(title(page)).to_contain_text("Dzień dobry")
    tab_to(page, page.get_by_role("navigation").get_by_role("link", name="Obecność"))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name=place.group.name, exact=True))
    page.keyboard.press("Enter")
    tab_to(page, button(page, "Pozostali obecni"))
    page.keyboard.press("Space")
    expect(page.get_by_text("Niezapisane zmiany: 3.")).to_be_visible()
    tab_to(page, tile(page, place.people[0]))
    page.keyboard.press("Enter")
    present, late = (page.get_by_role("radio", name=f"{place.letters(code)} – ") for code in ("present", "late"))
    tab_to(page, present)
    page.keyboard.press("ArrowRight")
    expect(late).to_be_checked()
    tab_to(page, button(page, "Zapisz obecność"), key="Shift+Tab")
    page.keyboard.press("Enter")
    says(page, "Zapisano 3 osoby, ")
    assert sorted(marks(today).values()) == ["late", "present", "present"]


def test_the_first_stop_of_the_keyboard_leads_past_the_navigation(browse, instructor):
    page = browse(instructor)
    page.goto("/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Przejdź do treści")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def test_every_stop_of_the_keyboard_is_seen(browse):
    place = Place()
    page = browse(place.instructor)
    page.goto(f"/obecnosc/grupa/{place.group.pk}/")
    tile(page, place.people[0]).click()
    seen = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        seen.add(page.evaluate(OUTLINE))
    assert {outline for outline in seen if "none" in outline or "0px" in outline} == set()


# A day's choice is drawn by what stands beside its radio button, which itself is transparent.
OUTLINE = """() => {
  const stop = document.activeElement;
  if (stop === document.body) return 'the end';
  const drawn = stop.matches('.picks input[type=radio]') ? stop.nextElementSibling : stop;
  const style = getComputedStyle(drawn);
  return `${stop.tagName} ${style.outlineStyle} ${style.outlineWidth}`;
}"""


def test_without_scripts_the_whole_job_is_done(browse, today):
    place = Place()
    place.mark_until_yesterday()
    mark_today(browse(scripts=False), place, today)
    payroll = browse(scripts=False)
    run_last_month(payroll, place)
    read_explanation(payroll, place)
    hand_over_last_month(payroll)
    director = browse(scripts=False)
    approve_last_month(director, place)
    assert print_list(director, today).startswith(b"%PDF-")


def test_without_scripts_a_person_is_found_by_name_and_by_number(browse):
    place = Place()
    page = browse(scripts=False)
    log_in(page, place.social_worker)
    go_to(page, "Uczestnicy")
    for text in ("jezyn", place.people[1].pesel):
        page.get_by_role("searchbox").fill(text)
        button(page, "Szukaj").click()
        expect(page.get_by_role("rowheader")).to_have_text([str(place.people[1])])
        button(page, "Pokaż wszystkich").click()
        expect(page.get_by_role("rowheader")).to_have_count(3)


def test_on_a_small_phone_the_day_is_marked_with_a_finger(browse, today):
    place = Place()
    page = browse(place.instructor, width=360, height=740, touch=True)
    page.goto("/")
    go_to(page, "Obecność")
    page.get_by_role("link", name=place.group.name, exact=True).tap()
    button(page, "Pozostali obecni").tap()
    absent = choice(page, place.people[1], place.letters("unexcused"))
    size = absent.bounding_box()
    assert min(size["width"], size["height"]) >= 48
    absent.tap()
    button(page, "Zapisz obecność").tap()
    says(page, "Zapisano 3 osoby, ")
    assert marks(today)[place.people[1].pk] == "unexcused"
    assert len(marks(today)) == 3
