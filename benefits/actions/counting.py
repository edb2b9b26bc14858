from datetime import date
from itertools import groupby

from django.db import DatabaseError, transaction
from django.db.models import Max

from attendance.inputs import rulebook
from benefits import rules
from benefits.actions.locks import locked, one_at_a_time, still_open
from benefits.drafting import FAILED, Draft, Made, draft, problem, results, stored
from benefits.gather import cases
from benefits.models import Line, PaymentList, Problem, Recovery, Settlement
from benefits.rules.rulebook import TRIAL
from cistor.accounts.models import User
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre
from cistor.dates import month_end, month_start, month_text, moved_on
from cistor.errors import Refused
from cistor.journal.actions import record


@transaction.atomic
def run_month(*, centre: Centre, month: date, number: int = 1, by: User, on: date) -> PaymentList:
    """Draft the list of a month, or count its draft anew; `number` above 1 is for those whom the first list missed."""
    month = month_start(month)
    if month > on:
        raise Refused("Ten miesiąc jeszcze się nie zaczął.", field="month")
    one_at_a_time(centre)
    payment_list = _of_month(centre, month, number, by=by, on=on)
    is_new = not payment_list.settlements.exists()
    _count(payment_list, by=by, on=on)
    if is_new and not payment_list.settlements.exists() and not payment_list.problems.exists():
        raise Refused(f"Za {month_text(month)} nie ma nikogo do rozliczenia.", field="month")
    return payment_list


@transaction.atomic
def recount(payment_list: PaymentList, *, by: User, on: date) -> PaymentList:
    """Count a draft on the facts as they stand now."""
    one_at_a_time(payment_list.centre)
    row = locked(payment_list)
    still_open(row)
    return _count(row, by=by, on=on)


@transaction.atomic
def draft_trial_list(*, centre: Centre, by: User | None = None, on: date) -> list[PaymentList]:
    """Draft the trials that are over by the day and on no list yet, a list for each payday; drafts are counted anew."""
    one_at_a_time(centre)
    trials = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.TRIAL)
    waiting = list(trials.exclude(status=PaymentList.Status.APPROVED).order_by("payday", "number"))
    counted = [_count(payment_list, by=by, on=on) for payment_list in waiting]
    for payday in _paydays_of_trials(centre, on):
        new = PaymentList(centre=centre, kind=PaymentList.Kind.TRIAL, payday=payday, prepared_by=by, prepared_on=on)
        new.number = _next_number(new)
        new.save()
        counted.append(_count(new, by=by, on=on))
    if by is None:
        record(centre, "trials_drafted", by=by, lists=len(counted), on=on)
    return _without_empty(counted)


def _next_number(payment_list: PaymentList) -> int:
    """The first free number among the lists of its kind and payday."""
    same_day = PaymentList.objects.filter(
        centre=payment_list.centre, kind=payment_list.kind, payday=payment_list.payday
    ).exclude(pk=payment_list.pk)
    return 1 + (same_day.aggregate(last=Max("number"))["last"] or 0)


def _without_empty(drafts: list[PaymentList]) -> list[PaymentList]:
    """A draft that holds nobody any more is deleted: nothing would ever bring it to an end."""
    empty = [row for row in drafts if not (row.settlements.exists() or row.problems.exists())]
    kept = [row for row in drafts if row not in empty]
    for row in empty:
        row.delete()
    return kept


def _of_month(centre: Centre, month: date, number: int, *, by: User, on: date) -> PaymentList:
    payday = _payday_of_month(centre, month)
    lists = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.MONTH, month=month)
    if number > 1 and not lists.filter(number=number - 1, status=PaymentList.Status.APPROVED).exists():
        raise Refused("Kolejną listę sporządza się, gdy poprzednia jest zatwierdzona.", field="month")
    defaults = {"payday": payday, "prepared_by": by, "prepared_on": on}
    payment_list, _ = lists.select_for_update().get_or_create(
        centre=centre, kind=PaymentList.Kind.MONTH, month=month, number=number, defaults=defaults
    )
    still_open(payment_list)
    payment_list.payday = payday
    return payment_list


