"""What was overpaid, and the later payments that it is taken from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery, Sum

from benefits.models import PaymentList, Recovery, RecoveryTerms, Settlement
from cistor.money import NOTHING


@dataclass
class Overpayment:
    """A settlement that asks money back, and what a list may take of it: what is left, at most the instalment."""

    settlement: Settlement
    left: Decimal


def overpayments(people: Iterable[int], *, but: PaymentList) -> dict[int, list[Overpayment]]:
    """By participant, over all their programmes, the oldest first: those on approved lists."""
    rows = Settlement.objects.overpaid(but=but).filter(programme__participant__in=list(people))
    terms = RecoveryTerms.objects.filter(overpaid=OuterRef("pk")).order_by("-id")
    rows = rows.annotate(instalment=Subquery(terms.values("instalment")[:1]))
    rows = rows.select_related("programme").only("programme__participant_id", "span", "net", "checksum")
    found: dict[int, list[Overpayment]] = defaultdict(list)
    for row in rows:
        left = row.left if row.instalment is None else min(row.left, row.instalment)
        found[row.programme.participant_id].append(Overpayment(row, left))
    return found


def left_of(overpaid: Settlement) -> Decimal:
    """What approved lists have not taken back yet; a draft takes another amount when it is counted anew."""
    taken = overpaid.recoveries.filter(taken_from__payment_list__status=PaymentList.Status.APPROVED)
    return -overpaid.net - taken.aggregate(sum=Sum("amount", default=NOTHING))["sum"]


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
