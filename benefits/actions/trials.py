from datetime import date

from django.db import transaction

from benefits import rules
from benefits.actions.counting import free_number, not_before, payday_now, replace
from benefits.actions.locks import one_at_a_time
from benefits.drafting import Draft, draft, results, stored
from benefits.gather import cases
from benefits.models import PaymentList, Problem
from benefits.rules.rulebook import TRIAL
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.journal.actions import record


@transaction.atomic
def draft_trial_list(*, centre: Centre, by: User | None = None, on: date) -> list[PaymentList]:
    """Draft the trials that are over by the day and on no list yet, a list for each payday; drafts are counted anew.

    They are few, so all of it is one transaction. The schedule, with nobody's name, takes back no check.
    """
    one_at_a_time(centre)
    trials = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.TRIAL)
    open_ones = [PaymentList.Status.DRAFT, *([PaymentList.Status.CHECKED] if by else [])]
    waiting = list(trials.filter(status__in=open_ones).order_by("payday", "number"))
    counted = [_count(payment_list, by=by, on=on) for payment_list in waiting]
    for payday in _paydays_of_trials(centre, on):
        new = PaymentList(centre=centre, kind=PaymentList.Kind.TRIAL, payday=payday, prepared_by=by, prepared_on=on)
        new.number = free_number(new)
        new.save()
        counted.append(_count(new, by=by, on=on))
    if by is None:
        record(centre, "trials_drafted", by=by, lists=len(counted), on=on)
    return _without_empty(counted)


def _count(payment_list: PaymentList, *, by: User | None, on: date) -> PaymentList:
    """The schedule leaves alone what comes out the same."""
    payment_list.payday, before = payday_now(payment_list, on), payment_list.payday
    if payment_list.payday != before:
        payment_list.number = free_number(payment_list)
    counted = draft(payment_list, on=on)
    if by is None and payment_list.payday == before and _is_same(payment_list, counted):
        return payment_list
    return replace(payment_list, counted, by=by, on=on)


def _is_same(payment_list: PaymentList, counted: Draft) -> bool:
    """Whether the draft holds already what came out; one just made, and empty, does not."""
    before = stored(list(payment_list.settlements.all()))
    problems = set(payment_list.problems.values_list("programme", "kind", "text"))
    same_problems = problems == {(row.programme_id, row.kind, row.text) for row in counted.problems}
    return bool(before or problems) and same_problems and results(before) == results(counted.made)


def _without_empty(drafts: list[PaymentList]) -> list[PaymentList]:
    """A draft that holds nobody any more is deleted: nothing would ever bring it to an end."""
    empty = [row for row in drafts if not (row.settlements.exists() or row.problems.exists())]
    kept = [row for row in drafts if row not in empty]
    for row in empty:
        row.delete()
    return kept


def _paydays_of_trials(centre: Centre, on: date) -> list[date]:
    """Without those who stand on an open list with what keeps them off it: it pays them once that is gone."""
    trials = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.TRIAL)
    problems = Problem.objects.filter(payment_list__in=trials.exclude(status=PaymentList.Status.APPROVED))
    known = set(problems.values_list("programme", flat=True))
    paydays: set[date] = set()
    for case in cases(centre, until=on):
        if case.programme.pk in known:
            continue
        try:
            spans = [span for span in case.pending(on) if span.key == TRIAL and span.covered.end_on <= on]
        except rules.RuleError:
            continue  # it stands among the problems of the month
        paydays |= {not_before(on, rules.payday(span, case.facts.rulebook)) for span in spans}
    return sorted(paydays)
