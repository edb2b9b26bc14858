from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

EITHER, DAY = ("prepare_programme", "decide_programme"), str(TODAY)


def proposed(world: World) -> dict:
    return {"pk": world.termination.pk}


def granted(world: World) -> dict:
    return {"pk": world.granted_termination.pk}


def ended(world: World) -> dict:
    return {"pk": world.ended_programme.pk}


def given(**fields):
    return lambda world: {"token": "t", **fields}


ROWS = [
    Row("participants:terminations", EITHER),
    Row("participants:termination", EITHER, kwargs=proposed),
    Row(
        "participants:decide_termination",
        "decide_programme",
        kwargs=proposed,
        post_only=True,
        post=given(last_on=DAY, note="Najpierw rozmowa.", refuse="1"),
    ),
    Row("participants:withdraw_termination", "prepare_programme", kwargs=proposed, post_only=True, post=given()),
    Row(
        "participants:delivery",
        "prepare_programme",
        kwargs=granted,
        post=given(way="handed", delivered_on=DAY, proof="podpis"),
    ),
    Row("participants:certificate", "decide_programme", kwargs=ended, post=given(skills="Obsługa pilarki.")),
    Row("participants:clearance", "prepare_programme", kwargs=ended, post=given(cleared_on=DAY, is_complete="yes")),
    Row(
        "participants:follow_up",
        "record_contact",
        kwargs=ended,
        post=given(contacted_on=DAY, situation="job"),
        of_group=True,
    ),
]
