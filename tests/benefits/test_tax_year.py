"""The tax of a year agrees with the lists to the grosz; PIT-11 says it once, and once more when it has changed."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.db.models import Sum
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from benefits.actions import record_payments, record_return
from benefits.actions.payer import issue_tax_returns
from benefits.models import Settlement, TaxReturn
from benefits.reading.tax_year import Figures, Person, tax_year
from benefits.sheets.tax import tax_workbook
from cistor.errors import Refused
from cistor.journal.models import Reading
from tests.benefits.months import AUGUST, JULY, approved_unprinted, correct, count_month, third_after
from tests.benefits.people import SIXTH, make_settled_in
from tests.factories import login

END_OF_AUGUST = date(2026, 8, 31)
NEW_YEAR = date(2027, 1, 12)


@pytest.fixture
def programme(centre):
    # First by name.
    return make_settled_in(centre, until=END_OF_AUGUST, but={SIXTH: "unexcused"}, last_name="Abacka")


@pytest.fixture
def pay(centre, payroll, director):
    def paid(month):
        return approved_unprinted(count_month(centre, month, by=payroll), by=director, on=third_after(month))

    return paid


@pytest.fixture
def two_months(centre, programme, pay):
    """July loses a day; in August it turns out that it was excused, and others are paid too."""
    for _ in range(2):
        make_settled_in(centre, until=END_OF_AUGUST)
    pay(JULY)
    correct(programme, {SIXTH: "present"})
    return pay(AUGUST)


def figures(centre, year=2026):
    return {person.pk: person.figures for person in tax_year(centre, year).people}


def test_the_year_adds_up_to_the_lists(centre, two_months):
    found = tax_year(centre, 2026)
    lists = Settlement.objects.filter(payment_list__centre=centre).aggregate(
        benefit=Sum("benefit"), bonus=Sum("bonus"), tax=Sum("tax")
    )
    assert (found.sums.benefit, found.sums.bonus, found.sums.advance) == tuple(lists.values())
    assert found.sums.income == sum(month.income for month in found.by_month.values())
    assert list(found.by_month) == [8, 9]
    assert len(found.people) == 3


def test_differences_count_in_the_month_that_paid_them(centre, programme, two_months):
    person = tax_year(centre, 2026).people[0]
    assert person.pk == programme.participant_id
    # 1/20 of 1 783,90 was taken in July and given back in September.
    assert (person.months[8].differences, person.months[9].differences) == (Decimal(0), Decimal("89.20"))
    assert person.months[8].income == Decimal("1694.70")
    assert person.months[9].income == Decimal("1783.90") + Decimal("89.20")


def test_a_transfer_that_came_back_stays_income_and_is_shown(centre, programme, pay, payroll):
    july = pay(JULY)
    record_payments(july, paid_on=july.payday, by=payroll, on=july.payday)
    record_return(july.settlements.get(), returned_on=july.payday, by=payroll, on=july.payday)
    (now,) = figures(centre).values()
    assert (now.income, now.returned) == (Decimal("1694.70"), july.settlements.get().payout)


def test_a_draft_is_no_income_and_is_told(centre, programme, payroll):
    count_month(centre, JULY, by=payroll)
    found = tax_year(centre, 2026)
    assert (found.people, found.open_lists) == ([], 1)


def test_the_year_is_that_of_the_payday(centre, programme, pay):
    pay(JULY)
    assert figures(centre, 2025) == {}


def test_pit_11_is_made_once_and_corrected_when_the_figures_change(centre, programme, pay, payroll):
    pay(JULY)
    (first,) = issue_tax_returns(centre, 2026, by=payroll, on=NEW_YEAR)
    assert (first.number, first.income, first.advance) == (1, Decimal("1694.70"), Decimal("203.00"))
    with pytest.raises(Refused, match="Nie ma nowych"):
        issue_tax_returns(centre, 2026, by=payroll, on=NEW_YEAR)
    correct(programme, {SIXTH: "present"})
    pay(AUGUST)
    assert tax_year(centre, 2026).people[0].aim == 2
    (second,) = issue_tax_returns(centre, 2026, by=payroll, on=NEW_YEAR)
    now = figures(centre)[programme.participant_id]
    assert (second.number, second.income, second.advance) == (2, now.income, now.advance)


def test_figures_that_are_gone_are_corrected_to_nothing(centre, programme, payroll):
    told = {"participant": programme.participant, "year": 2026, "issued_by": payroll, "issued_on": NEW_YEAR}
    TaxReturn.objects.create(income=Decimal("100.00"), advance=Decimal("12.00"), **told)
    (row,) = issue_tax_returns(centre, 2026, by=payroll, on=NEW_YEAR)
    assert (row.number, row.income, row.advance) == (2, 0, 0)


def test_a_negative_income_is_for_accounting_to_clear_up_and_is_not_issued():
    person = Person(1, months={8: Figures(benefit=Decimal("-10.00"))})
    assert (person.is_to_issue, person.state) == (False, "do wyjaśnienia z księgowością")


def test_the_sheet_keeps_what_was_issued_with_its_number_and_aim(centre, programme, payroll, pay):
    pay(JULY)
    for number, advance in ((1, "100.00"), (2, "203.00")):
        TaxReturn.objects.create(
            participant=programme.participant,
            year=2026,
            number=number,
            income=Decimal("1694.70"),
            advance=Decimal(advance),
            issued_by=payroll,
            issued_on=NEW_YEAR,
        )
    found = tax_year(centre, 2026)
    book = load_workbook(BytesIO(tax_workbook(found, {programme.participant_id: programme.participant})))
    head, row = book["PIT-11 XML"].iter_rows(values_only=True)
    said = dict(zip(head, row, strict=True))
    assert (found.to_issue, said["cel_zlozenia"], said["numer"], said["zaliczka"]) == ([], 2, 2, 203)


def test_a_year_that_goes_on_has_no_pit_11_yet(centre, programme, pay, payroll):
    pay(JULY)
    with pytest.raises(Refused, match="po zakończeniu roku"):
        issue_tax_returns(centre, 2026, by=payroll, on=date(2026, 12, 31))


def test_the_sheets_have_the_right_types_and_one_row_a_person(client, centre, two_months, payroll):
    login(client, payroll)
    page = client.get(reverse("benefits:tax_sheet", args=[2026]))
    book = load_workbook(BytesIO(page.content))
    assert book.sheetnames == ["PIT-11 2026", "PIT-11 XML", "Miesiące 2026", "Uwagi"]
    head, *rows = book["PIT-11 XML"].iter_rows(values_only=True)
    first = dict(zip(head, rows[0], strict=True))
    now = tax_year(centre, 2026).people[0].figures
    assert len(rows) == 3
    assert (first["cel_zlozenia"], first["rok"]) == (1, 2026)
    assert isinstance(first["pesel"], str)
    assert (Decimal(str(first["przychod"])), Decimal(str(first["zaliczka"]))) == (now.income, now.advance)
    last = [cell.value for cell in book["PIT-11 2026"][book["PIT-11 2026"].max_row]]
    assert Decimal(str(last[4])) == tax_year(centre, 2026).sums.income
    assert Reading.objects.filter(by=payroll, what="tax_data").count() == 3


def test_the_page_shows_the_year_and_asks_before_it_writes(client, centre, two_months, payroll, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: NEW_YEAR)
    login(client, payroll)
    page = client.get(reverse("benefits:tax_year", args=[2026])).content.decode()
    assert "do sporządzenia" in page
    issue = reverse("benefits:issue_tax_returns", args=[2026])
    assert "Tego nie da się cofnąć" in client.get(issue).content.decode()
    client.post(issue, {"token": "pit"})
    assert TaxReturn.objects.count() == 3
    assert "Nie ma czego zapisać" in client.get(issue).content.decode()


def test_another_centres_year_is_empty(two_months, other_centre):
    assert tax_year(other_centre, 2026).people == []


def test_the_number_of_queries_does_not_grow(centre, programme, pay):
    make_settled_in(centre)
    pay(JULY)
    with CaptureQueriesContext(connection) as queries:
        tax_year(centre, 2026)
    assert len(queries) == 3
