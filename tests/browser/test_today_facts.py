"""A day that a fact has taken is read, by keys and by fingers, and not changed."""

from datetime import time, timedelta

import pytest
from playwright.sync_api import expect

from attendance.actions import settle
from attendance.models import PartDay, SickNote
from tests.browser.grid import MonthGrid
from tests.browser.place import YESTERDAY, Place
from tests.browser.steps import button, chip, open_day, says, tile
from tests.browser.story import marks

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place(today):
    """The first one is sick from yesterday to Friday."""
    place, friday = Place(), today + timedelta(days=2)
    days = {"start_on": YESTERDAY, "end_on": friday, "issued_on": YESTERDAY, "delivered_on": YESTERDAY}
    note = {"entered_by": place.social_worker, "entered_on": YESTERDAY}
    SickNote.objects.create(programme=place.programmes[0], **note, **days)
    settle([place.programmes[0].pk], YESTERDAY, friday, centre=place.centre, by=place.director)
    return place


def test_keys_pass_by_a_day_that_is_taken_and_mark_the_others(browse, place, today, check_accessible):
    page, (sick, *others) = open_day(browse, place), place.people
    expect(page.get_by_text("Nieoznaczone: 2 z 3.")).to_be_visible()
    expect(tile(page, sick)).to_contain_text("zwolnienie do 13.03")
    tile(page, sick).focus()
    page.keyboard.press("n")
    expect(page.locator("[data-announce]")).to_have_text(f"{sick}: tego dnia nie można tu zmienić.")
    page.keyboard.press("Enter")
    expect(page.get_by_role("group", name=str(sick))).to_contain_text("Oznaczenie go nie zmieni.")
    check_accessible(page)
    page.keyboard.press("*")
    page.keyboard.press("Control+s")
    says(page, "Zapisano 2 osoby, ")
    assert marks(today) == {sick.pk: "sick", **{person.pk: "present" for person in others}}


def test_a_finger_on_a_phone_reads_what_took_the_day(browse, place):
    page, sick = open_day(browse, place, width=360, height=740, touch=True), place.people[0]
    tile(page, sick).tap()
    panel = page.get_by_role("group", name=str(sick))
    expect(panel).to_contain_text("zwolnienie do 13.03")
    expect(panel.get_by_role("radio")).to_have_count(0)
    button(page, "Pozostali obecni").tap()
    button(page, "Zapisz obecność").tap()
    says(page, "Zapisano 2 osoby, ")
    expect(chip(page, sick)).to_have_text("L4")


def test_days_to_come_stand_in_the_month_with_what_they_cost(browse, place, today, check_accessible):
    grid, programme = MonthGrid(browse(place.instructor), place.group).open(), place.programmes[0]
    friday = today + timedelta(days=2)
    assert grid.letters(programme, today, friday) == ["L4", "L4"]
    grid.click(programme, today).press("n", "ArrowRight", "ArrowRight", "n", "Delete")
    assert grid.focused() == f"c-{programme.pk}-{friday}"
    grid.pending(0)
    info = grid.page.locator("[data-info]")
    expect(info).to_contain_text("Tego pola nie można zmienić: wynika z innego zapisu: zwolnienie lekarskie.")
    grid.press("ArrowLeft", "ArrowRight")
    expect(info).to_contain_text("Dzień chorobowy 4 z")
    check_accessible(grid.page)
    info.get_by_role("link", name="Historia dnia").click()
    expect(grid.page.get_by_role("main")).to_contain_text("zwolnienie do 13.03")


def test_on_a_tablet_a_request_to_go_early_is_answered_without_moving_the_table(browse, place, today, check_accessible):
    hours = {"minutes": 60, "from_at": time(12), "to_at": time(13), "reason": "Wizyta u lekarza w przychodni."}
    about = {"kind": "early", "by": place.instructor, "recorded_on": today}
    row = PartDay.objects.create(programme=place.programmes[1], on=today, **hours, **about)
    page = browse(place.instructor, width=820, height=1180, touch=True)
    page.goto("/obecnosc/czesci-dni/")
    refuse, remove = (page.locator("summary", has_text=words) for words in ("Odmowa", "Usuń"))
    assert [deed.bounding_box()["height"] >= 44 for deed in (refuse, remove)] == [True, True]
    refuse.tap()
    remove.tap()
    table = page.locator(".table-wrap")
    assert table.evaluate("table => table.scrollWidth <= table.clientWidth")
    check_accessible(page)
    button(page, "Odmów zwolnienia").tap()
    says(page, "Odpowiedź jest zapisana.")
    row.refresh_from_db()
    assert row.agreed is False
