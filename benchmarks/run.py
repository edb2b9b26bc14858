"""The monthly run of one centre on PostgreSQL, from the facts to the last row, beside the least that it takes.

    python -m benchmarks.run [PEOPLE]      (500)

The run is the real act: it reads the facts, applies the rules, writes every line with its reason, encrypts what is
sensitive, and stands in the journal. A list is counted for the first time, counted anew, and a month later, when every
span that is paid already is held against its facts too, at last with the facts of one person in twenty changed since.

Baselines of the same rows, in the same process: the engine alone, which only computes what is on the list, and the bare
insert, in which the database only copies its rows. `ratio` is to both together. Medians of rounds in which everything
takes its turn; the processor's time is this process's alone, without the database's. Goal: 4 s for 500 people, on two
cores with nothing else to do: the first line tells the load.
"""

import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.database import in_own_database, load
from cistor.dates import class_days

if TYPE_CHECKING:
    from django.db.models import Model

    from benchmarks.centres import Place
    from benefits.models import PaymentList
    from cistor.accounts.models import User

PEOPLE, GOAL = 500, 4.0
ROUNDS = 3
JULY, AUGUST = date(2026, 7, 1), date(2026, 8, 1)
JULY_COUNTED, AUGUST_COUNTED = date(2026, 8, 3), date(2026, 9, 1)
DAYS = sorted(class_days(JULY, date(2026, 8, 31)))
# One person in so many has a day of July corrected after it was paid.
CORRECTED = 20
REASON = "Stawka z regulaminu w mocy od 2014 r."


class Measure(NamedTuple):
    name: str
    rows: int
    seconds: float
    cpu: float
    engine: float
    insert: float


def main(arguments: list[str]) -> None:
    in_own_database(lambda: report(int(arguments[0]) if arguments else PEOPLE))


def report(people: int, *, rounds: int = ROUNDS) -> None:
    from django.test import override_settings

    print(load())
    heads = f"{'rows':>7}{'s':>8}{'of cpu':>8}{'engine':>8}{'insert':>8}{'ratio':>7}"
    print(f"{f'{people} people':42}{heads}  goal {GOAL * people / PEOPLE:.1f} s")
    with (
        tempfile.TemporaryDirectory(prefix="cistor-benchmark-", dir="/var/tmp") as media,
        override_settings(MEDIA_ROOT=media),
    ):
        rows = measured(people, rounds=rounds)
    for row in rows:
        least = row.engine + row.insert
        verdict = "met" if row.seconds <= GOAL * people / PEOPLE else "MISSED"
        times = f"{row.seconds:8.2f}{row.cpu:8.2f}{row.engine:8.2f}{row.insert:8.2f}{row.seconds / least:7.1f}"
        print(f"{row.name:42}{row.rows:7}{times}  {verdict}")


def measured(people: int, *, rounds: int = ROUNDS) -> list[Measure]:
    """Of each kind of count: rows written, seconds, and the seconds of its baselines."""
    from benchmarks import centres
    from benefits.actions import recount, run_month
    from tests.factories import make_user

    (place,) = centres.make_sized([people], days=DAYS, paid_from=JULY)
    centre = place.group.centre
    payroll, director = make_user(centre, "payroll"), make_user(centre, "director")

    def july() -> "PaymentList":
        return run_month(centre=centre, month=JULY, by=payroll, on=JULY_COUNTED)

    def august() -> "PaymentList":
        return run_month(centre=centre, month=AUGUST, by=payroll, on=AUGUST_COUNTED)

    def anew(draft: Callable[[], "PaymentList"]) -> Callable[[], "PaymentList"]:
        drafted = draft()
        return lambda: recount(drafted, by=payroll, on=drafted.prepared_on)

    found = [_measure("a month", july, rounds, before=_emptied)]
    found.append(_measure("the same, counted anew", anew(july), rounds))
    _approved(july(), by=director)
    found.append(_measure("the next, the first approved", august, rounds, before=_emptied))
    _correct(place)
    found.append(_measure(f"the same, 1 in {CORRECTED} corrected since", august, rounds, before=_emptied))
    return found


