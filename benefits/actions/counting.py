from collections.abc import Callable
from datetime import date

from django.db import transaction

from attendance.inputs import rulebook
from benefits import rules
from benefits.actions.locks import alone_at, locked, one_at_a_time, still_open
from benefits.actions.writing import State, is_outdated, state, write
from benefits.drafting import Draft, Step, draft, no_step
from benefits.models import PaymentList
from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre
from cistor.dates import month_end, month_start, month_text, moved_on
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.models import Stage

GONE = "Tej listy już nie ma: nikogo na niej nie było."
NO_TRIAL = "Żaden okres próbny nie czeka na rozliczenie."


def no_end() -> None:
    """Nothing else is over with the count."""


def run_month(*, centre: Centre, month: date, number: int = 1, by: User, on: date) -> PaymentList:
    """Draft the list of a month, or count its draft anew; `number` above 1 is for those whom the first list missed."""
    return count(open_month(centre=centre, month=month, number=number, by=by, on=on), by=by, on=on)


def recount(payment_list: PaymentList, *, by: User, on: date) -> PaymentList:
    """Count a draft on the facts as they stand now."""
    return count(payment_list, by=by, on=on)


@transaction.atomic
def open_month(*, centre: Centre, month: date, number: int = 1, by: User, on: date) -> PaymentList:
    """The draft of a month, made when missing: it has an address before anybody stands on it."""
    month = month_start(month)
    if month > on:
        raise Refused("Ten miesiąc jeszcze się nie zaczął.", field="month")
    payday = _payday_of_month(centre, month)
    lists = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.MONTH, month=month)
    if number > 1 and not lists.filter(number=number - 1, status=PaymentList.Status.APPROVED).exists():
        raise Refused("Kolejną listę sporządza się, gdy poprzednia jest zatwierdzona.", field="month")
    if not Stage.objects.filter(programme__participant__centre=centre, start_on__lte=month_end(month)).exists():
        raise Refused(nobody(month), field="month")
    payment_list, _ = lists.get_or_create(
        centre=centre,
        kind=PaymentList.Kind.MONTH,
        month=month,
        number=number,
        defaults={"payday": payday, "prepared_by": by, "prepared_on": on},
    )
    still_open(payment_list)
    return payment_list


def count(
    payment_list: PaymentList, *, by: User, on: date, step: Step = no_step, end: Callable[[], None] = no_end
) -> PaymentList:
    """Replace what the draft holds by what comes out now.

    Reading and computing hold nobody up, not even another list of the centre; then one short transaction looks whether
    the list is open still, writes and journals, and calls `end`. A draft that nobody comes to stand on is deleted, and
    Refused says so.
    """
    with alone_at(payment_list):
        row = PaymentList.objects.select_related("centre").filter(pk=payment_list.pk).first()
        if row is None:
            raise Refused(GONE)
        still_open(row)
        row.payday = payday_now(row, on)
        before = state(row)
        counted = draft(row, on=on, step=step)
        written = _put(row, counted, before, by=by, on=on, end=end)
    if written is None:
        raise Refused(nobody(row.month) if row.month else NO_TRIAL, field="month")
    return written


def nobody(month: date) -> str:
    return f"Za {month_text(month)} nie ma nikogo do rozliczenia."


@transaction.atomic
def _put(
    payment_list: PaymentList, counted: Draft, before: State, *, by: User, on: date, end: Callable[[], None]
) -> PaymentList | None:
    """What is outdated meanwhile is counted once more, while nobody else can write a list or erase a person."""
    one_at_a_time(payment_list.centre)
    row = locked(payment_list)
    still_open(row)
    row.payday, payday = payment_list.payday, row.payday
    row.number = free_number(row) if row.payday != payday else row.number
    if is_outdated(row, counted, before):
        counted = draft(row, on=on)
    if not (counted.made or counted.problems or row.settlements.exists()):
        row.problems.all().delete()
        row.delete()
        return None
    end()
    return replace(row, counted, by=by, on=on)


def replace(payment_list: PaymentList, counted: Draft, *, by: User | None, on: date) -> PaymentList:
    """Write and journal what came out; whoever calls has the locks. A check is taken back."""
    write(payment_list, counted)
    payment_list.prepared_by, payment_list.prepared_on = by or payment_list.prepared_by, on
    if payment_list.status == PaymentList.Status.CHECKED:
        PaymentList.MOVES.make(payment_list, "reopen")
        payment_list.checked_by = payment_list.checked_on = None
    payment_list.save(
        update_fields=["payday", "number", "prepared_by", "prepared_on", "status", "checked_by", "checked_on"]
    )
    people, problems = len(counted.made), len(counted.in_the_way)
    record(payment_list, "list_counted", by=by, people=people, problems=problems, on=on)
    return payment_list


def payday_now(payment_list: PaymentList, on: date) -> date:
    """When it is paid if it is counted on the day."""
    month = payment_list.month
    return not_before(on, _payday_of_month(payment_list.centre, month) if month else payment_list.payday)


def not_before(on: date, payday: date) -> date:
    """A list made after its payday is paid on the first working day from then on; tax and account go by that day."""
    return payday if on <= payday else moved_on(on, one_off_holidays())


def free_number(payment_list: PaymentList) -> int:
    """Lists of trials are told apart by payday and number: the first free one; a list of a month keeps its own."""
    if payment_list.kind != PaymentList.Kind.TRIAL:
        return payment_list.number
    same_day = PaymentList.objects.filter(
        centre=payment_list.centre, kind=payment_list.kind, payday=payment_list.payday
    ).exclude(pk=payment_list.pk)
    return 1 + max(same_day.values_list("number", flat=True), default=0)


def _payday_of_month(centre: Centre, month: date) -> date:
    whole = rules.Span(month, month_end(month))
    try:
        return rules.payday(rules.PaidSpan(f"{month:%Y-%m}", whole, whole), rulebook(centre))
    except rules.RuleError as error:
        raise Refused(str(error), field="month") from error
