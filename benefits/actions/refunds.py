"""The application for the refund from the Fundusz Pracy: prepared by payroll, signed by the director, sent, paid."""

from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max

from benefits.documents.refund import refund_context
from benefits.models import Refund, RefundItem, RefundStep
from benefits.reading import refunds
from cistor.accounts.models import User
from cistor.centres.models import Centre, Office
from cistor.dates import day_text, in_month_text, month_start
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.journal.models import Entry
from cistor.money import zloty

PREPARED = ("refund_prepared", "refund_recounted")
CHANGED = "Dane zmieniły się od przeliczenia. Wniosek trzeba przeliczyć i przejrzeć jeszcze raz."
FOUR_EYES = "Wniosek podpisuje ktoś inny niż osoba, która go sporządziła."


@transaction.atomic
def prepare_refund(centre: Centre, *, month: date, office: Office, by: User, on: date) -> Refund:
    """A draft that asks for what was paid in a month, by its first day, and stands in no other application.

    The second one of a month is numbered 2 and holds what the first did not know of. Refused when nothing is left,
    while a draft of the month waits, and for any office but a labour office of the centre.
    """
    _may_prepare(centre, by=by, on=on)
    if not refunds.offices(centre).filter(pk=office.pk).exists():
        raise Refused("Wniosek idzie do powiatowego urzędu pracy ze spisu urzędów centrum.", field="office")
    if month.day != 1 or month > month_start(on):
        raise Refused("Wniosek obejmuje miesiąc, który już się zaczął.", field="month")
    _one_at_a_time(centre)
    rows = Refund.objects.filter(centre=centre, month=month)
    if rows.filter(status=Refund.Status.DRAFT).exists():
        raise Refused(f"Projekt wniosku za wypłaty {in_month_text(month, with_year=True)} już jest.", field="month")
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    refund = Refund.objects.create(
        centre=centre, office=office, month=month, number=number, prepared_by=by, prepared_on=on
    )
    total = _fill(refund, on=on)
    record(refund, "refund_prepared", by=by, month=month, number=number, total=total)
    return refund


@transaction.atomic
def recount_refund(refund: Refund, *, by: User, on: date) -> Refund:
    """What the draft asks for, once more from what is paid by now; whoever counts has prepared it."""
    _may_prepare(refund.centre, by=by, on=on)
    row = _draft(refund)
    row.items.all().delete()
    total = _fill(row, on=on)
    row.prepared_by, row.prepared_on = by, on
    row.save(update_fields=["prepared_by", "prepared_on"])
    record(row, "refund_recounted", by=by, total=total)
    return row


@transaction.atomic
def drop_refund(refund: Refund, *, by: User, on: date) -> None:
    """A draft that nobody needs; what it asked for may be asked for again."""
    _may_prepare(refund.centre, by=by, on=on)
    row = _draft(refund)
    record(row, "refund_dropped", by=by, month=row.month, number=row.number)
    row.delete()


@transaction.atomic
def sign_refund(refund: Refund, *, by: User, on: date, seen: str | None = None) -> Refund:
    """Issue the application with its list; it does not change any more.

    Refused without the right, to whoever has prepared it (unless the centre is led by one person), and when what was
    paid has changed since it was counted. `seen` is the `refunds.seen_checksum` of what a page showed.
    """
    if by.home_centre_id != refund.centre_id or not by.may("sign_refund", on=on):
        raise Refused("Wniosek podpisuje kierujący centrum albo osoba, która go tego dnia zastępuje.")
    row = _draft(refund)
    if not row.centre.single_handed and has_prepared(row, by):
        raise Refused(FOUR_EYES)
    Refund.MOVES.make(row, "sign")
    _same_now(row, seen, on=on)
    row.signed_by, row.signed_for, row.signed_on = by, by.acts_for("sign_refund", on=on), on
    row.document = issue(
        kind="refund_application",
        centre=row.centre,
        context=refund_context(row),
        people=row.items.values_list("settlement__programme__participant", flat=True),
        by=by,
        on=on,
    )
    row.save(update_fields=["status", "signed_by", "signed_for", "signed_on", "document"])
    record(row, "refund_signed", by=by, number=row.document.number)
    return row


def has_prepared(refund: Refund, user: User) -> bool:
    """Counted it, ever."""
    return refund.prepared_by_id == user.pk or (
        Entry.objects.filter(
            by=user, verb__in=PREPARED, object_kind=Refund._meta.label_lower, object_id=refund.pk
        ).exists()
    )


