from tests.permissions.row import Row
from tests.permissions.world import TODAY, World


def everywhere(world: World) -> dict:
    """A run in either centre; the address names none."""
    for place in filter(None, (world, world.foreign)):
        place.centre.notice_runs.create(on=TODAY, is_daily=True, failed=1)
    return {}


ROWS = [Row("notices:runs", "see_runs", kwargs=everywhere, unscoped=True)]
