"""Marking the month of a group: by keyboard, by mouse, by finger."""

import re
from datetime import date

import pytest
from playwright.sync_api import expect

from attendance.actions import close
from attendance.models import Day
from tests.browser.grid import MonthGrid
from tests.browser.place import Place
from tests.factories import make_group, make_participant, make_programme, mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY = (date(2026, 3, n) for n in (2, 3, 4, 5, 6))
SATURDAY, NEXT_MONDAY, TODAY = date(2026, 3, 7), date(2026, 3, 9), date(2026, 3, 11)


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def grid(place, browse):
    return MonthGrid(browse(place.instructor), place.group).open()


def test_a_month_of_26_people_with_ten_exceptions_takes_less_than_sixty_clicks_and_keys(place, browse):
    group = make_group(place.centre, place.instructor)
    people = [make_participant(place.centre, group=group) for _ in range(26)]
    programmes = [make_programme(person, start_on=date(2025, 8, 1), by=place.director) for person in people]
    grid = MonthGrid(browse(place.instructor), group, "2025-09").open()
    exceptions = {
        **{(programmes[n], date(2025, 9, 8 + n)): ("n",) for n in range(4)},
        **{(programmes[n], date(2025, 9, 15)): ("l",) for n in (7, 12, 19)},
        **{(programmes[n], date(2025, 9, 24)): ("n", "u") for n in (3, 24, 25)},
    }
    grid.click(programmes[0], date(2025, 9, 1)).press("Control+a", "o")
    for (programme, day), keys in exceptions.items():
        grid.click(programme, day).press(*keys)
    grid.press("Control+s")
    grid.saved("572 zmiany")
    assert grid.count <= 60, grid.count
    assert Day.objects.count() == 26 * 22
    found = {(day.programme, day.on): day.code for day in Day.objects.exclude(meaning="present")}
    assert found == {key: {"n": "NN", "l": "L4", "nu": "NU"}["".join(keys)] for key, keys in exceptions.items()}


def test_by_keyboard_alone_from_the_first_tab_to_the_saved_day(place, grid):
    first, second, _ = place.programmes
    stops = 0
    while not grid.focused().startswith("c-"):
        grid.press("Tab")
        stops += 1
        assert stops < 40
    grid.press("Control+Home", "ArrowRight", "n", "Enter", "l", "ArrowRight", "!", "s", "!")
    assert grid.letters(first, MONDAY) == ["NN"]
    assert grid.letters(second, MONDAY, TUESDAY) == ["L4", "S"]
    grid.pending(3)
    grid.press("Control+s")
    grid.saved("3 zmiany")
    expect(grid.page.locator("td.pending")).to_have_count(0)
    assert grid.focused() == f"c-{second.pk}-{TUESDAY}"
    found = Day.objects.values_list("programme", "on", "code", "provisional")
    assert set(found) == {
        (first.pk, MONDAY, "NN", False),
        (second.pk, MONDAY, "L4", False),
        (second.pk, TUESDAY, "S", True),
    }


def test_the_grid_is_one_stop_of_the_tab_key(place, grid):
    grid.click(place.programmes[0], MONDAY).press("Tab")
    assert grid.page.evaluate("document.activeElement.closest('table')") is None
    grid.press("Shift+Tab")
    assert grid.focused() == f"c-{place.programmes[0].pk}-{MONDAY}"


def test_keys_move_along_the_grid_and_stop_at_its_edges(place, grid):
    first, _, third = place.programmes
    grid.click(first, MONDAY)
    steps = [
        ("ArrowRight", first, TUESDAY),
        ("ArrowDown", place.programmes[1], TUESDAY),
        ("PageDown", third, TUESDAY),
        ("ArrowDown", third, TUESDAY),
        ("PageUp", first, TUESDAY),
        ("PageDown", third, TUESDAY),
        ("End", third, date(2026, 3, 31)),
        ("ArrowRight", third, date(2026, 3, 31)),
        ("Home", third, date(2026, 3, 1)),
        ("Control+Home", first, date(2026, 3, 1)),
        ("Control+End", third, date(2026, 3, 31)),
        ("Shift+Enter", place.programmes[1], date(2026, 3, 31)),
    ]
    expect(grid.told).to_have_text("")
    for key, programme, day in steps:
        grid.press(key)
        assert grid.focused() == f"c-{programme.pk}-{day}", key


