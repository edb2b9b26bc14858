"""The contributions of a month: two lines a settlement, the same sums as the lists; titles, dates, health insurance."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from benefits.actions.payer import deregister_insurance, register_insurance
from benefits.models import Insurance
from benefits.reading.zus import zus_month
from cistor.errors import Refused
from cistor.journal.models import Reading
from tests.benefits.months import JULY, approved_unprinted, count_month
from tests.benefits.people import COUNTED, make_settled_in
from tests.factories import end, login

AUGUST = date(2026, 8, 1)


@pytest.fixture
def paid(centre, programme, payroll, director):
    make_settled_in(centre)
    return approved_unprinted(count_month(centre, JULY, by=payroll), by=director, on=COUNTED)


def test_the_month_of_the_payday_has_two_lines_a_settlement(centre, programme, paid):
    found = zus_month(centre, AUGUST)
    first = found.insured[0].sums
    # 19,52 % and 8 % of 1 694,70
    assert (first.basis, first.pension, first.disability) == (
        Decimal("1694.70"),
        Decimal("330.81"),
        Decimal("135.58"),
    )
    lists = paid.settlements.all()
    assert found.sums.pension == sum(row.zus_pension for row in lists)
    assert found.sums.total == sum(row.zus_pension + row.zus_disability for row in lists)


def test_a_month_without_a_payday_shows_who_is_insured_and_nothing_to_pay(centre, paid):
    july = zus_month(centre, JULY)
    assert (len(july.insured), july.sums.total, july.unregistered) == (2, 0, 2)


def test_health_insurance_begins_31_days_after_the_first_and_ends_with_the_programme(centre, programme):
    row = zus_month(centre, AUGUST).insured[0]
    assert (row.health_from, row.health_until) == (date(2026, 8, 1), None)
    end(programme, ended_on=date(2026, 8, 20))
    assert zus_month(centre, AUGUST).insured[0].health_until == date(2026, 8, 20)
    end(programme, ended_on=date(2026, 7, 20))
    assert zus_month(centre, JULY).insured[0].health_from is None


def test_somebody_is_registered_corrected_and_taken_off(programme, payroll):
    who = {"by": payroll, "on": COUNTED}
    register_insurance(programme, registered_on=date(2026, 7, 3), **who)
    register_insurance(programme, title_code="091010", registered_on=date(2026, 7, 4), **who)
    row = Insurance.objects.get()
    assert (row.title_code, row.registered_on) == ("091010", date(2026, 7, 4))
    with pytest.raises(Refused, match="jeszcze trwa"):
        deregister_insurance(programme, deregistered_on=COUNTED, **who)
    end(programme, ended_on=date(2026, 7, 31))
    deregister_insurance(programme, deregistered_on=COUNTED, **who)
    assert Insurance.objects.get().deregistered_on == COUNTED


@pytest.mark.parametrize("day, message", [("2026-08-04", "jeszcze nie było"), ("2026-06-30", "zaczął się")])
def test_a_registration_is_neither_in_the_future_nor_before_the_programme(programme, payroll, day, message):
    with pytest.raises(Refused, match=message):
        register_insurance(programme, registered_on=date.fromisoformat(day), by=payroll, on=COUNTED)


def test_who_was_never_registered_is_not_taken_off(programme, payroll):
    end(programme, ended_on=date(2026, 7, 31))
    with pytest.raises(Refused, match="nie zgłoszono"):
        deregister_insurance(programme, deregistered_on=COUNTED, by=payroll, on=COUNTED)


def test_the_sheet_has_a_line_a_settlement_and_one_a_person(client, centre, paid, payroll):
    login(client, payroll)
    client.get(reverse("benefits:zus", args=[2026, 8]))
    assert Reading.objects.filter(what="zus", by=payroll).count() == len(zus_month(centre, AUGUST).insured)
    data = client.get(reverse("benefits:zus_sheet", args=[2026, 8])).content
    book = load_workbook(BytesIO(data))
    rows, people = book["Rozliczenia 2026-08"], book["Osoby 2026-08"]
    assert (rows.max_row, people.max_row) == (4, 4)
    total = zus_month(centre, AUGUST).sums.total
    assert Decimal(str(rows.cell(4, 8).value)) == Decimal(str(people.cell(4, 12).value)) == total
    assert people.cell(2, 3).is_date


def test_the_number_of_queries_does_not_grow(centre, paid):
    with CaptureQueriesContext(connection) as queries:
        for one in zus_month(centre, AUGUST).insured:
            assert one.name
            assert one.insurance is None
            assert [row.period for row in one.settlements]
    assert len(queries) == 2
