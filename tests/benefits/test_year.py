"""A year as it was paid: approved lists by the month of their payday, corrected by what followed."""

from datetime import date
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from benefits.actions import pay_again, record_payments, record_return
from benefits.reading.year import year_of
from cistor.journal.models import Reading
from participants.models import Programme
from tests.benefits.months import AUGUST, JULY, correct, pay_month
from tests.benefits.people import SIXTH, make_on_trial, make_settled_in
from tests.factories import login

END_OF_AUGUST = date(2026, 8, 31)
# July and August are paid at the beginning of the month after; places among the twelve.
PAID_IN_AUGUST, PAID_IN_SEPTEMBER = 7, 8


@pytest.fixture
def programme(centre) -> Programme:
    """Somebody whose July has one unexcused day; August has none."""
    return make_settled_in(centre, until=END_OF_AUGUST, but={SIXTH: "unexcused"})


@pytest.fixture
def pay(centre, letterhead, payroll, director):
    def paid(month, *, sent=True):
        approved = pay_month(centre, month, by=payroll, director=director)
        if sent and approved.settlements.unpaid().exists():
            record_payments(approved, paid_on=approved.payday, by=payroll, on=approved.payday)
        return approved

    return paid


def months(amounts) -> dict[int, str]:
    """Place → amount, where there is any."""
    return {place: str(amount) for place, amount in enumerate(amounts) if amount}


def test_the_cost_stands_in_the_month_of_the_payday(programme, pay):
    pay(JULY)
    cost = year_of(programme.participant.centre, 2026).cost
    assert months(cost["main"]) == {PAID_IN_AUGUST: "1694.70"}
    # 19,52 % and 8 % of 1 694,70
    assert months(cost["zus"]) == {PAID_IN_AUGUST: "466.39"}
    assert months(cost["trial"]) == months(cost["bonus"]) == {}


def test_a_list_that_is_not_approved_has_cost_nothing(july):
    assert year_of(july.centre, 2026).rows == []


def test_a_trial_is_a_kind_of_its_own(centre, pay):
    make_on_trial(centre, start_on=JULY, until=END_OF_AUGUST, main=True)
    # Nobody drafted the list of the trial, so it is paid with the month.
    pay(AUGUST)
    cost = year_of(centre, 2026).cost
    assert months(cost["trial"]) == {PAID_IN_SEPTEMBER: "892.00"}
    assert months(cost["main"]) == {PAID_IN_SEPTEMBER: "1783.90"}


def test_a_difference_counts_in_the_month_in_which_it_was_paid(programme, pay):
    pay(JULY)
    correct(programme, {SIXTH: "sick"})
    pay(AUGUST)
    found = year_of(programme.participant.centre, 2026)
    # August 1 783,90 and 44,60 more for July: 1/40 instead of 1/20.
    assert months(found.cost["main"]) == {PAID_IN_AUGUST: "1694.70", PAID_IN_SEPTEMBER: "1828.50"}
    assert [(kind.code, kind.days, str(kind.amount)) for kind in found.taken] == [
        ("unexcused", 0, "0.00"),
        ("sick", 1, "44.60"),
    ]


def test_what_was_overpaid_lowers_the_cost_and_the_next_transfer(programme, pay):
    """Two more days of July turn out unexcused: 3 × 1/20 × 1 783,90 = 267,59 for 89,20."""
    pay(JULY)
    correct(programme, {date(2026, 7, 7): "unexcused", date(2026, 7, 8): "unexcused"})
    august = pay(AUGUST)
    found = year_of(programme.participant.centre, 2026)
    # 1 783,90 − (267,59 − 89,20)
    assert months(found.cost["main"])[PAID_IN_SEPTEMBER] == "1605.51"
    assert found.got_by_month[PAID_IN_SEPTEMBER] == sum(row.payout for row in august.settlements.all())
    assert [(kind.code, kind.days, str(kind.amount)) for kind in found.taken] == [("unexcused", 3, "267.59")]


def test_what_people_got_is_what_was_transferred(programme, pay):
    july, august = pay(JULY), pay(AUGUST)
    found = year_of(programme.participant.centre, 2026)
    (person,) = found.people
    got = [month.amount for month in found.by_person[person]]
    assert months(got) == {
        PAID_IN_AUGUST: str(july.settlements.get().payout),
        PAID_IN_SEPTEMBER: str(august.settlements.get().payout),
    }
    assert found.got_by_month == got
    assert found.sums["got"] == sum(got)


def test_a_transfer_that_came_back_was_not_got_until_it_is_sent_again(programme, pay, payroll):
    row = pay(JULY).settlements.get()
    deed = {"by": payroll, "on": END_OF_AUGUST}
    record_return(row, returned_on=date(2026, 8, 10), **deed)
    back = year_of(programme.participant.centre, 2026).sums
    assert (back["got"], back["back"]) == (0, row.payout)
    pay_again(row, paid_on=date(2026, 8, 12), **deed)
    again = year_of(programme.participant.centre, 2026).sums
    assert (again["got"], again["back"]) == (row.payout, 0)