def test_the_heads_are_reached_by_the_arrows_and_lead_to_the_person_and_to_the_day(place, grid):
    grid.click(place.programmes[0], MONDAY).press("ArrowUp")
    assert grid.page.evaluate("document.activeElement.getAttribute('href')").endswith("?dzien=2026-03-02")
    grid.press("ArrowDown", "ArrowLeft", "ArrowLeft", "Enter")
    grid.page.wait_for_url(f"**/uczestnik/{place.people[0].pk}/**")


def test_a_block_is_filled_by_one_key_except_where_nothing_may_be_marked(place, grid):
    first, second, _ = place.programmes
    grid.click(first, FRIDAY)
    grid.press("Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowRight", "Shift+ArrowDown")
    expect(grid.told).to_have_text("Zaznaczono 2 osoby × 4 dni")
    expect(grid.page.locator("[aria-selected=true]")).to_have_count(8)
    grid.press("u")
    grid.pending(4)
    expect(grid.told).to_have_text("Zmieniono 4 pola, pominięto 4")
    assert grid.letters(second, FRIDAY, SATURDAY, NEXT_MONDAY) == ["UW", "", "UW"]
    grid.press("Escape")
    expect(grid.page.locator("[aria-selected=true]")).to_have_count(1)
    grid.press("Control+a", "Delete")
    grid.pending(0)


def test_a_block_is_chosen_by_dragging_and_by_a_click_with_shift(place, grid):
    first, second, third = place.programmes
    grid.cell(first, MONDAY).hover()
    grid.page.mouse.down()
    grid.cell(second, WEDNESDAY).hover()
    grid.page.mouse.up()
    expect(grid.page.locator("[aria-selected=true]")).to_have_count(6)
    grid.click(third, MONDAY).click(third, FRIDAY, modifiers=["Shift"])
    expect(grid.page.locator("[aria-selected=true]")).to_have_count(5)


def test_what_is_done_is_undone_and_done_again(place, grid):
    first = place.programmes[0]
    grid.click(first, MONDAY).press("n", "Shift+ArrowRight", "o")
    assert grid.letters(first, MONDAY, TUESDAY) == ["O", "O"]
    grid.press("Control+z")
    assert grid.letters(first, MONDAY, TUESDAY) == ["NN", ""]
    grid.pending(1)
    grid.press("Control+z")
    grid.pending(0)
    expect(grid.button("Zapisz")).to_be_disabled()
    grid.press("Control+y", "Control+Shift+z")
    assert grid.letters(first, MONDAY, TUESDAY) == ["O", "O"]
    grid.button("Cofnij").click()
    assert grid.letters(first, MONDAY, TUESDAY) == ["NN", ""]


def test_letters_of_one_code_are_one_act(place, grid):
    first = place.programmes[0]
    grid.click(first, MONDAY).press("s", "Shift+ArrowRight", "n", "u")
    assert grid.letters(first, MONDAY, TUESDAY) == ["NU", "NU"]
    grid.press("Control+z")
    assert grid.letters(first, MONDAY, TUESDAY) == ["S", ""]
    grid.press("Control+y")
    assert grid.letters(first, MONDAY, TUESDAY) == ["NU", "NU"]
    grid.press("o", "s", "Control+z")
    assert grid.letters(first, MONDAY) == ["O"]


def test_a_letter_that_needs_the_right_alt_key_is_a_letter(place, grid):
    first = place.programmes[0]
    grid.click(first, MONDAY)
    grid.page.evaluate(PRESS_WITH_RIGHT_ALT, "n")
    assert grid.letters(first, MONDAY) == ["NN"]


# As Windows sends it.
PRESS_WITH_RIGHT_ALT = """(key) => {
  const keys = { key, ctrlKey: true, altKey: true, modifierAltGraph: true, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new KeyboardEvent("keydown", keys));
}"""


