"""Whether the nightly preparation of trial lists is alive: nothing but its absence would tell."""

from datetime import date, timedelta

from cistor.centres.models import Centre, Regulations
from cistor.journal.models import Entry
from participants.models import Stage

GRACE = timedelta(days=2)


def last_run(centre: Centre) -> date | None:
    """The day on which the schedule last prepared the lists of trials."""
    entry = Entry.objects.filter(centre=centre, by=None, verb="trials_drafted").order_by("-at", "-id").first()
    return date.fromisoformat(entry.data["on"]) if entry else None


def is_dead(centre: Centre, *, on: date) -> bool:
    """Whether trials settled apart have waited for it longer than they may; before the first one nobody misses it."""
    version = Regulations.objects.version(centre, on)
    if version is None or version.trial_settlement != "separate":
        return False
    last = last_run(centre)
    if last:
        return on - last > GRACE
    trials = Stage.objects.filter(programme__participant__centre=centre, kind=Stage.Kind.TRIAL)
    return trials.filter(start_on__lt=on - GRACE).exists()
