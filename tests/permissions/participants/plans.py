from tests.factories import make_participant
from tests.permissions.row import Row
from tests.permissions.world import TODAY, World

DAY = str(TODAY)
WRITES, READS = "prepare_programme", "see_file"
# A stand-in who prepares programmes reads nobody's file.
FILED = {"right": WRITES, "beside": READS}
GOAL = {"area": "housing", "what": "Własny pokój.", "who": "uczestnik", "until": "2026-09-30"}
ANNEX = {"changes": "Zajęcia w kuchni.", "in_force_from": DAY, "reason": "Zmiana grupy."}


def given(**fields):
    return lambda world: {"token": "t", **fields}


def draft(world: World) -> dict:
    return {"pk": world.draft_plan.pk}


def draft_goal(world: World) -> dict:
    return {"pk": world.draft_plan.goals.get().pk}


def signed_programme(world: World) -> dict:
    return {"pk": world.signed_plan.programme_id}


def annex(world: World) -> dict:
    return {"pk": world.annex.pk}


def somebody(world: World) -> dict:
    return {"pk": make_participant(world.centre, group=world.group).pk}


ROWS = [
    Row("participants:plan", READS, kwargs=lambda world: {"pk": world.draft_plan.participant_id}),
    Row("participants:start_plan", **FILED, kwargs=somebody, post_only=True, post=given()),
    Row("participants:programme_plan", READS, kwargs=signed_programme),
    Row("participants:empty_plan", READS),
    Row("participants:edit_plan", **FILED, kwargs=draft, post=given(duties="Chodzę na zajęcia.")),
    Row("participants:remove_plan", **FILED, kwargs=draft, post=given()),
    Row("participants:seal_plan", **FILED, kwargs=lambda world: {"pk": world.waiting_plan.pk}, post=given()),
    Row("participants:plan_paper", READS, kwargs=draft),
    Row("participants:new_goal", **FILED, kwargs=draft, post=given(**GOAL)),
    Row("participants:edit_goal", **FILED, kwargs=draft_goal, post=given(**GOAL)),
    Row("participants:remove_goal", **FILED, kwargs=draft_goal, post=given()),
    Row(
        "participants:goal_outcome",
        **FILED,
        kwargs=lambda world: {"pk": world.signed_goal.pk},
        post=given(is_done="1", seen_on=DAY),
    ),
    Row("participants:new_annex", **FILED, kwargs=signed_programme, post=given(**ANNEX)),
    Row("participants:annex", (READS, "decide_programme"), kwargs=annex),
    Row("participants:edit_annex", **FILED, kwargs=annex, post=given(**ANNEX)),
    Row("participants:new_annex_goal", **FILED, kwargs=annex, post=given(**GOAL)),
    Row("participants:remove_annex", **FILED, kwargs=annex, post=given()),
    Row("participants:sign_annex", "decide_programme", kwargs=annex, post_only=True, post=given(signed_on=DAY)),
    Row("participants:annex_paper", (READS, "decide_programme"), kwargs=annex),
]
