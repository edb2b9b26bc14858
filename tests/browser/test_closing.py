"""A month is closed and a closed day corrected: each page looked at, at every width."""

from datetime import date

import pytest
from playwright.sync_api import expect

from attendance.actions import close
from attendance.models import Closing, Day, SickNote
from tests.browser.pages import too_wide
from tests.browser.place import Place
from tests.browser.steps import button, says, title
from tests.factories import mark

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TENTH = date(2026, 2, 10)


@pytest.fixture
def place():
    place = Place()
    place.mark_until_yesterday()
    return place


@pytest.fixture
def whole(barriers):
    """Looks at the open page from a phone to a desktop, in the light and in the dark."""

    def look(page):
        for colours, width in (("light", 360), ("light", 820), ("light", 1280), ("dark", 1280)):
            page.emulate_media(color_scheme=colours)
            page.set_viewport_size({"width": width, "height": 900})
            assert (barriers(page), too_wide(page)) == ("", "")
        page.emulate_media(color_scheme="light")

    return look


def test_a_day_is_missing_until_it_is_marked_then_the_month_is_closed_for_good(browse, place, whole):
    programme = place.programmes[0]
    Day.objects.filter(programme=programme, on=TENTH).delete()
    page = browse(place.social_worker)
    page.goto("/obecnosc/zamkniecie/")
    whole(page)
    page.get_by_role("link", name="10.02").click()
    expect(page.locator(f"#c-{programme.pk}-2026-02-10")).to_be_in_viewport()
    mark(programme, {TENTH: "present"}, by=place.instructor)
    page.goto("/obecnosc/zamkniecie/")
    whole(page)
    page.get_by_role("link", name="Zamknij luty 2026").click()
    expect(page.get_by_text("Tego nie da się cofnąć.")).to_be_visible()
    whole(page)
    button(page, "Zamknij luty 2026").click()
    says(page, "Miesiąc jest zamknięty.")
    whole(page)
    assert Closing.objects.count() == 3


def test_the_cell_of_a_missing_day_is_found_on_a_phone(browse, place):
    programme = place.programmes[2]
    Day.objects.filter(programme=programme, on=date(2026, 2, 27)).delete()
    page = browse(place.social_worker, width=360, height=740, touch=True)
    page.goto("/obecnosc/zamkniecie/")
    page.get_by_role("link", name="27.02").tap()
    expect(page.locator(f"#c-{programme.pk}-2026-02-27")).to_be_in_viewport()


def test_what_no_paper_explains_is_seen_and_what_a_paper_contradicts_is_asked_about(browse, place, whole):
    programme = place.programmes[0]
    Day.objects.filter(programme=programme, on=TENTH).update(meaning="sick", code="L4", source="hand", by_hand="")
    page = browse(place.social_worker)
    page.goto("/obecnosc/zamkniecie/#bez-dokumentu")
    expect(page.get_by_role("region", name="Bez dokumentu").get_by_role("link", name="10.02")).to_be_visible()
    whole(page)
    page.get_by_role("link", name="Zamknij luty 2026").click()
    whole(page)
    page.get_by_label("Zamykam mimo to").check()
    button(page, "Zamknij luty 2026").click()
    says(page, "Miesiąc jest zamknięty.")
    days = {"start_on": date(2026, 2, 11), "end_on": date(2026, 2, 12)}
    paper = {"issued_on": days["start_on"], "delivered_on": days["start_on"], "due_on": days["end_on"]}
    told = {"entered_by": place.instructor, "entered_on": days["end_on"]}
    SickNote.objects.create(programme=programme, kind="own", **days, **paper, **told)
    page.goto("/obecnosc/korekty/")
    whole(page)
    page.get_by_role("link", name="poproś").first.click()
    button(page, "Poproś o korektę").click()
    says(page, "Prośba czeka na decyzję.")


def test_a_closed_day_is_corrected_by_two_people(browse, place, whole):
    programme = place.programmes[0]
    close(programme, start_on=date(2026, 2, 1), end_on=date(2026, 2, 28), by=place.director, on=date(2026, 3, 5))
    worker, director = browse(place.social_worker), browse(place.director)
    worker.goto(f"/obecnosc/korekta/{programme.participant_id}/?dzien=2026-02-10")
    whole(worker)
    button(worker, "Poproś o korektę").click()
    expect(worker.locator("[data-error-summary]")).to_be_visible()
    whole(worker)
    worker.get_by_label(f"{place.letters('sick')} – ").check()
    worker.get_by_label("Powód").fill("Zwolnienie przyszło pocztą.")
    button(worker, "Poproś o korektę").click()
    says(worker, "Prośba czeka na decyzję.")
    whole(worker)
    director.goto("/")
    director.get_by_role("link", name="Korekta obecności czeka na decyzję").click()
    expect(title(director)).to_have_text("Korekta obecności")
    whole(director)
    button(director, "Zgódź się na korektę").click()
    says(director, "Dzień jest zmieniony.")
    whole(director)
    director.get_by_role("link", name="Korekty obecności").click()
    expect(title(director)).to_have_text("Korekty obecności")
    whole(director)
    assert Day.objects.get(programme=programme, on=TENTH).meaning == "sick"
