import json

from cistor.accounts.roles import Role
from tests.permissions.row import Row
from tests.permissions.world import STARTED, TODAY, World

SEE, CLOSE = "see_attendance", "close_attendance"
ASK, DECIDE = "ask_correction", "decide_attendance"


def group(world: World) -> dict:
    return {"pk": world.group.pk}


def present(world: World) -> dict:
    return {f"{world.programme.pk}-seen": "", f"{world.programme.pk}-meaning": "present"}


def of_another_centre(world: World) -> dict:
    return {f"{world.foreign.programme.pk}-seen": ""}


def changes(world: World) -> dict:
    return {"zmiany": json.dumps([[world.programme.pk, TODAY.isoformat(), "", "present"]])}


def changes_of_another_centre(world: World) -> dict:
    return changes(world.foreign)


def span(world: World) -> dict:
    _ = world.programme
    days = {"start_on": STARTED.isoformat(), "end_on": TODAY.isoformat()}
    return {"token": "a", "people": world.participant.pk, "meaning": "present", **days}


def sheets(world: World) -> dict:
    return {"pk": world.made_job.pk}


def february(world: World) -> dict:
    """The month before, with everything marked."""
    _ = world.marked
    return {"token": "a"}


def closed(world: World) -> dict:
    return {"pk": world.closed_programme.participant_id}


def question(world: World) -> dict:
    return {"token": "a", "meaning": "sick", "reason": "Jest zwolnienie."}


def correction(world: World) -> dict:
    return {"pk": world.correction.pk}


def granted(world: World) -> dict:
    return {"token": "a", "grant": "1"}


def proposal(world: World) -> dict:
    found = {"facts": "Trzy rozmowy bez skutku.", "reason": "Nieobecności trwają."}
    return {"token": "a", "kind": "left", **found, "last_on": TODAY.isoformat(), "through_fault": "yes"}


ROWS = [
    Row("attendance:near_threshold", "prepare_programme"),
    Row("attendance:groups", SEE),
    # The roles of all the papers together; which paper takes whose right, says tests/attendance/test_whose.py.
    Row(
        "attendance:whose",
        "enter_absence_papers",
        kwargs=lambda w: {"paper": "zwolnienie"},
        unscoped=True,
    ),
    Row("attendance:today", SEE, kwargs=group, of_group=True, post=present, foreign=of_another_centre),
    Row("attendance:month", SEE, kwargs=group, of_group=True, post=changes, foreign=changes_of_another_centre),
    Row("attendance:range", "mark_attendance", kwargs=group, of_group=True, post=span),
    Row("attendance:sheet", SEE, kwargs=group, of_group=True),
    Row("attendance:person", SEE, kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row("attendance:day", SEE, kwargs=lambda w: {"pk": w.participant.pk}, of_group=True),
    Row("attendance:consequences", "see_consequence", kwargs=lambda w: {"pk": w.programme.pk}, of_group=True),
    Row("attendance:sheets", SEE),
    Row("attendance:print_sheets", SEE, post_only=True, post=lambda w: {"miesiac": f"{TODAY:%Y-%m}", "kody": "nie"}),
    Row("attendance:sheets_file", SEE, kwargs=sheets, owner=Role.INSTRUCTOR),
    Row("attendance:closing", CLOSE),
    Row("attendance:close_month", CLOSE, post=february),
    Row("attendance:ask_correction", ASK, kwargs=closed, post=question, of_group=True),
    Row("attendance:corrections", (ASK, DECIDE)),
    Row("attendance:correction", (ASK, DECIDE), kwargs=correction),
    Row("attendance:decide_correction", DECIDE, kwargs=correction, post_only=True, post=granted),
    Row("attendance:withdraw_correction", ASK, kwargs=correction, post_only=True, post=lambda w: {}),
    Row(
        "attendance:propose_termination",
        "prepare_programme",
        kwargs=lambda w: {"pk": w.programme.pk},
        post=proposal,
    ),
]
