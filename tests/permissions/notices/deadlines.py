from tests.permissions.row import Row
from tests.permissions.world import World

RIGHT = "see_deadlines"


def march(world: World) -> dict:
    return {"year": 2026, "month": 3}


def person(world: World) -> dict:
    return {"pk": world.programme.participant_id}


def insurance(world: World) -> dict:
    return {"kind": "insurance_duty", "pk": world.programme.pk}


def met(world: World) -> dict:
    return {"how": "done", "done_on": "2026-03-10", "reason": "Zgłoszenie potwierdził ośrodek.", "token": "t1"}


ROWS: list[Row] = [
    Row("notices:deadlines", RIGHT, office=True),
    Row("notices:calendar", RIGHT, kwargs=march, unscoped=True, office=True),
    Row("notices:person", RIGHT, kwargs=person, of_group=True),
    Row("notices:discharge", "prepare_letter", kwargs=insurance, post=met),
]
