"""What people hold of the centre's: what is missing, what of it can be charged, and when clothes are due."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db import models
from django.db.models import Q

from attendance.models import IssuedItem
from attendance.models.given import IssuedItemQuerySet
from cistor.accounts.models import User
from cistor.centres.models import DeductionKind
from cistor.dates import day_text
from cistor.money import NOTHING
from participants.models import Participant, Programme, Stage

Kind = IssuedItem.Kind
Condition = DeductionKind.Condition
# Handed over for a time; tickets, travel and insurance are used up.
RETURNABLE = frozenset({Kind.CLOTHES, Kind.TOOL, Kind.KEY})
# The code of the deduction that a thing falls under (S1 § 5 cz. I ust. 2). Clothes have a condition of their own, so
# where the regulations name them they are never charged as damage; a test is charged as nothing else.
CHARGED_AS = {Kind.CLOTHES: "clothing", Kind.MEDICAL: "medical_test"}
OTHERWISE = "damage"


class State(models.TextChoices):
    """Where a thing is; derived, never stored."""

    HELD = "u-osoby", "u uczestnika"
    MISSING = "brakuje", "niezwrócone po zakończeniu"
    UNSIGNED = "bez-podpisu", "bez podpisu odbioru"


def in_state(rows: IssuedItemQuerySet, state: State, *, on: date) -> IssuedItemQuerySet:
    ended = Q(programme__ended_on__lt=on)
    if state == State.UNSIGNED:
        return rows.filter(is_signed=False)
    return rows.missing().filter(ended if state == State.MISSING else ~ended)


def state_of(row: IssuedItem, *, on: date) -> tuple[str, str]:
    """(kind of a badge, words) of a row with its programme at hand."""
    if row.returned_on:
        return "done", f"zwrócono {row.returned_on:%d.%m.%Y}"
    if row.written_off_on:
        return "plain", f"spisano {row.written_off_on:%d.%m.%Y}"
    if not row.is_returnable:
        return "plain", "bez zwrotu"
    ended_on = row.programme.ended_on
    return ("late", "niezwrócone") if ended_on and ended_on < on else ("info", "u uczestnika")


def of_person(participant: Participant) -> list[IssuedItem]:
    """Everything the person was ever given, the newest first."""
    rows = IssuedItem.objects.filter(programme__participant=participant)
    return list(rows.select_related("programme", "given_by", "returned_to").order_by("-given_on", "-pk"))


def is_over(row: IssuedItem) -> bool:
    """Whether nothing more can be said of where it is."""
    return bool(row.returned_on or row.written_off_on)


def is_correctable(row: IssuedItem) -> bool:
    """Until the person has signed for it; a value that the card lacked can still be added."""
    return not is_over(row) and (not row.is_signed or not row.value)


def before_clothes(programme: Programme, kind: str, on: date) -> str:
    """Why work clothes are not due yet, "" where they are: they come after the trial (S1 § 4 cz. II ust. 5, S2 § 10
    cz. II ust. 4). A word of caution, no refusal: somebody may need them on the first day.
    """
    trial = next((stage for stage in programme.stages.all() if stage.kind == Stage.Kind.TRIAL), None)
    if kind != Kind.CLOTHES or trial is None or on > trial.end_on:
        return ""
    return f"Odzież robocza należy się po okresie próbnym, a ten trwa do {day_text(trial.end_on)}."


@dataclass(frozen=True)
class Chargeable:
    """A thing that was not given back, or a test whose cost may be asked for: what for and how much."""

    item: IssuedItem

    @property
    def amount(self) -> Decimal:
        return self.item.value

    @property
    def what(self) -> str:
        """For the paper: "niezwrócone: narzędzie: szlifierka (1 szt.), wydano 5 stycznia 2026"."""
        item = self.item
        told = "" if item.kind == Kind.MEDICAL else "niezwrócone: "
        return f"{told}{item.get_kind_display()}: {item.what} ({item.quantity} szt.), wydano {day_text(item.given_on)}"

    def kind_of(self, kinds: Iterable[DeductionKind]) -> DeductionKind | None:
        """That of its code; in regulations without it the first that asks for consent alone, but for a test."""
        known = {kind.code: kind for kind in kinds}
        if found := known.get(CHARGED_AS.get(Kind(self.item.kind), OTHERWISE)):
            return found
        with_consent = (kind for kind in known.values() if kind.condition == Condition.CONSENT)
        return None if self.item.kind == Kind.MEDICAL else next(with_consent, None)


def chargeable(programmes: Collection[Programme], *, on: date) -> list[Chargeable]:
    """What is not back after the end, and the tests paid for where the end was through fault, the oldest first.

    One query. What somebody works with is not missing. Whether a deduction may be entered, and whether one was,
    benefits know.
    """
    test = Q(kind=Kind.MEDICAL, programme__through_fault=True, returned_on=None, written_off_on=None, value__gt=0)
    rows = IssuedItem.objects.missing() | IssuedItem.objects.filter(test)
    rows = rows.filter(programme__in=[row.pk for row in programmes], programme__ended_on__lt=on)
    return [Chargeable(row) for row in rows.select_related("programme").order_by("given_on", "pk")]


@dataclass(frozen=True)
class Missing:
    """What is not back after the end of one programme."""

    programme: Programme
    things: list[Chargeable]

    @property
    def value(self) -> Decimal:
        return sum((thing.amount for thing in self.things), NOTHING)

    @property
    def valueless(self) -> int:
        """How many of them have no value on the card."""
        return sum(not thing.amount for thing in self.things)


def missing_after_end(user: User, *, on: date, right: str) -> list[Missing]:
    """Of programmes that ended before `on`, however long ago, of people not erased; one query."""
    rows = IssuedItem.objects.visible_to(user, on=on, right=right).missing()
    rows = rows.filter(programme__ended_on__lt=on, programme__participant__erased_on=None)
    rows = rows.select_related("programme__participant").defer("programme__end_reason")
    whose = groupby(rows.order_by("programme__ended_on", "programme", "given_on", "pk"), lambda row: row.programme)
    return [Missing(programme, [Chargeable(row) for row in items]) for programme, items in whose]
