"""What people owe the centre by their consent: what a list may take of it, and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from benefits.models import Deduction, PaymentList, Taken
from benefits.models.deductions import DeductionQuerySet
from cistor.centres.models import DeductionKind, Regulations
from cistor.dates import day_text
from cistor.money import NOTHING
from participants.models import Participant, Programme

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


def kinds_in_force(centre_id: int, on: date) -> list[DeductionKind]:
    """Those of the version of the day; regulations may have none (those of Rzyszczewo)."""
    version = Regulations.objects.version(centre_id, on)
    return list(DeductionKind.objects.filter(regulations=version)) if version else []


def obstacle(kind: DeductionKind, programme: Programme, *, on: date) -> str:
    """What the condition of the kind lacks on this day; "" where nothing. A suspicion is asked for with its words."""
    if kind.condition != Condition.ENDED_THROUGH_FAULT:
        return ""
    only = "Regulamin pozwala na to dopiero po rozwiązaniu IPZS z winy uczestnika"
    if programme.ended_on is None:
        return f"{only}, a ten program trwa."
    if not programme.through_fault:
        day = day_text(programme.ended_on)
        return f"{only}, a przy zakończeniu tego programu ({day}) nie odnotowano winy uczestnika."
    return f"{only}, a ten program trwa jeszcze do {day_text(programme.ended_on)}." if programme.ended_on > on else ""


class State(models.TextChoices):
    """Where a deduction stands; derived, never stored."""

    WAITING = "czeka", "czeka na zgodę"
    TAKING = "potracana", "potrącana"
    DONE = "potracona", "potrącona w całości"
    WITHDRAWN = "wycofana", "zgoda wycofana"
    DROPPED = "zaniechana", "zaniechana"

    @property
    def badge(self) -> str:
        return {"czeka": "soon", "potracana": "info", "potracona": "done"}.get(self, "plain")


@dataclass(frozen=True)
class Account:
    """One deduction and what became of it; the sums count approved lists only, `planned` is what drafts take."""

    row: Deduction
    state: State
    parts: list[Taken]
    taken: Decimal
    planned: Decimal

    @property
    def left(self) -> Decimal:
        """What lists are still to take; nothing of what was withdrawn or dropped."""
        over = self.state in (State.WITHDRAWN, State.DROPPED)
        return NOTHING if over else self.row.amount - self.taken

    @property
    def untaken(self) -> Decimal:
        """What the withdrawal has stopped."""
        return self.row.amount - self.taken if self.state == State.WITHDRAWN else NOTHING


def with_taken(rows: DeductionQuerySet) -> DeductionQuerySet:
    """Each with the sum that approved lists have taken of it."""
    approved = Taken.objects.filter(
        deduction=OuterRef("pk"), settlement__payment_list__status=PaymentList.Status.APPROVED
    )
    sums = approved.order_by().values("deduction").annotate(sum=Sum("amount")).values("sum")
    return rows.annotate(taken_sum=Coalesce(Subquery(sums), NOTHING))


def in_state(rows: DeductionQuerySet, state: State) -> DeductionQuerySet:
    """Of rows `with_taken`."""
    consented, stopped, done = Q(consented_on__isnull=False), Q(withdrawn_on__isnull=False), Q(taken_sum=F("amount"))
    return rows.filter(
        {
            State.WAITING: ~consented & ~stopped,
            State.TAKING: consented & ~stopped & ~done,
            State.DONE: done,
            State.WITHDRAWN: consented & stopped & ~done,
            State.DROPPED: ~consented & stopped,
        }[state]
    )


def state_of(row: Deduction, taken: Decimal) -> State:
    if row.consented_on is None:
        return State.DROPPED if row.withdrawn_on else State.WAITING
    if taken == row.amount:
        return State.DONE
    return State.WITHDRAWN if row.withdrawn_on else State.TAKING


def account(row: Deduction) -> Account:
    """Of a row with its `taken`, settlements and lists at hand."""
    parts = list(row.taken.all())
    approved = sum((part.amount for part in parts if not part.settlement.payment_list.is_open), NOTHING)
    return Account(row, state_of(row, approved), parts, approved, sum((p.amount for p in parts), NOTHING) - approved)


def statement(participant: Participant) -> list[Account]:
    """Every deduction of the person, as they are taken: consented to, taken by which list, left, withdrawn."""
    rows = Deduction.objects.filter(programme__participant=participant).in_order()
    return [account(row) for row in with_lists(rows)]


def with_lists(rows: DeductionQuerySet) -> DeductionQuerySet:
    """At hand what `account` reads; a fixed number of queries."""
    taken = Taken.objects.select_related("settlement__payment_list").order_by("settlement__payment_list__payday", "pk")
    heavy = ("settlement__inputs", "settlement__computed", "settlement__person", "settlement__account")
    rows = rows.select_related("kind", "programme__participant", "document", "consent_scan", "entered_by")
    return rows.prefetch_related(Prefetch("taken", taken.defer(*heavy)))


@dataclass(frozen=True)
class Summary:
    """Of one person: how many there are, how many wait for the consent, what lists are still to take."""

    count: int
    waiting: int
    left: Decimal


def summary(participant: Participant) -> Summary:
    rows = with_taken(Deduction.objects.filter(programme__participant=participant))
    taking = in_state(rows, State.TAKING).aggregate(left=Sum(F("amount") - F("taken_sum"), default=NOTHING))
    return Summary(rows.count(), in_state(rows, State.WAITING).count(), taking["left"])
