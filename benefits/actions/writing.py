"""What came out goes into the rows of a draft: what is the same stays, what changed keeps its address."""

import json
from collections.abc import Iterable
from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db import DatabaseError, OperationalError, transaction
from django.db.models import QuerySet, Sum

from benefits.drafting import FAILED, Draft, Made
from benefits.models import Deduction, Line, PaymentList, Problem, Recovery, Settlement, Taken
from benefits.obstacles import problem
from benefits.reading.checksums import result
from cistor.money import NOTHING
from participants.models import Participant

# Programme, span, and what is corrected: which settlement it is, whatever its amounts.
Key = tuple[int, str, int | None]
# Settlements with their checksums, and problems.
State = tuple[frozenset[tuple[int, str]], frozenset[int]]
NEVER_CHANGED: State = (frozenset(), frozenset())
KEY = ("programme_id", "span", "corrects_id")
# The checksum speaks for the inputs and the lines.
COMPARED = ("start_on", "end_on", "withheld", "shortfall", "checksum", "computed", "person", "method", "account")
WRITTEN = [
    field.name
    for field in Settlement._meta.concrete_fields
    if not (field.primary_key or field.generated or field.attname in (*KEY, "payment_list_id"))
]


def state(payment_list: PaymentList) -> State:
    """What stands on a list that the schedule may count too; every count writes its problems anew.

    Counts of a month wait for each other: nothing else writes it.
    """
    if payment_list.kind == PaymentList.Kind.MONTH:
        return NEVER_CHANGED
    rows = payment_list.settlements.order_by().values_list("pk", "checksum")
    return frozenset(rows), frozenset(payment_list.problems.order_by().values_list("pk", flat=True))


def is_outdated(payment_list: PaymentList, counted: Draft, before: State) -> bool:
    """Whether anything but marks has changed since the facts were read: the list itself, another one, or a name."""
    return state(payment_list) != before or _stands_elsewhere(payment_list, counted) or _names_erased(counted)


def _names_erased(counted: Draft) -> bool:
    """Whether somebody has been erased whose name would be written once more."""
    people = {one.settlement.programme.participant_id for one in counted.made}
    return Participant.objects.filter(pk__in=people, erased_on__isnull=False).exists()


def _stands_elsewhere(payment_list: PaymentList, counted: Draft) -> bool:
    """Whether something of it has come onto another list since the facts were read."""
    programmes = {one.settlement.programme_id for one in counted.made}
    elsewhere = Settlement.objects.exclude(payment_list=payment_list).filter(programme__in=programmes).order_by()
    taken = set(elsewhere.values_list(*KEY))
    if any(_key(one.settlement) in taken for one in counted.made):
        return True
    return _is_recovered(payment_list, counted) or _is_deducted(payment_list, counted)


def write(payment_list: PaymentList, counted: Draft) -> None:
    """Replace what the draft holds. If the database refuses, each person for themselves, so that one stops nobody."""
    Recovery.objects.filter(taken_from__payment_list=payment_list).delete()
    Taken.objects.filter(settlement__payment_list=payment_list).delete()
    payment_list.problems.all().delete()
    stored = {_key(row): row for row in payment_list.settlements.defer("inputs").prefetch_related("lines")}
    _delete(payment_list.settlements.filter(pk__in=[stored[key].pk for key in stored.keys() - _keys(counted.made)]))
    kept = {one.settlement.pk for one in counted.made if _is_kept(one, stored.get(_key(one.settlement)))}
    if not _written(counted.made, kept):
        _write_apart(payment_list, counted, kept)
    Problem.objects.bulk_create(counted.problems)


def _write_apart(payment_list: PaymentList, counted: Draft, kept: set[int]) -> None:
    """Person by person: one programme of somebody may pay back what was overpaid in another."""
    for person, rows in groupby(counted.made, key=lambda one: one.settlement.programme.participant_id):
        made = list(rows)
        if not _written(made, kept):
            _delete(payment_list.settlements.filter(programme__participant=person))
            for programme in dict.fromkeys(one.settlement.programme for one in made):
                counted.problems.append(problem(payment_list, programme, Problem.Kind.FAILED, FAILED))


def _written(made: list[Made], kept: set[int]) -> bool:
    changed = [one for one in made if one.settlement.pk not in kept]
    known = [one.settlement for one in changed if one.settlement.pk]
    try:
        with transaction.atomic():
            Settlement.objects.bulk_create(one.settlement for one in changed if not one.settlement.pk)
            Settlement.objects.bulk_create(known, update_conflicts=True, unique_fields=["pk"], update_fields=WRITTEN)
            Line.objects.filter(settlement__in=known).delete()
            Line.objects.bulk_create(line for one in changed for line in one.lines)
            Recovery.objects.bulk_create(recovery for one in made for recovery in one.recovered)
            Taken.objects.bulk_create(taken for one in made for taken in one.taken)
    except OperationalError:
        raise  # it is not these rows that are wrong
    except DatabaseError:
        return False
    return True


def _is_kept(one: Made, before: Settlement | None) -> bool:
    """Whether it stands already as it came out; a changed one takes the address of the one before.

    Amounts and lines are compared too: a checksum alone would leave alone what was changed behind its back.
    """
    if before is None:
        return False
    row, lines, *_ = one
    row.pk = before.pk
    same = all(_plain(getattr(row, name)) == _plain(getattr(before, name)) for name in COMPARED)
    return same and result(row, lines, (), ()) == result(before, before.lines.all(), (), ())


def _plain(value: Any) -> Any:
    """As it comes back from a column of JSON."""
    return json.loads(json.dumps(value)) if isinstance(value, dict | list | tuple) else value


def _is_recovered(payment_list: PaymentList, counted: Draft) -> bool:
    """Whether another list has taken back meanwhile what this one would."""
    owed = {row.overpaid_id: -row.overpaid.net for row in counted.recoveries if row.overpaid_id}
    others = Recovery.objects.filter(overpaid__in=owed).exclude(taken_from__payment_list=payment_list).order_by()
    taken = dict(others.values_list("overpaid").annotate(Sum("amount")))
    for row in counted.recoveries:
        if row.overpaid_id:
            taken[row.overpaid_id] = taken.get(row.overpaid_id, 0) + row.amount
    return any(amount > owed[pk] for pk, amount in taken.items())


def _is_deducted(payment_list: PaymentList, counted: Draft) -> bool:
    """Whether another list has taken meanwhile what this one would, or the consent to it was withdrawn."""
    asked: dict[int, Decimal] = {}
    for row in counted.taken:
        asked[row.deduction_id] = asked.get(row.deduction_id, NOTHING) + row.amount
    rows = Deduction.objects.standing().with_left(but=payment_list).filter(pk__in=asked)
    left = dict(rows.values_list("pk", "left")) if asked else {}
    return any(amount > left.get(pk, NOTHING) for pk, amount in asked.items())


def _delete(rows: QuerySet[Settlement]) -> None:
    # Only keys: every other column would be decrypted for nothing.
    rows.only("pk").delete()


def _keys(made: Iterable[Made]) -> set[Key]:
    return {_key(one.settlement) for one in made}


def _key(row: Settlement) -> Key:
    return row.programme_id, row.span, row.corrects_id
