import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from celery import current_app, current_task
from django.db import InterfaceError, OperationalError, connection, models, transaction
from django.db.models import Case, F, Q, When
from django.db.models.functions import Now

from cistor.documents import files
from cistor.errors import Refused
from cistor.jobs.kinds import KINDS
from cistor.jobs.locks import held
from cistor.jobs.models import Job

logger = logging.getLogger(__name__)

# The database that was restarted, or the network to it, is not at fault for long.
CUT_OFF = (OperationalError, InterfaceError)
BREATH = 5  # seconds
BROKEN_OFF = "Przygotowanie kilka razy przerwano. Spróbuj później albo powiadom administratora."
TOO_LATE = "Przez całą dobę nie udało się tego przygotować. Spróbuj jeszcze raz albo powiadom administratora."
CHANGED = "Dane zmieniły się. Poproś jeszcze raz."
UNEXPECTED = "Coś poszło nie tak. Spróbuj jeszcze raz; jeśli to się powtórzy, powiadom administratora."


@dataclass(frozen=True)
class Result:
    """The stored file, the name under which it is given out, and the ids of the participants it names."""

    sha256: str
    name: str
    people: Iterable[int] = ()


@transaction.atomic
def start(kind: str, title: str, *, centre: models.Model, by: Any, on: date, data: dict[str, Any], total: int) -> Job:
    """Ask for a job; while the same one of that day is open it is that one, queued once more: no two workers have it.

    `data` is what the task needs besides the day: ids, dates as text, switches. `total` counts its steps as they are
    now; a worker that finds another number says so with `progress`.
    """
    job, _ = Job.objects.get_or_create(
        kind=kind,
        by=by,
        data=data,
        asked_on=on,
        finished_at=None,
        defaults={"centre_id": centre.pk, "title": title, "total": total},
    )
    _queue_on_commit(job)
    return job


@transaction.atomic
def renew(job: Job, *, on: date) -> Job:
    """Ask again for what is open still: as of the new day, queued once more lest its message was lost.

    A worker that is at it already makes it once more afterwards, where the result stands in rows (see `complete`).
    """
    _still_open(job).update(asked_on=on, asked_again=True)
    _queue_on_commit(job)
    return job


@transaction.atomic
def retry(job: Job, *, on: date) -> Job:
    """Ask once more for what has failed, as of the new day; the failed one makes place for it."""
    failed = Job.objects.select_for_update(of=["self"]).select_related("centre", "by").filter(pk=job.pk)
    row = failed.exclude(failure="").first()
    # What leads to a page of its own is asked for there.
    if row is None or not KINDS[row.kind].file:
        raise Refused("To zadanie nie wymaga ponowienia.")
    row.delete()
    return start(row.kind, row.title, centre=row.centre, by=row.by, on=on, data=row.data, total=row.total)


def carry_out(pk: int, make: Callable[[Job], Result | None]) -> None:
    """Make the job's result, unless another worker is at it or it is over; call it outside any transaction.

    A worker that is killed leaves the job open and its lock free: the broker delivers the message again and the job
    begins anew. So `make` writes nothing that may not be written twice, or calls `complete` in the transaction that
    writes. A lost connection leaves the job open too, and it is queued again.
    """
    try:
        with held(Job.lock_of(pk)) as is_mine:
            job = _begin(pk) if is_mine else None
            if job is not None:
                _make(job, make)
    except CUT_OFF:
        logger.warning("Job %s lost the database and will begin anew.", pk)
        connection.close()
        _queue_later(pk)


def _make(job: Job, make: Callable[[Job], Result | None]) -> None:
    try:
        finish(job, make(job))
    except Refused as refusal:
        fail(job, refusal.message)
    except CUT_OFF:
        raise
    except Exception:
        logger.exception("Job %s has failed.", job.pk)
        fail(job, UNEXPECTED)


def progress(job: Job, done: int, total: int | None = None) -> None:
    """So many steps are done; outside a transaction everybody sees it at once."""
    Job.objects.filter(pk=job.pk).update(done=done, total=total or F("total"))


def complete(job: Job) -> None:
    """The job is over if the transaction stands; Refused when it was taken back meanwhile. It stays locked.

    Asked for again since it was begun, it stays open, to be made once more.
    """
    end = Case(When(asked_again=False, then=Now()))
    if not _still_open(job).update(done=F("total"), finished_at=end, asked_again=False):
        raise Refused(CHANGED)


def finish(job: Job, result: Result | None) -> None:
    """The file of a job that was taken back meanwhile goes; without a file there is nothing but an end."""
    sha256, name, people = (result.sha256, result.name, result.people) if result else ("", "", ())
    is_finished = _still_open(job).update(
        done=F("total"), result_sha256=sha256, result_name=name, people=sorted(set(people)), finished_at=Now()
    )
    if sha256 and not is_finished:
        files.discard(sha256)


def fail(job: Job, failure: str) -> None:
    """`failure` is a Polish sentence for the one who asked."""
    _still_open(job).update(failure=failure, finished_at=Now())


def take(job: Job) -> None:
    """The result is in the hands of the one who asked for it; it no longer waits on the desk."""
    Job.objects.filter(pk=job.pk, taken_at=None).update(taken_at=Now())


def wake(*, older_than: datetime) -> None:
    """Queue again what is open and nobody is at: its message may have gone with a machine, or never have left."""
    for job in Job.objects.filter(finished_at=None, created_at__lt=older_than):
        if not job.is_at_work:
            _queue(job)


def sweep(*, older_than: datetime) -> None:
    """Forget what is over; the files are then swept with all that no row names. What is open still has failed."""
    Job.objects.filter(finished_at__lt=older_than).delete()
    Job.objects.filter(finished_at=None, created_at__lt=older_than).update(failure=TOO_LATE, finished_at=Now())


@transaction.atomic
def take_back(*, centre: models.Model, person: int) -> None:
    """No file is left that names the participant: those that do are deleted, and what is under way fails."""
    with connection.cursor() as cursor:
        # No job begins before the transaction ends: it would still read what is about to go.
        cursor.execute("LOCK TABLE jobs_job IN EXCLUSIVE MODE")
    jobs = Job.objects.filter(Q(finished_at=None) | Q(people__contains=[person]), centre=centre.pk)
    for sha256 in jobs.exclude(result_sha256="").values_list("result_sha256", flat=True):
        transaction.on_commit(partial(files.discard, sha256))
    jobs.update(failure=CHANGED, finished_at=Now(), result_sha256="", result_name="", people=[])


def _still_open(job: Job) -> models.QuerySet[Job]:
    return Job.objects.filter(pk=job.pk, finished_at=None)


def _queue_on_commit(job: Job) -> None:
    # With the broker down the job waits for `wake`.
    transaction.on_commit(lambda: _queue(job), robust=True)


def _queue(job: Job) -> None:
    current_app.send_task(KINDS[job.kind].task, [job.pk])


def _queue_later(pk: int) -> None:
    """The task that runs, once more; without the database nothing else says of which kind the job is."""
    if current_task:
        current_app.send_task(current_task.name, [pk], countdown=BREATH)


@transaction.atomic
def _begin(pk: int) -> Job | None:
    job = Job.objects.select_for_update().filter(pk=pk, finished_at=None).first()
    if job is None:
        return None
    if job.attempts >= KINDS[job.kind].attempts:
        fail(job, BROKEN_OFF)
        return None
    job.attempts, job.done, job.started_at, job.asked_again = job.attempts + 1, 0, Now(), False
    job.save(update_fields=["attempts", "done", "started_at", "asked_again"])
    return job
