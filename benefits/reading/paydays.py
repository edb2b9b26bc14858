"""When who is paid: the lists with what they hold, and what is due and stands on no list yet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

from django.db.models import F, Q, QuerySet, Sum
from django.db.models.functions import Least

from benefits import deadlines
from benefits.models import PaymentList, Settlement
from benefits.rules.rulebook import TRIAL as TRIAL_SPAN
from cistor.centres.models import Centre
from cistor.centres.terms import TermBook
from cistor.dates import ONE_DAY, month_start
from cistor.deadlines import Deadline
from cistor.money import NOTHING
from participants.models import Participant, PaymentMethod, Programme, Stage
from participants.qualification import provisional_stages

AHEAD = timedelta(weeks=4)
# Trials that no list has found by then are paid with a month.
LOOK_BACK = timedelta(days=365)
# From the last day of a trial to its payday: a working day moved on over holidays.
MOST_TO_PAYDAY = timedelta(days=14)


@dataclass(frozen=True)
class Payday:
    """What is paid on a day: a list, or without one a month (`title`) or the trials of `people` that no list holds yet.
    `cash`: what of the list is paid at the desk."""

    on: date
    title: str
    is_late: bool
    payment_list: PaymentList | None = None
    cash: Decimal = NOTHING
    people: list[Participant] = field(default_factory=list)


def between(centre: Centre, start: date, end: date, *, on: date) -> list[Payday]:
    """Everything with a payday on these days, paid or not; `on` says what is late."""
    rows = PaymentList.objects.filter(centre=centre, payday__range=(start, end)).with_sums()
    return _sorted([*_of_lists(rows, on), *_awaited(centre, start, end, on)])


def overdue(centre: Centre, *, on: date) -> list[Payday]:
    """What should have been paid before the day and was not; what came back has a list of its own (`returned`)."""
    rows = PaymentList.objects.filter(centre=centre, payday__lt=on).with_sums()
    rows = rows.filter(~Q(status=PaymentList.Status.APPROVED) | Q(unpaid__gt=F("returned")))
    return _sorted([*_of_lists(rows, on), *_awaited(centre, date.min, on - ONE_DAY, on)])


def _sorted(rows: Iterable[Payday]) -> list[Payday]:
    return sorted(rows, key=lambda row: (row.on, row.title))


def _of_lists(rows: QuerySet[PaymentList], on: date) -> Iterator[Payday]:
    """`rows` with their sums. An open list that holds nobody and lacks nothing pays nobody."""
    found = [row for row in rows if row.people or row.held or row.problem_count or not row.is_open]
    at_desk = Settlement.objects.filter(payment_list__in=found, method=PaymentMethod.Kind.CASH_DESK).order_by()
    cash = dict(at_desk.values_list("payment_list").annotate(sum=Sum("payout")))
    for row in found:
        is_late = row.payday < on and (row.is_open or row.unpaid > row.returned)
        yield Payday(row.payday, row.title, is_late, row, cash.get(row.pk, NOTHING))


def _awaited(centre: Centre, start: date, end: date, on: date) -> Iterator[Payday]:
    """What stands on no list: months with somebody in the programme, trials that are settled apart."""
    book, listed = TermBook([centre.pk]), set(_listed_months(centre))
    # A month is paid in the one after it.
    until = max(on, month_start(end) - ONE_DAY)
    months = deadlines.of_months(centre, book, on=until)
    for row in months:
        if start <= row.due_on <= end and month_start(row.starts_on) not in listed:
            yield Payday(row.due_on, f"Lista wypłat za {row.about}", row.due_on < on)
    trials = deadlines.of_trials(_unlisted_trials(centre, max(start, on - LOOK_BACK), end), book)
    yield from _of_trials([row for row in trials if start <= row.due_on <= end], on)


def _listed_months(centre: Centre) -> QuerySet:
    rows = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.MONTH)
    return rows.order_by().values_list("month", flat=True)


def _unlisted_trials(centre: Centre, start: date, end: date) -> QuerySet[Programme]:
    """Whose trial ends early enough to be paid on these days, and no list pays for it."""
    paid = Settlement.objects.original().filter(span=TRIAL_SPAN, payment_list__centre=centre).values("programme")
    stages = Stage.objects.filter(kind=Stage.Kind.TRIAL, programme__participant__centre=centre)
    ending = stages.annotate(last_on=Least("end_on", "programme__ended_on")).filter(
        last_on__range=(start - MOST_TO_PAYDAY, end)
    )
    return Programme.objects.filter(pk__in=ending.values("programme")).exclude(pk__in=paid)


def _of_trials(rows: Iterable[Deadline], on: date) -> Iterator[Payday]:
    """One line a payday, with the people in the order of names."""
    by_day = sorted(rows, key=lambda row: row.due_on)
    known = Participant.objects.in_bulk({row.participant for row in by_day})
    for day, of_day in groupby(by_day, key=lambda row: row.due_on):
        people = sorted((known[row.participant] for row in of_day), key=lambda person: person.order_key)
        yield Payday(day, "Okresy próbne", day < on, people=people)


def returned(settlements: QuerySet[Settlement]) -> QuerySet[Settlement]:
    """Transfers that came back and wait to be sent again."""
    return _light(settlements.returned())


def at_desk(settlements: QuerySet[Settlement]) -> QuerySet[Settlement]:
    """Of approved lists what waits to be paid at the cash desk; what came back from there too."""
    return _light(settlements.approved().unpaid().filter(method=PaymentMethod.Kind.CASH_DESK))


def _light(rows: QuerySet[Settlement]) -> QuerySet[Settlement]:
    rows = rows.select_related("payment_list", "programme__participant").prefetch_related("payments")
    return rows.defer("inputs", "computed", "account").order_by("payment_list__payday", "pk")


def held_back(centre: Centre, *, on: date) -> QuerySet[Stage]:
    """Main periods begun without the office's answer: their payment waits for it."""
    rows = provisional_stages(centre.pk).filter(Q(start_on__lte=on), programme__participant__erased_on=None)
    return rows.select_related("programme__participant").order_by("start_on", "pk")
