"""What has happened since a list was counted is said on its page and on the desk."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from benefits.actions import recount, send_back
from benefits.actions.regulations import adopt
from benefits.reading.standing import outdated
from cistor.centres.actions import add_rate
from cistor.desk.waiting import matters
from tests.benefits.people import COUNTED, checked
from tests.benefits.test_adoption import make_draft
from tests.factories import login

pytestmark = pytest.mark.django_db


def new_rate(director, in_force_from):
    value = Decimal("1800.00")
    kind = "unemployment_benefit"
    add_rate(
        kind=kind, in_force_from=in_force_from, value=value, source="MP", certainty="sure", by=director, on=COUNTED
    )


def test_a_draft_counted_before_new_regulations_says_so_until_it_is_counted_anew(centre, july, payroll, director):
    assert outdated(july) == ""
    adopt(make_draft(centre, director, date(2026, 7, 1)), by=director, on=COUNTED)
    assert "regulaminu" in outdated(july)
    recount(july, by=payroll, on=COUNTED)
    assert outdated(july) == ""


def test_a_rate_entered_since_is_named_on_the_page(client, july, payroll, director):
    new_rate(director, date(2026, 7, 15))
    login(client, payroll)
    page = client.get(reverse("benefits:list", args=[july.pk])).content.decode()
    assert "Od policzenia dodano stawkę ustawową." in page


def test_a_rate_of_later_days_does_not_matter(july, director):
    new_rate(director, date(2026, 9, 1))
    assert outdated(july) == ""


def test_an_approved_list_is_never_out_of_date(approved, director):
    new_rate(director, date(2026, 7, 15))
    assert outdated(approved) == ""


def test_the_desk_tells_payroll_that_a_list_came_back(july, payroll, director):
    send_back(checked(july, on=COUNTED), reason="Popraw konto.", by=director, on=COUNTED)
    assert f"{july.title}: zwrócona do poprawy" in [matter.text for matter in matters(payroll, on=COUNTED)]
