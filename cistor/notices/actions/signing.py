"""Many letters signed in the background, each in a transaction of its own."""

import json
import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.documents import files
from cistor.errors import Refused
from cistor.jobs import actions as jobs
from cistor.jobs.models import Job
from cistor.notices.actions.letters import sign
from cistor.notices.models import Letter

logger = logging.getLogger(__name__)

KIND = "signed_letters"
NOTHING = "Zaznacz pisma, które chcesz podpisać."
FAILED = "Nie udało się podpisać tego pisma. Spróbuj jeszcze raz; jeśli to się powtórzy, powiadom administratora."


@dataclass(frozen=True)
class Signed:
    """What became of the letters, by their ids; of those not signed, why."""

    signed: list[int]
    failed: dict[int, str]


def ask_for_signatures(
    *, centre: Centre, letters: Iterable[Letter], marks: Mapping[int, str] | None = None, by: User, on: date
) -> Job:
    """`marks`: what was read of each letter, by its id (`cistor.notices.seen`); None where nobody has read a page."""
    chosen = sorted(letter.pk for letter in letters)
    if not chosen:
        raise Refused(NOTHING)
    data = {"letters": chosen, "marks": None if marks is None else [marks.get(pk, "") for pk in chosen]}
    return jobs.start(KIND, "Podpisywanie pism", centre=centre, by=by, on=on, data=data, total=len(chosen))


def sign_letters(job: Job) -> jobs.Result:
    """Begun anew it passes over what it has signed before; a letter that cannot be signed stops no other."""
    signed, failed = [], {}
    letters = job.data["letters"]
    marks = job.data.get("marks") or [None] * len(letters)
    for done, (pk, marked) in enumerate(zip(letters, marks, strict=True), 1):
        fault = _sign(job, pk, marked)
        if fault:
            failed[pk] = fault
        else:
            signed.append(pk)
        jobs.progress(job, done)
    found = json.dumps({"signed": signed, "failed": failed})
    return jobs.Result(files.store(found.encode()), f"podpisane-pisma-{job.pk}.json")


def read_signed(job: Job) -> Signed:
    """What the job came to; it is in the hands of the one who asked for it."""
    jobs.take(job)
    found = json.loads(files.read(job.result_sha256))
    return Signed(found["signed"], {int(pk): fault for pk, fault in found["failed"].items()})


def _sign(job: Job, pk: int, marked: str | None) -> str:
    """Why it was not signed, or ""."""
    letter = Letter.objects.filter(pk=pk, centre=job.centre).first()
    if letter is None:
        return "Tego pisma już nie ma."
    if letter.status == Letter.Status.SIGNED and letter.signed_by_id == job.by_id:
        return ""
    try:
        sign(letter, marked=marked, by=job.by, on=job.asked_on)
    except Refused as refusal:
        return refusal.message
    except jobs.CUT_OFF:
        raise
    except Exception:
        logger.exception("Letter %s was not signed.", pk)
        return FAILED
    return ""
