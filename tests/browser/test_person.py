"""The month and the day of a person, by keyboard and without scripts."""

from datetime import date

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from attendance.models import Day
from tests.browser.place import Place

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TUESDAY = date(2026, 3, 10)


@pytest.fixture
def place():
    place = Place()
    place.mark_until_yesterday()
    Day.objects.filter(programme=place.programmes[0], on=TUESDAY).update(meaning="unexcused", code="NN")
    return place


def open_month(page, place):
    page.goto(reverse("attendance:person", args=[place.people[0].pk]))
    return page


def tab_to(page, text: str) -> None:
    """Tab until the link with these words has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if text in page.evaluate("document.activeElement.textContent"):
            return
    raise AssertionError(f"no stop at {text}")


def test_the_keyboard_goes_from_the_month_to_a_day_and_to_the_day_before(browse, place):
    page = open_month(browse(place.instructor), place)
    tab_to(page, "nieobecność nieusprawiedliwiona")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="wtorek, 10 marca 2026").wait_for()
    expect(page.get_by_text("1. dzień NN w tym miesiącu:").first).to_be_visible()
    tab_to(page, "9.03")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="poniedziałek, 9 marca 2026").wait_for()


def test_what_each_mark_would_cost_is_read_without_scripts(browse, place):
    page = open_month(browse(place.instructor, scripts=False), place)
    page.get_by_role("table", name="Obecność, marzec 2026").get_by_role("link", name="10 NN").click()
    table = page.get_by_role("table").filter(has_text="Skutek")
    expect(table.get_by_role("row")).to_have_count(9)
    expect(table).to_contain_text("Dzień chorobowy 1 z 14")


@pytest.mark.parametrize("width", [1280, 820, 360])
def test_month_and_day_do_not_scroll_sideways(browse, place, width):
    page = open_month(browse(place.social_worker, width=width), place)
    for _ in range(2):
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
        page.goto(reverse("attendance:day", args=[place.people[0].pk]) + "?dzien=2026-03-10")