def _measure(name: str, count: Callable, rounds: int, before: Callable[["PaymentList"], None] | None = None) -> Measure:
    times = []
    for _ in range(rounds):
        started, spent = time.perf_counter(), time.process_time()
        payment_list = count()
        took = time.perf_counter() - started, time.process_time() - spent
        rows, insert = _inserted(payment_list)
        times.append((*took, _engine(payment_list), insert))
        if before:
            before(payment_list)
    return Measure(name, rows, *map(median, zip(*times, strict=True)))


def _emptied(payment_list: "PaymentList") -> None:
    """Gone, so that the next round makes it anew."""
    payment_list.problems.all().delete()
    payment_list.settlements.all().delete()
    payment_list.delete()


def _engine(payment_list: "PaymentList") -> float:
    """Seconds of the engine for what stands on the list, its inputs read and one rulebook for all."""
    from dataclasses import replace

    from benefits.rules import settle
    from benefits.rules.cases import inputs_from

    inputs = [inputs_from(row.inputs) for row in payment_list.settlements.all()]
    shared = [replace(one, rulebook=inputs[0].rulebook) for one in inputs]
    return _seconds(lambda: [settle(one) for one in shared])


def _inserted(payment_list: "PaymentList") -> tuple[int, float]:
    """How many rows the list has, and the seconds in which the database writes copies of them, undone afterwards."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        copies = [_set_aside(cursor, model, which, payment_list) for model, which in _rows_of_a_list()]
        for model, which in reversed(_rows_of_a_list()):
            cursor.execute(f"DELETE FROM {model._meta.db_table} WHERE {which}", [payment_list.pk])
        rows, started = 0, time.perf_counter()
        for table, columns in copies:
            cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM copy_of_{table}")
            rows += cursor.rowcount
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        took = time.perf_counter() - started
        transaction.set_rollback(True)
    return rows, took


def _rows_of_a_list() -> list[tuple[type["Model"], str]]:
    from benefits.models import Line, Recovery, Settlement

    of_list = "IN (SELECT id FROM benefits_settlement WHERE payment_list_id = %s)"
    return [
        (Settlement, "payment_list_id = %s"),
        (Line, f"settlement_id {of_list}"),
        (Recovery, f"taken_from_id {of_list}"),
    ]


def _set_aside(cursor, model: type["Model"], which: str, payment_list: "PaymentList") -> tuple[str, str]:
    """Copies the rows; table and columns, without those that the database computes."""
    table = model._meta.db_table
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields if not field.generated)
    cursor.execute(
        f"CREATE TEMP TABLE copy_of_{table} ON COMMIT DROP AS SELECT {columns} FROM {table} WHERE {which}",
        [payment_list.pk],
    )
    return table, columns


def _approved(payment_list: "PaymentList", *, by: "User") -> None:
    """As the director does it, paper and all."""
    from benefits.actions import approve, check
    from cistor.centres.models import DepartureReason, Regulations
    from cistor.documents.models import Letterhead

    for version in Regulations.objects.filter(centre=payment_list.centre):
        DepartureReason.objects.create(regulations=version, text=REASON, given_by=by, given_on=JULY_COUNTED)
    Letterhead.objects.create(
        centre=payment_list.centre, in_force_from=JULY, name="Centrum", address="ul. Zmyślona 1", place="Toruń"
    )
    check(payment_list, by=payment_list.prepared_by, on=JULY_COUNTED)
    approve(payment_list, by=by, on=JULY_COUNTED)


def _correct(place: "Place") -> None:
    """A day that was paid becomes an unexcused one."""
    import pgtrigger

    from attendance.models import Day

    corrected = place.programmes[::CORRECTED]
    with pgtrigger.ignore():
        Day.objects.filter(programme__in=corrected, on=DAYS[3]).update(meaning="unexcused", code="NN")


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


if __name__ == "__main__":
    main(sys.argv[1:])
