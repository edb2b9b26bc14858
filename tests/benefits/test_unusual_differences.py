"""A list that makes up for what changed after an approval: what its page and its workbook say of it."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from benefits.sheets.payment_list import list_workbook
from tests.benefits.months import AUGUST, JULY, SIXTH, correct, count_month, pay_month
from tests.benefits.people import make_settled_in
from tests.benefits.test_unusual import said
from tests.factories import login

LAST_OF_AUGUST = date(2026, 8, 31)
SEVENTH = date(2026, 7, 7)


@pytest.fixture
def august(centre, letterhead, payroll, director):
    """July said one unexcused day; afterwards it was `changes`, and August is counted."""

    def counted(changes):
        programme = make_settled_in(centre, until=LAST_OF_AUGUST, but={SIXTH: "unexcused"})
        pay_month(centre, JULY, by=payroll, director=director)
        correct(programme, changes)
        return count_month(centre, AUGUST, by=payroll)

    return counted


def test_what_is_made_up_for_is_told_with_its_amount(august):
    assert said(august({SIXTH: "sick"}))["DIFFERENCE"] == ["Różnica za lipiec 2026: +39,60 zł."]


def test_what_was_overpaid_is_told_with_what_is_taken_for_it(august):
    found = said(august({SEVENTH: "unexcused"}))
    assert found["DIFFERENCE"] == ["Różnica za lipiec 2026: nadpłata 89,19 zł."]
    assert found["OVERPAID"] == ["Na nadpłatę za lipiec 2026 zaliczono 89,19 zł."]


def test_page_and_workbook_show_both_settlements(august, client, payroll):
    payment_list = august({SIXTH: "sick"})
    login(client, payroll)
    page = client.get(reverse("benefits:list", args=[payment_list.pk]), {"uwaga": "roznica"})
    (row,) = page.context["rows"]
    assert row.corrects_id
    book = load_workbook(BytesIO(list_workbook(payment_list, accounts=True)), data_only=True)
    periods = [cell.value for cell in book.worksheets[0]["B"]]
    assert periods == ["Za", "różnica za lipiec 2026", "sierpień 2026", None]
