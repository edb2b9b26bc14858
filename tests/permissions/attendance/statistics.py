from tests.permissions.row import Row
from tests.permissions.world import STARTED, World
from tests.referrals.papers import make_letterhead

SEE = "see_attendance"


def programme(world: World) -> dict:
    make_letterhead(world.centre)
    return {"pk": world.marked.pk}


def person(world: World) -> dict:
    programme(world)
    return {"pk": world.participant.pk}


def january(world: World) -> dict:
    return {"token": "a", "start": STARTED.isoformat(), "end": "2026-01-31"}


ROWS = [
    Row("attendance:person_years", SEE, kwargs=person, of_group=True),
    Row("attendance:person_sheet", SEE, kwargs=person, of_group=True),
    Row("attendance:empty_certificate", "close_attendance"),
    Row("attendance:certificate", "close_attendance", kwargs=programme, post=january),
    Row("attendance:statistics", SEE),
    Row("attendance:statistics_file", SEE),
    Row("attendance:scanned", SEE, kwargs=lambda w: {"pk": w.group.pk}, of_group=True),
]
