"""What people owe the centre by their consent: what a list may take of it, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from benefits.models import Deduction, PaymentList
from cistor.centres.models import DeductionKind

Condition = DeductionKind.Condition
# Read by no list, and each would cost a decryption.
NOT_NEEDED = ("what", "suspicion", "withdrawn_note")


@dataclass(frozen=True)
class Owed:
    """What a list may take of one deduction: never more than its instalment, or than what is left of it."""

    deduction: Deduction
    most: Decimal


def due(people: Iterable[int], *, payment_list: PaymentList) -> dict[int, list[Owed]]:
    """By participant, in the order in which they are taken (§ 5 cz. I ust. 2 regulaminu CISTOR).

    Only with a consent that stands, and while the condition of the kind is met; of whichever programme of the person.
    What this very list takes is being counted anew, so it does not count as taken.
    """
    rows = Deduction.objects.standing().filter(programme__participant__in=list(people)).filter(_met(payment_list))
    rows = rows.with_left(but=payment_list).filter(left__gt=0).select_related("kind", "programme")
    found: dict[int, list[Owed]] = {}
    for row in rows.defer(*NOT_NEEDED, "programme__end_reason").in_order():
        most = row.left if row.instalment is None else min(row.left, row.instalment)
        found.setdefault(row.programme.participant_id, []).append(Owed(row, most))
    return found


def _met(payment_list: PaymentList) -> Q:
    """The condition of the kind, as the facts are now: an end that is taken back takes the condition with it."""
    ended = Q(programme__through_fault=True, programme__ended_on__lte=payment_list.payday)
    return (
        Q(kind__condition=Condition.CONSENT)
        | Q(kind__condition=Condition.ENDED_THROUGH_FAULT) & ended
        | Q(kind__condition=Condition.JUSTIFIED_SUSPICION, suspected_on__isnull=False)
    )
