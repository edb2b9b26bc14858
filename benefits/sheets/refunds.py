"""The list of one application for the refund as a workbook: the benefits, and apart what corrects earlier months."""

from collections.abc import Sequence

from benefits.documents.refund import Row
from benefits.models import Refund
from cistor.sheets import Column, Sheet, Value, workbook

COLUMNS = [
    Column("Nazwisko i imię"),
    Column("Za okres"),
    Column("Od", "day"),
    Column("Do", "day"),
    Column("Dni", "count"),
    Column("Zmniejszenia"),
    Column("Wypłacono", "day"),
    Column("Świadczenie", "amount"),
    Column("Składka emerytalna", "amount"),
    Column("Składka rentowa", "amount"),
    Column("Razem", "amount"),
]


def refund_workbook(refund: Refund, rows: Sequence[Row]) -> bytes:
    parts = {
        "Świadczenia": [row for row in rows if not row.is_correction],
        "Korekty": [row for row in rows if row.is_correction],
    }
    return workbook(
        [Sheet(name, COLUMNS, [_row(row) for row in part], sums="Razem") for name, part in parts.items()],
        title=refund.title,
    )


def _row(row: Row) -> list[Value]:
    settled, item = row.settlement, row.item
    facts = [settled.name, settled.period, settled.start_on, settled.end_on, row.days, row.reductions, row.paid_on]
    return [*facts, item.benefit, item.zus_pension, item.zus_disability, row.total]
