from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Max

from attendance.actions import close_many
from attendance.inputs import rulebook
from benefits import rules
from benefits.checksums import list_checksum, result, seen_checksum
from benefits.documents import payment_list_context
from benefits.drafting import FAILED, Draft, Made, draft, problem
from benefits.gather import cases
from benefits.models import Line, Payment, PaymentList, Problem, Settlement
from benefits.rules.rulebook import TRIAL
from cistor.accounts.models import User
from cistor.centres.actions import seal
from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre, Regulations
from cistor.dates import day_text, month_end, month_start, month_text, moved_on
from cistor.documents.actions import issue
from cistor.errors import Refused
from cistor.journal.actions import record
from cistor.journal.models import Entry
from participants.models import Participant, Programme

CHANGED = "Dane zmieniły się od przeliczenia. Policz listę ponownie i sprawdź ją jeszcze raz."


# Counting -------------------------------------------------------------------------------------------------------------


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
    locked = _locked(payment_list)
    _still_a_draft(locked)
    return _count(locked, by=by, on=on)


@transaction.atomic
def draft_trial_list(*, centre: Centre, by: User | None = None, on: date) -> list[PaymentList]:
    """Draft the trials that are over by the day and on no list yet, a list for each payday; drafts are counted anew."""
    one_at_a_time(centre)
    trials = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.TRIAL)
    waiting = list(trials.filter(status=PaymentList.Status.DRAFT).order_by("payday", "number"))
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


