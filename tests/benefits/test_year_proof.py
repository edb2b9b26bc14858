"""A whole year computed again from what was stored: at once where it is small, else in the background."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from benefits.actions.proof import KIND, ask_for_year
from benefits.reading.proof import lists_of
from benefits.tasks import verify_year
from benefits.views import proof
from cistor.jobs.models import Job
from tests.benefits.people import COUNTED
from tests.factories import login, mark_present

SEPTEMBER = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: SEPTEMBER)


def tamper(settlement) -> None:
    """Behind the triggers, as somebody with the password of the database would."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE benefits_line DISABLE TRIGGER USER")
        cursor.execute("UPDATE benefits_line SET amount = 1 WHERE settlement_id = %s", [settlement.pk])
        cursor.execute("ALTER TABLE benefits_line ENABLE TRIGGER USER")


def test_a_year_that_comes_out_the_same_says_so(client, approved, payroll):
    login(client, payroll)
    page = client.get(reverse("benefits:verify_year", args=[2026]))
    assert (page.context["count"], page.context["wrong"]) == (1, 0)
    assert "wynik ten sam" in page.content.decode()


def test_what_was_changed_behind_the_program_is_found_and_linked(client, approved, payroll):
    row = approved.settlements.get()
    tamper(row)
    login(client, payroll)
    page = client.get(reverse("benefits:verify_year", args=[2026]))
    assert page.context["wrong"] == 1
    assert reverse("benefits:verify_settlement", args=[row.pk]) in page.content.decode()


def test_a_year_is_that_of_the_payday_and_drafts_are_not_in_it(july, approved, payroll, outsider):
    assert list(lists_of(payroll, 2026, on=SEPTEMBER)) == [approved]
    assert not lists_of(payroll, 2025, on=SEPTEMBER).exists()
    assert not lists_of(outsider, 2026, on=SEPTEMBER).exists()


def test_a_year_without_lists_is_an_honest_empty_page(client, july, payroll):
    login(client, payroll)
    assert "nie ma zatwierdzonej listy" in client.get(reverse("benefits:verify_year", args=[2026])).content.decode()


@pytest.mark.parametrize("year", [0, 1999, 99999, 10**30])
def test_a_year_that_cannot_be_is_not_found(client, payroll, year):
    login(client, payroll)
    assert client.get(reverse("benefits:verify_year", args=[year])).status_code == 404


def test_a_big_year_is_computed_in_the_background(client, approved, payroll, monkeypatch):
    monkeypatch.setattr(proof, "AT_ONCE", 0)
    login(client, payroll)
    url = reverse("benefits:verify_year", args=[2026])
    assert "count" in client.get(url).context
    assert not Job.objects.exists()
    client.post(url)
    job = Job.objects.get()
    assert (job.kind, job.by, job.total) == (KIND, payroll, 1)
    verify_year(job.pk)
    page = client.get(reverse("benefits:verified_year", args=[job.pk]))
    assert (page.context["count"], page.context["wrong"]) == (1, 0)
    assert Job.objects.get().taken_at


def test_a_list_approved_while_the_job_waits_is_computed_too(approved, programme, pay, payroll):
    job = ask_for_year(year=2026, by=payroll, on=COUNTED)
    mark_present(programme, date(2026, 8, 1), date(2026, 8, 31))
    pay(date(2026, 8, 1))
    verify_year(job.pk)
    job.refresh_from_db()
    assert (job.failure, job.done, job.total) == ("", 2, 2)


def test_what_came_out_is_opened_and_not_downloaded(client, approved, payroll, monkeypatch):
    monkeypatch.setattr(proof, "AT_ONCE", 0)
    job = ask_for_year(year=2026, by=payroll, on=COUNTED)
    verify_year(job.pk)
    job.refresh_from_db()
    login(client, payroll)
    pages = [client.get(url) for url in (job.get_absolute_url(), reverse("benefits:verify_year", args=[2026]))]
    for page in pages:
        assert f'href="{job.file_url}"' in page.content.decode()
        assert "Otwórz" in page.content.decode()
        assert "Pobierz" not in page.content.decode()
    assert "Wynik czeka do jutra" in pages[0].content.decode()


def test_the_background_finds_the_same_as_the_page(client, approved, payroll):
    row = approved.settlements.get()
    tamper(row)
    job = ask_for_year(year=2026, by=payroll, on=COUNTED)
    verify_year(job.pk)
    login(client, payroll)
    page = client.get(reverse("benefits:verified_year", args=[job.pk]))
    assert [[one.pk for one in wrong] for _, _, wrong in page.context["rows"]] == [[row.pk]]
