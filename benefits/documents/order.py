"""The order to pay: what accounting signs before the file goes to the bank."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from benefits.models import BankProfile, PaymentList
from benefits.reading.ordering import ACCOUNT, CASH_DESK, Due, sums
from cistor.accounts.models import User
from cistor.centres.models import Regulations


def order_context(
    payment_list: PaymentList,
    found: Sequence[Due],
    *,
    profile: BankProfile | None,
    pay_on: date,
    number: int,
    sha256: str,
    by: User,
    on: date,
) -> dict[str, Any]:
    """The context of `documents/payment_order.html`."""
    return {
        "list": {"number": payment_list.document.number, "title": payment_list.title, "payday": payment_list.payday},
        "order": number,
        "pay_on": pay_on,
        "again": any(one.returned for one in found),
        "payer": {"nrb": profile.nrb, "bank": profile.bank} if profile else None,
        "checksum": sha256,
        "transfers": _table([one for one in found if one.method == ACCOUNT]),
        "cash": _table([one for one in found if one.method == CASH_DESK]),
        "sums": {name: counted._asdict() for name, counted in sums(found).items()},
        "signatures": [
            {"act": "Sporządzenie", "name": str(by), "role": by.role_names, "on": on},
            {"act": "Zatwierdzenie do wypłaty", "name": "", "role": _head(payment_list, on), "on": ""},
        ],
    }


def _table(found: list[Due]) -> list[dict[str, Any]]:
    return [
        {
            "programme": one.settlement.programme_id,
            "name": one.settlement.name,
            "period": one.title,
            "account": one.end_of_account,
            "changed": one.is_changed,
            "amount": one.amount,
        }
        for one in found
    ]


def _head(payment_list: PaymentList, on: date) -> str:
    version = Regulations.objects.version(payment_list.centre, on)
    return version.head_title if version else "kierownik"
