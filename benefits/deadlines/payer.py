"""The terms of a payer: who is registered with ZUS, what a month and a year owe to ZUS, the tax office, the fund.

A month is that of the payday. What fell due long before anybody recorded such things here is not asked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import NamedTuple

from django.db.models import F, Min, Q, QuerySet, Sum
from django.db.models.functions import Least
from django.urls import reverse

from benefits.deadlines.payments import with_people
from benefits.models import Insurance, PayerDuty, Refund, RefundStep, Settlement
from benefits.reading import refunds
from cistor.accounts.roles import Role
from cistor.addresses import address
from cistor.centres.models import Centre, DeadlineLength
from cistor.centres.terms import TermBook
from cistor.dates import month_end, month_start, month_text, months_later
from cistor.deadlines import COUNTING, Deadline, due
from cistor.money import NOTHING
from participants.models import Programme

Code, Unit = DeadlineLength.Code, DeadlineLength.Unit
ZUS_REGISTRATION, ZUS_DECLARATION = Code.ZUS_REGISTRATION, Code.ZUS_DECLARATION
PIT_ADVANCE, PIT_RETURN, REFUND = Code.PIT_ADVANCE, Code.PIT_RETURN, Code.REFUND_APPLICATION
KINDS = (ZUS_REGISTRATION, ZUS_DECLARATION, PIT_ADVANCE, PIT_RETURN, REFUND)
# So many months back an undone duty is asked for where nobody has recorded one yet.
REMEMBERED = 3


class Length(NamedTuple):
    unit: str
    length: int | None
    source: str


# By law everywhere; a centre's own row goes before. When to ask for the refund the centre settles with its office.
LAW = {
    ZUS_REGISTRATION: Length(Unit.CALENDAR_DAYS, 7, "art. 36 ust. 4 ustawy o systemie ubezpieczeń społecznych"),
    ZUS_DECLARATION: Length(Unit.DAY_OF_MONTH, 15, "art. 47 ust. 1 ustawy o systemie ubezpieczeń społecznych"),
    PIT_ADVANCE: Length(Unit.DAY_OF_MONTH, 20, "art. 38 ust. 1 ustawy o podatku dochodowym od osób fizycznych"),
    PIT_RETURN: Length(Unit.DAY_OF_MONTH, 31, "art. 39 ust. 1 ustawy o podatku dochodowym od osób fizycznych"),
}


def due_of(book: TermBook, centre: int, kind: str, event: date) -> tuple[date | None, str]:
    """The last day of a duty counted from its event, and whose term that is; (None, "") where nobody set any."""
    row = book.length(kind, centre=centre, office=None, on=event) or LAW.get(kind)
    if row is None or row.length is None or row.unit not in COUNTING:
        return None, ""
    return due(row.unit, event, row.length, book.one_off), row.source


def period_end(kind: str, period: date) -> date:
    """The last day of the month, or of the year, that a duty is about."""
    return date(period.year, 12, 31) if kind == PIT_RETURN else month_end(period)


# Registrations --------------------------------------------------------------------------------------------------------


def of_registrations(programmes: QuerySet[Programme], book: TermBook, *, on: date) -> list[Deadline]:
    """Two queries, whatever the number of programmes."""
    since = _since(Insurance.objects.filter(programme__participant__centre__in=book.centres), on)
    rows = programmes.order_by("pk").annotate(
        centre=F("participant__centre"),
        first_on=Min("stages__start_on"),
        registered_on=F("insurance__registered_on"),
    )
    rows = rows.filter(first_on__gte=months_later(since, -1, "same_day"))
    facts = rows.values_list("pk", "participant", "centre", "first_on", "registered_on")
    return _asked_for((_registration(*row, book=book) for row in facts), since, on)


def _registration(
    pk: int, participant: int, centre: int, first_on: date, registered_on: date | None, *, book: TermBook
) -> Deadline:
    due_on, source = due_of(book, centre, ZUS_REGISTRATION, first_on)
    return Deadline(
        kind=ZUS_REGISTRATION,
        centre=centre,
        role=Role.PAYROLL,
        starts_on=first_on,
        due_on=due_on,
        source=source,
        met_on=registered_on,
        proof="zgłoszenie" if registered_on else "",
        url=address("benefits:insurance", pk),
        participant=participant,
        programme=pk,
    )


# Months and years -----------------------------------------------------------------------------------------------------


@dataclass
class Month:
    """What the approved lists of a month's paydays say; złoty."""

    zus: Decimal = NOTHING
    tax: Decimal = NOTHING
    # What may be asked of the Fundusz Pracy for the month.
    refund: Decimal = NOTHING


