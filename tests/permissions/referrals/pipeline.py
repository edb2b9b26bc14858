from tests.permissions.row import Row
from tests.permissions.world import World


def with_filters(world: World) -> dict:
    """The lists of the filters have something to hide: the other centre's rounds."""
    _ = world.foreign.round
    return {}


ROWS = [
    Row("referrals:list", "enter_application", kwargs=with_filters, unscoped=True),
    Row("referrals:way", "enter_application"),
    Row("referrals:import_candidates", "enter_application"),
    Row("referrals:import_preview", "enter_application"),
    Row("referrals:import_template", "enter_application"),
]
