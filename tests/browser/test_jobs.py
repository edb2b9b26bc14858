"""A background job as its owner sees it: progress that moves by itself, the file, a failure with a way out."""

import pytest
from django.db.models.functions import Now
from playwright.sync_api import expect

from attendance.actions.sheets import make_sheets
from cistor.documents.models import Letterhead
from cistor.jobs import actions
from cistor.jobs.locks import held
from cistor.jobs.models import Job
from tests.browser.place import Place
from tests.browser.steps import button, end_every_session, title
from tests.factories import make_group, make_participant, make_programme

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def place():
    place = Place()
    second = make_group(place.centre, place.instructor, name="Warsztat krawiecki")
    make_programme(make_participant(place.centre, group=second), start_on=place.programmes[0].signed_on)
    return place


@pytest.fixture
def started(browse, place):
    """The page on which the director has just asked for the sheets of all groups."""
    page = browse(place.director)
    page.goto("/obecnosc/")
    page.get_by_role("link", name="Listy wszystkich grup").click()
    button(page, "Przygotuj listy").click()
    expect(title(page)).to_have_text("Listy obecności, marzec 2026")
    return page


def test_progress_moves_by_itself_and_ends_with_the_file(started, barriers):
    job = Job.objects.get()
    expect(started.get_by_text("czeka na swoją kolej")).to_be_visible()
    assert barriers(started) == ""
    with held(Job.lock_of(job.pk)):
        Job.objects.update(started_at=Now(), done=1)
        expect(started.get_by_text("1 z 2 grup").first).to_be_visible()
        assert started.get_by_role("progressbar").evaluate("bar => [bar.value, bar.max]") == [1, 2]
        Job.objects.update(done=2)
        expect(started.get_by_text("składanie pliku").first).to_be_visible()
        assert barriers(started) == ""
    expect(started.get_by_text("czeka na wznowienie").first).to_be_visible()
    actions.carry_out(job.pk, make_sheets)
    expect(started.get_by_role("progressbar")).to_have_count(0)
    assert barriers(started) == ""
    with started.expect_download() as taken:
        started.get_by_role("link", name="Pobierz").click()
    assert taken.value.suggested_filename == "listy-obecnosci-2026-03.pdf"


def test_the_page_may_be_left_and_the_file_waits_on_the_desk(started):
    started.goto("/")
    expect(started.get_by_role("link", name="Listy obecności, marzec 2026")).to_be_visible()
    actions.carry_out(Job.objects.get().pk, make_sheets)
    started.goto("/")
    started.get_by_role("link", name="Listy obecności, marzec 2026").click()
    started.get_by_role("link", name="Listy obecności wszystkich grup").click()
    with started.expect_download():
        started.get_by_role("link", name="Pobierz – Listy obecności, marzec 2026").click()
    started.goto("/")
    expect(started.get_by_role("link", name="Listy obecności, marzec 2026")).to_have_count(0)


def test_a_failure_is_a_sentence_with_a_way_to_try_again(started, barriers):
    Letterhead.objects.all().delete()
    actions.carry_out(Job.objects.get().pk, make_sheets)
    expect(started.get_by_text("Centrum nie ma papieru firmowego")).to_be_visible()
    assert barriers(started) == ""
    button(started, "Spróbuj jeszcze raz").click()
    expect(started.get_by_role("progressbar")).to_be_visible()


def test_without_scripts_the_page_is_asked_for_again(browse, place):
    page = browse(place.director, scripts=False)
    page.goto("/obecnosc/listy/")
    button(page, "Przygotuj puste, do wypełnienia").click()
    expect(page.get_by_role("link", name="Odśwież")).to_be_visible()
    actions.carry_out(Job.objects.get().pk, make_sheets)
    page.get_by_role("link", name="Odśwież").click()
    expect(page.get_by_role("link", name="Pobierz")).to_be_visible()


def test_an_ended_session_takes_a_swap_to_the_whole_login_page(started):
    end_every_session()
    expect(title(started)).to_have_text("Zaloguj się")
    expect(started.get_by_role("navigation")).to_have_count(0)
    assert "next=%2Fzadania%2F" in started.url
