"""From the approved list to the bank, page by page."""

import hashlib
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benefits.actions import record_payments, record_return
from benefits.models import PaymentOrder
from cistor.desk import orders as desk
from cistor.journal.models import Reading
from cistor.triggers import passing
from participants.models import PaymentMethod
from tests.benefits.orders import PAY_ON, make_profile, ordered, read_back
from tests.benefits.people import COUNTED, check_and_approve, counted, make_settled_in
from tests.factories import login, nrb

SEVENTH = date(2026, 8, 7)


@pytest.fixture(autouse=True)
def bank(centre, director):
    return make_profile(centre, by=director)


@pytest.fixture
def as_user(client, monkeypatch):
    """`as_user(user, on=day)` → the client, signed in as somebody, on a day."""

    def signed_in(user, *, on):
        monkeypatch.setattr("django.utils.timezone.localdate", lambda *args: on)
        login(client, user)
        return client

    return signed_in


def page(client, name, pk):
    return client.get(reverse(f"benefits:{name}", args=[pk])).content.decode()


def test_payroll_sees_who_gets_what_makes_the_order_and_takes_the_file(as_user, approved, payroll):
    client, address = as_user(payroll, on=COUNTED), reverse("benefits:order", args=[approved.pk])
    row = approved.settlements.get()
    assert f'href="{address}">Sporządź polecenie wypłaty' in page(client, "list", approved.pk)
    shown = client.get(address).content.decode()
    reading = Reading.objects.get(what="payment_order")
    assert (reading.by, reading.participant_id) == (payroll, row.programme.participant_id)
    assert row.name in shown
    assert f"rachunek …{row.account[-4:]}" in shown
    assert row.account not in shown.replace(" ", "")
    assert 'value="2026-08-05"' in shown
    answer = client.post(address, {"pay_on": "2026-08-05", "token": "1"})
    assert answer.url == reverse("benefits:orders", args=[approved.pk])
    order = PaymentOrder.objects.get()
    shown = client.get(answer.url).content.decode()
    assert order.sha256 in shown
    assert "Zapisz wypłatę" in shown
    file = client.get(reverse("benefits:order_file", args=[order.pk]))
    assert file["Content-Disposition"] == f'attachment; filename="przelewy-2026-08-05-{approved.pk}-1.txt"'
    assert hashlib.sha256(file.content).hexdigest() == order.sha256
    assert [one.amount for one in read_back(file.content)] == [row.payout]
    assert file.content == client.get(reverse("benefits:order_file", args=[order.pk])).content
    client.post(address, {"pay_on": "2026-08-05", "token": "1"})
    assert PaymentOrder.objects.count() == 1


def test_a_refusal_stands_on_the_page_with_the_name(as_user, approved, payroll):
    PaymentMethod.objects.all().delete()
    record_payments(approved, paid_on=COUNTED, by=payroll, on=COUNTED)
    row = approved.settlements.get()
    record_return(row, returned_on=COUNTED, by=payroll, on=COUNTED)
    client = as_user(payroll, on=COUNTED)
    answer = client.post(reverse("benefits:order", args=[approved.pk]), {"pay_on": "2026-08-05", "token": "1"})
    assert answer.status_code == 422
    assert f"{row.name}: nie wiadomo, dokąd wypłacić" in answer.content.decode()


def test_what_came_back_goes_to_another_account_and_the_page_says_so(as_user, approved, programme, payroll):
    ordered(approved, by=payroll, on=COUNTED)
    client = as_user(payroll, on=SEVENTH)
    assert "już sporządzone" in page(client, "order", approved.pk)
    record_payments(approved, paid_on=PAY_ON, by=payroll, on=PAY_ON)
    record_return(approved.settlements.get(), returned_on=SEVENTH, by=payroll, on=SEVENTH)
    assert "ten sam, z którego przelew wrócił" in page(client, "order", approved.pk)
    PaymentMethod.objects.create(
        participant=programme.participant, kind="account", start_on=SEVENTH, nrb=nrb(501), holder="Zmyślona Malina"
    )
    shown = page(client, "order", approved.pk)
    assert "tylko przelewy, które wróciły" in shown
    assert "…0501 " in shown
    assert "inaczej niż na liście" in shown


def test_a_draft_has_nothing_to_order(as_user, july, payroll):
    assert "po zatwierdzeniu listy" in page(as_user(payroll, on=COUNTED), "order", july.pk)


def test_the_director_sees_the_orders_and_gets_no_file(as_user, approved, payroll, director):
    order = ordered(approved, by=payroll, on=COUNTED)
    client = as_user(director, on=COUNTED)
    assert order.document.number in page(client, "orders", approved.pk)
    assert "Plik dla banku" not in page(client, "orders", approved.pk)
    assert client.get(reverse("benefits:order_file", args=[order.pk])).status_code == 403


def test_a_file_that_was_tampered_with_is_not_handed_out(as_user, approved, payroll):
    order = ordered(approved, by=payroll, on=COUNTED)
    with passing("rotation"):
        PaymentOrder.objects.update(content="MTEw")
    answer = as_user(payroll, on=COUNTED).get(reverse("benefits:order_file", args=[order.pk]), follow=True)
    assert "nie zgadza się ze swoją sumą kontrolną" in answer.content.decode()


def test_the_page_of_orders_asks_as_often_for_many_as_for_one(
    as_user, centre, programme, letterhead, payroll, director, monkeypatch
):
    for _ in range(3):
        make_settled_in(centre)
    july = check_and_approve(counted(centre, payroll), by=director, on=COUNTED)
    ordered(july, by=payroll, on=COUNTED)
    client, asked = as_user(payroll, on=COUNTED), []
    for size in (50, 1, 50):  # the first one warms up
        monkeypatch.setattr("benefits.views.orders.PAGE", size)
        with CaptureQueriesContext(connection) as queries:
            page(client, "orders", july.pk)
        asked.append(len(queries))
    assert asked[1] == asked[2]


# On the desk ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "day, word",
    [(date(2026, 7, 31), None), (COUNTED, "do 05.08"), (PAY_ON, "do 05.08"), (date(2026, 8, 6), "po terminie")],
)
def test_the_desk_of_payroll_asks_for_the_order_two_working_days_before_the_payday(approved, payroll, day, word):
    assert [matter.word for matter in desk.to_order(payroll, day)] == ([word] if word else [])


def test_the_desk_is_quiet_once_it_is_ordered_or_paid_and_for_others(approved, payroll, director):
    assert not list(desk.to_order(director, COUNTED))
    ordered(approved, by=payroll, on=COUNTED)
    assert not list(desk.to_order(payroll, COUNTED))
