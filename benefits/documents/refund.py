"""The application for the refund from the Fundusz Pracy with its list; the page and the workbook show the same rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch, Q, QuerySet

from benefits.models import BankProfile, Line, Payment, Refund, RefundItem, Settlement
from benefits.reading.explanation import STEPS
from benefits.reading.refunds import AMOUNTS, Sums, sums_of
from cistor.dates import day_count, in_month_text, length
from cistor.money import NOTHING, zloty
from participants.documents.common import signer
from participants.documents.decisions import house
from referrals.documents.office import office_lines

# It is the starosta who refunds; the labour office acts in his name.
STAROSTA = ("Starosta", "za pośrednictwem:")
REDUCTIONS = ("unexcused", "unexcused_over_limit", "sick", "sick_over_limit", "excused", "care", "not_taken")


@dataclass(frozen=True)
class Row:
    """What is asked for one settlement. `paid_on`: of its first transfer, or its payday; `is_back`: it came back."""

    item: RefundItem

    @property
    def settlement(self) -> Settlement:
        return self.item.settlement

    @property
    def is_correction(self) -> bool:
        return self.settlement.corrects_id is not None

    @property
    def paid_on(self) -> date:
        sent = [one for one in self.settlement.payments.all() if one.kind == Payment.Kind.PAID]
        return min(sent, key=lambda one: one.pk).on if sent else self.settlement.payment_list.payday

    @property
    def is_back(self) -> bool:
        last = self.settlement.last_payment
        return last is not None and last.kind == Payment.Kind.RETURNED

    @property
    def days(self) -> int:
        """Of the programme, from the first to the last one paid for."""
        return length(self.settlement.start_on, self.settlement.end_on)

    @property
    def reductions(self) -> str:
        """ "Choroba: 2 dni, −89,20 zł"; of a difference the days are no number of days lost."""
        lines = list(self.settlement.lines.all())
        found = {code: [line for line in lines if line.code == code] for code in REDUCTIONS}
        return "; ".join(f"{STEPS[code]}: {self._taken(of_code)}" for code, of_code in found.items() if of_code)

    @property
    def total(self) -> Decimal:
        return Sums(*(getattr(self.item, name) for name in AMOUNTS)).total

    def _taken(self, lines: Sequence[Line]) -> str:
        amount = zloty(sum((line.amount for line in lines), NOTHING))
        days = sum(len(line.days) for line in lines)
        return amount if self.is_correction or not days else f"{day_count(days)}, {amount}"


def ordered(refund: Refund) -> QuerySet[RefundItem]:
    """By name, what corrects earlier months after everything else; with all that a `Row` asks, whatever the number."""
    lines = Prefetch("settlement__lines", Line.objects.only("settlement", "code", "amount", "days"))
    by_name = ("settlement__programme__participant__order_key", "settlement__programme", "settlement__start_on", "pk")
    rows = refund.items.alias(corrects=Q(settlement__corrects__isnull=False)).order_by("corrects", *by_name)
    rows = rows.select_related("settlement__payment_list", "settlement__programme")
    rows = rows.defer("settlement__inputs", "settlement__computed", "settlement__account")
    return rows.prefetch_related(lines, "settlement__payments")


def refund_context(refund: Refund) -> dict[str, Any]:
    """The context of `documents/refund_application.html`."""
    rows = [Row(item) for item in ordered(refund)]
    regular = [row for row in rows if not row.is_correction]
    corrections = [row for row in rows if row.is_correction]
    profile = BankProfile.objects.in_force(refund.centre, refund.signed_on)
    return {
        **house(refund.centre, refund.signed_on),
        "addressee": [*STAROSTA, *office_lines(refund.office)],
        "when": in_month_text(refund.month, with_year=True),
        "again": refund.number if refund.number > 1 else None,
        "people": len({row.settlement.programme.participant_id for row in rows}),
        "rows": [_printed(row) for row in regular],
        "corrections": [_printed(row) for row in corrections],
        "sums": _sums(rows),
        "regular_sums": _sums(regular),
        "correction_sums": _sums(corrections),
        "account": profile.nrb if profile else "",
        "prepared_by": str(refund.prepared_by),
        "signer": signer(refund.signed_by, refund.signed_for),
    }


def _printed(row: Row) -> dict[str, Any]:
    return {
        "programme": row.settlement.programme_id,
        "name": row.settlement.name,
        "period": row.settlement.period,
        "days": row.days,
        "reductions": row.reductions,
        **{name: getattr(row.item, name) for name in AMOUNTS},
        "total": row.total,
    }


def _sums(rows: Iterable[Row]) -> dict[str, Decimal]:
    sums = sums_of(row.item for row in rows)
    return {**sums._asdict(), "zus": sums.zus, "total": sums.total}
