"""Lists that are to be paid, and the bank of their centre."""

from datetime import date
from decimal import Decimal

from benefits.actions.orders import TITLE, add_profile, make_order
from benefits.models import BankProfile, PaymentList, PaymentOrder, Settlement
from cistor.accounts.models import User
from cistor.centres.models import Centre
from participants.models import PaymentMethod, Programme
from tests.benefits.elixir_parser import Read, parse

# Of the centre; the people's accounts end with the number of the person.
NRB = "61109010140000071219812874"
SINCE = date(2026, 1, 1)
PAY_ON = date(2026, 8, 5)


def make_profile(centre: Centre, *, by: User, since: date = SINCE, on: date = SINCE, **over) -> BankProfile:
    plain = {"bank": "Bank Wymyślony", "nrb": NRB, "sender": ["CIS Wymyślone", "ul. Zmyślona 1, 87-100 Toruń"]}
    return add_profile(centre, in_force_from=since, **{**plain, "title": TITLE, **over}, by=by, on=on)


def ordered(payment_list: PaymentList, *, by: User, on: date, pay_on: date = PAY_ON) -> PaymentOrder:
    return make_order(payment_list, pay_on=pay_on, by=by, on=on)


def read_back(data: bytes) -> list[Read]:
    return parse(data, encoding="cp1250", line_end="\r\n")


def account_of(programme: Programme) -> str:
    return programme.participant.payment_methods.first().nrb


def in_cash(programme: Programme) -> None:
    programme.participant.payment_methods.all().delete()
    PaymentMethod.objects.create(participant=programme.participant, kind="cash_desk", start_on=SINCE)


def total(rows: list[Settlement]) -> Decimal:
    return sum((row.payout for row in rows), Decimal(0))
