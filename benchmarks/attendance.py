"""The pages of attendance through the whole program, from the address to the last byte of the page.

    python -m benchmarks.attendance [--small]

Asked by a signed-in instructor, through all middlewares, on a database of its own: first of one centre with a group of
60 people and one month of marks, then of 200 more centres with 2,000,000 marks (`--small` leaves them out). The marks
are made without history, in a few minutes. Medians of rounds in which everything takes its turn.

Baselines: for a page the least that a grid has to read, its people and their marks in two bare queries; for a save the
one statement that writes its marks, without a check, a journal or a page. With 2,000,000 marks the last ratio is to the
same request in one centre. Queries are without BEGIN and COMMIT. As in a worker of the web server, what is loaded is
frozen for the garbage collector. Goal: 200 ms, on two cores with nothing else to do: the first line tells the load.
"""

import gc
import json
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import zip_longest
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from benchmarks.database import in_own_database, load
from cistor.dates import class_days

if TYPE_CHECKING:
    from django.test import Client

    from benchmarks.centres import Place

GOAL = 200
ROUNDS = 15
CENTRES, PEOPLE = 200, 60
MONTH, TODAY = date(2026, 7, 1), date(2026, 7, 31)
ONE_MONTH = sorted(class_days(MONTH, TODAY))
# 200 × 60 × 170 marks.
LONG = sorted(class_days(date(2025, 11, 3), TODAY))[-170:]
FEW = 10
# Rows; a smaller table is read from end to end as fast as by an index.
MANY = 1_000

SCANS = """
SELECT s.relname, s.seq_scan FROM pg_stat_xact_user_tables s JOIN pg_class c ON c.oid = s.relid WHERE c.reltuples > %s
"""


class Measure(NamedTuple):
    name: str
    ms: float
    cpu: float
    baseline: float
    queries: int
    kilobytes: float


class Task(NamedTuple):
    """A request, made anew for every round, beside its baseline; each `()` → what is then timed."""

    name: str
    request: Callable[[], Callable]
    baseline: Callable[[], Callable]


def main(arguments: list[str]) -> None:
    in_own_database(lambda: _report(is_small="--small" in arguments))


