"""The order to pay: everybody once, as the approved list says; then only what came back."""

import hashlib
from base64 import b64encode
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from pypdf import PdfReader

from benefits.actions import pay_again, record_payments, record_return, run_month
from benefits.actions.orders import take_file
from benefits.models import OrderItem, PaymentOrder, Settlement
from cistor.accounts.roles import Role
from cistor.documents import files
from cistor.errors import Refused
from cistor.journal.models import Entry, Reading
from cistor.triggers import passing
from participants.models import PaymentMethod
from tests.benefits.orders import NRB, PAY_ON, SINCE, account_of, in_cash, make_profile, ordered, read_back, total
from tests.benefits.people import COUNTED, JULY, SIXTH, check_and_approve, make_settled_in
from tests.factories import make_user, nrb
from tests.pdf import validator

SEVENTH, MONDAY = date(2026, 8, 7), date(2026, 8, 10)


@pytest.fixture
def bank(centre, director):
    return make_profile(centre, by=director)


@pytest.fixture
def everybody(centre, programme, letterhead, payroll, director):
    """An approved list: two by transfer, one at the cash desk, one who is paid nothing."""
    centre.regulations.update(payment_methods=["account", "cash_desk"])
    make_settled_in(centre, last_name="Żuraw", first_name="Łucja")
    in_cash(make_settled_in(centre, last_name="Ćmiel"))
    make_settled_in(centre, but=dict.fromkeys((SIXTH + timedelta(days=n) for n in range(4)), "unexcused"))
    counted = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    return check_and_approve(counted, by=director, on=COUNTED)


@pytest.fixture
def returned(approved, bank, payroll):
    """The transfer of the one person came back on the 7th, the account is closed."""
    order = ordered(approved, by=payroll, on=COUNTED)
    record_payments(approved, paid_on=PAY_ON, by=payroll, on=PAY_ON)
    record_return(approved.settlements.get(), returned_on=SEVENTH, by=payroll, on=SEVENTH)
    return order


def test_everybody_by_transfer_is_in_the_file_and_the_cash_desk_stands_apart(everybody, bank, payroll):
    order = ordered(everybody, by=payroll, on=COUNTED)
    paid = everybody.settlements.filter(payout__gt=0)
    sent = list(paid.filter(method="account").order_by("programme__participant__order_key"))
    found = read_back(take_file(order, by=payroll))
    assert [(one.nrb, one.amount) for one in found] == [(row.account, row.payout) for row in sent]
    assert {(one.payer_nrb, one.on) for one in found} == {(NRB, PAY_ON)}
    assert found[-1].recipient[0] == "Żuraw Łucja"
    assert " ".join(found[0].title) == "Świadczenie integracyjne lipiec 2026"
    assert (order.transfers, order.transferred) == (2, total(sent))
    assert (order.in_cash, order.cash) == (1, paid.get(method="cash_desk").payout)
    assert order.transferred + order.cash == total(list(paid))
    assert order.items.count() == 3


def test_sums_and_checksum_stand_on_the_paper_with_the_end_of_each_account(everybody, bank, payroll, tmp_path):
    order = ordered(everybody, by=payroll, on=COUNTED)
    paper = tmp_path / "order.pdf"
    paper.write_bytes(files.read(order.document.sha256))
    [page] = PdfReader(paper).pages
    words = " ".join(page.extract_text().split())
    assert everybody.document.number in words
    assert order.sha256 in words.replace(" ", "")
    account = everybody.settlements.filter(method="account", payout__gt=0).first().account
    assert f"…{account[-4:]}" in words
    assert account not in words.replace(" ", "")
    assert "Ćmiel Kalina lipiec 2026 kasa" in words
    assert "Zatwierdzenie do wypłaty" in words
    assert set(map(tuple, validator.broken_rules([paper]).values())) == {()}


def test_a_list_is_ordered_once(approved, bank, payroll):
    order = ordered(approved, by=payroll, on=COUNTED)
    assert order.document.number == "PWY/1/2026"
    entry = Entry.objects.get(verb="order_made")
    assert (entry.by, entry.data["sha256"]) == (payroll, order.sha256)
    with pytest.raises(Refused, match="już sporządzone"):
        ordered(approved, by=payroll, on=COUNTED)
    item = order.items.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        OrderItem.objects.create(order=order, settlement=item.settlement, method="account", amount=1, reference="x")


def test_a_draft_is_not_ordered(july, bank, payroll):
    with pytest.raises(Refused, match="po zatwierdzeniu"):
        ordered(july, by=payroll, on=COUNTED)


def test_who_approved_the_list_makes_no_order_unless_alone(approved, bank, centre, director):
    director.roles.append(Role.PAYROLL)
    director.save()
    with pytest.raises(Refused, match="ktoś inny"):
        ordered(approved, by=director, on=COUNTED)
    centre.single_handed = True
    centre.save()
    assert ordered(approved, by=director, on=COUNTED).made_by == director


def test_only_payroll_of_the_centre_makes_it(approved, bank, director, other_centre):
    for user in (director, make_user(other_centre, "payroll")):
        with pytest.raises(Refused, match="kadry i płace"):
            ordered(approved, by=user, on=COUNTED)


@pytest.mark.parametrize(
    "day, why",
    [
        (COUNTED - timedelta(days=1), "już minął"),
        (date(2026, 8, 8), "sobota.*10 sierpnia 2026"),
        (COUNTED + timedelta(days=40), "Najpóźniej 3 września 2026"),
    ],
)
def test_it_is_paid_on_a_day_on_which_banks_work(approved, bank, payroll, day, why):
    with pytest.raises(Refused, match=why) as refusal:
        ordered(approved, by=payroll, on=COUNTED, pay_on=day)
    assert refusal.value.field == "pay_on"


