"""A button ticks a whole list of boxes, and nothing beside it."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.place import Place
from tests.browser.steps import button
from tests.factories import mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THREE_WEEKS = [date(2026, 2, 2) + timedelta(days=n) for n in range(19)]


def test_the_days_beyond_the_threshold_are_ticked_and_unticked_at_once(browse):
    place = Place()
    programme = place.programmes[0]
    mark(programme, dict.fromkeys([day for day in THREE_WEEKS if day.weekday() < 5], "sick"))
    page = browse(place.social_worker)
    page.goto(f"/obecnosc/rozwiazanie/{programme.pk}/")
    days = page.get_by_role("group", name="Dni, na których opiera się wniosek").get_by_role("checkbox", checked=True)
    grounds = page.get_by_role("group", name="Podstawy z regulaminu").get_by_role("checkbox", checked=True)
    expect(days).to_have_count(15)
    expect(grounds).to_have_count(1)
    button(page, "Odznacz wszystkie").click()
    expect(days).to_have_count(0)
    expect(grounds).to_have_count(1)
    button(page, "Zaznacz wszystkie").click()
    page.get_by_label("02.02.2026").uncheck()
    expect(days).to_have_count(14)
    expect(button(page, "Zaznacz wszystkie")).to_be_visible()
