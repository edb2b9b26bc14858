"""A list counted in the background: asked for on a page, done by a worker, watched by everybody who sees the list."""

from datetime import date
from time import monotonic

from django.db import transaction
from django.db.models import QuerySet

from benefits.actions.counting import GONE, count, open_month
from benefits.actions.locks import locked, still_open
from benefits.models import PaymentList
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.errors import Refused
from cistor.jobs import actions as jobs
from cistor.jobs.kinds import KINDS
from cistor.jobs.models import Job
from cistor.journal.history import acting

KIND = "payment_list"
TASK = KINDS[KIND].task
# Every step is a commit.
SECONDS_BETWEEN_STEPS = 0.5


@transaction.atomic
def start_month(*, centre: Centre, month: date, number: int = 1, by: User, on: date) -> Job:
    """Open the list of a month and have it counted; refuses what `run_month` refuses."""
    return _start(open_month(centre=centre, month=month, number=number, by=by, on=on), by=by, on=on)


@transaction.atomic
def start_recount(payment_list: PaymentList, *, by: User, on: date) -> Job:
    """Have a draft counted on the facts as they stand when the worker comes to it."""
    return _start(payment_list, by=by, on=on)


def carry_out(job: Job) -> None:
    """The job is over in the transaction that writes the list: both are there, or neither.

    Who asks again while it is counted may know of a mark that was read as it stood before: it is counted once more.
    """
    row = PaymentList.objects.filter(centre=job.centre_id, pk=job.data["list"]).first()
    if row is None:
        raise Refused(GONE)
    with acting(TASK, by=job.by):
        while not job.is_over:
            count(row, by=job.by, on=job.asked_on, step=Pace(job), end=lambda: jobs.complete(job))
            job.refresh_from_db()


def run_of(payment_list: PaymentList) -> Job | None:
    """The count of the list that is under way, or has failed; None when the list shows what came out last."""
    last = jobs_of(payment_list.centre_id, payment_list.pk).first()
    return last if last and payment_list.is_open and (last.failure or not last.is_over) else None


def runs_of(lists: list[PaymentList]) -> dict[int, Job]:
    """By list, the counts that are under way."""
    found = Job.objects.filter(kind=KIND, finished_at=None, data__list__in=[row.pk for row in lists])
    return {job.data["list"]: job for job in found}


def jobs_of(centre: int, payment_list: int) -> QuerySet[Job]:
    """Newest first; those of a list that was deleted too."""
    return Job.objects.filter(kind=KIND, centre=centre, data__list=payment_list)


def take(payment_list: PaymentList, *, by: User) -> bool:
    """Who asked for a count looks at the list: nothing of it waits on the desk. Whether one has come to an end."""
    over = jobs_of(payment_list.centre_id, payment_list.pk).filter(by=by, taken_at=None, finished_at__isnull=False)
    is_counted = False
    for job in over:
        jobs.take(job)
        is_counted |= not job.failure
    return is_counted


class Pace:
    """Tells how far a job is, at most every half second."""

    def __init__(self, job: Job):
        self.job, self.next = job, 0.0

    def __call__(self, done: int, total: int) -> None:
        if done == total or monotonic() >= self.next:
            jobs.progress(self.job, done, total)
            self.next = monotonic() + SECONDS_BETWEEN_STEPS


def _start(payment_list: PaymentList, *, by: User, on: date) -> Job:
    """Whoever asks while a count is open gets that one; what they know now is on the list in the end."""
    row = locked(payment_list)
    still_open(row)
    under_way = jobs_of(row.centre_id, row.pk).filter(finished_at=None).first()
    if under_way:
        return jobs.renew(under_way, on=on)
    return jobs.start(KIND, row.title, centre=row.centre, by=by, on=on, data={"list": row.pk}, total=1)
