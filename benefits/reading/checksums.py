"""Whether what is stored is what was computed: over a settlement, and over a list of them."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from django.db.models import prefetch_related_objects

from benefits import rules
from benefits.models import AMOUNTS, Line, PaymentList, Recovery, Settlement, Taken
from benefits.reading.differences import computation
from benefits.rules.cases import inputs_from
from cistor.crypto import search_key


@dataclass(frozen=True)
class Check:
    """`intact`: the rows still have their checksum; `same`: the stored inputs give the same lines again."""

    settlement: Settlement
    intact: bool
    same: bool
    # (stored, computed again), None where the other has no line to match.
    pairs: list[tuple[Line | None, rules.Line | None]]

    @property
    def ok(self) -> bool:
        return self.intact and self.same


def settlement_checksum(
    settlement: Settlement, lines: Iterable[Line], recovered: Iterable[Recovery], taken: Iterable[Taken]
) -> str:
    """SHA-256 over inputs and result. The person stays out of it: erasing one breaks no checksum."""
    return _sha256({"inputs": settlement.inputs, "result": result(settlement, lines, recovered, taken)})


def result(
    settlement: Settlement, lines: Iterable[Line], recovered: Iterable[Recovery], taken: Iterable[Taken]
) -> dict[str, Any]:
    """Amounts, counted days and lines, as plain values; what only some settlements have, only of those."""
    return {
        "amounts": {name: f"{getattr(settlement, name):.2f}" for name in AMOUNTS},
        "counts": settlement.counts,
        "lines": [
            [line.code, f"{line.amount:.2f}", line.because, line.source, [str(day) for day in line.days]]
            for line in lines
        ],
        **_seldom(settlement, recovered, taken),
    }


def _seldom(settlement: Settlement, recovered: Iterable[Recovery], taken: Iterable[Taken]) -> dict[str, Any]:
    """The whole new computation of a settlement of differences, what is taken towards overpayments and of deductions,
    a shortfall."""
    towards = [
        [row.overpaid.programme_id, row.overpaid.span, row.overpaid.checksum, f"{row.amount:.2f}"] for row in recovered
    ]
    figures = {
        "computed": settlement.computed,
        "withheld": settlement.withheld and f"{settlement.withheld:.2f}",
        "recovered": sorted(towards),
        "taken": sorted([row.deduction_id, f"{row.amount:.2f}"] for row in taken),
        "shortfall": settlement.shortfall and f"{settlement.shortfall:.2f}",
    }
    return {name: figure for name, figure in figures.items() if figure}


def list_checksum(payment_list: PaymentList, settlements: Iterable[Settlement]) -> str:
    """SHA-256 over the key of the list and the checksums of its settlements."""
    key = (payment_list.centre_id, payment_list.kind, payment_list.payday, payment_list.number)
    rows = sorted((row.programme_id, row.span, row.checksum) for row in settlements)
    return _sha256({"list": [str(part) for part in key], "settlements": rows})


def seen_checksum(payment_list: PaymentList, settlements: Iterable[Settlement]) -> str:
    """Keyed hash over all that a look at a draft shows: the list, and who is paid in which way on which account.

    Never stored: unlike the list's own checksum, it would not outlive the erasure of a person.
    """
    settlements = sorted(settlements, key=lambda row: (row.programme_id, row.span))
    payees = [(row.programme_id, row.span, row.method, row.account, row.person) for row in settlements]
    return search_key("list_seen", _sha256({"list": list_checksum(payment_list, settlements), "payees": payees}))


def check(settlement: Settlement) -> Check:
    """Compute the settlement again from its stored inputs. Sentences may be worded anew; amounts and days may not."""
    stored, recovered, taken = (list(rows.all()) for rows in (settlement.lines, settlement.recovered, settlement.taken))
    again, same = _again(settlement)
    return Check(
        settlement=settlement,
        intact=settlement_checksum(settlement, stored, recovered, taken) == settlement.checksum,
        same=same and [_figures(line) for line in stored] == [_figures(line) for line in again],
        pairs=list(zip_longest(stored, again)),
    )


def _again(settlement: Settlement) -> tuple[tuple[rules.Line, ...], bool]:
    """The lines computed again; of a settlement of differences also whether the whole new computation is the same."""
    inputs = inputs_from(settlement.inputs)
    if settlement.corrects is None:
        return rules.settle(inputs).lines, True
    again = rules.correct(inputs, computation(settlement.corrects), settlement.payment_list.payday)
    whole = again.owed.lines if again.owed else ()
    return again.lines, list(map(_figures, computation(settlement))) == list(map(_figures, whole))


def verify(payment_list: PaymentList) -> list[Check]:
    """What does not come out again; an empty list is the good answer. A list whose own checksum fails reports all."""
    settlements = list(payment_list.settlements.select_related("payment_list"))
    prefetch_related_objects(settlements, "lines", "recovered__overpaid", "taken", "corrects__lines")
    checks = [check(settlement) for settlement in settlements]
    if payment_list.checksum and list_checksum(payment_list, settlements) != payment_list.checksum:
        return checks
    return [one for one in checks if not one.ok]


def _figures(line: Line | rules.Line) -> tuple:
    return line.code, line.amount, tuple(line.days)


def _sha256(content: dict) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()
