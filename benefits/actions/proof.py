"""A whole year computed again: in the request where it is small, else in the background."""

import json
from dataclasses import asdict
from datetime import date

from benefits.reading.proof import Verified, lists_of, verified
from cistor.accounts.models import User
from cistor.documents import files
from cistor.jobs import actions as jobs
from cistor.jobs.models import Job

KIND = "verified_year"


def ask_for_year(*, year: int, by: User, on: date) -> Job:
    """Compute again, in the background, every settlement of the lists paid in the year; at least one is approved."""
    total, centre = lists_of(by, year, on=on).count(), by.home_centre
    return jobs.start(KIND, f"Sprawdzenie roku {year}", centre=centre, by=by, on=on, data={"year": year}, total=total)


def verify_year(job: Job) -> jobs.Result:
    """List by list, so that the memory is that of one; the file holds ids and figures, no names."""
    lists, found = list(lists_of(job.by, job.data["year"], on=job.asked_on)), []
    for done, payment_list in enumerate(lists, 1):
        found.append(asdict(verified(payment_list, payment_list.count)))
        jobs.progress(job, done, len(lists))
    return jobs.Result(files.store(json.dumps(found).encode()), f"sprawdzenie-{job.data['year']}.json")


def read_year(job: Job) -> list[Verified]:
    """What the job found; it is in the hands of the one who asked for it."""
    jobs.take(job)
    rows = json.loads(files.read(job.result_sha256))
    return [Verified(row["payment_list"], row["count"], tuple(row["wrong"])) for row in rows]
