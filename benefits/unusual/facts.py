"""What the findings are read from: a fixed number of queries, and no encrypted column but the names and the newest
computation of what was corrected."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Q, QuerySet, Sum

from benefits.models import Line, PaymentList, Recovery, Settlement
from benefits.rules.cases import lines_from
from cistor.centres.models import Regulations
from cistor.money import NOTHING
from participants.models import Stage

LIMITED = ("unexcused", "sick")
COLUMNS = (
    "payment_list_id",
    "programme__participant_id",
    "programme__ended_on",
    "span",
    "start_on",
    "end_on",
    "corrects_id",
    "benefit",
    "net",
    "withheld",
    "payout",
    "shortfall",
    "counts",
    "person",
)


class Entry(NamedTuple):
    """A line without its source."""

    code: str
    amount: Decimal
    because: str
    days: list[date]


class Limits(NamedTuple):
    """What a version of the regulations counts, and over what."""

    in_force_from: date
    unexcused_days_limit: int
    unexcused_limit_scope: str
    sick_days_limit: int
    sick_limit_scope: str


class Plan(NamedTuple):
    kind: str
    start_on: date
    end_on: date


@dataclass
class Paid:
    """One span as paid so far: the first settlement and its differences; `counts` are those of the last."""

    span: str
    start_on: date
    end_on: date
    settlements: list[int] = field(default_factory=list)
    benefit: Decimal = NOTHING
    counts: dict[str, int] = field(default_factory=dict)


@dataclass
class Waiting:
    """An overpayment of a participant that nothing has been taken for yet, or not enough."""

    overpaid: Settlement
    amount: Decimal


@dataclass
class Facts:
    """By settlement: `lines`, `taken`. By programme: `history` (the spans in order), `limited`, `stages`. By
    participant: `waiting`."""

    rows: list[Settlement]
    lines: dict[int, list[Entry]]
    history: dict[int, list[Paid]]
    limited: dict[int, dict[str, list[date]]]
    stages: dict[int, list[Plan]]
    taken: dict[int, list[Recovery]]
    waiting: dict[int, list[Waiting]]
    limits: list[Limits]

    def before(self, row: Settlement) -> Paid | None:
        """The span that the programme was paid for before this one."""
        return _before(self.history, row)

    def entries(self, paid: Paid) -> list[Entry]:
        return [entry for pk in paid.settlements for entry in self.lines[pk]]

    def limits_on(self, day: date) -> Limits | None:
        place = bisect_right([version.in_force_from for version in self.limits], day)
        return self.limits[place - 1] if place else None


def facts_of(payment_list: PaymentList) -> Facts:
    rows = list(_rows(payment_list))
    programmes = {row.programme_id for row in rows}
    known = _known(payment_list).filter(programme__in=programmes)
    history = _history(known)
    return Facts(
        rows=rows,
        lines=_lines(_needed(rows, history)),
        history=history,
        limited=_limited(known, history),
        stages=_stages(programmes),
        taken=_taken(payment_list),
        waiting=_waiting(payment_list, {row.programme.participant_id for row in rows}),
        limits=_limits(payment_list),
    )


def _rows(payment_list: PaymentList) -> QuerySet[Settlement]:
    rows = payment_list.settlements.select_related("programme").only(*COLUMNS)
    return rows.order_by("programme__participant__order_key", "programme__participant", "start_on", "pk")


def _known(payment_list: PaymentList) -> QuerySet[Settlement]:
    """What was settled up to this list: what comes after it does not change how unusual it was."""
    before = Q(payment_list__payday__lt=payment_list.payday)
    same_day = Q(payment_list__payday=payment_list.payday, payment_list__lte=payment_list.pk)
    return Settlement.objects.filter(before | same_day).order_by()


def _history(known: QuerySet[Settlement]) -> dict[int, list[Paid]]:
    """A settlement of differences moves the sum of its span."""
    found: dict[int, dict[str, Paid]] = defaultdict(dict)
    columns = ("programme_id", "span", "start_on", "end_on", "pk", "benefit", "counts")
    for programme, span, *days, pk, benefit, counts in known.order_by("start_on", "pk").values_list(*columns):
        paid = found[programme].setdefault(span, Paid(span, *days))
        paid.settlements.append(pk)
        paid.benefit += benefit
        paid.counts = counts
    return defaultdict(list, {programme: list(spans.values()) for programme, spans in found.items()})


def is_big(before: Decimal, now: Decimal) -> bool:
    """More than a quarter of what it was, either way; exactly a quarter is not."""
    return abs(now - before) * 4 > before


def _before(history: dict[int, list[Paid]], row: Settlement) -> Paid | None:
    earlier = [paid for paid in history[row.programme_id] if paid.end_on < row.start_on]
    return earlier[-1] if earlier else None


def _needed(rows: list[Settlement], history: dict[int, list[Paid]]) -> set[int]:
    """The settlements of the list, and those that one of them is to be compared with."""
    needed = {row.pk for row in rows}
    for row in rows:
        paid = _before(history, row)
        if paid and is_big(paid.benefit, row.benefit):
            needed.update(paid.settlements)
    return needed


def _lines(settlements: Iterable[int]) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    rows = Line.objects.filter(settlement__in=settlements).order_by("settlement", "position")
    for pk, *entry in rows.values_list("settlement_id", "code", "amount", "because", "days"):
        found[pk].append(Entry(*entry))
    return found


def _limited(known: QuerySet[Settlement], history: dict[int, list[Paid]]) -> dict[int, dict[str, list[date]]]:
    """The days that limits count, by programme and code.

    Lines of differences tell of changes, not of days: those stand in the newest computation of a corrected span.
    """
    chains = [paid.settlements for spans in history.values() for paid in spans if len(paid.settlements) > 1]
    found: dict[int, dict[str, list[date]]] = defaultdict(lambda: defaultdict(list))
    for programme, code, days in [
        *_days_paid(known, [min(chain) for chain in chains]),
        *_days_corrected([max(chain) for chain in chains]),
    ]:
        found[programme][code] += days
    return found


def _days_paid(known: QuerySet[Settlement], corrected: list[int]) -> Iterable[tuple[int, str, list[date]]]:
    first = known.filter(corrects__isnull=True).exclude(pk__in=corrected)
    rows = Line.objects.filter(settlement__in=first, code__in=LIMITED).order_by()
    return rows.values_list("settlement__programme_id", "code", "days")


def _days_corrected(settlements: list[int]) -> Iterator[tuple[int, str, list[date]]]:
    for row in Settlement.objects.filter(pk__in=settlements).only("programme_id", "computed").order_by():
        for line in lines_from(row.computed["lines"]):
            if line.code in LIMITED:
                yield row.programme_id, line.code, list(line.days)


def _stages(programmes: Iterable[int]) -> dict[int, list[Plan]]:
    found: dict[int, list[Plan]] = defaultdict(list)
    rows = Stage.objects.filter(programme__in=programmes).order_by("start_on")
    for programme, *plan in rows.values_list("programme_id", "kind", "start_on", "end_on"):
        found[programme].append(Plan(*plan))
    return found


def _taken(payment_list: PaymentList) -> dict[int, list[Recovery]]:
    found: dict[int, list[Recovery]] = defaultdict(list)
    rows = Recovery.objects.filter(taken_from__payment_list=payment_list).select_related("overpaid")
    for recovery in rows.only("amount", "taken_from_id", "overpaid__span", "overpaid__start_on", "overpaid__end_on"):
        found[recovery.taken_from_id].append(recovery)
    return found


def _waiting(payment_list: PaymentList, participants: Iterable[int]) -> dict[int, list[Waiting]]:
    """What is left of each overpayment, the one with this very list among them."""
    found: dict[int, list[Waiting]] = defaultdict(list)
    rows = _known(payment_list).filter(programme__participant__in=participants, net__lt=0)
    rows = rows.annotate(back=Sum("recoveries__amount", default=NOTHING)).select_related("programme")
    for row in rows.only("programme__participant_id", "span", "start_on", "end_on", "net").order_by("start_on"):
        if left := -row.net - row.back:
            found[row.programme.participant_id].append(Waiting(row, left))
    return found


def _limits(payment_list: PaymentList) -> list[Limits]:
    versions = Regulations.objects.adopted().filter(centre=payment_list.centre_id).order_by("in_force_from")
    return [Limits(*values) for values in versions.values_list(*Limits._fields)]
