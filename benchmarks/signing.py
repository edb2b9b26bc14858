"""Many letters signed at once, as the worker does it: numbers, papers, files, journal, progress.

    python -m benchmarks.signing [LETTERS]      (50)

On a database of its own, a letter of each kind in turn, made straight into the tables. Baseline: the same papers drawn
alone, without a number, a file, a row or a journal, in the same process and after the signing, so that it has warm
caches and the signing has not. Goal: 0.2 s a letter, on two cores with nothing else to do: the first line tells the
load.
"""

import sys
import tempfile
from collections.abc import Iterable
from datetime import date
from itertools import cycle, islice
from time import perf_counter, process_time
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.database import in_own_database, load

if TYPE_CHECKING:
    from cistor.centres.models import Centre
    from cistor.notices.models import Letter

LETTERS, GOAL = 50, 200
FRIDAY, TODAY = date(2026, 3, 6), date(2026, 3, 11)


class Measure(NamedTuple):
    """Seconds for all of them."""

    kind: str
    letters: int
    signed: float
    cpu: float
    drawn: float


def main(arguments: list[str]) -> None:
    in_own_database(lambda: report(int(arguments[0]) if arguments else LETTERS))


def report(letters: int) -> None:
    from django.test import override_settings

    print(load())
    print(f"{'letters':44}{'n':>5}{'s':>8}{'of cpu':>8}{'drawn':>8}{'ratio':>7}{'ms each':>9}  goal {GOAL} ms")
    with (
        tempfile.TemporaryDirectory(prefix="cistor-benchmark-", dir="/var/tmp") as media,
        override_settings(MEDIA_ROOT=media),
    ):
        for row in measured(letters):
            each = row.signed / row.letters * 1000
            times = f"{row.letters:5}{row.signed:8.2f}{row.cpu:8.2f}{row.drawn:8.2f}{row.signed / row.drawn:7.2f}"
            print(f"{row.kind:44}{times}{each:9.1f}  {'met' if each <= GOAL else 'MISSED'}")


def measured(count: int) -> list[Measure]:
    """All kinds in one job, then each kind in a job of its own."""
    from cistor.notices.models import Letter
    from tests.factories import make_centre
    from tests.referrals.papers import make_letterhead

    centre = make_centre("cistor")
    make_letterhead(centre)
    few = max(count // len(Letter.Kind), 1)
    rows = [_measured("all kinds, one job", centre, islice(cycle(Letter.Kind), count))]
    return rows + [_measured(kind.label, centre, [kind] * few) for kind in Letter.Kind]


def _measured(name: str, centre: "Centre", kinds: Iterable[str]) -> Measure:
    from cistor.notices.actions.signing import ask_for_signatures
    from cistor.notices.tasks import sign_many
    from tests.factories import make_user

    letters = [_made(centre, kind) for kind in kinds]
    job = ask_for_signatures(centre=centre, letters=letters, by=make_user(centre, "director"), on=TODAY)
    began, cpu = perf_counter(), process_time()
    sign_many(job.pk)
    signed, used = perf_counter() - began, process_time() - cpu
    _expect_signed(letters)
    return Measure(name, len(letters), signed, used, _drawn(letters))


def _made(centre: "Centre", kind: str) -> "Letter":
    from tests.notices.making import make_letter, make_signed

    return make_letter(make_signed(centre, FRIDAY), kind, on=FRIDAY, text="Bez uwag, punktualnie i sumiennie.")


def _expect_signed(letters: list["Letter"]) -> None:
    from cistor.notices.models import Letter

    signed = Letter.objects.filter(pk__in=[row.pk for row in letters], status=Letter.Status.SIGNED)
    if signed.count() != len(letters):
        raise SystemExit("Not every letter was signed.")


def _drawn(letters: list["Letter"]) -> float:
    from cistor.documents.actions import working_copy
    from cistor.notices import documents

    contexts = [(row.kind, row.centre, documents.context(row, TODAY)) for row in letters]
    began = perf_counter()
    for kind, centre, context in contexts:
        working_copy(kind=kind, centre=centre, context=context, on=TODAY)
    return perf_counter() - began


if __name__ == "__main__":
    main(sys.argv[1:])
