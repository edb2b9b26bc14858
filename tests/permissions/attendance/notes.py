from datetime import date

from attendance.actions import record_note
from attendance.models import SickNote
from cistor.accounts.roles import Role
from tests.permissions.row import Row
from tests.permissions.world import World

SEE, ENTER = "see_attendance", "enter_absence_papers"
DECIDE, VISIT = "decide_attendance", "visit_sick"
MONDAY, FRIDAY = date(2026, 3, 2), date(2026, 3, 6)


def note(world: World) -> dict:
    """Announced, and not here by its day."""
    found = SickNote.objects.filter(programme=world.programme, start_on=MONDAY).first()
    if found is None:
        days = {"start_on": MONDAY, "end_on": FRIDAY, "issued_on": MONDAY}
        by = world.people[Role.SOCIAL_WORKER]
        found = record_note(world.programme, kind="own", number="ZN 1", **days, by=by, on=MONDAY).note
    return {"pk": found.pk}


def entered(world: World) -> dict:
    days = dict.fromkeys(("start_on", "end_on", "issued_on", "delivered_on"), FRIDAY.isoformat())
    return {"token": "a", "kind": "care", **days, "seen": f"care {' '.join(days.values())}"}


def paper(world: World) -> dict:
    days = {"start_on": MONDAY, "end_on": FRIDAY, "issued_on": MONDAY, "delivered_on": FRIDAY}
    return {"token": "a", "kind": "own", **{name: day.isoformat() for name, day in days.items()}}


def visited(world: World) -> dict:
    return {"token": "a", "visited_on": MONDAY.isoformat(), "result": "absent", "text": "Nikt nie otworzył."}


ROWS = [
    Row("attendance:notes", SEE),
    Row("attendance:person_notes", SEE, kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row("attendance:new_note", ENTER, kwargs=lambda w: {"pk": w.programme.pk}, post=entered, of_group=True),
    Row("attendance:note", (SEE, DECIDE), kwargs=note, of_group=True),
    Row(
        "attendance:decide_note",
        DECIDE,
        kwargs=note,
        post_only=True,
        post=lambda w: {"token": "a", "grant": "1"},
    ),
    Row(
        "attendance:deliver_note",
        ENTER,
        kwargs=note,
        post=paper,
        of_group=True,
    ),
    Row("attendance:amend_note", ENTER, kwargs=note, post=paper, of_group=True),
    Row("attendance:withdraw_note", (ENTER, DECIDE), kwargs=note, post=lambda w: {"token": "a"}, of_group=True),
    Row("attendance:check_note", VISIT, kwargs=note, post=visited),
]
