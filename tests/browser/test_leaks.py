"""After a day of work in a browser: names, numbers and addresses are where they belong, and nowhere else."""

import io
import logging
import re
import subprocess
from datetime import date
from urllib.parse import unquote

import pytest
from django.contrib.sessions.models import Session
from django.core.servers.basehttp import WSGIRequestHandler
from django.db import connection
from django.test.testcases import QuietWSGIRequestHandler
from playwright.sync_api import expect

from cistor import postgres
from cistor.accounts.models import User
from cistor.logs import Line
from participants.models import Participant
from tests.browser.place import FIRST, YESTERDAY, Place
from tests.browser.steps import button, enter_password, says, title
from tests.browser.story import approve_last_month, hand_over_last_month, print_list, run_last_month
from tests.desk.test_backup import address
from tests.factories import make_programme, mark_present, nrb, pesel

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRST_NAME, LAST_NAME, STAFF_NAME = "Cerynia", "Xylofonowska", "Kwintesencjalska"
NUMBER, ACCOUNT = pesel(date(1971, 8, 23), serial=777), nrb(987_654_321)
PHONE, STREET, EMAIL = "612345987", "Nadwiślańskich Ważek 7", "ceryn@wazki.example"
WRONG_NUMBER, WRONG_ACCOUNT = f"{NUMBER[:-1]}{(int(NUMBER[-1]) + 1) % 10}", f"99{ACCOUNT[2:]}"
NAMES = [FIRST_NAME, LAST_NAME, STAFF_NAME]
# What stands nowhere in clear, not even where the names do.
SECRETS = [NUMBER, ACCOUNT, PHONE, STREET, EMAIL, WRONG_NUMBER, WRONG_ACCOUNT]
# The names' only homes, each with its history.
PEOPLE = {"participants_participant", "participants_participantevent"}
STAFF = {"accounts_user", "accounts_userevent"}


@pytest.fixture
def log(monkeypatch):
    """Everything that is written to the log, the server's line for each request too."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(Line("%(name)s %(levelname)s %(message)s"))
    server = logging.getLogger("django.server")
    monkeypatch.setattr(QuietWSGIRequestHandler, "log_message", WSGIRequestHandler.log_message)
    monkeypatch.setattr(server, "level", logging.INFO)
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


@pytest.fixture
def asked(browse):
    """`asked()` opens a page like `browse()`; `asked.urls` is every address that any of them asked for."""

    def open_page(*args, **options):
        page = browse(*args, **options)
        page.on("request", lambda request: open_page.urls.append(request.url))
        return page

    open_page.urls = []
    return open_page


def test_names_numbers_and_addresses_stay_where_they_belong(asked, log, today):
    place = Place()
    User.objects.filter(pk=place.director.pk).update(last_name=STAFF_NAME)
    fail_to_log_in(asked(), place)
    page = asked(place.social_worker)
    enter_a_person(page)
    enter_an_account(page)
    search(page)
    get_lost(page)
    settle(asked, place, today)
    assert holding(log.getvalue(), NAMES + SECRETS) == []
    assert "POST /uczestnicy/nowa-karta/" in log.getvalue()
    assert [url for url in asked.urls if holding(unquote(url), NAMES + SECRETS)] == []
    assert [
        session.pk for session in Session.objects.all() if holding(str(session.get_decoded()), SECRETS + NAMES)
    ] == []
    found = {(table, seed) for table, text in dumped().items() for seed in holding(text, NAMES + SECRETS)}
    names = {(table, name) for table in PEOPLE for name in (FIRST_NAME, LAST_NAME)}
    assert found == names | {(table, STAFF_NAME) for table in STAFF}


def holding(text: str, seeds: list[str]) -> list[str]:
    """Those of the seeds that the text holds, in capitals or with spaces between digits as well."""
    tight = re.sub(r"(?<=\d)[ \u00a0](?=\d)", "", text).casefold()
    return [seed for seed in seeds if seed.casefold() in tight]


def dumped() -> dict[str, str]:
    """The rows of each table as a plain dump writes them; the tools are those of the server."""
    newest = connection.pg_version // 10000 >= 18
    command = [postgres.binaries() / "pg_dump" if newest else "pg_dump", "--data-only"]
    command += ["--dbname", address(connection.settings_dict["NAME"])]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return dict(re.findall(r"^COPY public\.(\S+) [^\n]*\n(.*?)^\\\.$", dump, re.MULTILINE | re.DOTALL))


def fail_to_log_in(page, place):
    """With a name typed as the login and a number as the password, then with a number as the login."""
    for login in (f"{FIRST_NAME} {LAST_NAME}", NUMBER):
        enter_password(page, User(username=login), NUMBER)
        expect(page.get_by_role("alert")).to_contain_text("nie zgadza")


def enter_a_person(page):
    """Wrong entries first, as people do."""
    page.goto("/uczestnicy/nowa-osoba/")
    fill_in(page, {"Nazwisko": LAST_NAME, "Imię": FIRST_NAME, "PESEL": WRONG_NUMBER})
    button(page, "Sprawdź kartotekę").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    fill_in(page, {"PESEL": NUMBER})
    button(page, "Sprawdź kartotekę").click()
    expect(title(page)).to_have_text("Nowa karta")
    fill_in(
        page,
        {"Ulica i numer": STREET, "Kod pocztowy": "8710", "Miejscowość": "Toruń", "Telefon": PHONE, "E-mail": EMAIL},
    )
    button(page, "Załóż kartę").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    fill_in(page, {"Kod pocztowy": "87-100"})
    button(page, "Załóż kartę").click()
    says(page, "Karta jest założona.")


def fill_in(page, values):
    for label, value in values.items():
        page.get_by_role("textbox", name=label).fill(value)


def enter_an_account(page):
    page.get_by_role("link", name="Wpisz rachunek").click()
    for number in (WRONG_ACCOUNT, ACCOUNT):
        fill_in(page, {"Numer rachunku": number})
        page.get_by_label("Od dnia").fill(str(FIRST))
        button(page, "Zapisz sposób wypłaty").click()
    says(page, "Sposób wypłaty jest zapisany.")


def search(page):
    page.goto("/uczestnicy/")
    for text in (NUMBER, LAST_NAME.lower()):
        page.get_by_role("searchbox").fill(text)
        button(page, "Szukaj").click()
        expect(page.get_by_role("rowheader")).to_have_text([f"{LAST_NAME} {FIRST_NAME}"])


def get_lost(page):
    page.goto(f"/uczestnicy/{10**9}/")
    expect(title(page)).to_have_text("Nie ma takiej strony")


def settle(asked, place, today):
    """The person's month is counted, approved and printed; the director reads the card and its traces."""
    place.mark_until_yesterday()
    person = Participant.objects.get(last_name=LAST_NAME)
    programme = make_programme(person, start_on=FIRST, by=place.director)
    mark_present(programme, FIRST, YESTERDAY, by=place.instructor)
    payroll = asked()
    run_last_month(payroll, place)
    hand_over_last_month(payroll)
    director = asked()
    approve_last_month(director, place)
    print_list(director, today)
    for tab in ("uczestnicy/{}/", "uczestnicy/{}/wyplata/", "swiadczenia/uczestnicy/{}/", "slady/{}/"):
        director.goto(f"/{tab.format(person.pk)}")
        expect(title(director)).to_have_text(f"{LAST_NAME} {FIRST_NAME}")
