"""The card of a case says what the personal file lacks, and leads to it."""

from datetime import date

import pytest

from cistor.centres.models import FileItemKind
from tests.factories import login, make_user
from tests.participants.papers import fill_file, make_paper
from tests.referrals.making import make_application

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 11)


@pytest.fixture
def worker(centre, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)
    return make_user(centre, "social_worker")


@pytest.fixture
def application(centre):
    return make_application(centre)


def page(client, user, application) -> str:
    login(client, user)
    return client.get(f"/skierowania/{application.pk}/").content.decode()


def test_what_is_missing_and_what_ends_soon_stands_on_the_card(client, worker, application):
    person = application.participant
    fill_file(person, but=("safety_card", "medical_certificate"), by=worker)
    make_paper(person, valid_until=date(2026, 3, 10), by=worker)
    make_paper(person, "ipzs", valid_until=date(2026, 3, 12), by=worker)
    html = page(client, worker, application)
    for said in (
        "7 z 9 obowiązkowych",
        "niepełna",
        "Karta szkolenia BHP: brak",
        "Zaświadczenie lekarskie: po terminie",
        "załącznikami: traci ważność 12.03.2026",
        f"/uczestnicy/{person.pk}/teczka/",
    ):
        assert said in html


def test_a_file_that_is_complete_is_said_to_be(client, worker, application):
    fill_file(application.participant, by=worker)
    assert "pełna</span>" in page(client, worker, application)
    assert "niepełna" not in page(client, worker, application)


def test_a_centre_that_asks_for_nothing_shows_no_file(client, centre, worker, application):
    FileItemKind.objects.filter(regulations__centre=centre).delete()
    assert "obowiązkowych" not in page(client, worker, application)
