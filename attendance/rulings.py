"""What a day is, when more than one fact speaks of it."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from attendance.cells import NOT_SURE, state

# The earlier outweighs the later, and each of them the mark made by hand.
WEIGHT = ("suspension", "sobriety", "note", "leave", "excuse")
HAND = "hand"
# Of notes that overlap: the surer first, own sickness before care.
KINDS = ("sick", "care")


class Fact(NamedTuple):
    source: str
    meaning: str
    provisional: bool = False
    # Who stated it and when: no part of its weight.
    by: int = 0
    stated_on: date = date.min

    @property
    def weight(self) -> tuple:
        return WEIGHT.index(self.source), self.provisional, KINDS.index(self.meaning) if self.meaning in KINDS else 2


class Ruling(NamedTuple):
    """What stands on the day; None is unmarked."""

    meaning: str | None
    provisional: bool
    source: str
    by_hand: str


def ruled(facts: Iterable[Fact], by_hand: str) -> Ruling:
    """The weightiest fact, else the mark made by hand ("late?" is late, provisionally; "" nobody marked).

    A note that was refused says something only where nobody else says anything, or somebody had marked what it claimed:
    then the day is unexcused.
    """
    fact = that_rules(facts, by_hand)
    if fact:
        return Ruling(fact.meaning, fact.provisional, fact.source, by_hand)
    return Ruling(by_hand.removesuffix(NOT_SURE) or None, by_hand.endswith(NOT_SURE), HAND, "")


def that_rules(facts: Iterable[Fact], by_hand: str) -> Fact | None:
    """The fact whose word the day is; None leaves it to the hand."""
    known = sorted(facts, key=lambda fact: fact.weight)
    strong = (fact for fact in known if not _is_refused(fact))
    is_its_claim = by_hand.removesuffix(NOT_SURE) in ("", *KINDS)
    return next(strong, None) or (known[0] if known and is_its_claim else None)


def _is_refused(fact: Fact) -> bool:
    return fact.source == "note" and fact.meaning == "unexcused"


def hand_of(source: str, meaning: str, provisional: bool, by_hand: str) -> str:
    """The mark made by hand on a stored day, on top or below a fact; "" where nobody made one."""
    return state(meaning, provisional=provisional) if source in (HAND, "correction") else by_hand
