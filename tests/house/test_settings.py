import runpy
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from cistor import settings

KEYS = {
    "CISTOR_SECRET_KEY": "a" * 60,
    "CISTOR_FIELD_KEYS": "aGVyZSBhcmUgdGhpcnR5LXR3byBieXRlcyBvZiBrZXk=",
    "CISTOR_SEARCH_KEY": "b" * 40,
}


def load(monkeypatch, **environment):
    for name, value in {"CISTOR_ENV": "production", "CISTOR_HOSTS": "cis.example", **KEYS, **environment}.items():
        monkeypatch.setenv(name, value)
    return runpy.run_path(str(Path(settings.__file__)))


def test_production_starts_with_keys_of_its_own(monkeypatch):
    loaded = load(monkeypatch)
    assert loaded["ALLOWED_HOSTS"] == ["cis.example"]
    assert loaded["SESSION_COOKIE_SECURE"]
    assert loaded["SECURE_SSL_REDIRECT"]


def test_a_forgotten_environment_is_production(monkeypatch):
    for name in ("CISTOR_ENV", *KEYS):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ImproperlyConfigured, match="CISTOR_SECRET_KEY is not set"):
        runpy.run_path(str(Path(settings.__file__)))


@pytest.mark.parametrize("name", ["prod", "Production", ""])
def test_a_misspelt_environment_is_refused(monkeypatch, name):
    with pytest.raises(ImproperlyConfigured, match="CISTOR_ENV"):
        load(monkeypatch, CISTOR_ENV=name)


@pytest.mark.parametrize("name", KEYS)
def test_production_refuses_to_start_without_a_key(monkeypatch, name):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is not set"):
        load(monkeypatch, **{name: ""})


@pytest.mark.parametrize("name", KEYS)
def test_production_refuses_the_public_keys(monkeypatch, name):
    with pytest.raises(ImproperlyConfigured, match=f"{name} is the public key"):
        load(monkeypatch, **{name: settings.PUBLIC_KEYS[name]})


def test_production_refuses_a_public_key_among_the_older_ones(monkeypatch):
    old = settings.PUBLIC_KEYS["CISTOR_FIELD_KEYS"]
    with pytest.raises(ImproperlyConfigured, match="CISTOR_FIELD_KEYS is the public key"):
        load(monkeypatch, CISTOR_FIELD_KEYS=f"{KEYS['CISTOR_FIELD_KEYS']},{old}")


def test_the_database_looks_whether_who_holds_its_locks_is_still_there(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, reset_val::int FROM pg_settings WHERE name LIKE 'tcp_keepalives_%' AND source = 'client'"
        )
        assert dict(cursor.fetchall()) == settings.KEEPALIVE


def test_options_in_the_address_of_the_database_stay(monkeypatch):
    loaded = load(monkeypatch, DATABASE_URL="postgres://cistor@localhost/cistor?options=-c%20search_path%3Dcistor")
    options = loaded["DATABASES"]["default"]["OPTIONS"]["options"]
    assert options.startswith("-c search_path=cistor -c tcp_keepalives_idle=")


def test_mails_and_calendars_name_the_program_as_it_is_reached(monkeypatch):
    assert load(monkeypatch)["PUBLIC_URL"] == "https://cis.example"
    assert load(monkeypatch, CISTOR_URL="https://cistor.example/")["PUBLIC_URL"] == "https://cistor.example"


def test_no_mail_ever_goes_to_the_logs(monkeypatch):
    for environment in ("production", "demo"):
        assert not load(monkeypatch, CISTOR_ENV=environment)["EMAIL_BACKEND"].startswith(
            "django.core.mail.backends.console"
        )
    assert load(monkeypatch, CISTOR_SMTP_HOST="mail.example")["EMAIL_BACKEND"].endswith("smtp.EmailBackend")
