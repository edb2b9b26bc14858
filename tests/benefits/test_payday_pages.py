"""The calendar of payments: what is due, what is late, who waits and why."""

from datetime import date

import pytest
from django.urls import reverse

from benefits.actions import record_payments, record_return
from benefits.models import Settlement
from benefits.reading import paydays
from participants.models import PaymentMethod
from tests.benefits.people import COUNTED, PAYDAY, counted, make_on_trial, make_settled_in
from tests.factories import login, make_participant, make_programme

AUGUST = (date(2026, 8, 1), date(2026, 8, 31))


@pytest.fixture
def as_payroll(client, payroll, monkeypatch):
    def on(day):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: day)
        login(client, payroll)
        return client

    return on


def shown(rows):
    return [(row.on, row.title, row.is_late, bool(row.payment_list)) for row in rows]


def test_a_month_stands_in_the_calendar_before_it_is_counted_and_then_with_its_list(centre, programme, payroll):
    awaited = (PAYDAY, "Lista wypłat za lipiec 2026", False, False)
    assert shown(paydays.between(centre, *AUGUST, on=COUNTED)) == [awaited]
    july = counted(centre, payroll)
    [row] = paydays.between(centre, *AUGUST, on=COUNTED)
    assert (row.payment_list, row.title, row.payment_list.payout) == (july, july.title, july.settlements.get().payout)


def test_what_nobody_has_paid_is_late_from_the_day_after_its_payday(centre, programme):
    assert paydays.overdue(centre, on=PAYDAY) == []
    late = [(PAYDAY, "Lista wypłat za lipiec 2026", True, False)]
    assert shown(paydays.overdue(centre, on=date(2026, 8, 6))) == late


def test_an_approved_list_is_late_until_it_is_paid(centre, approved, payroll):
    on = date(2026, 8, 6)
    assert shown(paydays.overdue(centre, on=on)) == [(PAYDAY, approved.title, True, True)]
    record_payments(approved, paid_on=PAYDAY, by=payroll, on=on)
    assert paydays.overdue(centre, on=on) == []
    assert shown(paydays.between(centre, *AUGUST, on=on)) == [
        (PAYDAY, approved.title, False, True),
    ]


def test_trials_settled_apart_stand_the_day_after_with_their_people(centre):
    programmes = [make_on_trial(centre, start_on=date(2026, 7, 2), until=date(2026, 8, 1)) for _ in range(2)]
    rows = [row for row in paydays.between(centre, *AUGUST, on=date(2026, 7, 20)) if row.people]
    # The last day is a Saturday, and 2 August a Sunday.
    assert [(row.on, row.title) for row in rows] == [(date(2026, 8, 3), "Okresy próbne")]
    assert rows[0].people == sorted((one.participant for one in programmes), key=lambda person: person.order_key)


def test_what_came_back_waits_apart_and_makes_no_list_late(as_payroll, centre, approved, payroll):
    on, row = date(2026, 8, 10), approved.settlements.get()
    record_payments(approved, paid_on=PAYDAY, by=payroll, on=on)
    record_return(row, returned_on=date(2026, 8, 7), reason="rachunek zamknięty", by=payroll, on=on)
    assert paydays.overdue(centre, on=on) == []
    page = as_payroll(on).get(reverse("benefits:paydays")).content.decode()
    assert "wróciło 07.08.2026: rachunek zamknięty" in page
    assert reverse("benefits:pay_again", args=[row.pk]) in page


def test_who_is_paid_at_the_cash_desk_is_named_until_it_is_done(other_centre, other_letterhead, outsider, payroll):
    programme = make_settled_in(other_centre, account=False)
    PaymentMethod.objects.create(participant=programme.participant, kind="cash_desk", start_on=date(2026, 7, 1))
    july = counted(other_centre, outsider)
    assert not paydays.at_desk(Settlement.objects.all()).exists()
    [row] = paydays.between(other_centre, *AUGUST, on=COUNTED)
    assert (row.payment_list, row.cash) == (july, july.settlements.get().payout)


def test_the_page_says_who_is_held_back_and_who_lacks_what(as_payroll, centre, programme):
    programme.stages.filter(kind="main").update(provisional_reason="Urząd zapowiedział odpowiedź.")
    bare = make_programme(make_participant(centre, account=False), start_on=date(2026, 7, 1), applied=False)
    page = as_payroll(COUNTED).get(reverse("benefits:paydays")).content.decode()
    assert "ośrodek nie odpowiedział o kwalifikacji" in page
    assert "Brak wniosku o wypłatę i brak rachunku." in page
    assert reverse("benefits:apply", args=[bare.pk]) in page


def test_any_month_is_a_table_and_nonsense_is_no_month(as_payroll, approved):
    client, url = as_payroll(COUNTED), reverse("benefits:paydays")
    assert approved.title in client.get(url, {"miesiac": "2026-08"}).content.decode()
    assert client.get(url, {"miesiac": "2025-01"}).context["in_month"] == []
    assert client.get(url, {"miesiac": "2026-13"}).status_code == 404


def test_the_calendar_asks_as_often_for_many_as_for_one(
    as_payroll, centre, july, payroll, django_assert_max_num_queries
):
    client, url = as_payroll(COUNTED), reverse("benefits:paydays")
    make_on_trial(centre, start_on=date(2026, 7, 6), until=date(2026, 8, 2))
    client.get(url)
    with django_assert_max_num_queries(150) as one:
        client.get(url)
    for _ in range(3):
        make_on_trial(centre, start_on=date(2026, 7, 6), until=date(2026, 8, 2))
    make_programme(make_participant(centre, account=False), start_on=date(2026, 7, 6), applied=False)
    with django_assert_max_num_queries(len(one)):
        client.get(url)