def _payday_of_month(centre: Centre, month: date) -> date:
    whole = rules.Span(month, month_end(month))
    try:
        return rules.payday(rules.PaidSpan(f"{month:%Y-%m}", whole, whole), rulebook(centre))
    except rules.RuleError as error:
        raise Refused(str(error), field="month") from error


def _paydays_of_trials(centre: Centre, on: date) -> list[date]:
    paydays = set()
    for case in cases(centre, until=on):
        try:
            spans = [span for span in case.pending(on) if span.key == TRIAL and span.covered.end_on <= on]
        except rules.RuleError:
            continue  # it stands among the problems of the month
        paydays |= {_not_before(on, rules.payday(span, case.facts.rulebook)) for span in spans}
    return sorted(paydays)


def _not_before(on: date, payday: date) -> date:
    """A list made after its payday is paid on the first working day from then on; tax and account go by that day."""
    return payday if on <= payday else moved_on(on, one_off_holidays())


def _count(payment_list: PaymentList, *, by: User | None, on: date) -> PaymentList:
    """Replace what the draft holds by what comes out now; the schedule leaves alone what comes out the same."""
    moved = _move_payday(payment_list, on)
    counted = draft(payment_list, on=on)
    if by is None and not moved and _is_same(payment_list, counted):
        return payment_list
    Settlement.objects.filter(payment_list=payment_list).only("pk").delete()
    payment_list.problems.all().delete()
    _write(payment_list, counted)
    payment_list.prepared_by, payment_list.prepared_on = by or payment_list.prepared_by, on
    if payment_list.status == PaymentList.Status.CHECKED:
        PaymentList.MOVES.make(payment_list, "reopen")
        payment_list.checked_by = payment_list.checked_on = None
    payment_list.save(
        update_fields=["payday", "number", "prepared_by", "prepared_on", "status", "checked_by", "checked_on"]
    )
    people, problems = len(counted.made), len(counted.problems)
    record(payment_list, "list_counted", by=by, people=people, problems=problems, on=on)
    return payment_list


def _move_payday(payment_list: PaymentList, on: date) -> bool:
    """Whether the payday had passed. Lists of trials are told apart by payday and number, so the number may change."""
    payday = _not_before(on, payment_list.payday)
    if payday == payment_list.payday:
        return False
    payment_list.payday = payday
    if payment_list.kind == PaymentList.Kind.TRIAL:
        payment_list.number = _next_number(payment_list)
    return True


def _is_same(payment_list: PaymentList, counted: Draft) -> bool:
    """Whether the draft holds already what came out; one just made, and empty, does not."""
    held = stored(list(payment_list.settlements.all()))
    problems = set(payment_list.problems.values_list("programme", "kind", "text"))
    same_problems = problems == {(row.programme_id, row.kind, row.text) for row in counted.problems}
    return bool(held or problems) and same_problems and results(held) == results(counted.made)


def _write(payment_list: PaymentList, counted: Draft) -> None:
    """All in one go; if the database refuses, each person in a savepoint of their own, so that one stops nobody."""
    if not _written(counted.made):
        for _, group in groupby(counted.made, key=lambda one: one.settlement.programme.participant_id):
            if not _written(made := list(group)):
                refused = {one.settlement.programme for one in made}
                counted.problems += [problem(payment_list, one, Problem.Kind.FAILED, FAILED) for one in refused]
    Problem.objects.bulk_create(counted.problems)


def _written(made: list[Made]) -> bool:
    try:
        with transaction.atomic():
            Settlement.objects.bulk_create(one.settlement for one in made)
            Line.objects.bulk_create(line for one in made for line in one.lines)
            Recovery.objects.bulk_create(recovery for one in made for recovery in one.recovered)
    except DatabaseError:
        return False
    return True