def test_what_is_approved_but_not_sent_has_a_cost_and_nobody_got_it_yet(programme, pay):
    row = pay(JULY, sent=False).settlements.get()
    found = year_of(programme.participant.centre, 2026)
    assert (found.sums["got"], found.sums["back"], found.sums["waits"]) == (0, 0, row.payout)
    assert found.sums["main"] == row.benefit
    assert months(found.got_by_month) == {}


def test_another_centre_and_another_year_are_left_out(programme, pay, other_centre):
    pay(JULY)
    assert year_of(other_centre, 2026).rows == []
    before = year_of(programme.participant.centre, 2025)
    assert (before.rows, before.first, before.last) == ([], 2026, 2026)


def test_three_queries_whatever_the_number_of_people(centre, programme, pay, django_assert_num_queries):
    make_settled_in(centre)
    pay(JULY)
    with django_assert_num_queries(3):
        found = year_of(centre, 2026)
        assert len(found.people) == 2
        assert found.sums["total"]


# Pages ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def reader(client, director, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: END_OF_AUGUST)
    login(client, director)
    return client


def page(client, year=2026, **query):
    return client.get(reverse("benefits:year", args=[year]), query)


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_the_page_shows_cost_reductions_and_people(reader, programme, pay):
    pay(JULY)
    shown = text(page(reader))
    for words in ("1 694,70 zł", "466,39 zł", "Nieobecności nieusprawiedliwione", "89,20 zł"):
        assert words in shown
    assert str(programme.participant) in shown


def test_a_month_leads_to_its_settlement_and_several_to_the_person(reader, programme, pay):
    row = pay(JULY).settlements.get()
    correct(programme, {SIXTH: "sick"})
    pay(AUGUST)
    (person,) = page(reader).context["people"]
    assert [cell.url for cell in person.cells if cell] == [
        reverse("benefits:settlement", args=[row.pk]),
        reverse("benefits:person", args=[programme.participant_id]),
    ]


def test_the_page_says_apart_what_was_not_sent_yet(reader, programme, pay):
    pay(JULY, sent=False)
    answer = page(reader)
    assert "Jeszcze nie wysłano</dt><dd>1 491,70 zł" in text(answer)
    (person,) = answer.context["people"]
    [cell] = [cell for cell in person.cells if cell]
    assert (cell.kind, cell.text) == ("off", "0,00")
    said = cell.title.replace("\u00a0", " ")
    assert said == "sierpień 2026: 0,00 zł, jeszcze nie wysłano 1 491,70 zł"


def test_the_lists_lead_to_the_year_and_to_what_if(reader, centre):
    shown = text(reader.get(reverse("benefits:lists")))
    assert f'href="{reverse("benefits:year", args=[2026])}"' in shown
    assert f'href="{reverse("benefits:what_if")}"' in shown


def test_a_year_without_payments_says_so_and_leads_to_its_neighbours(reader, programme, pay):
    assert "W tym roku nic nie wypłacono" in text(page(reader))
    pay(JULY)
    context = page(reader, 2027).context
    assert (context["before"], context["after"]) == (2026, None)
    assert (page(reader).context["before"], page(reader).context["after"]) == (None, None)


@pytest.mark.parametrize("year", [0, 1999, 2101, 10**30])
def test_a_year_out_of_this_world_is_not_found(reader, centre, year):
    assert page(reader, year).status_code == 404


def test_people_are_paged_by_name_and_the_sums_are_of_everybody(reader, centre, pay):
    for number in range(27):
        make_settled_in(centre, last_name=f"Zmyślona{'ABCDEFGHIJKLMNOPRSTUWYZĄĆĘŁ'[number]}")
    pay(JULY)
    first, second = page(reader), page(reader, strona=2)
    assert [len(answer.context["people"]) for answer in (first, second)] == [25, 2]
    assert first.context["found"].sums == second.context["found"].sums


def test_the_page_asks_as_often_for_many_as_for_one(reader, centre, programme, pay, django_assert_num_queries):
    pay(JULY)
    with CaptureQueriesContext(connection) as one:
        page(reader)
    for _ in range(3):
        make_settled_in(centre, since=date(2026, 8, 3), until=END_OF_AUGUST)
    pay(AUGUST)
    with django_assert_num_queries(len(one)):
        assert len(page(reader).context["people"]) == 4


def test_of_people_only_their_names_are_read(reader, programme, pay):
    pay(JULY)
    with CaptureQueriesContext(connection) as asked:
        page(reader)
        reader.get(reverse("benefits:year_sheet", args=[2026]))
    assert not [query["sql"] for query in asked if "pesel" in query["sql"]]


def test_the_sheet_holds_the_year_and_is_written_down(reader, programme, pay, director):
    row = pay(JULY).settlements.get()
    answer = reader.get(reverse("benefits:year_sheet", args=[2026]))
    book = load_workbook(BytesIO(answer.content))
    cost, people, taken = book.worksheets
    assert [cell.value for cell in cost[9]] == ["sierpień 2026", 1694.7, 0, 0, 466.39, 2161.09]
    assert (people["A2"].value, people["I2"].value) == (str(programme.participant), float(row.payout))
    assert [cell.value for cell in taken[2]] == ["Nieobecności nieusprawiedliwione", 1, 89.2]
    assert "swiadczenia-2026.xlsx" in answer["Content-Disposition"]
    assert Reading.objects.filter(participant=programme.participant, what="payment_list", by=director).exists()