def test_without_a_profile_of_the_bank_there_is_no_file(approved, payroll):
    with pytest.raises(Refused, match="Nie ma profilu banku"):
        ordered(approved, by=payroll, on=COUNTED)
    assert not PaymentOrder.objects.exists()


def test_where_all_is_paid_at_the_cash_desk_the_order_has_no_file(centre, programme, letterhead, payroll, director):
    centre.regulations.update(payment_methods=["account", "cash_desk"])
    in_cash(programme)
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    order = ordered(check_and_approve(july, by=director, on=COUNTED), by=payroll, on=COUNTED)
    assert (order.transfers, order.in_cash, order.sha256, order.profile) == (0, 1, "", None)
    with pytest.raises(Refused, match="nie ma pliku"):
        take_file(order, by=payroll)


def test_whose_account_is_wrong_is_named_and_nothing_is_made(approved, bank, programme, payroll):
    """The number came with old data; the list keeps it, and the account corrected on the card is taken instead."""
    wrong = NRB.replace("2874", "2875")
    with passing("rotation"):
        Settlement.objects.update(account=wrong)
    programme.participant.payment_methods.update(nrb=wrong)
    row = approved.settlements.get()
    with pytest.raises(Refused, match=f"{row.name}: numer rachunku jest błędny"):
        ordered(approved, by=payroll, on=COUNTED)
    assert not PaymentOrder.objects.exists()
    programme.participant.payment_methods.update(nrb=nrb(77))
    order = ordered(approved, by=payroll, on=COUNTED)
    assert [one.nrb for one in read_back(take_file(order, by=payroll))] == [nrb(77)]


# The file again -------------------------------------------------------------------------------------------------------


def test_the_file_is_handed_out_as_it_was_made_and_each_time_is_written_down(approved, bank, programme, payroll):
    order = PaymentOrder.objects.get(pk=ordered(approved, by=payroll, on=COUNTED).pk)
    first, second = (take_file(order, by=payroll) for _ in range(2))
    assert first == second
    assert hashlib.sha256(first).hexdigest() == order.sha256
    assert Entry.objects.filter(verb="order_file_taken", by=payroll).count() == 2
    assert Reading.objects.filter(what="payment_order", participant=programme.participant_id).count() == 2


def test_bytes_that_are_no_longer_those_are_refused(approved, bank, payroll):
    order = ordered(approved, by=payroll, on=COUNTED)
    with passing("rotation"):
        PaymentOrder.objects.update(content=b64encode(b"110,").decode())
    order.refresh_from_db()
    with pytest.raises(Refused, match="nie zgadza się ze swoją sumą kontrolną"):
        take_file(order, by=payroll)


def test_an_order_never_changes(approved, bank, payroll):
    ordered(approved, by=payroll, on=COUNTED)
    changes = {PaymentOrder: {"transferred": 0}, OrderItem: {"amount": 1}}
    for model, change in changes.items():
        for attempt in (lambda m=model, c=change: m.objects.update(**c), lambda m=model: m.objects.all().delete()):
            with pytest.raises(DatabaseError), transaction.atomic():
                attempt()


# What came back -------------------------------------------------------------------------------------------------------


def test_a_further_order_holds_only_what_came_back_by_the_account_the_person_has_now(returned, approved, payroll):
    row = approved.settlements.get()
    person = row.programme.participant
    PaymentMethod.objects.create(
        participant=person, kind="account", start_on=SEVENTH, nrb=nrb(501), holder="Zmyślona Malina"
    )
    again = ordered(approved, by=payroll, on=SEVENTH, pay_on=MONDAY)
    [sent] = read_back(take_file(again, by=payroll))
    assert (sent.nrb, sent.amount, sent.recipient[0]) == (nrb(501), row.payout, "Zmyślona Malina")
    assert (again.number, sent.on, sent.reference) == (2, MONDAY, f"SI{row.pk}N2")
    assert row.account != nrb(501)
    assert again.items.get().returned == row.last_payment


def test_what_came_back_is_ordered_once_a_return(returned, approved, payroll):
    ordered(approved, by=payroll, on=SEVENTH, pay_on=MONDAY)
    with pytest.raises(Refused, match="tylko przelewy, które wróciły"):
        ordered(approved, by=payroll, on=SEVENTH, pay_on=MONDAY)
    row = approved.settlements.get()
    pay_again(row, paid_on=MONDAY, by=payroll, on=MONDAY)
    record_return(row, returned_on=MONDAY, by=payroll, on=MONDAY)
    third = ordered(approved, by=payroll, on=MONDAY, pay_on=MONDAY)
    assert (third.number, third.transferred) == (3, row.payout)


def test_what_came_back_without_an_account_now_is_named(returned, approved, programme, payroll):
    programme.participant.payment_methods.all().delete()
    with pytest.raises(Refused, match="nie wiadomo, dokąd wypłacić"):
        ordered(approved, by=payroll, on=SEVENTH, pay_on=MONDAY)


def test_a_list_paid_without_an_order_leaves_nothing_to_order(approved, bank, payroll):
    record_payments(approved, paid_on=COUNTED, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="nie ma już nic do wypłaty"):
        ordered(approved, by=payroll, on=COUNTED)
    record_return(approved.settlements.get(), returned_on=PAY_ON, by=payroll, on=PAY_ON)
    assert ordered(approved, by=payroll, on=PAY_ON, pay_on=PAY_ON).transferred > Decimal(0)


def test_the_old_account_is_the_new_one_where_nobody_has_changed_it(returned, approved, payroll):
    again = ordered(approved, by=payroll, on=SEVENTH, pay_on=MONDAY)
    assert read_back(take_file(again, by=payroll))[0].nrb == account_of(approved.settlements.get().programme)
    assert SINCE < SEVENTH
