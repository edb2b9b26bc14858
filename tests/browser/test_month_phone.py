"""What is wider than a small phone: every row of the month can be seen whole, and that it goes on sideways is said."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.browser.hands import PHONE
from tests.browser.place import Place
from tests.factories import make_group, make_participant, make_programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# By how much the sums lie over the row of the last person, once the frame is scrolled to its end.
COVERED = """() => {
  const wrap = document.querySelector('.grid-wrap');
  wrap.scrollTo(0, wrap.scrollHeight);
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  return box('.grid tbody tr:last-child > th').bottom - box('.grid tfoot tr:first-child > th').top;
}"""
HINT = "Przesuń w bok, żeby zobaczyć resztę."


@pytest.fixture
def place():
    return Place()


@pytest.mark.parametrize("people", [1, 26])
def test_the_sums_of_the_month_cover_nobody(place, browse, people):
    group = make_group(place.centre, place.instructor)
    for number in range(people):
        person = make_participant(place.centre, group=group, last_name=f"Wymyślona-Długa{number}")
        make_programme(person, start_on=date(2026, 1, 1), by=place.director)
    page = browse(place.instructor, **PHONE)
    page.goto(f"/obecnosc/grupa/{group.pk}/miesiac/?miesiac=2026-03")
    assert page.evaluate(COVERED) <= 0


@pytest.mark.parametrize("room, frame", [("miesiac/", ".grid-wrap"), ("program/", ".drawn-wrap")])
def test_what_goes_on_sideways_says_so_on_a_phone_alone(place, browse, room, frame):
    whose = f"grupa/{place.group.pk}" if frame == ".grid-wrap" else f"uczestnik/{place.people[0].pk}"
    page = browse(place.social_worker, width=360, height=740)
    page.goto(f"/obecnosc/{whose}/{room}")
    expect(page.get_by_text(HINT).first).to_be_visible()
    assert page.locator(frame).first.evaluate("frame => frame.scrollWidth > frame.clientWidth")
    page.set_viewport_size({"width": 1280, "height": 900})
    expect(page.get_by_text(HINT).first).to_be_hidden()
