"""The pages of the applications through the whole program, with 2,000 of them in one centre.

    python -m benchmarks.pipeline [APPLICATIONS]      (2000)

Asked by a signed-in social worker, through all middlewares, on a database of its own: the board, its table, the chart
of the way, and the preview of an import of 150 people. The applications stand in every state and are made without
history. Medians of rounds in which everything takes its turn.

Baseline of a page: the least that it has to read, the states of the applications and the names, in one bare query; of
the preview the reading of its file alone. Queries are without BEGIN and COMMIT; with a quarter of the applications they
must be as many. Goal: 200 ms a page, on two cores with nothing else to do: the first line tells the load.
"""

import gc
import sys
import tempfile
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from itertools import cycle, islice
from statistics import median
from typing import TYPE_CHECKING, NamedTuple
from unittest.mock import patch

from benchmarks.attendance import _looked_at, _milliseconds
from benchmarks.database import in_own_database, load

if TYPE_CHECKING:
    from django.test import Client

    from cistor.accounts.models import User
    from cistor.centres.models import Centre

APPLICATIONS, GOAL, ROUNDS, IMPORTED = 2000, 200, 15, 150
TODAY = date(2026, 3, 30)
# (status, office, recruitment), as they are met in a centre that has been at work for years.
STATES = [
    ("draft", "to_send", "waiting"),
    ("open", "to_send", "waiting"),
    ("open", "sent", "waiting"),
    ("open", "received", "waiting"),
    ("open", "opined", "waiting"),
    ("open", "referred", "entered"),
    ("open", "received", "scored"),
    ("open", "referred", "qualified"),
    ("open", "received", "qualified"),
    ("open", "referred", "reserve"),
    ("open", "no_consent", "waiting"),
    ("open", "referred", "declined"),
]


class Measure(NamedTuple):
    name: str
    ms: float
    cpu: float
    baseline: float
    queries: int
    queries_of_few: int
    kilobytes: float


class Task(NamedTuple):
    """A request beside its baseline; each `()` → what is then timed, as in `benchmarks.attendance`."""

    name: str
    request: Callable
    baseline: Callable


def main(arguments: list[str]) -> None:
    in_own_database(lambda: report(int(arguments[0]) if arguments else APPLICATIONS))


def report(applications: int, *, rounds: int = ROUNDS) -> None:
    from django.test import override_settings

    print(load())
    heads = f"{'ms':>8}{'of cpu':>8}{'baseline':>10}{'ratio':>7}{'queries':>9}{'of few':>8}{'kB':>7}"
    print(f"{f'{applications:,} applications':36}{heads}  goal {GOAL} ms")
    with (
        tempfile.TemporaryDirectory(prefix="cistor-benchmark-", dir="/var/tmp") as media,
        override_settings(MEDIA_ROOT=media),
    ):
        for row in measured(applications, rounds=rounds):
            times = f"{row.ms:8.1f}{row.cpu:8.1f}{row.baseline:10.1f}{row.ms / row.baseline:7.1f}"
            figures = f"{times}{row.queries:9}{row.queries_of_few:8}{row.kilobytes:7.1f}"
            print(f"{row.name:36}{figures}  {'met' if row.ms <= GOAL else 'MISSED'}")
        print(f"\nthe act that writes {IMPORTED} new people with their drafts: {written():.1f} s")


