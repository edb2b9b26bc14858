import pytest
from django.db import connection

from benchmarks import centres
from benchmarks.attendance import ONE_MONTH, measured, sequential_scans


@pytest.fixture
def place(db):
    return centres.make(centres=2, people=3, days=ONE_MONTH)[1]


def test_the_benchmark_of_the_pages_measures_what_it_says(place):
    assert len(place.programmes) == 3
    rows = measured(place, rounds=1)
    assert rows[-1].name == f"save a month: {3 * len(ONE_MONTH)} marks"
    assert all(min(row.ms, row.baseline) > 0 for row in rows)
    # The bound that the pages keep.
    assert max(row.queries for row in rows[:2]) <= 15


@pytest.mark.parametrize("way, scanned", [("enable_seqscan", False), ("enable_indexscan", True)])
def test_it_tells_a_sequential_scan_from_a_search(place, way, scanned):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_bitmapscan = off; SET LOCAL {way} = off")
    assert ("a month" in sequential_scans(place)) is scanned
