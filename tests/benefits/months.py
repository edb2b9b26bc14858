"""Months counted and approved one after another, and what changes afterwards."""

from datetime import date

from attendance.actions import close_many
from attendance.models import Day
from benefits.actions import run_month
from benefits.drafting import draft
from benefits.models import PaymentList
from benefits.reading.checksums import list_checksum
from cistor.centres.models import Centre
from cistor.dates import next_month
from cistor.documents.models import Document
from cistor.triggers import correcting
from participants.models import Programme
from tests.benefits.people import check_and_approve, checked
from tests.factories import LETTERS, mark

JULY, AUGUST, SEPTEMBER, OCTOBER = (date(2026, month, 1) for month in (7, 8, 9, 10))
SIXTH = date(2026, 7, 6)


def third_after(month: date) -> date:
    """The day on which a month is counted in these tests."""
    return next_month(month).replace(day=3)


def count_month(centre: Centre, month: date, *, by, on: date | None = None, number: int = 1) -> PaymentList:
    return run_month(centre=centre, month=month, number=number, by=by, on=on or third_after(month))


def pay_month(centre: Centre, month: date, *, by, director, on: date | None = None, number: int = 1) -> PaymentList:
    counted = count_month(centre, month, by=by, on=on, number=number)
    return check_and_approve(counted, by=director, on=on or third_after(month))


def approved_unprinted(counted: PaymentList, *, by, on: date) -> PaymentList:
    """Final without its paper, which takes ten times as long as everything else; for tests of long histories."""
    row = checked(counted, on=on)
    settlements = list(row.settlements.select_related("programme__participant"))
    close_many([(one.programme, one.start_on, one.end_on) for one in settlements], by=by, on=on)
    row.status, row.approved_by, row.approved_on = PaymentList.Status.APPROVED, by, on
    row.checksum = list_checksum(row, settlements)
    paper = {"kind": "payment_list", "number": f"LW/{row.pk}", "title": row.title, "sha256": "0" * 64, "size": 1}
    row.document = Document.objects.create(centre=row.centre, issued_on=on, issued_by=by, **paper)
    row.save()
    return row


def correct(programme: Programme, marks: dict[date, str | None]) -> None:
    """Closed days say something else now, as after a correction that was allowed."""
    with correcting():
        for day, meaning in marks.items():
            rows = Day.objects.filter(programme=programme, on=day)
            rows.update(meaning=meaning, code=LETTERS[meaning])


def mark_days(programme: Programme, marks: dict[date, str]) -> None:
    """Days still open are marked anew."""
    Day.objects.filter(programme=programme, on__in=marks).delete()
    mark(programme, marks)


def figures(payment_list: PaymentList) -> list[tuple[str, str, str, str]]:
    """(span, net, withheld, payout) of every settlement, in the order in which they were made."""
    rows = payment_list.settlements.order_by("pk")
    return [(row.span, str(row.net), str(row.withheld), str(row.payout)) for row in rows]


def anybody_left(payment_list: PaymentList, *, on: date) -> bool:
    """Whether a further list of the month would hold anybody."""
    same = {"centre": payment_list.centre, "kind": payment_list.kind, "month": payment_list.month}
    further = draft(PaymentList(pk=0, number=payment_list.number + 1, payday=payment_list.payday, **same), on=on)
    return bool(further.made or further.problems)
