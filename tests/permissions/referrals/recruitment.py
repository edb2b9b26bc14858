from tests.permissions.row import Row
from tests.permissions.world import World


def of_round(world: World) -> dict:
    return {"pk": world.round.pk}


def with_foreign_project(world: World) -> dict:
    """A form offers projects: the other centre's must not be among them."""
    _ = world.foreign and world.foreign.project
    return {}


def of_open_round(world: World) -> dict:
    _ = world.foreign and (world.foreign.project, world.foreign.application)
    return of_round(world)


def of_finished_round(world: World) -> dict:
    return {"pk": world.finished_round.pk}


def of_entered(world: World) -> dict:
    return {"pk": world.entered_candidacy.pk}


def of_points(world: World) -> dict:
    return {"pk": world.points_candidacy.pk}


def of_scored(world: World) -> dict:
    return {"pk": world.scored_candidacy.pk}


def of_candidacy(world: World) -> dict:
    return {"pk": world.candidacy.pk}


def of_step(world: World) -> dict:
    return of_candidacy(world) | {"step": "wycofanie"}


def of_project(world: World) -> dict:
    return {"pk": world.project.pk}


def a_round(world: World) -> dict:
    return {"token": "a", "name": "Nabór wiosenny", "places": "12"}


def a_project(world: World) -> dict:
    return {"token": "a", "name": "Projekt", "start_on": "2026-01-01", "planned_women": "40", "planned_men": "38"}


def waiting(world: World) -> dict:
    return {"token": "a", "applications": [str(world.application.pk)]}


def plain(world: World) -> dict:
    return {"token": "a"}


def not_met(world: World) -> dict:
    return {"token": "a", "is_met": "no", "note": "Mieszka w innym powiecie."}


def a_talk(world: World) -> dict:
    return {"token": "a", "held_on": "2026-03-10", "note": ""}


def a_consultation(world: World) -> dict:
    return {"token": "a", "asked_on": "2026-03-10", "note": ""}


def an_income(world: World) -> dict:
    return {"token": "a", "income_per_head": "400,00", "income_proof": "statement", "jobless_since": "2024-01-15"}


def marks(world: World) -> dict:
    return {"token": "a", "motivation": "4", "potential": "3", "prognosis": "5", "note": ""}


ROWS = [
    Row("referrals:rounds", "see_candidates"),
    Row("referrals:new_round", "prepare_programme", kwargs=with_foreign_project, unscoped=True, post=a_round),
    Row("referrals:new_project", "prepare_programme", post=a_project),
    Row("referrals:project", "prepare_programme", kwargs=of_project, post=a_project),
    Row("referrals:round", "see_candidates", kwargs=of_round),
    Row("referrals:change_round", "prepare_programme", kwargs=of_open_round, post=a_round),
    Row("referrals:enter_round", "prepare_programme", kwargs=of_open_round, post=waiting),
    Row("referrals:ranking", "see_candidates", kwargs=of_finished_round),
    Row("referrals:close_round", "decide_programme", kwargs=of_finished_round, post=plain),
    Row("referrals:candidate", "see_candidates", kwargs=of_scored),
    Row("referrals:formal_check", "prepare_programme", kwargs=of_entered, post=not_met),
    Row("referrals:interview", "prepare_programme", kwargs=of_candidacy, post=a_talk),
    Row("referrals:consultation", "see_diagnosis", kwargs=of_candidacy, post=a_consultation),
    Row("referrals:need", "prepare_programme", kwargs=of_points, post=an_income),
    Row("referrals:score", "score", kwargs=of_scored, post=marks),
    Row("referrals:close_scoring", "prepare_programme", kwargs=of_scored, post=plain),
    Row("referrals:step_back", "prepare_programme", kwargs=of_step, post=plain),
]
