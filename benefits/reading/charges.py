"""What attendance says may be charged, as a deduction would have it: things not given back, tests for sobriety."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models.functions import Coalesce

from attendance.models import Incident
from attendance.reading.items import Chargeable, chargeable
from benefits.models import Deduction
from benefits.reading.deductions import Condition, obstacle
from cistor.centres.models import DeductionKind
from participants.models import Programme

ENTERED = "Potrącenie jest już wpisane."


@dataclass(frozen=True)
class Offer:
    """A thing that is missing, the kind of deduction it would be, and why it cannot be entered now, "" where it can."""

    thing: Chargeable
    kind: DeductionKind | None
    obstacle: str

    @property
    def initial(self) -> dict[str, Any]:
        """What the form of a new deduction begins with."""
        return {"kind": self.kind, "what": self.thing.what, "amount": self.thing.amount}


def offers(programme: Programme, kinds: Sequence[DeductionKind], *, on: date) -> list[Offer]:
    """What the person has not given back after the end, the oldest first. Two queries."""
    things = chargeable([programme], on=on)
    entered = charged(things)
    return [_offer(thing, programme, kinds, entered, on) for thing in things]


def _offer(
    thing: Chargeable, programme: Programme, kinds: Iterable[DeductionKind], entered: set[int], on: date
) -> Offer:
    kind = thing.kind_of(kinds)
    if thing.item.pk in entered:
        return Offer(thing, kind, ENTERED)
    if not thing.amount:
        return Offer(thing, kind, "Na karcie nie ma wartości: dopisuje ją, kto wydaje rzeczy.")
    if kind is None:
        return Offer(thing, None, "Regulamin nie przewiduje takiego potrącenia.")
    return Offer(thing, kind, obstacle(kind, programme, on=on))


def charged(things: Sequence[Chargeable]) -> set[int]:
    """Ids of the things that have a deduction, those given up aside. One query, none without a thing.

    Piece by piece: some may have come back since and be missing again, each an entry of its own. The entry that the
    deduction names comes before other pieces of what was given with it.
    """
    items = [thing.item for thing in things]
    if not items:
        return set()
    rows = Deduction.objects.filter(programme__in={item.programme_id for item in items}, item__isnull=False)
    rows = rows.exclude(consented_on=None, withdrawn_on__isnull=False)
    rows = rows.annotate(given_as=Coalesce("item__part_of", "item"))
    pieces: Counter[int] = Counter()
    named = set()
    for row in rows.values("item", "given_as", "pieces"):
        pieces[row["given_as"]] += row["pieces"]
        named.add(row["item"])
    found = set()
    for item in sorted(items, key=lambda item: item.pk not in named):
        given_as = item.part_of_id or item.pk
        if pieces[given_as] > 0:
            pieces[given_as] -= item.quantity
            found.add(item.pk)
    return found


def of_test(programme: Programme, kinds: Iterable[DeductionKind], incident: Incident) -> dict[str, Any]:
    """What the form begins with where the cost of a test is charged: the suspicion as it was recorded (S1 § 5 cz. I
    ust. 2 lit. c); what it cost is to be typed."""
    kind = next((kind for kind in kinds if kind.condition == Condition.JUSTIFIED_SUSPICION), None)
    what = f"{kind.name if kind else 'koszt badania'}, {incident.on:%d.%m.%Y}"
    return {"kind": kind, "what": what, "suspected_on": incident.on, "suspicion": incident.suspicion}
