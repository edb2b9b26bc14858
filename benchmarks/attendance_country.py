"""The pages of attendance of one centre, alone and in a whole country: 200 centres, 60 people each, 3 years of marks.

    python -m benchmarks.attendance_country [--small | CENTRES YEARS]      (200 3)

What `benchmarks.attendance` asks is asked of one centre alone with all its years, then of one among so many others, the
marks of all of which lie in the tables: 9,000,000 of them, made without history, which takes minutes and is not
counted. Everybody has a programme a year, one after the other, each with a stay in the group; the months before this
one are closed one by one, and what `benchmarks.papers` makes explains the marks. One centre has the marks of another,
so that the requests ask for the same work.

Told is how many times longer everything takes in the country than alone, in the same run. Goal: 2, for each. Where the
milliseconds grow and those of the processor do not, other programs came in between or the database was slower. At last
come the tables of more than 1,000 rows that the database reads from end to end for a request: an index may be missing
there. It fails where the goal is missed; `--small` shows in a minute that it runs, and never fails for slowness.
"""

import sys
import time
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from benchmarks.attendance import CENTRES, MONTH, PEOPLE, TODAY, Measure, measured, sequential_scans, told
from benchmarks.database import in_own_database, load
from cistor.dates import ONE_DAY, class_days, months_later

if TYPE_CHECKING:
    from benchmarks.centres import Place

GOAL = 2
ROUNDS = 7
YEARS = 3
SMALL = (3, 1)


def main(arguments: list[str]) -> None:
    centres, years = SMALL if "--small" in arguments else map(int, arguments or (CENTRES, YEARS))
    ratios: list[float] = []
    in_own_database(lambda: ratios.extend(report(centres, years)))
    # A trial of so few rows tells nothing about the goal.
    sys.exit("--small" not in arguments and any(ratio > GOAL for ratio in ratios))


def report(centres: int, years: int, *, people: int = PEOPLE, rounds: int = ROUNDS) -> list[float]:
    """Prints the table, gives its ratios."""
    print(load())
    alone = measured(_made(1, people, years)[0], rounds=rounds)
    place = _made(centres, people, years)[centres // 2]
    within = measured(place, rounds=rounds)
    ratios = _table(f"1 and {centres + 1} centres, years: {years}", alone, within)
    print(told(sequential_scans(place)))
    return ratios


def days_of(years: int) -> list[date]:
    return sorted(class_days(months_later(TODAY + ONE_DAY, -12 * years, "same_day"), TODAY))


def _made(centres: int, people: int, years: int) -> list["Place"]:
    from benchmarks import papers
    from benchmarks.centres import make

    started, days = time.perf_counter(), days_of(years)
    places = make(centres=centres, people=people, days=days, marks=papers.MARKS)
    papers.explain([place.group.centre_id for place in places], open_from=MONTH, today=TODAY)
    marks, seconds = centres * people * len(days), time.perf_counter() - started
    each = f"{seconds:.0f} s, {seconds / marks * 1e6:.0f} s a million"
    print(f"{marks:,} marks and their papers made without history in {each}", flush=True)
    return places


def _table(title: str, alone: Sequence[Measure], within: Sequence[Measure]) -> list[float]:
    heads = f"{'ms alone':>10}{'of cpu':>8}{'ms':>8}{'of cpu':>8}{'queries':>9}{'× alone':>9}"
    print(f"\n{title:36}{heads}  goal {GOAL}")
    ratios = []
    for before, row in zip(alone, within, strict=True):
        ratios.append(row.ms / before.ms)
        times = f"{before.ms:10.1f}{before.cpu:8.1f}{row.ms:8.1f}{row.cpu:8.1f}"
        figures = f"{times}{row.queries:9}{ratios[-1]:9.2f}"
        print(f"{row.name:36}{figures}  {'met' if ratios[-1] <= GOAL else 'MISSED'}")
    return ratios


if __name__ == "__main__":
    main(sys.argv[1:])