def one_at_a_time(centre: Centre) -> None:
    """Until the transaction ends, runs of one centre wait for each other: else a span could land on two lists."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"benefits.lists.{centre.pk}"])


def _locked(payment_list: PaymentList) -> PaymentList:
    return PaymentList.objects.select_for_update(of=("self",)).select_related("centre").get(pk=payment_list.pk)


def _still_a_draft(payment_list: PaymentList) -> None:
    if not payment_list.is_draft:
        raise Refused(f"{payment_list.title} jest już zatwierdzona i nie zmieni się. Kogo nie objęła, rozlicz kolejną.")


def _of_month(centre: Centre, month: date, number: int, *, by: User, on: date) -> PaymentList:
    payday = _payday_of_month(centre, month)
    lists = PaymentList.objects.filter(centre=centre, kind=PaymentList.Kind.MONTH, month=month)
    if number > 1 and not lists.filter(number=number - 1, status=PaymentList.Status.APPROVED).exists():
        raise Refused("Kolejną listę sporządza się, gdy poprzednia jest zatwierdzona.", field="month")
    defaults = {"payday": payday, "prepared_by": by, "prepared_on": on}
    payment_list, _ = lists.select_for_update().get_or_create(
        centre=centre, kind=PaymentList.Kind.MONTH, month=month, number=number, defaults=defaults
    )
    _still_a_draft(payment_list)
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
    payment_list.save(update_fields=["payday", "number", "prepared_by", "prepared_on"])
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
    stored = [Made(row, list(row.lines.all())) for row in payment_list.settlements.prefetch_related("lines")]
    problems = set(payment_list.problems.values_list("programme", "kind", "text"))
    same_problems = problems == {(row.programme_id, row.kind, row.text) for row in counted.problems}
    return bool(stored or problems) and same_problems and _results(stored) == _results(counted.made)


def _write(payment_list: PaymentList, counted: Draft) -> None:
    """All in one go; if the database refuses, each programme in a savepoint of its own, so that one stops nobody."""
    if not _written(counted.made):
        for programme, made in groupby(counted.made, key=lambda one: one.settlement.programme):
            if not _written(list(made)):
                counted.problems.append(problem(payment_list, programme, Problem.Kind.FAILED, FAILED))
    Problem.objects.bulk_create(counted.problems)


def _written(made: list[Made]) -> bool:
    try:
        with transaction.atomic():
            Settlement.objects.bulk_create(one.settlement for one in made)
            Line.objects.bulk_create(line for one in made for line in one.lines)
    except DatabaseError:
        return False
    return True


# Approval -------------------------------------------------------------------------------------------------------------


@transaction.atomic
def approve(payment_list: PaymentList, *, by: User, on: date, seen: str | None = None) -> PaymentList:
    """Make the list final: its days are closed, its versions sealed, the paper issued; the database keeps it so.

    Refused without the right, to the one who prepared it, with problems left, or when the facts give another result;
    `seen` is the `seen_checksum` of the draft that was looked at, where a page showed one.
    """
    one_at_a_time(payment_list.centre)
    locked = _locked(payment_list)
    _may_approve(locked, by=by, on=on)
    PaymentList.MOVES.make(locked, "approve")
    settlements = list(locked.settlements.select_related("programme__participant").prefetch_related("lines"))
    _nothing_in_the_way(locked, settlements)
    if seen is not None and seen != seen_checksum(locked, settlements):
        raise Refused(CHANGED)
    _same_result_now(locked, settlements, on=on)
    close_many([(row.programme, row.start_on, row.end_on) for row in settlements], by=by, on=on)
    for version in _versions_used(locked.centre, settlements):
        seal(version, by=by, on=on)
    locked.approved_by, locked.approved_on = by, on
    locked.checksum = list_checksum(locked, settlements)
    context = payment_list_context(locked, settlements)
    locked.document = issue(
        kind="payment_list",
        centre=locked.centre,
        context=context,
        people=(row.programme.participant_id for row in settlements),
        by=by,
        on=on,
    )
    locked.save(update_fields=["status", "approved_by", "approved_on", "checksum", "document"])
    record(locked, "list_approved", by=by, number=locked.document.number, checksum=locked.checksum, on=on)
    return locked


def _may_approve(payment_list: PaymentList, *, by: User, on: date) -> None:
    if by.home_centre_id != payment_list.centre_id or not by.may("approve_list", on=on):
        raise Refused("Listę zatwierdza kierujący centrum albo osoba, która go tego dnia zastępuje.")
    if not payment_list.centre.single_handed and _has_counted(payment_list, by):
        raise Refused("Listę zatwierdza ktoś inny niż osoba, która ją sporządziła.")


def _has_counted(payment_list: PaymentList, user: User) -> bool:
    """Ever, not only last: else two could pass a list to each other until neither has prepared it."""
    return (
        payment_list.prepared_by == user
        or Entry.objects.filter(
            by=user,
            verb="list_counted",
            object_kind=PaymentList._meta.label_lower,
            object_id=payment_list.pk,
        ).exists()
    )


def _nothing_in_the_way(payment_list: PaymentList, settlements: list[Settlement]) -> None:
    if payment_list.problems.exists():
        raise Refused("Listy nie można zatwierdzić, dopóki są na niej przeszkody.")
    if not settlements:
        raise Refused("Na liście nie ma nikogo.")


def _same_result_now(payment_list: PaymentList, settlements: list[Settlement], *, on: date) -> None:
    """Count once more, while nothing about these people can change: nobody approves what they have not seen.

    Facts that changed without changing the result (an extension granted meanwhile) are taken over into the inputs.
    """
    _hold(settlements)
    now = draft(payment_list, on=on)
    if now.problems or _results(now.made) != _results(Made(row, list(row.lines.all())) for row in settlements):
        raise Refused(CHANGED)
    fresh = {(one.settlement.programme_id, one.settlement.span): one.settlement for one in now.made}
    newer = [row for row in settlements if row.checksum != fresh[row.programme_id, row.span].checksum]
    for row in newer:
        again = fresh[row.programme_id, row.span]
        row.inputs, row.checksum = again.inputs, again.checksum
    Settlement.objects.bulk_update(newer, ["inputs", "checksum"])


def _hold(settlements: list[Settlement]) -> None:
    """Acts about a person wait for the participant, marks for the programme; taken in the order of those acts."""
    people = Participant.objects.filter(pk__in={row.programme.participant_id for row in settlements})
    programmes = Programme.objects.filter(pk__in={row.programme_id for row in settlements})
    for rows in (people, programmes):
        list(rows.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _results(made: Iterable[Made]) -> dict[tuple[int, str], tuple[Any, ...]]:
    """What is paid to whom, and where, by programme and span."""
    return {
        (row.programme_id, row.span): (result(row, lines), row.method, row.account, row.person) for row, lines in made
    }


def _versions_used(centre: Centre, settlements: list[Settlement]) -> list[Regulations]:
    """Those of the days paid for, and of the programmes' first days, which say how a trial is settled."""
    versions = list(Regulations.objects.filter(centre=centre).order_by("in_force_from"))
    starts = [version.in_force_from for version in versions]
    used: set[int] = set()
    for row in settlements:
        first, last = bisect_right(starts, row.start_on) - 1, bisect_right(starts, row.end_on) - 1
        used |= {bisect_right(starts, row.first_on) - 1, *range(first, last + 1)}
    return [versions[place] for place in sorted(used)]


# Payment --------------------------------------------------------------------------------------------------------------


@transaction.atomic
def record_payments(payment_list: PaymentList, *, paid_on: date, by: User, on: date) -> list[Payment]:
    """Write down that the transfers of an approved list went out; whoever is paid nothing gets no row."""
    locked = _locked(payment_list)
    if locked.is_draft or locked.approved_on is None:
        raise Refused("Wypłatę zapisuje się po zatwierdzeniu listy.")
    if paid_on > on:
        raise Refused("Tego dnia jeszcze nie było.", field="paid_on")
    if paid_on < locked.approved_on:
        raise Refused(f"Lista jest zatwierdzona od {day_text(locked.approved_on)}.", field="paid_on")
    payments = [
        Payment(settlement=row, kind=Payment.Kind.PAID, on=paid_on, amount=row.net, recorded_by=by)
        for row in locked.settlements.unpaid().only("net")
    ]
    if not payments:
        raise Refused("Wypłaty z tej listy są już zapisane.")
    Payment.objects.bulk_create(payments)
    record(locked, "payments_recorded", by=by, people=len(payments), paid_on=paid_on)
    return payments
