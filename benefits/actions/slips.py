"""Slips: one as it is asked for, those of a list in the background as one PDF or as a file each."""

from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.db.models import QuerySet

from benefits.documents import slip_context
from benefits.models import PaymentList, Settlement
from benefits.reading.letters import Letters
from cistor.accounts.models import User
from cistor.documents import files
from cistor.documents.actions import working_copies, working_copy
from cistor.errors import Refused
from cistor.jobs import actions as jobs
from cistor.jobs.models import Job
from cistor.journal.actions import record, record_reading, record_readings

KIND = "slips"
SLIP = "benefit_slip"
NOBODY = "Na liście nie ma nikogo."


def print_slip(settlement: Settlement, *, by: User, on: date) -> bytes:
    """The PDF of one slip; it has no number and is kept nowhere."""
    participant = settlement.programme.participant
    context = slip_context(settlement, Letters(participant.centre_id))
    data = working_copy(kind=SLIP, centre=participant.centre, context=context, on=on)
    record(settlement, "slip_printed", by=by)
    record_reading(participant, SLIP, by=by)
    return data


def ask_for_slips(payment_list: PaymentList, *, form: str, by: User, on: date) -> Job:
    """The slips of everybody on the list, made in the background; `form` is one of `FORMS`."""
    total = payment_list.settlements.count()
    if not total:
        raise Refused(NOBODY)
    title = f"Paski świadczeń: {payment_list.title}"
    data = {"list": payment_list.pk, "form": form}
    return jobs.start(KIND, title, centre=payment_list.centre, by=by, on=on, data=data, total=total)


def make_slips(job: Job) -> jobs.Result:
    """Slip after slip, in the order of names."""
    payment_list = PaymentList.objects.get(pk=job.data["list"], centre=job.centre_id)
    rows = list(to_print(payment_list))
    if not rows:
        raise Refused(NOBODY)
    form = job.data["form"]
    data = FORMS[form](job, rows)
    people = {row.programme.participant_id for row in rows}
    return jobs.Result(files.store(data), f"paski-{payment_list.payday}-{payment_list.pk}.{form}", people)


def take_slips(job: Job) -> bytes:
    """The finished file for the one who asked for it: they read about everybody in it."""
    data = files.read(job.result_sha256)
    jobs.take(job)
    record(job.centre, "slips_printed", by=job.by, **job.data)
    record_readings(job.centre, job.people, SLIP, by=job.by)
    return data


def to_print(payment_list: PaymentList) -> QuerySet[Settlement]:
    """With all that a slip says, in as many queries for many as for one."""
    rows = payment_list.settlements.select_related("programme__participant", "payment_list")
    rows = rows.prefetch_related("lines", "recovered__overpaid__payment_list", "payment_list__problems")
    return rows.order_by("programme__participant__order_key", "programme", "start_on", "pk")


def _one_pdf(job: Job, rows: list[Settlement]) -> bytes:
    """Every slip has its pages counted from 1."""
    return working_copies(kind=SLIP, centre=job.centre, contexts=_contexts(job, rows), on=job.asked_on)


def _contexts(job: Job, rows: list[Settlement]) -> Iterator[dict[str, Any]]:
    letters = Letters(job.centre_id)
    for done, row in enumerate(rows):
        jobs.progress(job, done, len(rows))
        yield slip_context(row, letters)
    jobs.progress(job, len(rows), len(rows))


def _zip(job: Job, rows: list[Settlement]) -> bytes:
    """A file each, named by its place on the list and the programme: a name would lie open in a folder."""
    packed = BytesIO()
    moment = (job.asked_on.year, job.asked_on.month, job.asked_on.day, 0, 0, 0)
    with ZipFile(packed, "w", ZIP_STORED) as archive:  # PDFs are compressed already
        for place, (row, context) in enumerate(zip(rows, _contexts(job, rows), strict=True), 1):
            data = working_copy(kind=SLIP, centre=job.centre, context=context, on=job.asked_on)
            archive.writestr(ZipInfo(f"pasek-{place:03}-{row.programme_id}.pdf", moment), data)
    return packed.getvalue()


# The ending of the file → how it is made.
FORMS: dict[str, Callable[[Job, list[Settlement]], bytes]] = {"pdf": _one_pdf, "zip": _zip}
