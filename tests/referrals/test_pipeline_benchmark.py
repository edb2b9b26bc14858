"""The benchmark of the applications runs, and measures what it says; how fast they are is no test's business."""

import pytest

from benchmarks.pipeline import STATES, measured
from referrals.models import Application


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_every_state_is_made_and_the_queries_do_not_grow(db):
    rows = measured(4 * len(STATES), rounds=1)
    assert Application.objects.count() == 4 * len(STATES)
    assert all(min(row.ms, row.baseline) > 0 for row in rows)
    assert [row.queries for row in rows] == [row.queries_of_few for row in rows]
