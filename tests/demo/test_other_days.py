"""The demonstration on awkward days: a Saturday between holidays, a leap day."""

from datetime import date

import pytest
from django.db.models import Sum

from benefits.models import PaymentList
from cistor.demo.centres import cistor, rzyszczewo
from participants.models import Programme

# Without a test that says so, a run of this file alone has no database.
pytestmark = pytest.mark.django_db


def lists():
    """What a list says, apart from the numbers that the database gives to rows."""
    return [
        (
            payment_list.kind,
            payment_list.payday,
            payment_list.month,
            payment_list.status,
            payment_list.settlements.aggregate(Sum("net")),
            sorted(payment_list.settlements.values_list("span", "checksum")),
            payment_list.document and payment_list.document.number,
        )
        for payment_list in PaymentList.objects.order_by("payday", "kind")
    ]


def test_a_saturday_after_new_year_has_everything_but_days_of_its_month(made):
    with made([cistor(date(2027, 1, 2))]):
        assert Programme.objects.filter(ended_on=None).count() == 60
        last_paid = PaymentList.objects.filter(kind="month", status="approved").latest("month")
        assert last_paid.month == date(2026, 11, 1)
        draft = PaymentList.objects.get(month=date(2026, 12, 1))
        assert [row.kind for row in draft.problems.all()] == ["provisional"]


def test_two_runs_on_one_day_give_the_same_lists(made):
    runs = []
    for _ in range(2):
        with made([rzyszczewo(date(2028, 2, 29))]):
            runs.append(lists())
    assert runs[0] == runs[1]
    assert len(runs[0]) == 5
