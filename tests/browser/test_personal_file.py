"""The personal file in a browser: a real scan goes in and comes out again, on a desk and on a phone."""

from datetime import date

import pytest
from playwright.sync_api import expect

from tests.documents.brought import PDF
from tests.factories import make_centre, make_participant, make_user
from tests.participants.papers import make_paper

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    centre = make_centre("cistor")
    worker, director = make_user(centre, "social_worker"), make_user(centre, "director")
    person = make_participant(centre)
    make_paper(person, "questionnaire", place="segregator 3", by=worker)
    make_paper(person, "fire_safety", valid_until=date(2026, 3, 30), by=worker)
    make_paper(person, "workplace_instruction", valid_until=date(2026, 3, 10), by=worker)
    return person, worker, director


def test_a_scan_goes_into_the_file_and_comes_out_again(browse, place, check_accessible):
    person, worker, _ = place
    page = browse(worker)
    page.goto(f"/uczestnicy/{person.pk}/teczka/")
    expect(page.get_by_role("heading", name="2 z 9 obowiązkowych")).to_be_visible()
    check_accessible(page)
    page.get_by_role("link", name="Dodaj zaświadczenie lekarskie").click()
    scan = {"name": "skan.html", "mimeType": "application/pdf", "buffer": b"<html>"}
    page.get_by_label("Skan albo zdjęcie").set_input_files(scan)
    page.get_by_role("button", name="Dodaj do teczki").click()
    expect(page.get_by_role("alert")).to_contain_text("To nie jest plik PDF, JPG ani PNG.")
    check_accessible(page)
    page.get_by_label("Ważny do").fill("2027-03-02")
    page.get_by_label("Skan albo zdjęcie").set_input_files({**scan, "buffer": PDF})
    page.get_by_role("button", name="Dodaj do teczki").click()
    expect(page.get_by_role("heading", name="3 z 9 obowiązkowych")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="Pobierz zaświadczenie lekarskie").click()
    assert download.value.suggested_filename.startswith("dokument-z-teczki-")
    page.get_by_role("link", name="Usuń zaświadczenie lekarskie").click()
    expect(page.get_by_role("button", name="Usuń dokument")).to_be_visible()
    check_accessible(page)
    page.get_by_role("button", name="Usuń dokument").click()
    expect(page.get_by_role("heading", name="2 z 9 obowiązkowych")).to_be_visible()
    check_accessible(page)


def test_the_file_fits_a_phone(browse, place):
    person, worker, _ = place
    page = browse(worker, width=360, height=740, touch=True)
    for address in ("teczka/", "teczka/dokument/"):
        page.goto(f"/uczestnicy/{person.pk}/{address}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_director_is_told_what_is_missing_before_signing(browse, place, check_accessible):
    person, _, director = place
    page = browse(director)
    page.goto(f"/uczestnicy/{person.pk}/program/nowy/")
    page.get_by_role("button", name="Zapisz IPZS").click()
    expect(page.get_by_role("alert")).to_contain_text("W teczce brakuje na 11.03.2026")
    check_accessible(page)
    page.get_by_label("Powód rozpoczęcia mimo braków").fill("Badanie jest umówione na jutro.")
    page.get_by_role("button", name="Zapisz IPZS").click()
    expect(page.get_by_role("heading", name="IPZS z 11.03.2026")).to_be_visible()