def _report(*, is_small: bool) -> None:
    from benchmarks import centres

    print(load())
    (place,) = centres.make(centres=1, people=PEOPLE, days=ONE_MONTH)
    alone = measured(place)
    _table(f"One centre, {PEOPLE * len(ONE_MONTH):,} marks", alone)
    if is_small:
        return
    started = time.perf_counter()
    place = centres.make(centres=CENTRES, people=PEOPLE, days=LONG)[CENTRES // 2]
    title = f"{CENTRES} centres, {CENTRES * PEOPLE * len(LONG):,} marks"
    print(f"\n{title} made without history in {time.perf_counter() - started:.0f} s\n")
    _table(title, measured(place), alone)
    print(told(sequential_scans(place)))


def _table(title: str, rows: Sequence[Measure], before: Sequence[Measure] = ()) -> None:
    last = "× one centre" if before else ""
    heads = f"{'ms':>8}{'of cpu':>8}{'baseline':>10}{'ratio':>7}{'queries':>9}{'kB':>7}"
    print(f"{title:36}{heads}  goal {GOAL} ms  {last}".rstrip())
    for row, same in zip_longest(rows, before):
        times = f"{row.ms:8.1f}{row.cpu:8.1f}{row.baseline:10.1f}{row.ms / row.baseline:7.1f}"
        figures = f"{times}{row.queries:9}{row.kilobytes:7.1f}"
        compared = f"{row.ms / same.ms:12.1f}" if same else ""
        print(f"{row.name:36}{figures}  {'met' if row.ms <= GOAL else 'MISSED':11}{compared}".rstrip())


def measured(place: "Place", *, rounds: int = ROUNDS) -> list[Measure]:
    """The pages and the saves of one group, in milliseconds, beside their baselines."""
    with patch("django.utils.timezone.localdate", lambda *args: TODAY):
        tasks = _tasks(signed_in(place), place)
        seen = [_looked_at(task) for task in tasks]
        gc.freeze()
        times: dict[str, list[tuple[float, ...]]] = {task.name: [] for task in tasks}
        for _ in range(rounds):
            for task in tasks:
                baseline, _ = _milliseconds(task.baseline())
                times[task.name].append((*_milliseconds(task.request()), baseline))
        gc.unfreeze()
    return [
        Measure(task.name, *map(median, zip(*times[task.name], strict=True)), queries, kilobytes)
        for task, (queries, kilobytes) in zip(tasks, seen, strict=True)
    ]


def signed_in(place: "Place") -> "Client":
    from django.test import Client

    from tests.factories import login

    client = Client()
    login(client, place.instructor)
    return client


def _milliseconds(work: Callable[[], object]) -> tuple[float, float]:
    """By the clock, and of the processor in this process, which other programs do not slow down as much."""
    started, spent = time.perf_counter(), time.process_time()
    work()
    return (time.perf_counter() - started) * 1000, (time.process_time() - spent) * 1000


def _looked_at(task: Task) -> tuple[int, float]:
    """Queries and kB; the request must succeed, and is warm afterwards."""
    answer, taken = _captured(task.request())
    assert answer.status_code in (200, 204, 302), f"{task.name}: {answer.status_code}"
    return len([sql for sql in taken if not sql.startswith(("BEGIN", "COMMIT"))]), len(answer.content) / 1024


def _captured(request: Callable) -> tuple:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as taken:
        answer = request()
    return answer, [query["sql"] for query in taken]


# What is asked and sent -----------------------------------------------------------------------------------------------


def _tasks(client: "Client", place: "Place") -> list[Task]:
    from django.urls import reverse

    today, month = (reverse(f"attendance:{page}", args=[place.group.pk]) for page in ("today", "month"))

    def page(name: str, url: str) -> Task:
        return Task(name, lambda: lambda: client.get(url), lambda: lambda: _plain_read(place))

    def save(what: str, url: str, data: Callable[[list], dict], days: list[date], most: int | None = None) -> Task:
        name = f"save {what}: {len(_changes(place, days)[:most])} marks"

        def request() -> Callable:
            sent = data(_changes(place, days)[:most])
            return lambda: client.post(url, sent, headers={"HX-Request": "true"})

        return Task(name, request, lambda: _plain_write(place, _changes(place, days)[:most]))

    return [
        page("a day", today),
        page("a month", month),
        page("the report of the morning", reverse("attendance:morning")),
        save("a day", today, _as_day, [TODAY]),
        save("a month", month, _as_month, ONE_MONTH, FEW),
        save("a month", month, _as_month, ONE_MONTH),
    ]


def _changes(place: "Place", days: list[date]) -> list:
    """Every mark of the days, to be turned from late into present or into late; not one that a paper speaks of."""
    from attendance.cells import Cell, Change
    from attendance.models import Day

    rows = Day.objects.filter(programme__in=place.programmes, on__in=days, source="hand").order_by("programme", "on")
    rows = rows.exclude(meaning="unexcused")
    wanted = {"late": "present"}
    return [Change(row.on, Cell(row.programme_id, row.meaning, wanted.get(row.meaning, "late"))) for row in rows]


def _as_day(changes: list) -> dict[str, str]:
    sent = {}
    for _, cell in changes:
        sent |= {f"{cell.programme_id}-seen": cell.seen, f"{cell.programme_id}-meaning": cell.meaning}
    return sent


def _as_month(changes: list) -> dict[str, str]:
    rows = [[c.cell.programme_id, c.on_day.isoformat(), c.cell.seen, c.cell.meaning] for c in changes]
    return {"zmiany": json.dumps(rows)}


def _plain_read(place: "Place") -> list:
    from attendance.models import Day
    from participants.models import Membership

    people = Membership.objects.filter(group=place.group, start_on__lte=TODAY, end_on=None)
    people = people.filter(participant__programmes__ended_on=None)
    people = list(people.values_list("participant__programmes", "participant__last_name", "participant__first_name"))
    days = Day.objects.filter(programme__in=[row[0] for row in people], on__range=(MONTH, TODAY))
    return list(days.values_list("programme", "on", "meaning", "code"))


def _plain_write(place: "Place", changes: list) -> Callable[[], object]:
    from attendance.cells import write
    from tests.factories import LETTERS

    codes = {change.key: LETTERS[change.cell.meaning] for change in changes}
    return lambda: write(changes, codes, by=place.instructor.pk)


# Scans ----------------------------------------------------------------------------------------------------------------


def sequential_scans(place: "Place", *, many: int = MANY) -> dict[str, list[str]]:
    """Request → the tables of more than so many rows that the database reads from end to end for it.

    Counted by the database as they happen, those of its triggers and checks too; nothing of it stays written.
    """
    from django.db import transaction

    with patch("django.utils.timezone.localdate", lambda *args: TODAY), transaction.atomic():
        tasks = _tasks(signed_in(place), place)
        found = {task.name: _scanned(task.request(), many) for task in tasks}
        transaction.set_rollback(True)
    return {name: tables for name, tables in found.items() if tables}


def _scanned(request: Callable, many: int) -> list[str]:
    before = _scans(many)
    request()
    return sorted(table for table, times in _scans(many).items() if times > before.get(table, 0))


def _scans(many: int) -> dict[str, int]:
    """Table → how often this transaction has begun to read it so."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(SCANS, [many])
        return dict(cursor.fetchall())


def told(scans: Mapping[str, Sequence[str]]) -> str:
    """Whether an index is missing, or most of a table is wanted, is for the reader to see."""
    rows = "; ".join(f"{name}: {', '.join(tables)}" for name, tables in scans.items())
    return f"tables of more than {MANY:,} rows read from end to end: {rows or 'none'}"


if __name__ == "__main__":
    main(sys.argv[1:])
