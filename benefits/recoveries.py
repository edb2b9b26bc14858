"""What was overpaid, and the later payments that it is taken from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from benefits.models import PaymentList, Recovery, Settlement
from cistor.money import NOTHING


@dataclass
class Overpayment:
    """A settlement that asks money back, and what is left of it."""

    settlement: Settlement
    left: Decimal


def overpayments(people: Iterable[int], *, but: PaymentList) -> dict[int, list[Overpayment]]:
    """By participant, over all their programmes, the oldest first: those on approved lists."""
    rows = Settlement.objects.overpaid(but=but).filter(programme__participant__in=list(people))
    rows = rows.select_related("programme").only("programme__participant_id", "span", "net", "checksum")
    found: dict[int, list[Overpayment]] = defaultdict(list)
    for row in rows:
        found[row.programme.participant_id].append(Overpayment(row, row.left))
    return found


def recoveries(overpaid: Iterable[Overpayment], settlements: Iterable[Settlement]) -> list[Recovery]:
    """The oldest overpayment first, from each payment of a person in turn until it is taken up.

    What the settlements themselves ask back joins at the end; `withheld` grows, and what is left waits for a later
    list.
    """
    settlements = list(settlements)
    waiting = [*overpaid, *(Overpayment(row, -row.net) for row in settlements if row.net < 0)]
    found: list[Recovery] = []
    for paid in settlements:
        for owing in waiting:
            amount = min(owing.left, paid.net - paid.withheld)
            if amount > NOTHING:
                found.append(Recovery(overpaid=owing.settlement, taken_from=paid, amount=amount))
                owing.left -= amount
                paid.withheld += amount
    return found
