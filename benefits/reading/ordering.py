"""What an order to pay would hold: who is paid how much, which way, and upon which return."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import QuerySet

from benefits import elixir
from benefits.models import BankProfile, OrderItem, Payment, PaymentList, Settlement
from cistor.money import NOTHING
from participants.models import Participant, PaymentMethod

ACCOUNT, CASH_DESK = PaymentMethod.Kind.ACCOUNT, PaymentMethod.Kind.CASH_DESK
LINE_ENDS = {BankProfile.LineEnd.CRLF: "\r\n", BankProfile.LineEnd.LF: "\n"}
# Of an account number pages and papers show its end: it tells one from another, and nobody can pay in by it.
SHOWN_DIGITS = 4


@dataclass(frozen=True)
class Due:
    """One payment as it would go; `recipient` is the name with the lines of the address below it."""

    settlement: Settlement
    # The return that it answers; None the first time.
    returned: Payment | None
    # "" where nobody has said how to pay.
    method: str
    account: str
    recipient: tuple[str, ...]

    @property
    def amount(self) -> Decimal:
        return self.settlement.payout

    @property
    def end_of_account(self) -> str:
        return self.account[-SHOWN_DIGITS:]

    @property
    def is_changed(self) -> bool:
        """Not where the approved list says: the signatures under the order answer for it."""
        return (self.method, self.account) != (self.settlement.method, self.settlement.account)

    @property
    def title(self) -> str:
        """What follows upon "Świadczenie integracyjne"."""
        return f"{self.settlement.period} - wyrównanie" if self.settlement.corrects_id else self.settlement.period


class Sum(NamedTuple):
    people: int
    amount: Decimal


def due(payment_list: PaymentList, *, on: date) -> list[Due]:
    """What is to be paid of a list and stands in no order yet, or came back since; in the order of names.

    The approved list says where to. Once the transfer has come back (or where the number of the list is none), the
    account is the one that the person has that day: a settlement keeps the old one for good.
    """
    rows = payment_list.settlements.unpaid().select_related("programme__participant")
    rows = rows.order_by("programme__participant__order_key", "programme", "start_on", "pk")
    waiting = _waiting(payment_list, rows.defer("inputs", "computed"))
    methods = _newest({row.programme.participant_id for row, last in waiting if _asks_anew(row, last)}, on)
    return [
        _anew(row, last, methods.get(row.programme.participant_id)) if _asks_anew(row, last) else _as_listed(row)
        for row, last in waiting
    ]


def is_due(payment_list: PaymentList) -> bool:
    """Whether `due` has anybody, without a look at an account."""
    return bool(_waiting(payment_list, payment_list.settlements.unpaid().only("pk")))


def sums(found: Iterable[Due]) -> dict[str, Sum]:
    """By way of payment: "transfers" and "cash"."""
    ways = {"transfers": ACCOUNT, "cash": CASH_DESK}
    chosen = {name: [one.amount for one in found if one.method == way] for name, way in ways.items()}
    return {name: Sum(len(amounts), sum(amounts, NOTHING)) for name, amounts in chosen.items()}


def elixir_profile(row: BankProfile) -> elixir.Profile:
    return elixir.Profile(
        nrb=row.nrb,
        sender=tuple(row.sender),
        title=row.title,
        encoding=row.encoding,
        line_end=LINE_ENDS[BankProfile.LineEnd(row.line_end)],
        forbidden=row.forbidden,
        width=row.width,
        lines=row.lines,
    )


def _waiting(payment_list: PaymentList, rows: QuerySet[Settlement]) -> list[tuple[Settlement, Payment | None]]:
    """Those in no order yet, or back since they were, each with its last payment."""
    ordered = set(OrderItem.objects.filter(settlement__payment_list=payment_list).values_list("settlement", "returned"))
    found = [(row, row.last_payment) for row in rows.prefetch_related("payments")]
    return [(row, last) for row, last in found if (row.pk, last and last.pk) not in ordered]


def _asks_anew(row: Settlement, last: Payment | None) -> bool:
    return last is not None or (row.method == ACCOUNT and not elixir.is_nrb(row.account))


def _newest(people: set[int], on: date) -> dict[int, PaymentMethod]:
    methods = PaymentMethod.objects.filter(participant__in=people, start_on__lte=on)
    newest = methods.order_by("participant_id", "-start_on", "-pk").distinct("participant_id")
    return {method.participant_id: method for method in newest}


def _as_listed(row: Settlement) -> Due:
    person = row.person
    name = person.get("holder") or f"{person.get('first_name', '')} {person.get('last_name', '')}".strip()
    address = _address(*(person.get(part, "") for part in ("street", "postal_code", "city")))
    return Due(row, None, row.method, row.account, (name, *address))


def _anew(row: Settlement, last: Payment | None, method: PaymentMethod | None) -> Due:
    person: Participant = row.programme.participant
    name = (method and method.holder) or f"{person.first_name} {person.last_name}".strip()
    recipient = (name, *_address(person.street, person.postal_code, person.city))
    return Due(row, last, method.kind if method else "", method.nrb if method else "", recipient)


def _address(street: str, postal_code: str, city: str) -> list[str]:
    return [line for line in (street, f"{postal_code} {city}".strip()) if line]
