from datetime import date

from attendance.actions import ask_leave, decide_leave, opine_leave
from attendance.models import LeaveRequest
from cistor.accounts.roles import Role
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

SEE, ENTER = "see_attendance", "enter_absence_papers"
OPINE, DECIDE = "opine_leave", "decide_attendance"
MONDAY, TUESDAY, LATER, LATER_STILL = (
    date(2026, 3, 23),
    date(2026, 3, 24),
    date(2026, 4, 13),
    date(2026, 4, 14),
)


def request(world: World, day: date = MONDAY) -> LeaveRequest:
    """Entered by the social worker, with the opinions of both."""
    found = LeaveRequest.objects.filter(programme=world.programme, days__on=day).first()
    if found is None:
        by = world.people[Role.SOCIAL_WORKER]
        found = ask_leave(world.programme, days=[day], filed_on=TODAY, reason="Wyjazd.", by=by, on=TODAY)
        for role in world.regulations.leave_opinions:
            opine_leave(found, is_positive=True, text="", by=world.people[role], on=TODAY)
    return found


def waiting(world: World) -> dict:
    return {"pk": request(world).pk}


def opined(world: World) -> dict:
    """Of a centre whose regulations ask the two; elsewhere nobody is asked, and the page says so."""
    if not world.regulations.leave_opinions:
        type(world.regulations).objects.filter(centre=world.centre).update(
            leave_opinions=[Role.SOCIAL_WORKER, Role.INSTRUCTOR]
        )
    return waiting(world)


def granted(world: World) -> dict:
    row = request(world, LATER)
    if row.granted is None:
        decide_leave(row, granted=True, note="", by=world.people[Role.DIRECTOR], on=TODAY)
    return {"pk": row.pk}


def given_up(world: World) -> dict:
    """A day of a request granted; another than the one that is cancelled."""
    row = request(world, LATER_STILL)
    if row.granted is None:
        decide_leave(row, granted=True, note="", by=world.people[Role.DIRECTOR], on=TODAY)
    return {"pk": row.days.get().pk}


def asked(world: World) -> dict:
    return {"token": "a", "start_on": TUESDAY.isoformat(), "filed_on": TODAY.isoformat(), "reason": "Wesele."}


ROWS = [
    Row("attendance:leave", SEE),
    Row("attendance:empty_leave_request", SEE),
    Row("attendance:empty_leave_card", SEE),
    Row("attendance:ask_leave", ENTER, kwargs=lambda w: {"pk": w.programme.pk}, post=asked, of_group=True),
    Row("attendance:leave_request", (SEE, DECIDE), kwargs=waiting, of_group=True),
    Row("attendance:leave_request_file", (SEE, DECIDE), kwargs=waiting, of_group=True),
    Row(
        "attendance:opine_leave",
        OPINE,
        kwargs=opined,
        post_only=True,
        post=lambda w: {"token": "a", "positive": "1"},
        of_group=True,
    ),
    Row(
        "attendance:decide_leave",
        DECIDE,
        kwargs=waiting,
        post_only=True,
        post=lambda w: {"token": "a", "grant": "1"},
    ),
    Row("attendance:withdraw_leave", ENTER, kwargs=waiting, post_only=True, post=lambda w: {}, of_group=True),
    Row(
        "attendance:give_up_day",
        ENTER,
        kwargs=given_up,
        post=lambda w: {"token": "a", "reason": "Przyszła."},
        of_group=True,
    ),
    Row("attendance:cancel_leave", ENTER, kwargs=granted, post=lambda w: {}, of_group=True),
    Row("attendance:leave_card", SEE, kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row("attendance:leave_card_file", SEE, kwargs=lambda w: {"pk": w.programme.pk}, of_group=True),
]