def test_sums_count_what_is_pending(place, grid):
    first = place.programmes[0]
    unmarked = grid.page.locator("tr[data-total=unmarked] td").nth(MONDAY.day - 1)
    expect(unmarked).to_have_text("3")
    grid.click(first, MONDAY).press("o")
    expect(unmarked).to_have_text("2")
    expect(grid.page.locator("tr[data-total=here] td").nth(MONDAY.day - 1)).to_have_text("1")
    own = grid.page.locator(f"tr[data-programme='{first.pk}'] .sum")
    expect(own.first).to_have_text("1")
    expect(own.last).to_have_text("7")
    grid.press("Control+z")
    expect(own.first).to_have_text("")


def test_blocks_go_to_a_spreadsheet_and_come_back(place, grid):
    first, second, third = place.programmes
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.click(first, MONDAY).press("n", "!", "ArrowRight", "l", "4", " ", "o", "Shift+ArrowLeft", "Control+c")
    assert grid.page.evaluate("navigator.clipboard.readText()") == "NN?\tL4 OP"
    grid.click(second, WEDNESDAY).press("Control+v")
    assert grid.letters(second, WEDNESDAY, THURSDAY) == ["NN", "L4 OP"]
    expect(grid.cell(second, WEDNESDAY).locator(".provisional")).to_be_visible()
    paste(grid, "o\tl4op\r\nS\t\r\n")
    assert grid.letters(second, WEDNESDAY, THURSDAY) == ["O", "L4 OP"]
    assert grid.letters(third, WEDNESDAY, THURSDAY) == ["S", ""]
    grid.click(first, THURSDAY).press("Shift+ArrowDown", "Shift+ArrowDown")
    paste(grid, "NU")
    assert [grid.letters(programme, THURSDAY) for programme in place.programmes] == [["NU"]] * 3
    paste(grid, "")
    paste(grid, "\r\n")
    assert [grid.letters(programme, THURSDAY) for programme in place.programmes] == [["NU"]] * 3


def test_a_paste_with_an_unknown_code_is_refused_whole_and_names_the_first(place, grid):
    grid.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    grid.click(place.programmes[0], MONDAY)
    paste(grid, "O\tXX\nYY\tO")
    message = f"Nie wklejono: „XX” ({place.people[0]}, wtorek, 3 marca) nie jest oznaczeniem."
    expect(grid.page.get_by_role("alert")).to_have_text(message)
    grid.pending(0)
    paste(grid, "O")
    expect(grid.page.get_by_role("alert")).to_have_count(0)


def paste(grid, text):
    grid.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    grid.press("Control+v")


def test_f2_opens_the_codes_with_what_each_would_cost_and_what_takes_is_red(place, grid):
    first = place.programmes[0]
    grid.click(first, MONDAY)
    line = grid.page.locator("[data-consequence]")
    expect(line).to_contain_text("NN −")
    grid.press("F2")
    panel = grid.page.get_by_role("region", name=f"{place.people[0]}, poniedziałek, 2 marca")
    expect(panel.get_by_role("button", name="obecność", exact=False).first).to_be_focused()
    expect(panel.get_by_role("button", name="NN").locator(".takes")).to_contain_text("−")
    panel.get_by_role("button", name="NN").press("Enter")
    expect(panel).to_be_hidden()
    assert grid.focused() == f"c-{first.pk}-{MONDAY}"
    expect(line).to_contain_text("NN: ")
    grid.press(" ", "Escape")
    expect(panel).to_be_hidden()
    assert grid.letters(first, MONDAY) == ["NN"]


def test_the_cost_is_asked_once_where_the_focus_stops(place, grid):
    asked = []
    grid.page.on("request", lambda request: "/skutek/" in request.url and asked.append(request.url))
    grid.cell(place.programmes[0], MONDAY).evaluate(PRESS_AT_ONCE, ["n", *["ArrowRight"] * 3])
    expect(grid.page.locator("[data-consequence]")).to_contain_text("NN −")
    grid.cell(place.programmes[0], date(2026, 3, 5)).evaluate(PRESS_AT_ONCE, ["o", "n"])
    grid.page.wait_for_timeout(600)
    assert len(asked) == 1
    assert "dzien=2026-03-05&zmiany=2026-03-02%3Aunexcused" in asked[0]


