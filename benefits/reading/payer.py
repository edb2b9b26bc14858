"""The payer's calendar: every duty of a year with its day, its figures and what was written down; whom to register."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Min, Q, QuerySet
from django.urls import reverse

from benefits.deadlines.payer import (
    PIT_ADVANCE,
    PIT_RETURN,
    REFUND,
    ZUS_DECLARATION,
    ZUS_REGISTRATION,
    Month,
    due_of,
    months_paid,
    owed,
)
from benefits.models import PayerDuty
from cistor.centres.models import Centre, DeadlineLength
from cistor.centres.terms import TermBook
from cistor.dates import month_start
from cistor.deadlines import Deadline
from participants.models import Programme
from referrals.deadlines import badge

# Whoever left longer ago and was never registered here is no matter of this page.
LEFT_LATELY = timedelta(days=92)


@dataclass
class Duty:
    """`figure` is what the approved lists say, None where nothing is paid; `recorded`: what was written down, the
    newest last."""

    deadline: Deadline
    period: date
    figure: Decimal | None
    badge: tuple[str, str]
    recorded: list[PayerDuty] = field(default_factory=list)

    @property
    def label(self) -> str:
        name = DeadlineLength.Code(self.deadline.kind).label
        return f"{name[0].upper()}{name[1:]}"

    @property
    def is_recorded_here(self) -> bool:
        """A refund is met by its own application."""
        return self.deadline.kind != REFUND

    @property
    def figures_url(self) -> str:
        year, month = self.period.year, self.period.month
        if self.deadline.kind == ZUS_DECLARATION:
            return reverse("benefits:zus", args=[year, month])
        if self.deadline.kind == REFUND:
            return reverse("benefits:refunds")
        return reverse("benefits:tax_year", args=[year])

    @property
    def differs(self) -> bool:
        """What was paid is not what the lists say now."""
        last = self.recorded[-1].amount if self.recorded else None
        return last is not None and self.figure is not None and last != self.figure


def duties(centre: Centre, year: int, *, on: date) -> list[Duty]:
    """Those about the year, the newest period first; a constant number of queries."""
    paid = months_paid(centre)
    written: dict[tuple[str, date], list[PayerDuty]] = defaultdict(list)
    for row in PayerDuty.objects.filter(centre=centre).select_related("by").order_by("pk"):
        written[row.kind, row.period].append(row)
    rows = owed(centre, paid, TermBook([centre.pk]), on=on)
    of_year = (row for row in rows if row.starts_on.year == year)
    found = [_duty(row, paid, written, on) for row in of_year]
    return sorted(found, key=lambda duty: (duty.deadline.starts_on, duty.deadline.due_on or date.max), reverse=True)


def duty_of(centre: Centre, kind: str, period: date, *, on: date) -> Duty | None:
    rows = duties(centre, period.year, on=on)
    return next((row for row in rows if (row.deadline.kind, row.period) == (kind, period)), None)


def _duty(row: Deadline, paid: dict[date, Month], written: dict[tuple[str, date], list[PayerDuty]], on: date) -> Duty:
    period = row.starts_on.replace(month=1, day=1) if row.kind == PIT_RETURN else month_start(row.starts_on)
    figures = paid.get(period, Month())
    figure = {ZUS_DECLARATION: figures.zus, PIT_ADVANCE: figures.tax, REFUND: figures.refund}.get(row.kind)
    return Duty(row, period, figure, badge(row, on), written[row.kind, period])


def years(centre: Centre, *, on: date) -> list[int]:
    """With duties, the newest first."""
    first = min(months_paid(centre), default=on)
    return list(range(on.year, min(first.year, on.year) - 1, -1))


# Registrations --------------------------------------------------------------------------------------------------------


class ToTell(NamedTuple):
    """Of whom ZUS is to be told; `what`: "zgłosić" or "wyrejestrować"."""

    programme: Programme
    what: str
    event_on: date
    due_on: date | None
    badge: tuple[str, str]


def to_tell(centre: Centre, *, on: date) -> list[ToTell]:
    """The first due first."""
    book = TermBook([centre.pk], codes=[ZUS_REGISTRATION])
    found = [_to_tell(row, book, centre.pk, on) for row in _untold(centre, on)]
    return sorted(found, key=lambda row: (row.due_on or date.max, row.programme.participant.order_key))


def _untold(centre: Centre, on: date) -> QuerySet[Programme]:
    rows = Programme.objects.filter(participant__centre=centre).annotate(first_on=Min("stages__start_on"))
    unregistered = Q(insurance__registered_on__isnull=True) & (
        Q(ended_on__isnull=True) | Q(ended_on__gte=on - LEFT_LATELY)
    )
    registered = Q(insurance__registered_on__isnull=False, insurance__deregistered_on__isnull=True)
    rows = rows.filter(first_on__lte=on).filter(unregistered | registered & Q(ended_on__lte=on))
    person = ("participant__first_name", "participant__last_name", "participant__order_key")
    return rows.select_related("participant", "insurance").only("ended_on", *person, "insurance__registered_on")


def _to_tell(row: Programme, book: TermBook, centre: int, on: date) -> ToTell:
    told = getattr(row, "insurance", None)
    is_registered = bool(told and told.registered_on)
    event = row.ended_on if is_registered else row.first_on
    due_on, source = due_of(book, centre, ZUS_REGISTRATION, event)
    term = Deadline(kind=ZUS_REGISTRATION, centre=centre, role="", starts_on=event, due_on=due_on, source=source)
    return ToTell(row, "wyrejestrować" if is_registered else "zgłosić", event, due_on, badge(term, on))
