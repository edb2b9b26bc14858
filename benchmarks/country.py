"""A month of a whole country: the runs of 200 centres with 12,000 participants, by two workers on one PostgreSQL.

    python -m benchmarks.country [--small]

Each centre's month is counted by the real act in one of two processes of their own, as by two workers of Celery, first
of 100 people in all, then of 500, 2,000 and 12,000, each in centres of their own and with all the others' rows in the
tables from the beginning. The people and their marks are made without history, in a few minutes, which are not counted.
Nobody has been paid before.

Told are the seconds by the clock, the cost per participant by the clock and of the workers' processors, the largest
memory a worker ever had, and the slope: by what power of the participants the time grows, 1.00 where everybody costs
the same. Goals, on two cores with nothing else to do (the first line tells the load): 12,000 within 3 minutes, a worker
below 400 MB. `--small` shows in a minute that it runs.
"""

import multiprocessing
import os
import re
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import date
from math import log
from pathlib import Path
from statistics import linear_regression
from typing import NamedTuple
from unittest.mock import patch

from benchmarks.database import in_own_database, load
from cistor.dates import class_days, month_end

SIZES = (100, 500, 2_000, 12_000)
SMALL = (4, 12)
OF_A_CENTRE = 60
WORKERS = 2
JULY, COUNTED = date(2026, 7, 1), date(2026, 8, 3)
DAYS = sorted(class_days(JULY, month_end(JULY)))
MINUTES, MEGABYTES = 3, 400


# A centre, and who counts it, by their ids.
Order = tuple[int, int]


class Counted(NamedTuple):
    """One centre: how many were settled, the processor's seconds, and the worker's largest memory so far."""

    people: int
    cpu: float
    megabytes: float


class Measure(NamedTuple):
    people: int
    centres: int
    seconds: float
    cpu: float
    megabytes: float


def main(arguments: list[str]) -> None:
    in_own_database(lambda: report(SMALL if "--small" in arguments else SIZES))


def report(sizes: Sequence[int]) -> None:
    print(load())
    started = time.perf_counter()
    batches = _made(sizes)
    print(f"{sum(sizes):,} people made without history in {time.perf_counter() - started:.0f} s\n")
    heads = f"{'people':>8}{'centres':>9}{'s':>8}{'ms each':>9}{'of cpu':>8}{'MB a worker':>13}"
    print(f"{heads}  goals {MINUTES} min for {SIZES[-1]:,}, {MEGABYTES} MB")
    rows = []
    for row in measured(batches):
        rows.append(row)
        each = f"{row.seconds / row.people * 1000:9.1f}{row.cpu / row.people * 1000:8.1f}"
        kept = row.seconds <= MINUTES * 60 and row.megabytes <= MEGABYTES
        figures = f"{row.people:8,}{row.centres:9}{row.seconds:8.1f}{each}{row.megabytes:13.0f}"
        print(f"{figures}  {'met' if kept else 'MISSED'}", flush=True)
    print(f"\nslope by the clock {slope(rows, 'seconds'):.2f}, of cpu {slope(rows, 'cpu'):.2f}")


def slope(rows: Sequence[Measure], figure: str) -> float:
    """The power of the number of people by which the figure grows."""
    return linear_regression([log(row.people) for row in rows], [log(getattr(row, figure)) for row in rows]).slope


def measured(batches: Sequence[Sequence[Order]]) -> Iterator[Measure]:
    """Counts the centres of each batch in turn; the workers are warm, each having counted one more before."""
    spawn = multiprocessing.get_context("spawn")
    with (
        patch.dict(os.environ, {"DATABASE_URL": _address()}),
        spawn.Pool(WORKERS, initializer=_begin) as workers,
    ):
        workers.map(_counted, batches[0], chunksize=1)
        for orders in batches[1:]:
            started = time.perf_counter()
            counted = workers.map(_counted, orders, chunksize=1)
            seconds = time.perf_counter() - started
            cpu, people = sum(one.cpu for one in counted), sum(one.people for one in counted)
            yield Measure(people, len(orders), seconds, cpu, max(one.megabytes for one in counted))
        workers.close()
        workers.join()


def _made(sizes: Sequence[int]) -> list[list[Order]]:
    """The centres of the warm-up and of each size."""
    from benchmarks import centres
    from tests.factories import make_user

    spread = [_spread(people) for people in (WORKERS * OF_A_CENTRE if max(sizes) > OF_A_CENTRE else WORKERS, *sizes)]
    places = centres.make_sized([people for batch in spread for people in batch], days=DAYS, paid_from=JULY)
    orders = ((place.group.centre_id, make_user(place.group.centre, "payroll").pk) for place in places)
    return [[next(orders) for _ in batch] for batch in spread]


def _spread(people: int) -> list[int]:
    """So many people over as many centres as they fill, two at least."""
    number = max(-(-people // OF_A_CENTRE), WORKERS)
    return [people // number + (place < people % number) for place in range(number)]


def _address() -> str:
    """Of the benchmark's own database, for processes that find it by the environment."""
    from django.db import connection

    return f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{connection.settings_dict['NAME']}"


# In a worker ----------------------------------------------------------------------------------------------------------


def _begin() -> None:
    import django

    django.setup()
    import benefits.tasks  # noqa: F401  as a worker has it


def _counted(order: Order) -> Counted:
    from benefits.actions import run_month
    from cistor.accounts.models import User
    from cistor.centres.models import Centre

    centre, payroll = Centre.objects.get(pk=order[0]), User.objects.get(pk=order[1])
    started = time.process_time()
    july = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)
    cpu = time.process_time() - started
    assert not july.problems.exists()
    return Counted(july.settlements.count(), cpu, _most_memory())


def _most_memory() -> float:
    """The most that this process ever had in memory, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
