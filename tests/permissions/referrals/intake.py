from tests.permissions.row import Row
from tests.permissions.world import World


def case(world: World) -> dict:
    return {"pk": world.application.pk}


ROWS = [
    Row("referrals:case", "enter_application", kwargs=case),
]
