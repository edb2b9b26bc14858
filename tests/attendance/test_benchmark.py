"""The benchmarks of attendance run, and measure what they say; how fast they are is no test's business."""

from datetime import date

import pytest
from django.db import connection

from attendance.actions.settling import behind
from attendance.models import Absence, Closing, Contact, Day, Excuse, LeaveDay, SickNote
from attendance.reading.absences import open_runs
from attendance.reading.leave import Rules, balances
from attendance.terms import Terms
from benchmarks import attendance_country, centres, papers
from benchmarks.attendance import MONTH, ONE_MONTH, TODAY, measured, sequential_scans
from participants.models import Membership, Programme

FIRST = date(2025, 8, 1)


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
@pytest.mark.parametrize("table", ["attendance_day", "participants_stage"])
def test_it_tells_a_sequential_scan_from_a_search_in_every_table(place, table, way, scanned):
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL enable_bitmapscan = off; SET LOCAL {way} = off")
    # Of two centres with three people each.
    assert (table in sequential_scans(place, many=5).get("a month", ())) is scanned
    assert sequential_scans(place) == {}


@pytest.fixture
def country(db):
    days = attendance_country.days_of(1)
    assert days[0] == FIRST
    places = centres.make(centres=2, people=3, days=days, marks=papers.MARKS)
    papers.explain([place.group.centre_id for place in places], open_from=MONTH, today=TODAY)
    return places


def test_the_marks_of_the_country_follow_from_its_papers(country):
    for model, meaning in ((SickNote, "sick"), (LeaveDay, "free_day"), (Excuse, "excused")):
        assert model.objects.count() == Day.objects.filter(meaning=meaning).count() > 0
    for place in country:
        centre = place.group.centre
        rows = Programme.objects.filter(participant__centre=centre).select_related("participant__centre").in_bulk()
        assert behind(rows, FIRST, TODAY, Terms(centre)) == []
        assert min(row.left for row in balances(rows.values(), Rules(centre), on=TODAY).values()) >= 0


def test_the_country_is_made_without_history(country):
    for model in (Programme, Day, SickNote, Excuse, Absence):
        assert model.objects.exists()
        assert not model.pgh_event_model.objects.exists()


def test_everybody_of_the_country_has_a_programme_and_a_stay_each_year_and_a_mark_each_day(country):
    place, other = country
    assert len(place.programmes) == 3
    assert Programme.objects.count() == Membership.objects.count() == 2 * 3 * 2
    days = Day.objects.filter(programme__participant__centre=place.group.centre)
    assert days.count() == 3 * len(attendance_country.days_of(1))
    assert not days.filter(programme__ended_on__isnull=False, on__gte=centres.START).exists()
    # One centre has the marks of another.
    theirs = Day.objects.filter(programme__participant__centre=other.group.centre)
    ours = days.order_by("on", "programme").values_list("on", "meaning")
    assert list(ours) == list(theirs.order_by("on", "programme").values_list("on", "meaning"))


def test_the_past_of_the_country_is_closed_and_its_open_month_has_absences_begun(country):
    absent = Day.objects.filter(meaning="unexcused")
    assert Absence.objects.count() == Contact.objects.count() == absent.exclude(on=TODAY).count()
    assert set(Absence.objects.open()) == set(Absence.objects.filter(start_on__gte=MONTH))
    runs = open_runs(Programme.objects.all(), TODAY)
    assert sorted(day for run in runs for day in run.days) == sorted(
        absent.filter(on__gte=MONTH).values_list("on", flat=True)
    )
    assert all(run.tries == 1 for run in runs if run.row)
    # From November 2024: twelve months of the first programme, the first and last of them cut; nine of the second.
    one = Programme.objects.filter(participant__centre=country[0].group.centre)
    spans = Closing.objects.filter(programme__participant=one.first().participant).values_list("start_on", "end_on")
    assert len(spans) == 13 + 8
    assert (min(spans), max(spans)) == ((date(2024, 11, 3), date(2024, 11, 30)), (date(2026, 6, 1), date(2026, 6, 30)))


def test_the_benchmark_of_the_country_prints_its_table(db, capsys):
    ratios = attendance_country.report(2, 1, people=3, rounds=1)
    printed = capsys.readouterr().out
    assert "1 and 3 centres, years: 1" in printed
    assert printed.count("met") + printed.count("MISSED") == len(ratios) == 6
    assert min(ratios) > 0
    assert printed.splitlines()[-1].startswith("tables of more than 1,000 rows read from end to end: ")
