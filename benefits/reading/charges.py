"""What attendance says may be charged, as a deduction would have it: things not given back, tests for sobriety."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from attendance.models import Incident
from attendance.reading.items import Chargeable, chargeable
from benefits.models import Deduction
from benefits.reading.deductions import Condition, obstacle
from cistor.centres.models import DeductionKind
from cistor.dates import day_text
from participants.models import Programme

ENTERED = "Potrącenie jest już wpisane."
SAME_DAY = "Jest potrącenie za inną rzecz wydaną tego dnia: sprawdź, czy nie za tę."
# The words of a thing as `Chargeable.what` has them.
WORDS = re.compile(r"(?P<what>.+) \((?P<count>\d+) szt\.\), wydano (?P<day>.+)", re.DOTALL)


@dataclass(frozen=True)
class Offer:
    """A thing that is missing, the kind of deduction it would be, and why it cannot be entered now, "" where it can;
    what to look at before."""

    thing: Chargeable
    kind: DeductionKind | None
    obstacle: str
    caution: str = ""

    @property
    def told(self) -> str:
        return self.obstacle or self.caution

    @property
    def initial(self) -> dict[str, Any]:
        """What the form of a new deduction begins with."""
        return {"kind": self.kind, "what": self.thing.what, "amount": self.thing.amount}


class Matched(NamedTuple):
    """Ids of the things that have a deduction; the days of the things whose deduction fits none of these."""

    items: set[int]
    other_days: set[str]


def offers(programme: Programme, kinds: Sequence[DeductionKind], *, on: date) -> list[Offer]:
    """What the person has not given back after the end, the oldest first. Two queries."""
    things = chargeable([programme], on=on)
    entered = matched(things, charged([programme])[programme.pk] if things else [])
    return [_offer(thing, programme, kinds, entered, on) for thing in things]


def _offer(
    thing: Chargeable, programme: Programme, kinds: Iterable[DeductionKind], entered: Matched, on: date
) -> Offer:
    kind = thing.kind_of(kinds)
    if thing.item.pk in entered.items:
        return Offer(thing, kind, ENTERED)
    if not thing.amount:
        return Offer(thing, kind, "Na karcie nie ma wartości: dopisuje ją, kto wydaje rzeczy.")
    if kind is None:
        return Offer(thing, None, "Regulamin nie przewiduje takiego potrącenia.")
    caution = SAME_DAY if day_text(thing.item.given_on) in entered.other_days else ""
    return Offer(thing, kind, obstacle(kind, programme, on=on), caution)


def matched(things: Iterable[Chargeable], words: Iterable[str]) -> Matched:
    """Which of the things the deductions are for, piece by piece: some may have come back since, each an entry of its
    own; a thing whose count still agrees comes before one whose count does not."""
    exact, things, items = Counter(words), list(things), set()
    for thing in things:
        if exact[thing.what]:
            exact[thing.what] -= 1
            items.add(thing.item.pk)
    pieces = _pieces(exact)
    fitting = {_key(thing.what) for thing in things}
    for thing in things:
        if thing.item.pk not in items and pieces[_key(thing.what)] > 0:
            pieces[_key(thing.what)] -= thing.item.quantity
            items.add(thing.item.pk)
    return Matched(items, {day for what, day in pieces if (what, day) not in fitting})


def _pieces(words: Counter[str]) -> Counter[tuple[str, str]]:
    """(What, day) → how many pieces the deductions are for."""
    pieces: Counter[tuple[str, str]] = Counter()
    for text in words.elements():
        if found := WORDS.fullmatch(text):
            pieces[_key(text)] += int(found["count"])
    return pieces


def _key(text: str) -> tuple[str, str]:
    found = WORDS.fullmatch(text)
    return (found["what"], found["day"]) if found else (text, "")


def charged(programmes: Collection[Programme]) -> dict[int, list[str]]:
    """By programme: what its deductions are for, those given up aside; by the words, for they may be of anything."""
    rows = Deduction.objects.filter(programme__in=[row.pk for row in programmes])
    rows = rows.exclude(consented_on=None, withdrawn_on__isnull=False)
    found: dict[int, list[str]] = defaultdict(list)
    for row in rows.only("programme", "what"):
        found[row.programme_id].append(row.what)
    return found


def of_test(programme: Programme, kinds: Iterable[DeductionKind], incident: Incident) -> dict[str, Any]:
    """What the form begins with where the cost of a test is charged: the suspicion as it was recorded (S1 § 5 cz. I
    ust. 2 lit. c); what it cost is to be typed."""
    kind = next((kind for kind in kinds if kind.condition == Condition.JUSTIFIED_SUSPICION), None)
    what = f"{kind.name if kind else 'koszt badania'}, {incident.on:%d.%m.%Y}"
    return {"kind": kind, "what": what, "suspected_on": incident.on, "suspicion": incident.suspicion}
