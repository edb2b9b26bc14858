"""What attendance says may be charged, as a deduction would have it: things not given back, tests for sobriety."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from attendance.models import Incident
from attendance.reading.items import Chargeable, chargeable
from benefits.deductions import Condition, obstacle
from benefits.models import Deduction
from cistor.centres.models import DeductionKind
from participants.models import Programme


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
    entered = charged([programme])[programme.pk] if things else set()
    return [_offer(thing, programme, kinds, entered, on) for thing in things]


def _offer(
    thing: Chargeable, programme: Programme, kinds: Iterable[DeductionKind], entered: set[str], on: date
) -> Offer:
    kind = thing.kind_of(kinds)
    if thing.what in entered:
        return Offer(thing, kind, "Potrącenie jest już wpisane.")
    if not thing.amount:
        return Offer(thing, kind, "Na karcie nie ma wartości: dopisuje ją, kto wydaje rzeczy.")
    if kind is None:
        return Offer(thing, None, "Regulamin nie przewiduje takiego potrącenia.")
    return Offer(thing, kind, obstacle(kind, programme, on=on))


def charged(programmes: Collection[Programme]) -> dict[int, set[str]]:
    """By programme: what its deductions are for, those given up aside; by the words, for they may be of anything."""
    rows = Deduction.objects.filter(programme__in=[row.pk for row in programmes])
    rows = rows.exclude(consented_on=None, withdrawn_on__isnull=False)
    found: dict[int, set[str]] = defaultdict(set)
    for row in rows.only("programme", "what"):
        found[row.programme_id].add(row.what)
    return found


def of_test(programme: Programme, kinds: Iterable[DeductionKind], incident: Incident) -> dict[str, Any]:
    """What the form begins with where the cost of a test is charged: the suspicion as it was recorded (S1 § 5 cz. I
    ust. 2 lit. c); what it cost is to be typed."""
    kind = next((kind for kind in kinds if kind.condition == Condition.JUSTIFIED_SUSPICION), None)
    what = f"{kind.name if kind else 'koszt badania'}, {incident.on:%d.%m.%Y}"
    return {"kind": kind, "what": what, "suspected_on": incident.on, "suspicion": incident.suspicion}
