"""The benchmarks run, and measure what they say; how fast they are is no test's business."""

import pytest

from benchmarks import country, run
from benchmarks.country import Measure, slope
from benefits.models import PaymentList, Settlement


@pytest.mark.usefixtures("media")
def test_the_benchmark_of_the_run_measures_what_it_says(db):
    first, again, later, corrected = run.measured(4, rounds=1)
    # Of each person the settlement and four lines or more: of absences only who had some.
    assert first.rows == again.rows
    assert min(first.rows, later.rows) >= 4 * 5
    # Of one person a day of July was changed: a settlement of differences with its lines.
    assert corrected.rows > later.rows
    for measure in (first, again, later, corrected):
        assert min(measure.seconds, measure.cpu, measure.engine, measure.insert) > 0


@pytest.mark.django_db(transaction=True)
def test_the_benchmark_of_the_country_counts_every_centre_in_two_processes(capsys):
    country.report((4, 6))
    printed = capsys.readouterr().out
    # The centres of the warm-up, then two for each size.
    assert PaymentList.objects.count() == 2 + 2 + 2
    assert Settlement.objects.count() == 2 + 4 + 6
    assert [line.split()[:2] for line in printed.splitlines() if line.endswith(("met", "MISSED"))] == [
        ["4", "2"],
        ["6", "2"],
    ]
    assert "slope by the clock" in printed


def test_the_slope_of_what_costs_the_same_for_everybody_is_one():
    rows = [Measure(people, 1, people * 0.01, people * people * 0.01, 100) for people in (100, 500, 2_000, 12_000)]
    assert round(slope(rows, "seconds"), 6) == 1
    assert round(slope(rows, "cpu"), 6) == 2
