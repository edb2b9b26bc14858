"""Somebody who owes the centre something, and lists that take it."""

from datetime import date, timedelta
from decimal import Decimal

from benefits.models import PaymentList, Settlement, Taken
from cistor.centres.models import DeductionKind, Regulations
from cistor.documents.models import Document

STARTED = date(2026, 2, 2)
FAULT_END = date(2026, 6, 30)
ENTERED = date(2026, 7, 6)
SIGNED = date(2026, 7, 8)
LATER = date(2026, 8, 10)
PAYDAY = date(2026, 8, 5)


def kind_of(programme, code):
    """A kind of the regulations in force on the day of entry."""
    version = Regulations.objects.version(programme.participant.centre_id, ENTERED)
    return DeductionKind.objects.get(regulations=version, code=code)


def end(programme, *, by, fault=True):
    programme.ended_on, programme.end_kind, programme.through_fault = FAULT_END, "breach", fault
    programme.end_decided_on, programme.end_decided_by = FAULT_END, by
    programme.save()


def make_list(centre, payday=PAYDAY, number=1):
    month = (payday.replace(day=1) - timedelta(days=1)).replace(day=1)
    terms = {"kind": "month", "month": month, "number": number, "payday": payday}
    return PaymentList.objects.create(centre=centre, prepared_on=payday, **terms)


def take(deduction, payment_list, amount, *, approved_by=None):
    """What the list takes of it, from a settlement of its own; final when somebody has approved it."""
    month, amount = payment_list.month, Decimal(amount)
    settlement = Settlement.objects.create(
        payment_list=payment_list,
        programme=deduction.programme,
        span=f"{month:%Y-%m}",
        start_on=month,
        end_on=month.replace(day=28),
        benefit=Decimal("1000.00"),
        deductions_taken=amount,
        net=1000 - amount,
        inputs={},
        person={},
    )
    taken = Taken.objects.create(settlement=settlement, deduction=deduction, amount=amount)
    if approved_by:
        approve_unprinted(payment_list, by=approved_by)
    return taken


def approve_unprinted(payment_list, *, by):
    """Final without its paper."""
    paper = {"kind": "payment_list", "number": f"LW/{payment_list.pk}", "title": "", "sha256": "0" * 64, "size": 1}
    day = payment_list.payday
    payment_list.document = Document.objects.create(centre=payment_list.centre, issued_on=day, issued_by=by, **paper)
    payment_list.status, payment_list.approved_by, payment_list.approved_on = "approved", by, day
    payment_list.checksum = "0" * 64
    payment_list.save()
