"""The calendar to subscribe to: a secret address, entries about nobody, and no log that knows the secret."""

import logging
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from cistor import logs
from cistor.journal.models import Entry
from cistor.notices.actions.feed import renew_feed
from cistor.notices.models import Feed
from tests.factories import login, make_participant, make_programme, make_user

SIGNED, ON = date(2026, 2, 12), date(2026, 3, 10)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)


@pytest.fixture
def people(centre):
    group = [make_participant(centre, last_name=name) for name in ("Niepowtarzalna", "Nieporównana")]
    for person in group:
        make_programme(person, start_on=SIGNED, main=False)
    return group


@pytest.fixture
def token(social_worker):
    return renew_feed(by=social_worker, on=ON).token


def fetch(token: str):
    return Client().get(reverse("notices:feed"), {"klucz": token})


def test_the_calendar_counts_by_kind_and_day_and_tells_nothing_about_anybody(people, token, settings):
    settings.PUBLIC_URL = "https://cistor.example"
    answer = fetch(token)
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Cache-Control"] == "private"
    entries = {str(entry["summary"]): entry for entry in Calendar.from_ical(answer.content).walk("VEVENT")}
    request = entries["Wniosek o kwalifikację uczestnika (2)"]
    assert request["dtstart"].dt == ON
    assert request["url"] == "https://cistor.example/terminy/?rodzaj=qualification_request"
    said = answer.content.decode()
    assert not [person.last_name for person in people if person.last_name in said]
    assert not [person.first_name for person in people if person.first_name in said]


def test_an_entry_keeps_its_name_from_day_to_day(people, token, monkeypatch):
    def names():
        return {str(entry["uid"]) for entry in Calendar.from_ical(fetch(token).content).walk("VEVENT")}

    before = names()
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: date(2026, 3, 9))
    assert before == names() != set()


def test_a_new_address_ends_the_old_one(people, token, social_worker):
    assert fetch(token).status_code == 200
    fresh = renew_feed(by=social_worker, on=ON)
    assert fetch(token).status_code == 404
    assert fetch(fresh.token).status_code == 200
    assert Feed.objects.count() == 1
    entry = Entry.objects.filter(verb="feed_renewed").latest("pk")
    assert (entry.by, entry.data) == (social_worker, None)


@pytest.mark.parametrize("guess", ["", "zgadnięty", "a" * 5000, "\x00"])
def test_a_guess_finds_nothing(token, guess):
    assert fetch(guess).status_code == 404
    assert Client().get(reverse("notices:feed")).status_code == 404


def test_a_closed_account_has_no_calendar(token, social_worker):
    social_worker.is_active = False
    social_worker.save()
    assert fetch(token).status_code == 404


def test_everybody_has_their_own(people, centre, token):
    adviser = make_user(centre, "career_adviser")
    other = renew_feed(by=adviser, on=ON).token
    assert b"qualification_request" in fetch(token).content
    assert b"qualification_request" not in fetch(other).content


def test_no_log_keeps_the_secret(token, social_worker, caplog):
    renew_feed(by=social_worker, on=ON)
    with caplog.at_level(logging.DEBUG):
        assert fetch(token).status_code == 404
    lines = [logs.Line().format(record) for record in caplog.records]
    assert any("Not Found: /terminy/kalendarz.ics" in line for line in lines)
    assert not [line for line in lines if token in line]
    line = logging.LogRecord("web", 20, "", 0, f"GET /terminy/kalendarz.ics?klucz={token} 404", (), None)
    assert token not in logs.Line().format(line)


def test_the_database_holds_the_secret_only_encrypted_and_as_a_keyed_hash(token):
    with connection.cursor() as cursor:
        cursor.execute("SELECT token, token_key FROM notices_feed")
        assert not [value for value in cursor.fetchone() if token in value]


def test_the_page_shows_the_address_and_makes_another(client, social_worker):
    login(client, social_worker)
    page = reverse("notices:my_feed")
    assert "Nie masz jeszcze adresu" in client.get(page).content.decode()
    assert client.post(reverse("notices:renew_feed"), follow=True).status_code == 200
    answer = client.get(page)
    assert Feed.objects.get(user=social_worker).token in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
