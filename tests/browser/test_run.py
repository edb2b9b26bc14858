"""The count of a list as payroll sees it: progress that moves by itself, and the list when it is over."""

import pytest
from django.db.models.functions import Now
from playwright.sync_api import expect

from benefits import running
from cistor.jobs import actions
from cistor.jobs.locks import held
from cistor.jobs.models import Job
from tests.browser.place import Place
from tests.browser.steps import button, says, title

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def lists_are_counted_at_once():
    """Here the tests say when."""


@pytest.fixture
def place():
    place = Place()
    place.mark_until_yesterday()
    return place


def start(page):
    page.goto("/swiadczenia/")
    button(page, "Policz miesiąc").click()
    expect(title(page)).to_have_text("Lista wypłat za luty 2026")
    return Job.objects.get()


def test_progress_moves_by_itself_and_ends_with_the_list(browse, place, barriers):
    page = browse(place.payroll)
    job = start(page)
    expect(page.get_by_text("czeka na swoją kolej").first).to_be_visible()
    with held(Job.lock_of(job.pk)):
        Job.objects.update(started_at=Now(), done=120, total=500)
        expect(page.get_by_text("120 z 500 osób").first).to_be_visible()
        assert page.get_by_role("progressbar").evaluate("bar => [bar.value, bar.max]") == [120, 500]
        assert barriers(page) == ""
    actions.carry_out(job.pk, running.carry_out)
    says(page, "Lista jest policzona.")
    expect(page.get_by_role("progressbar")).to_have_count(0)
    for person in place.people:
        expect(page.get_by_role("rowheader", name=str(person)).first).to_be_visible()


def test_without_scripts_the_list_is_asked_for_again(browse, place):
    page = browse(place.payroll, scripts=False)
    job = start(page)
    actions.carry_out(job.pk, running.carry_out)
    page.get_by_role("link", name="Odśwież").click()
    says(page, "Lista jest policzona.")
