"""The payer's calendar: each duty with its day, its figures and what was written down."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.models import Insurance, PayerDuty
from benefits.reading.payer import duties
from tests.benefits.months import JULY, approved_unprinted, count_month
from tests.benefits.people import COUNTED, make_settled_in
from tests.factories import end, login

ON = date(2026, 9, 10)
PAYER = reverse("benefits:payer")


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: ON)


@pytest.fixture
def paid(centre, programme, payroll, director):
    return approved_unprinted(count_month(centre, JULY, by=payroll), by=director, on=COUNTED)


@pytest.fixture
def reader(client, payroll):
    login(client, payroll)
    return client


def test_the_figures_are_those_of_the_lists(centre, paid):
    found = {duty.deadline.kind: duty for duty in duties(centre, 2026, on=ON) if duty.figure}
    row = paid.settlements.get()
    zus = row.zus_pension + row.zus_disability
    assert found["zus_declaration"].figure == zus
    assert found["pit_advance"].figure == row.tax
    assert found["refund_application"].figure == row.benefit + zus


def test_the_calendar_leads_from_a_duty_to_its_record(reader, centre, paid):
    page = reader.get(PAYER).content.decode()
    record = reverse("benefits:record_duty", args=["zus_declaration", 2026, 8])
    assert record in page
    assert "zgłosić" in page
    told = {"token": "1", "done_on": "2026-09-09", "amount": "400,00"}
    assert reader.post(record, told).status_code == 302
    assert PayerDuty.objects.get().amount == Decimal("400.00")
    # The lists say something else.
    assert "inna kwota" in reader.get(PAYER).content.decode()


def test_a_duty_that_nobody_owes_has_no_page(reader, paid):
    for kind, year, month in (("zus_declaration", 2020, 1), ("refund_application", 2026, 8), ("pit_return", 2026, 8)):
        assert reader.get(reverse("benefits:record_duty", args=[kind, year, month])).status_code == 404


def test_a_day_that_has_not_come_is_refused_on_the_form(reader, paid):
    record = reverse("benefits:record_duty", args=["pit_advance", 2026, 8])
    answer = reader.post(record, {"token": "1", "done_on": "2026-09-11", "amount": "1"})
    assert (answer.status_code, PayerDuty.objects.count()) == (422, 0)


def test_who_is_registered_leaves_the_calendar_and_comes_back_to_be_taken_off(reader, programme):
    page = reverse("benefits:insurance", args=[programme.pk])
    assert page in reader.get(PAYER).content.decode()
    told = {"title_code": "091000", "registered_on": "2026-07-03"}
    reader.post(page, {"token": "1", **told})
    assert page not in reader.get(PAYER).content.decode()
    end(programme, ended_on=date(2026, 8, 31))
    assert "wyrejestrować" in reader.get(PAYER).content.decode()
    reader.post(page, {"token": "2", **told, "deregistered_on": "2026-09-02"})
    assert Insurance.objects.get().deregistered_on == date(2026, 9, 2)
    # What was told to ZUS is not taken back by an empty field.
    answer = reader.post(page, {"token": "3", **told, "deregistered_on": ""})
    assert answer.status_code == 422
    assert Insurance.objects.get().deregistered_on == date(2026, 9, 2)


def test_a_wrong_title_code_is_told_in_words(reader, programme):
    page = reverse("benefits:insurance", args=[programme.pk])
    answer = reader.post(page, {"token": "1", "title_code": "0911", "registered_on": "2026-07-03"})
    assert answer.status_code == 422
    assert "zaczyna się od 0910" in answer.content.decode()


def test_the_director_reads_and_writes_nothing(client, director, paid):
    login(client, director)
    page = client.get(PAYER).content.decode()
    assert "Odnotuj" not in page
    assert client.get(reverse("benefits:record_duty", args=["pit_advance", 2026, 8])).status_code == 403


def test_the_number_of_queries_does_not_grow(reader, centre, paid, django_assert_max_num_queries):
    reader.get(PAYER)
    with django_assert_max_num_queries(40) as few:
        reader.get(PAYER)
    for _ in range(5):
        make_settled_in(centre)
    with django_assert_max_num_queries(len(few)):
        reader.get(PAYER)