# Faster than a test presses keys: within the time that a question waits.
PRESS_AT_ONCE = """(cell, keys) => {
  const press = new PointerEvent('pointerdown', {pointerType: 'mouse', bubbles: true, cancelable: true});
  if (cell !== document.activeElement) cell.dispatchEvent(press);
  for (const key of keys)
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key, bubbles: true, cancelable: true}));
}"""


def test_the_cost_is_asked_again_when_other_days_of_the_person_change(place, grid):
    first = place.programmes[0]

    def asked(changes):
        return grid.page.expect_request(lambda request: request.url.endswith(f"&zmiany={changes}"))

    with asked(""):
        grid.click(first, MONDAY).press("Shift+ArrowRight")
    expect(grid.page.locator("[data-consequence]")).to_contain_text("NN −")
    with asked("2026-03-02%3Aunexcused"):
        grid.press("n")
    expect(grid.page.locator("[data-consequence]")).to_contain_text("2. dzień NN")
    with asked("2026-03-03%3Aunexcused"):
        grid.press("ArrowLeft")
    expect(grid.page.locator("[data-consequence]")).to_contain_text("1. dzień NN")
    with asked(""):
        grid.button("Zapisz").click()
    grid.saved("2 zmiany")


def test_on_a_tablet_a_tap_opens_the_codes_below(place, browse):
    first, second, _ = place.programmes
    grid = MonthGrid(browse(place.instructor, width=820, height=1100, touch=True), place.group).open()
    grid.cell(first, MONDAY).tap()
    panel = grid.page.locator("[data-panel]")
    panel.get_by_role("button", name="NN").tap()
    grid.cell(second, TUESDAY).tap()
    expect(panel.get_by_role("heading")).to_have_text(f"{place.people[1]}, wtorek, 3 marca")
    panel.get_by_role("button", name="L4 choroba, zwolnienie").tap()
    panel.get_by_role("button", name="Tymczasowo").tap()
    grid.cell(second, SATURDAY).tap()
    expect(panel.locator("[data-stands]")).to_have_text("bez zajęć")
    grid.cell(second, date(2026, 3, 12)).tap()
    expect(panel.locator("[data-stands]")).to_have_text("tego dnia jeszcze nie było")
    expect(panel.get_by_role("button")).to_have_accessible_name("Zamknij wybór oznaczenia")
    grid.cell(second, TUESDAY).tap()
    smallest = panel.get_by_role("button").evaluate_all("all => Math.min(...all.map(one => one.offsetHeight))")
    assert smallest >= 44
    panel.get_by_role("button", name="Zamknij wybór").tap()
    grid.button("Zapisz").tap()
    grid.saved("2 zmiany")
    assert set(Day.objects.values_list("code", "provisional")) == {("NN", False), ("L4", True)}


def test_a_link_to_a_cell_leads_there(place, grid):
    target = f"c-{place.programmes[2].pk}-{TODAY}"
    grid.page.goto("/obecnosc/")
    grid.page.goto(f"{grid.url}#{target}")
    expect(grid.page.locator(f"#{target}")).to_be_focused()
    expect(grid.page.locator(f"#{target}")).to_be_in_viewport()


def test_a_month_opens_where_the_work_is(place, browse):
    grid = MonthGrid(browse(place.instructor, width=800, height=700), place.group, "2026-02")
    mark(place.programmes[0], {date(2026, 2, n): "present" for n in (2, 3, 4, 5, 6, *range(9, 14), *range(16, 21))})
    for month, row, day in (("2026-03", 0, TODAY), ("2026-02", 0, date(2026, 2, 23))):
        grid = MonthGrid(grid.page, place.group, month).open()
        stop = grid.page.locator("table [tabindex='0']")
        expect(stop).to_have_id(f"c-{place.programmes[row].pk}-{day}")
        assert grid.page.evaluate(IN_SIGHT, stop.get_attribute("id"))
        assert grid.page.evaluate("scrollY") == 0


