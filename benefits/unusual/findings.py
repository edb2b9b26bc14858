from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import groupby

from benefits.models import PaymentList, Settlement
from benefits.rules.reckoning import BENEFIT
from benefits.unusual import changes, limits, parts
from benefits.unusual.facts import Facts, facts_of, is_big
from benefits.unusual.kinds import Finding, Kind
from cistor.money import NOTHING, zloty


@dataclass(frozen=True)
class Below:
    """How much the statute gives beyond the list, and to how many people."""

    people: int
    amount: Decimal


@dataclass
class Person:
    """Somebody with anything unusual; stands once, however much it is. `payout` is all that the list pays them."""

    name: str
    payout: Decimal
    found: list[tuple[Settlement, Finding]]

    @property
    def first(self) -> Settlement:
        """The settlement with the most urgent finding."""
        return self.found[0][0]

    @property
    def is_expected(self) -> bool:
        """Nothing about them but what was to be expected."""
        return self.found[0][1].is_expected

    @property
    def kinds(self) -> list[Kind]:
        return list(dict.fromkeys(finding.kind for _, finding in self.found))

    @property
    def sentences(self) -> list[tuple[Settlement, str]]:
        return [(row, finding.says) for row, finding in self.found if finding.says]


@dataclass
class Unusual:
    """`people` by urgency, then name; `by_row` all findings of a settlement by its id; `below` None when nobody is."""

    people: list[Person] = field(default_factory=list)
    by_row: dict[int, list[Finding]] = field(default_factory=dict)
    below: Below | None = None

    def rows_with(self, kind: str = "") -> list[int]:
        """The ids of the settlements with a finding of the kind; without one, of those that stand out at all."""
        wanted = {kind} if kind else set(Kind) - {Kind.BELOW}
        return [pk for pk, found in self.by_row.items() if any(finding.kind in wanted for finding in found)]

    def count(self, kind: str) -> int:
        return len(self.rows_with(kind))


def unusual_on(payment_list: PaymentList) -> Unusual:
    facts = facts_of(payment_list)
    unusual = Unusual(below=_below(facts))
    for _, rows in groupby(facts.rows, key=lambda row: row.programme.participant_id):
        person = _person(facts, list(rows), unusual.by_row)
        if person.found:
            unusual.people.append(person)
    # Stable: who is equally urgent stays in the order of names.
    unusual.people.sort(key=lambda person: person.found[0][1].urgency)
    return unusual


def _person(facts: Facts, rows: list[Settlement], by_row: dict[int, list[Finding]]) -> Person:
    found = [(row, finding) for row in rows for finding in _findings(facts, row)]
    found += [(rows[0], finding) for finding in _waiting(facts, rows[0].programme.participant_id)]
    for row, finding in found:
        by_row.setdefault(row.pk, []).append(finding)
    for row in rows:
        if row.shortfall:
            by_row.setdefault(row.pk, []).append(Finding(Kind.BELOW, f"Ustawa daje o {zloty(row.shortfall)} więcej."))
    payout = sum((row.payout for row in rows), NOTHING)
    return Person(rows[0].name, payout, sorted(found, key=lambda one: one[1].urgency))


def _below(facts: Facts) -> Below | None:
    """Once for the list: where the regulations give less, they give less to everybody."""
    rows = [row for row in facts.rows if row.shortfall]
    people = {row.programme.participant_id for row in rows}
    return Below(len(people), sum((row.shortfall for row in rows), NOTHING)) if rows else None


def _findings(facts: Facts, row: Settlement) -> Iterator[Finding]:
    if row.corrects_id:
        yield Finding(Kind.DIFFERENCE, _difference(row))
    else:
        yield from _zero_or_changed(facts, row)
        yield from limits.findings(facts, row)
        yield from parts.findings(facts, row)
    for recovery in facts.taken[row.pk]:
        paid = f"Na nadpłatę za {recovery.overpaid.period} zaliczono {zloty(recovery.amount)}."
        yield Finding(Kind.OVERPAID, paid)
    if row.is_late and not row.corrects_id:
        yield Finding(Kind.LATE, f"Zaległe rozliczenie za {row.period}: nie objęła go wcześniejsza lista.")


# Nothing to pay, or another amount than before ------------------------------------------------------------------------


def _zero_or_changed(facts: Facts, row: Settlement) -> Iterator[Finding]:
    """A zero says what took it; how much it was before adds nothing."""
    paid = facts.before(row)
    if not row.payout:
        yield Finding(Kind.ZERO, why_nothing(facts, row))
    elif paid and is_big(paid.benefit, row.benefit):
        yield Finding(Kind.CHANGED, *changes.change(row, facts.lines[row.pk], paid, facts.entries(paid)))


def why_nothing(facts: Facts, row: Settlement) -> str:
    """The line that took the most of what there was."""
    if row.net:
        return f"Całe {zloty(row.net)} zaliczono na nadpłatę."
    taken = [line for line in facts.lines[row.pk] if line.amount < 0 and (line.code in BENEFIT or row.benefit)]
    if not taken:
        return "W tym okresie nie ma dnia, za który należy się świadczenie."
    return min(taken, key=lambda line: line.amount).because


# Differences and overpayments -----------------------------------------------------------------------------------------


def _difference(row: Settlement) -> str:
    if row.net < 0:
        return f"Różnica za {row.period}: nadpłata {zloty(-row.net)}."
    if not row.net:
        return f"Różnica za {row.period}: kwota się nie zmienia."
    return f"Różnica za {row.period}: +{zloty(row.net)}."


def _waiting(facts: Facts, participant: int) -> Iterator[Finding]:
    for waiting in facts.waiting[participant]:
        says = f"Nadpłata za {waiting.overpaid.period}: {zloty(waiting.amount)} czeka na następną wypłatę."
        yield Finding(Kind.OVERPAID, says)
