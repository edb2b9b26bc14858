from benchmarks.run import measured


def test_the_benchmark_of_the_run_measures_what_it_says(db):
    lines, run, again, baseline = measured(4)
    # A base, a tax and two contributions each, and what absences take.
    assert lines >= 16
    assert min(run, again, baseline) > 0