def measured(applications: int, *, rounds: int = ROUNDS) -> list[Measure]:
    """The pages of one centre in milliseconds, beside their baselines; few are a quarter of all."""
    from tests.factories import make_centre, make_user

    centre = make_centre("cistor")
    worker = make_user(centre, "social_worker")
    with patch("django.utils.timezone.localdate", lambda *args: TODAY):
        make(centre, worker, range(applications // 4))
        tasks = _tasks(_signed_in(worker), centre)
        # The session remembers which page was looked at last, which may take a query more the first time.
        few = [[_looked_at(task)[0] for task in tasks] for _ in range(2)][-1]
        make(centre, worker, range(applications // 4, applications))
        seen = [_looked_at(task) for task in tasks]
        times = _taken(tasks, rounds)
    return [
        Measure(task.name, *map(median, zip(*took, strict=True)), queries, of_few, kilobytes)
        for task, took, of_few, (queries, kilobytes) in zip(tasks, times, few, seen, strict=True)
    ]


def _taken(tasks: list[Task], rounds: int) -> list[list[tuple[float, ...]]]:
    gc.freeze()
    times: list[list[tuple[float, ...]]] = [[] for _ in tasks]
    for _ in range(rounds):
        for task, took in zip(tasks, times, strict=True):
            baseline, _ = _milliseconds(task.baseline())
            took.append((*_milliseconds(task.request()), baseline))
    gc.unfreeze()
    return times


def make(centre: "Centre", worker: "User", numbers: range) -> None:
    """Applications in all states, one after the other, a fifth of them late."""
    import pgtrigger
    from django.db import connection

    from tests.factories import make_participant
    from tests.referrals.making import make_application, make_candidacy, make_round

    office = centre.offices.first()
    with pgtrigger.ignore():
        in_round = make_round(centre)
        for number, (status, office_state, recruitment) in zip(
            numbers, islice(cycle(STATES), numbers.start, None), strict=False
        ):
            application = make_application(
                centre,
                participant=make_participant(centre, account=False),
                status=status,
                office=office,
                office_state=office_state,
                on=TODAY - timedelta(days=5 + number % 60),
                by=worker,
            )
            if recruitment != "waiting":
                make_candidacy(in_round, state=recruitment, application=application, on=TODAY)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _signed_in(worker: "User") -> "Client":
    from django.test import Client

    from tests.factories import login

    client = Client()
    login(client, worker)
    return client


def _tasks(client: "Client", centre: "Centre") -> list[Task]:
    from django.urls import reverse

    from cistor.tables import read

    file = _file()
    client.post(reverse("referrals:import_candidates"), {"file": BytesIO(file)})

    def page(name: str, url: str, baseline: Callable[[], object], **asked: str) -> Task:
        return Task(name, lambda: lambda: client.get(reverse(url), asked), lambda: baseline)

    def states() -> list:
        return _plain_read(centre)

    return [
        page("the board", "referrals:list", states),
        page("the table, by urgency", "referrals:list", states, widok="tabela"),
        page("the table, by name", "referrals:list", states, widok="tabela", porzadek="osoba"),
        page("the way", "referrals:way", states),
        page(
            f"the preview of {IMPORTED} people",
            "referrals:import_preview",
            lambda: read(file, most_rows=IMPORTED + 1, most_columns=30),
        ),
    ]


def _plain_read(centre: "Centre") -> list:
    from referrals.models import Application

    columns = ("pk", "status", "office_state", "recruitment_state", "submitted_on", "sent_on", "received_on")
    names = ("participant__last_name", "participant__first_name")
    return list(Application.objects.filter(centre=centre).values_list(*columns, *names))


# An import ------------------------------------------------------------------------------------------------------------


def _rows() -> list[list[str]]:
    from tests.factories import pesel

    born = date(1990, 1, 1)
    people = [["Zmyślona", "Wera", pesel(born, serial=number), "5", "600100200"] for number in range(IMPORTED)]
    return [["Nazwisko", "Imię", "PESEL", "Kategoria", "Telefon"], *people]


def _file() -> bytes:
    from cistor.sheets import Column, Sheet, workbook

    heads, *rows = _rows()
    return workbook([Sheet("Kandydaci", [Column(head) for head in heads], rows)])


def written() -> float:
    """Seconds in which the act puts them all into the register; undone afterwards."""
    from django.db import transaction

    from cistor.accounts.models import User
    from referrals.actions import import_candidates

    worker = User.objects.latest("pk")
    with transaction.atomic():
        took, _ = _milliseconds(lambda: import_candidates(_rows(), centre=worker.home_centre, by=worker, on=TODAY))
        transaction.set_rollback(True)
    return took / 1000


if __name__ == "__main__":
    main(sys.argv[1:])