@transaction.atomic
def send_refund(refund: Refund, *, sent_on: date, note: str = "", by: User, on: date) -> RefundStep:
    """Write down that the signed application went out; one sent from the register of letters needs nothing here."""
    row = _signed(refund, by=by, on=on)
    if refunds.standing(row).sent_on:
        raise Refused("Ten wniosek jest już wysłany.")
    assert row.signed_on  # noqa: S101 – for the types: the database gives a signed one its day
    _between(sent_on, row.signed_on, f"Wniosek podpisano {day_text(row.signed_on)}.", on=on)
    step = _step(row, RefundStep.Kind.SENT, sent_on, note=note, by=by, on=on)
    record(row, "refund_sent", by=by, sent_on=sent_on)
    return step


@transaction.atomic
def record_refund_payment(
    refund: Refund, *, paid_on: date, amount: Decimal, note: str = "", by: User, on: date
) -> RefundStep:
    """Money came, all of it or a part; never more than is outstanding."""
    row = _signed(refund, by=by, on=on)
    _of_what_is_left(row, paid_on, amount, on=on)
    step = _step(row, RefundStep.Kind.PAID, paid_on, amount=amount, note=note, by=by, on=on)
    record(row, "refund_paid", by=by, paid_on=paid_on, amount=amount)
    return step


@transaction.atomic
def refuse_refund(refund: Refund, *, refused_on: date, amount: Decimal, note: str, by: User, on: date) -> RefundStep:
    """The office does not pay a part, or anything; why not is said. Settlements refused are not asked for again."""
    row = _signed(refund, by=by, on=on)
    if not note.strip():
        raise Refused("Napisz, dlaczego urząd odmówił.", field="note")
    _of_what_is_left(row, refused_on, amount, on=on)
    step = _step(row, RefundStep.Kind.REFUSED, refused_on, amount=amount, note=note, by=by, on=on)
    record(row, "refund_refused", by=by, refused_on=refused_on, amount=amount)
    return step


def _may_prepare(centre: Centre, *, by: User, on: date) -> None:
    if by.home_centre_id != centre.pk or not by.may("prepare_refund", on=on):
        raise Refused("Wniosek o refundację sporządzają i rozliczają kadry i płace.")


def _one_at_a_time(centre: Centre) -> None:
    """Two drafts made at once would ask for the same settlements."""
    Centre.objects.select_for_update(no_key=True).get(pk=centre.pk)


def _locked(refund: Refund) -> Refund:
    _one_at_a_time(refund.centre)
    rows = Refund.objects.select_for_update(of=("self",)).select_related("centre", "office", "prepared_by")
    return rows.get(pk=refund.pk)


def _draft(refund: Refund) -> Refund:
    row = _locked(refund)
    if row.status != Refund.Status.DRAFT:
        raise Refused("Ten wniosek jest już podpisany i się nie zmieni. O resztę można wnieść kolejnym.")
    return row


def _signed(refund: Refund, *, by: User, on: date) -> Refund:
    _may_prepare(refund.centre, by=by, on=on)
    row = _locked(refund)
    if row.status != Refund.Status.SIGNED:
        raise Refused("Ten wniosek nie jest jeszcze podpisany.")
    return row


def _fill(refund: Refund, *, on: date) -> Decimal:
    items = refunds.items_for(refund, on=on)
    if not items:
        raise Refused("W tym miesiącu nie wypłacono nic, o co jeszcze nie wniesiono.", field="month")
    RefundItem.objects.bulk_create(items)
    return refunds.sums_of(items).total


def _same_now(refund: Refund, seen: str | None, *, on: date) -> None:
    """A transfer may have come back meanwhile, or a forgotten one been written down."""
    stored = refunds.seen_checksum(refund.items.all())
    now = refunds.seen_checksum(refunds.items_for(refund, on=on))
    if stored != now or seen not in (None, stored):
        raise Refused(CHANGED)


def _between(day: date, first: date, why: str, *, on: date) -> None:
    if day > on:
        raise Refused("Tego dnia jeszcze nie było.", field="on")
    if day < first:
        raise Refused(why, field="on")


def _of_what_is_left(refund: Refund, day: date, amount: Decimal, *, on: date) -> None:
    now = refunds.standing(refund)
    if now.sent_on is None:
        raise Refused("Ten wniosek nie jest jeszcze wysłany.")
    _between(day, now.sent_on, f"Wniosek wysłano {day_text(now.sent_on)}.", on=on)
    if now.left <= 0:
        raise Refused("Ten wniosek jest już rozliczony.")
    if not 0 < amount <= now.left:
        raise Refused(f"Z tego wniosku urząd ma do zapłaty najwyżej {zloty(now.left)}.", field="amount")


def _step(refund: Refund, kind: str, day: date, *, note: str, by: User, on: date, **amount: Decimal) -> RefundStep:
    return RefundStep.objects.create(
        refund=refund, kind=kind, on=day, note=note.strip(), by=by, recorded_on=on, **amount
    )