def months_paid(centre: Centre) -> dict[date, Month]:
    """Month → its figures, in order; three queries.

    What waits for its transfer will be asked for as well; what came back, once it is sent again.
    """
    lists = Settlement.objects.approved().filter(payment_list__centre=centre).order_by()
    zus = F("zus_pension") + F("zus_disability")
    found: dict[date, Month] = {}
    for payday, tax, contributions in lists.values_list("payment_list__payday").annotate(tax=Sum("tax"), zus=Sum(zus)):
        month = found.setdefault(month_start(payday), Month())
        month.tax, month.zus = month.tax + tax, month.zus + contributions
    for paid_in, refund in refunds.asked_by_month(centre).items():
        found.setdefault(paid_in, Month()).refund = refund
    waiting = Settlement.objects.approved().filter(payment_list__centre=centre).never_paid().order_by()
    sums = waiting.values_list("payment_list__payday").annotate(sum=Sum(F("benefit") + zus))
    for payday, refund in sums:
        found.setdefault(month_start(payday), Month()).refund += refund
    return dict(sorted(found.items()))


def of_payer(centre: Centre, book: TermBook, *, on: date) -> list[Deadline]:
    """From the first approved list on; seven queries, whatever the number of months."""
    since = _since(PayerDuty.objects.filter(centre=centre), on)
    return _asked_for(owed(centre, months_paid(centre), book, on=on), since, on)


def owed(centre: Centre, paid: Mapping[date, Month], book: TermBook, *, on: date) -> Iterator[Deadline]:
    """All duties from the first month with a payday to the month of the day, done or not."""
    if not paid:
        return
    done, sent = _done(centre), _sent(centre)
    insured = with_people(centre, min(paid), on)
    for month in sorted(insured | paid.keys()):
        figures = paid.get(month, Month())
        yield _duty(centre, ZUS_DECLARATION, month, done.get((ZUS_DECLARATION, month)), book)
        if figures.tax > 0:
            yield _duty(centre, PIT_ADVANCE, month, done.get((PIT_ADVANCE, month)), book)
        if figures.refund > 0 and (due_of(book, centre.pk, REFUND, month_end(month))[0] or month in sent):
            yield _refund(centre, month, sent.get(month), book)
    for january in sorted({month.replace(month=1) for month in paid}):
        yield _duty(centre, PIT_RETURN, january, done.get((PIT_RETURN, january)), book)


def _done(centre: Centre) -> dict[tuple[str, date], PayerDuty]:
    """(kind, period) → the first time that it was done; later rows correct it."""
    rows = PayerDuty.objects.filter(centre=centre).order_by("-pk")
    return {(row.kind, row.period): row for row in rows}


def _sent(centre: Centre) -> dict[date, date]:
    """Month → the day on which its first application for a refund went out, from here or from the register."""
    told = Q(steps__kind=RefundStep.Kind.SENT)
    # The sendings of the register are a room above, reached the way the database ties them.
    went = Q(document__dispatches__is_copy=False)
    first = Least(Min("steps__on", filter=told), Min("document__dispatches__sent_on", filter=went))
    rows = Refund.objects.filter(centre=centre).order_by().values_list("month").annotate(sent_on=first)
    return dict(rows.exclude(sent_on=None))


def _duty(centre: Centre, kind: str, period: date, done: PayerDuty | None, book: TermBook) -> Deadline:
    """A duty that was done keeps the term that it met."""
    due_on, source = due_of(book, centre.pk, kind, period_end(kind, period))
    if done and done.due_on:
        due_on, source = done.due_on, done.due_source
    return Deadline(
        kind=kind,
        centre=centre.pk,
        role=Role.PAYROLL,
        starts_on=period_end(kind, period),
        due_on=due_on,
        source=source,
        met_on=done.done_on if done else None,
        proof="odnotowano" if done else "",
        about=f"rok {period.year}" if kind == PIT_RETURN else month_text(period),
        url=address("benefits:tax_year", period.year) if kind == PIT_RETURN else calendar_of(period.year),
    )


def _refund(centre: Centre, month: date, sent_on: date | None, book: TermBook) -> Deadline:
    due_on, source = due_of(book, centre.pk, REFUND, month_end(month))
    return Deadline(
        kind=REFUND,
        centre=centre.pk,
        role=Role.PAYROLL,
        starts_on=month_end(month),
        due_on=due_on,
        source=source,
        met_on=sent_on,
        proof="wysłany wniosek" if sent_on else "",
        about=month_text(month),
        url=calendar_of(month.year),
    )


def calendar_of(year: int) -> str:
    return f"{_calendar()}?rok={year}"


@cache
def _calendar() -> str:
    return reverse("benefits:payer")


# What is asked for ----------------------------------------------------------------------------------------------------


def _since(recorded: QuerySet, on: date) -> date:
    first = recorded.aggregate(first=Min("recorded_on"))["first"]
    return months_later(min(first or on, on), -REMEMBERED, "same_day")


def _asked_for(rows: Iterable[Deadline], since: date, on: date) -> list[Deadline]:
    """Of the last months whatever became of it; older ones while nobody has done them."""
    recent = months_later(on, -REMEMBERED, "same_day")
    return [row for row in rows if row.due_on is None or row.due_on >= (recent if row.met_on else since)]
