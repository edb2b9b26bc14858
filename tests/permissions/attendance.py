from cistor.accounts.roles import Role
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

SEE, CLOSE = "see_attendance", "close_attendance"


def group(world: World) -> dict:
    return {"pk": world.group.pk}


def present(world: World) -> dict:
    return {f"{world.programme.pk}-seen": "", f"{world.programme.pk}-meaning": "present"}


def of_another_centre(world: World) -> dict:
    return {f"{world.foreign.programme.pk}-seen": ""}


def sheets(world: World) -> dict:
    return {"pk": world.made_job.pk}


def march(world: World) -> dict:
    return {"miesiac": f"{TODAY:%Y-%m}", "grupa": world.group.pk}


ROWS = [
    Row("attendance:groups", SEE),
    Row("attendance:today", SEE, kwargs=group, of_group=True, post=present, foreign=of_another_centre),
    Row("attendance:month", SEE, kwargs=group, of_group=True),
    Row("attendance:sheet", SEE, kwargs=group, of_group=True),
    Row("attendance:person", SEE, kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row("attendance:day", SEE, kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row("attendance:consequences", "see_consequence", kwargs=lambda w: {"pk": w.programme.pk}, of_group=True),
    Row("attendance:sheets", SEE),
    Row("attendance:print_sheets", SEE, post_only=True, post=lambda w: {"miesiac": f"{TODAY:%Y-%m}", "kody": "nie"}),
    Row("attendance:sheets_file", SEE, kwargs=sheets, owner=Role.INSTRUCTOR),
    Row("attendance:closing", CLOSE),
    Row(
        "attendance:close_month",
        CLOSE,
        post_only=True,
        post=march,
        foreign=lambda w: {"grupa": w.foreign.group.pk},
    ),
]
