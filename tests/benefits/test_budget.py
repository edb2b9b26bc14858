"""The budget of a year: what was planned, paid, approved, drafted, and what the planned stages will cost."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from benefits.actions import record_return
from benefits.actions.budget import set_budget
from benefits.models import BudgetPlan
from benefits.reading.budget import budget_of, forecast
from cistor.errors import Refused
from participants.models import Programme
from tests.benefits.months import AUGUST, JULY, count_month
from tests.benefits.people import make_settled_in
from tests.benefits.refunding import EARLY_SEPTEMBER, paid_month
from tests.factories import login, make_user

END_OF_AUGUST = date(2026, 8, 31)


@pytest.fixture
def programme(centre) -> Programme:
    """In the main period from July to the end of August, as it was ordered."""
    programme = make_settled_in(centre, until=END_OF_AUGUST)
    programme.stages.update(end_on=END_OF_AUGUST)
    return programme


@pytest.fixture
def plan(centre, payroll):
    def planned(kind="benefit", amount="5000", year=2026, **over):
        given = {"source": "Plan finansowy", "by": payroll, "on": EARLY_SEPTEMBER, **over}
        return set_budget(centre, year=year, kind=kind, amount=amount and Decimal(amount), **given)

    return planned


def costs(centre, year=2026, on=EARLY_SEPTEMBER) -> dict[str, list[str]]:
    """Kind → paid, approved, drafted, coming."""
    found = budget_of(centre, year, on=on).costs
    return {c.code: [str(amount) for amount in (c.paid, c.approved, c.drafted, c.coming)] for c in found}


def test_each_settlement_counts_once_in_its_state(centre, programme, letterhead, payroll, director):
    """1 783,90 a month; the contributions are 27,52 % of it, rounded a line each."""
    assert costs(centre)["benefit"] == ["0.00", "0.00", "0.00", "3567.80"]
    paid_month(centre, JULY, by=payroll, director=director)
    assert costs(centre)["benefit"] == ["1783.90", "0.00", "0.00", "1783.90"]
    count_month(centre, AUGUST, by=payroll)
    assert costs(centre) == {
        "benefit": ["1783.90", "0.00", "1783.90", "0.00"],
        "bonus": ["0.00", "0.00", "0.00", "0.00"],
        "zus": ["490.93", "0.00", "490.93", "0.00"],
    }


def test_what_is_approved_or_came_back_waits(centre, programme, letterhead, payroll, director):
    row = paid_month(centre, JULY, by=payroll, director=director).settlements.get()
    record_return(row, returned_on=date(2026, 8, 10), by=payroll, on=EARLY_SEPTEMBER)
    assert costs(centre)["benefit"] == ["0.00", "1783.90", "0.00", "1783.90"]


def test_the_forecast_takes_the_paydays_of_the_year_alone(centre, programme):
    programme.stages.update(end_on=date(2026, 12, 31))
    # July to November are paid in the year, December in January.
    assert str(forecast(centre, 2026, on=JULY).benefit) == "8919.50"
    assert str(forecast(centre, 2027, on=JULY).benefit) == "1783.90"


def test_what_a_list_forgot_is_paid_today_at_the_earliest_and_a_past_year_costs_no_more(centre, programme):
    late = date(2027, 2, 1)
    assert forecast(centre, 2026, on=late) == (0, 0, 0)
    assert str(forecast(centre, 2027, on=late).benefit) == "3567.80"


def test_absences_lower_no_forecast(centre, programme):
    programme.days.update(meaning="unexcused", code="NN")
    assert costs(centre)["benefit"][-1] == "3567.80"


def test_who_has_a_contradiction_in_the_facts_is_counted_apart(centre, programme, director):
    decided = {"decided_on": JULY, "decided_by": director}
    programme.stages.update(end_on=date(2026, 7, 10))
    programme.stages.create(kind="extension", start_on=date(2026, 8, 3), end_on=END_OF_AUGUST, **decided)
    assert forecast(centre, 2026, on=JULY) == (0, 0, 1)


def test_the_plan_says_what_is_left_and_when_it_will_not_do(centre, programme, plan, letterhead, payroll, director):
    plan(amount="3000")
    benefit, bonus, _ = budget_of(centre, 2026, on=EARLY_SEPTEMBER).costs
    assert (str(benefit.left), benefit.is_over, benefit.is_spent) == ("-567.80", True, False)
    assert (bonus.left, bonus.is_over) == (None, False)
    plan(amount="1000")
    paid_month(centre, JULY, by=payroll, director=director)
    assert budget_of(centre, 2026, on=EARLY_SEPTEMBER).costs[0].is_spent


def test_the_sum_has_a_plan_when_every_kind_has_one(centre, plan):
    plan("benefit", "100")
    plan("zus", "20")
    assert budget_of(centre, 2026, on=EARLY_SEPTEMBER).total.plan is None
    plan("bonus", "0")
    assert str(budget_of(centre, 2026, on=EARLY_SEPTEMBER).total.plan) == "120.00"


def test_a_plan_is_changed_taken_away_and_never_negative(plan):
    assert plan(amount="100").amount == 100
    assert str(plan(amount="200").amount) == "200"
    assert BudgetPlan.objects.count() == 1
    with pytest.raises(Refused, match="ujemny"):
        plan(amount="-1")
    plan(amount=None)
    assert not BudgetPlan.objects.exists()


@pytest.mark.parametrize("role", ["social_worker", "instructor", "admin"])
def test_the_plan_is_payrolls_and_the_directors(plan, centre, role, outsider):
    for user in (make_user(centre, role), outsider):
        with pytest.raises(Refused, match="Plan budżetu"):
            plan(by=user)


# Pages ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def reader(client, payroll, monkeypatch):
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: EARLY_SEPTEMBER)
    login(client, payroll)
    return client


def text(answer) -> str:
    return answer.content.decode().replace("\u00a0", " ")


def test_the_plan_is_set_on_one_form_and_its_changes_are_shown(reader, programme, payroll):
    url, page = reverse("benefits:set_budget", args=[2026]), reverse("benefits:budget")
    first = {"benefit": "1 200 000", "benefit_source": "Uchwała", "bonus": "", "zus": "", "token": "a"}
    assert reader.post(url, first).url == f"{page}?rok=2026"
    reader.post(url, {**first, "benefit": "3000", "token": "b"})
    shown = text(reader.get(page))
    assert "było 1 200 000,00 zł, jest 3 000,00 zł (Uchwała)" in shown
    assert "plan nie wystarczy" in shown
    assert "Świadczenia: razem, ponad plan: 3 567,80 zł" in shown
    assert reader.post(url, {"benefit_source": "Uchwała", "token": "c"}).status_code == 422


def test_an_empty_year_says_so(reader, centre):
    assert "nie ma planu ani wypłat" in text(reader.get(reverse("benefits:budget"), {"rok": "2025"}))
    assert reader.get(reverse("benefits:budget_sheet", args=[1999])).status_code == 404


def test_the_workbook_holds_amounts(reader, programme, plan):
    plan(amount="5000")
    sheet = load_workbook(BytesIO(reader.get(reverse("benefits:budget_sheet", args=[2026])).content)).active
    assert [cell.value for cell in sheet[2]] == [
        "Świadczenia", 5000, 0, 0, 0, 3567.8, 3567.8, 1432.2, "Plan finansowy",
    ]  # fmt: skip
    assert [sheet["A4"].value, sheet["A5"].value] == ["Składki ZUS", "Razem"]


def test_the_page_asks_as_often_for_many_as_for_one(reader, centre, programme):
    page = reverse("benefits:budget")
    with CaptureQueriesContext(connection) as one:
        reader.get(page)
    for _ in range(3):
        make_settled_in(centre)
    with CaptureQueriesContext(connection) as many:
        reader.get(page)
    assert len(many) == len(one)
