"""A page of the monthly run or of the regulations answers only the methods it is made for."""

import pytest
from django.urls import reverse

from tests.permissions.table import ROWS, as_, each

pytestmark = pytest.mark.usefixtures("lasting_world")
READ = {"benefits:verify_list", "benefits:verify_settlement"}
DECIDED = {
    "adoption:adopt",
    "benefits:certificate",
    "benefits:slips",
    "centres:delete_draft",
    "centres:edit_list",
    "centres:edit_settings",
    "centres:name_draft",
    "centres:start_draft",
    "centres:take_back",
}


@each(row for row in ROWS if row.name in READ | DECIDED)
def test_no_other_method_is_taken(world, row):
    client = as_(world.people[min(row.roles)])
    url, methods = reverse(row.name, kwargs=row.kwargs(world)), ["put", "delete"]
    for method in [*methods, "post"] if row.name in READ else methods:
        assert getattr(client, method)(url).status_code == 405, method