# The frozen names cover the left of the frame.
IN_SIGHT = """(id) => {
  const cell = document.getElementById(id);
  const box = cell.getBoundingClientRect();
  const frame = cell.closest(".grid-wrap").getBoundingClientRect();
  return box.left >= cell.parentElement.cells[0].getBoundingClientRect().right && box.right <= frame.right;
}"""


def test_a_letter_where_nothing_can_be_written_says_why(place, grid):
    first = place.programmes[0]
    close(first, start_on=MONDAY, end_on=MONDAY, by=place.director, on=TODAY)
    grid.open().click(first, MONDAY).press("n")
    line, reason = grid.page.locator("[data-consequence]"), "Tego pola nie można zmienić: dzień zamknięty"
    expect(line).to_have_text(f"{reason}, zmienia go tylko korekta.")
    expect(grid.told).to_contain_text(reason)
    expect(grid.page.get_by_role("link", name="Historia dnia i korekta")).to_be_visible()
    grid.press("ArrowRight")
    expect(line).not_to_contain_text(reason)
    grid.click(first, SATURDAY).press("o")
    expect(line).to_have_text("Tego pola nie można zmienić: bez zajęć.")
    grid.pending(0)


def test_on_a_phone_the_codes_leave_the_tapped_row_in_sight(place, browse):
    grid = MonthGrid(browse(place.instructor, width=360, height=740, touch=True), place.group).open()
    cell, panel = grid.cell(place.programmes[2], TODAY), grid.page.locator("[data-panel]")
    cell.tap()
    expect(panel.locator("[data-cost]")).to_contain_text("NN −")
    above, box = cell.bounding_box(), panel.bounding_box()
    assert above["y"] + above["height"] <= box["y"]
    assert box["height"] <= 0.45 * 740
    assert box["y"] + box["height"] <= grid.page.locator(".bottom-bar").bounding_box()["y"]
    button = panel.get_by_role("button", name="NN nieobecność", exact=False).bounding_box()
    assert button["height"] >= 44
    assert panel.evaluate("panel => panel.scrollHeight <= panel.clientHeight")


def test_the_grid_is_accessible_while_it_is_worked_in(place, grid, check_accessible):
    mark(place.programmes[1], {MONDAY: "sick"}, provisional=True)
    grid.open().click(place.programmes[0], MONDAY).press("n", "Shift+ArrowRight", "Shift+ArrowDown", "!")
    check_accessible(grid.page)
    grid.press("F2")
    check_accessible(grid.page)
    grid.page.emulate_media(color_scheme="dark")
    check_accessible(grid.page)
    grid.press("Escape")
    check_accessible(grid.page)


def test_without_scripts_it_is_a_table_to_read_with_a_link_per_day(place, browse, check_accessible):
    mark(place.programmes[0], {MONDAY: "sick"})
    page = browse(place.instructor, scripts=False)
    page.goto(f"/obecnosc/grupa/{place.group.pk}/miesiac/")
    expect(page.get_by_role("table")).to_be_visible()
    expect(page.get_by_role("cell", name="L4", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Zapisz")).to_have_count(0)
    page.get_by_role("link", name="2 pn").click()
    expect(page).to_have_url(re.compile(r"\?dzien=2026-03-02$"))


def test_who_may_not_mark_moves_about_and_changes_nothing(place, browse):
    mark(place.programmes[0], {MONDAY: "sick"})
    grid = MonthGrid(browse(place.payroll), place.group).open()
    grid.click(place.programmes[0], MONDAY).press("n", "Delete", "F2", "!", "Control+s")
    assert grid.letters(place.programmes[0], MONDAY) == ["L4"]
    expect(grid.page.get_by_role("gridcell", name="L4")).to_have_attribute("aria-readonly", "true")
    grid.press("ArrowRight")
    assert grid.focused() == f"c-{place.programmes[0].pk}-{TUESDAY}"
    expect(grid.page.locator("[data-where]")).to_contain_text("wtorek, 3 marca")
