"""Saving the month of a group: two people at once, refusals, a session that ended meanwhile."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from attendance.actions import close
from attendance.models import Day
from participants.models import Membership
from tests.browser.conftest import TODAY
from tests.browser.grid import MonthGrid
from tests.browser.place import Place
from tests.browser.steps import log_in, wait_until
from tests.factories import end, make_group, make_participant, make_programme, mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)


@pytest.fixture
def place():
    return Place()


@pytest.fixture
def grid(place, browse):
    return MonthGrid(browse(place.instructor), place.group).open()


def test_of_two_at_once_the_second_sees_what_the_first_wrote_and_decides(place, browse, grid):
    first = place.programmes[0]
    other = MonthGrid(browse(place.social_worker), place.group).open()
    grid.click(first, MONDAY).press("n", "Control+s")
    grid.saved("1 zmianę")
    other.click(first, MONDAY).press("l", "ArrowRight", "o", "Control+s")
    told = other.page.locator("[data-conflicts]")
    expect(told).to_contain_text(f"{place.people[0]}, poniedziałek, 2 marca 2026")
    expect(told).to_contain_text(f"Twój wybór L4, stoi NN ({place.instructor}, ")
    expect(other.told).to_have_text("Zapisano 1 zmianę. 1 pole zmienił ktoś inny.")
    assert other.letters(first, MONDAY, TUESDAY) == ["L4", "O"]
    expect(other.page.locator("td.pending")).to_have_count(1)
    assert other.focused() == f"c-{first.pk}-{TUESDAY}"
    told.get_by_role("link").click()
    assert other.focused() == f"c-{first.pk}-{MONDAY}"
    expect(other.page.locator("[data-where]")).to_contain_text(f"L4 – niezapisane, stoi NN ({place.instructor}")
    other.press("Control+s")
    expect(told).to_have_count(0)
    assert dict(first.days.values_list("on", "meaning")) == {MONDAY: "sick", TUESDAY: "present"}


def test_a_conflict_is_given_up_by_undoing_it(place, grid):
    first = place.programmes[0]
    grid.click(first, MONDAY).press("l")
    mark(first, {MONDAY: "unexcused"}, by=place.social_worker)
    grid.press("Control+s")
    expect(grid.page.locator("[data-conflicts]")).to_be_visible()
    grid.press("n")
    expect(grid.page.locator("td.pending")).to_have_count(0)
    assert first.days.get().meaning == "unexcused"


def conflict(place, grid, *keys):
    """The first cell is chosen and waits; somebody else writes S there; the one on its right is saved."""
    first = place.programmes[0]
    mark(first, {MONDAY: "present"})
    grid.open().click(first, MONDAY).press(*keys)
    first.days.update(meaning="late", code="S", marked_by=place.social_worker)
    grid.press("ArrowRight", "o", "Control+s")
    expect(grid.page.locator("[data-conflicts]")).to_contain_text("stoi S")
    return first


def test_undoing_leads_to_what_somebody_else_wrote_never_past_it(place, grid):
    first = conflict(place, grid, "s", "n", "u")
    assert grid.letters(first, MONDAY) == ["NU"]
    grid.press(*["Control+z"] * 5)
    assert grid.letters(first, MONDAY, TUESDAY) == ["S", ""]
    grid.pending(1)
    grid.press(*["Control+y"] * 5)
    assert grid.letters(first, MONDAY, TUESDAY) == ["NU", "O"]
    grid.press(*["Control+z"] * 5, "Control+s")
    grid.saved("1 zmianę")
    assert dict(first.days.values_list("on", "meaning")) == {MONDAY: "late"}


def test_what_was_undone_before_somebody_else_wrote_is_not_done_again(place, grid):
    first = place.programmes[0]
    grid.click(first, TUESDAY).press("o", "ArrowLeft", "n", "Control+z")
    mark(first, {MONDAY: "late"}, by=place.social_worker)
    grid.press("Control+s")
    grid.saved("1 zmianę")
    assert grid.letters(first, MONDAY, TUESDAY) == ["S", "O"]
    grid.press("Control+y", "Control+z", "Control+y", "Control+y")
    assert grid.letters(first, MONDAY, TUESDAY) == ["S", "O"]
    expect(grid.page.locator("td.pending")).to_have_count(0)


def test_what_stands_is_taken_by_one_button_also_from_the_keyboard(place, grid, check_accessible):
    first = conflict(place, grid, "n")
    check_accessible(grid.page)
    grid.page.get_by_role("button", name=f"przyjmij S: {place.people[0]}, poniedziałek, 2 marca 2026").press("Enter")
    assert grid.letters(first, MONDAY) == ["S"]
    expect(grid.page.locator("td.pending")).to_have_count(0)
    expect(grid.page.locator("[data-conflicts]")).to_be_hidden()
    assert grid.focused() == f"c-{first.pk}-{MONDAY}"
    grid.press("Control+s")
    assert first.days.get(on=MONDAY).meaning == "late"


def test_a_save_is_one_request_and_keeps_the_place(place, grid):
    programmes = [
        make_programme(make_participant(place.centre, group=place.group), start_on=date(2026, 1, 1), by=place.director)
        for _ in range(30)
    ]
    grid.open()
    sent = []
    grid.page.on("request", lambda request: request.method == "POST" and sent.append(request.url))
    grid.click(programmes[-1], MONDAY).press("o")
    wrap = grid.page.locator(".grid-wrap")
    before = wrap.evaluate("wrap => wrap.scrollTop = wrap.scrollHeight / 3")
    grid.press("Control+a", "Shift+Home", "s", "Control+s")
    expect(grid.page.locator("td.pending")).to_have_count(0)
    assert before
    assert len(sent) == 1
    assert grid.focused().endswith("-2026-03-01")


def test_a_refusal_keeps_everything_and_says_why(place, grid):
    first, second, _ = place.programmes
    grid.click(first, MONDAY).press("n", "ArrowDown", "s")
    close(first, start_on=MONDAY, end_on=MONDAY, by=place.director, on=TODAY)
    grid.press("Control+s")
    expect(grid.page.get_by_role("alert")).to_contain_text("ten dzień jest zamknięty, zmienia go tylko korekta")
    grid.pending(2)
    assert not Day.objects.exists()
    grid.click(first, MONDAY).press("Delete", "Control+s")
    grid.saved("1 zmianę")
    expect(grid.page.get_by_role("alert")).to_have_count(0)
    expect(grid.cell(first, MONDAY)).to_contain_text("zamknięte")
    assert second.days.get().meaning == "late"


def test_a_session_that_ended_loses_nothing(place, grid):
    first = place.programmes[0]
    grid.click(first, MONDAY).press("n")
    Session.objects.all().delete()
    grid.press("Control+s")
    expect(grid.page.get_by_role("alert")).to_contain_text("Sesja wygasła. Zaloguj się w nowej karcie")
    grid.pending(1)
    # In the other tab the log-in brings a new session and a new token.
    log_in(grid.page.context.new_page(), place.instructor)
    grid.press("Control+s")
    grid.saved("1 zmianę")
    assert first.days.get().meaning == "unexcused"


def test_a_browser_that_lost_all_its_cookies_hears_that_the_session_ended(place, grid):
    grid.click(place.programmes[0], MONDAY).press("n")
    grid.page.context.clear_cookies()
    grid.press("Control+s")
    expect(grid.page.get_by_role("alert")).to_contain_text("Sesja wygasła. Zaloguj się w nowej karcie")
    grid.pending(1)


def test_without_an_answer_nothing_is_lost(place, grid):
    grid.page.route(
        "**/miesiac/**", lambda route: route.abort() if route.request.method == "POST" else route.fallback()
    )
    grid.click(place.programmes[0], MONDAY).press("n", "Control+s")
    expect(grid.page.get_by_role("alert")).to_contain_text("serwer nie odpowiedział")
    grid.pending(1)
    grid.page.unroute("**/miesiac/**")
    grid.button("Zapisz").click()
    grid.saved("1 zmianę")


def test_an_answer_that_is_not_the_month_changes_nothing(place, grid):
    def portal(route):
        return route.fulfill(body="<p>Sieć dla gości") if route.request.method == "POST" else route.fallback()

    grid.page.route("**/miesiac/**", portal)
    grid.click(place.programmes[0], MONDAY).press("n", "Control+s")
    expect(grid.page.get_by_role("alert")).to_contain_text("Nie zapisano")
    grid.pending(1)


def test_what_is_undone_or_chosen_during_a_save_waits_for_the_next(place, grid):
    first, second, third = place.programmes
    held = []
    grid.page.route(
        "**/miesiac/**", lambda route: held.append(route) if route.request.method == "POST" else route.fallback()
    )
    grid.click(first, MONDAY).press("n", "Enter", "n", "Enter", "n", "Control+s")
    grid.press("Control+z", "ArrowUp", "s")
    wait_until(grid.page, lambda: held)
    held.pop().continue_()
    expect(grid.told).to_have_text("Zapisano 3 zmiany.")
    grid.pending(2)
    assert [grid.letters(programme, MONDAY) for programme in place.programmes] == [["NN"], ["S"], [""]]
    grid.page.unroute("**/miesiac/**")
    grid.press("Control+s")
    grid.saved("2 zmiany")
    assert [second.days.get().meaning, third.days.exists()] == ["late", False]


def test_leaving_with_unsaved_changes_asks_first(place, grid):
    asked = []
    grid.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    grid.click(place.programmes[0], MONDAY).press("n")
    grid.page.goto("/obecnosc/")
    assert asked == ["beforeunload"]
    grid.open()
    grid.page.goto("/obecnosc/")
    assert asked == ["beforeunload"]


def test_a_month_of_edges(browse, monkeypatch):
    """31 days from a Saturday; two programmes of one person; joined and left inside; closed days."""
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 8, 31))
    place = Place()
    group = make_group(place.centre, place.instructor)
    twice = make_participant(place.centre, group=group, last_name="Agrest")
    old = make_programme(twice, start_on=date(2026, 5, 4), by=place.director)
    end(old, ended_on=date(2026, 8, 7), by=place.director)
    new = make_programme(twice, start_on=date(2026, 8, 17), by=place.director)
    guest = make_participant(place.centre, last_name="Bez")
    Membership.objects.create(group=group, participant=guest, start_on=date(2026, 8, 10), end_on=date(2026, 8, 14))
    short = make_programme(guest, start_on=date(2026, 5, 4), by=place.director)
    close(old, start_on=date(2026, 8, 3), end_on=date(2026, 8, 4), by=place.director, on=date(2026, 8, 31))
    grid = MonthGrid(browse(place.instructor), group, "2026-08").open()
    grid.page.locator("tbody td").first.click()
    expect(grid.page.locator("[data-where]")).to_contain_text("sobota, 1 sierpnia · bez zajęć")
    grid.press("Control+a", "o", "Control+s")
    grid.saved("19 zmian")
    expect(grid.cell(old, date(2026, 8, 3))).to_contain_text("zamknięte")
    marked = {programme: sorted(day.on.day for day in programme.days.all()) for programme in (old, new, short)}
    assert marked == {
        old: [5, 6, 7],
        new: [17, 18, 19, 20, 21, 24, 25, 26, 27, 28, 31],
        short: [10, 11, 12, 13, 14],
    }


def test_a_range_of_days_is_marked_for_all_with_a_few_clicks(place, grid):
    # As many free days as the statute allows: a week is within them.
    place.centre.regulations.update(free_days=12)
    page = grid.page
    page.get_by_role("link", name="Zakres dni").click()
    page.get_by_role("button", name="Zaznacz wszystkich").click()
    page.get_by_label(str(place.people[1])).uncheck()
    page.get_by_label("Od dnia").fill("2026-03-02")
    page.get_by_label("Do dnia").fill("2026-03-06")
    page.get_by_label("Oznaczenie").select_option("free_day")
    page.get_by_role("button", name="Oznacz dni").click()
    expect(page.locator(".toasts")).to_contain_text("Oznaczono 10 dni u 2 osób.")
    page.wait_for_load_state()
    assert grid.letters(place.programmes[0], MONDAY, TUESDAY) == ["UW", "UW"]
    assert grid.letters(place.programmes[1], MONDAY) == [""]
