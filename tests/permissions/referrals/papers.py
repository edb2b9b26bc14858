from tests.permissions.row import Row
from tests.permissions.world import World
from tests.referrals.papers import make_letterhead


def printable(world: World) -> None:
    """Every paper needs the centre's letterhead."""
    if not world.centre.letterheads.exists():
        make_letterhead(world.centre)


def income(world: World) -> dict:
    printable(world)
    return {"pk": world.application.pk, "kind": "income"}


def empty(world: World) -> dict:
    printable(world)
    return {"kind": "income"}


ROWS = [
    Row("referrals:forms", "see_candidates"),
    Row("referrals:empty_form", "see_candidates", kwargs=empty, unscoped=True),
    Row("referrals:paper", ("enter_application", "enter_opinion_from_paper", "see_file"), kwargs=income),
]
