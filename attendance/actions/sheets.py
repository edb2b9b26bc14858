from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from attendance import roster
from attendance.documents import attendance_sheet
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.dates import month_text
from cistor.documents import files
from cistor.documents.actions import working_copies
from cistor.errors import Refused
from cistor.jobs import actions as jobs
from cistor.jobs.models import Job
from cistor.journal.actions import record, record_readings
from participants.models import Group

KIND = "attendance_sheets"
NOBODY = "W tym miesiącu nikogo nie było w grupach."


def ask_for_sheets(*, centre: Centre, groups: Iterable[Group], month: date, filled: bool, by: User, on: date) -> Job:
    """The sheets of these groups for the month as one file, made in the background; not `filled`, empty for ink."""
    chosen = sorted(group.pk for group in groups)
    if not chosen:
        raise Refused(NOBODY)
    title = f"Listy obecności, {month_text(month)}{'' if filled else ', do wypełnienia'}"
    data = {"month": month.isoformat(), "filled": filled, "groups": chosen}
    return jobs.start(KIND, title, centre=centre, by=by, on=on, data=data, total=len(chosen))


def make_sheets(job: Job) -> jobs.Result:
    """Group after group; the file counts the pages of each from 1."""
    people: set[int] = set()
    contexts = _contexts(job, people)
    data = working_copies(kind="attendance_sheet", centre=job.centre, contexts=contexts, on=job.asked_on)
    return jobs.Result(files.store(data), f"listy-obecnosci-{job.data['month'][:7]}.pdf", people)


def take_sheets(job: Job) -> bytes:
    """The finished file for the one who asked for it: they read about everybody on it."""
    data = files.read(job.result_sha256)
    jobs.take(job)
    record(job.centre, "attendance_sheets_printed", by=job.by, **job.data)
    record_readings(job.centre, job.people, "attendance_sheet", by=job.by)
    return data


def _contexts(job: Job, people: set[int]) -> Iterator[dict[str, Any]]:
    """The papers, without those of groups in which nobody was; adds who stands on them to `people`."""
    month, terms = date.fromisoformat(job.data["month"]), Terms(job.centre)
    groups = Group.objects.filter(centre=job.centre, pk__in=job.data["groups"])
    for done, group in enumerate(groups, 1):
        grid = roster.of_month(group, month, job.asked_on, terms)
        if grid.rows:
            people.update(row.key for row in grid.rows)
            yield attendance_sheet(group, month, grid, terms, filled=job.data["filled"])
        jobs.progress(job, done)
    if not people:
        raise Refused(NOBODY)
