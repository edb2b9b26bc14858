from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cistor.centres import presets
from cistor.centres.models import Regulations, StatutoryRate
from cistor.centres.statute import Departure, Kind, Statute, below_right, departures

JULY = date(2026, 7, 1), date(2026, 7, 31)
STATUTE = Statute(
    StatutoryRate(
        pk=n, **{**row, "in_force_from": date.fromisoformat(row["in_force_from"]), "value": Decimal(row["value"])}
    )
    for n, row in enumerate(presets.read("statute_rates"))
)


def version(name: str, **other) -> Regulations:
    settings = {setting: value for setting, (value, _) in presets.read(name)["settings"].items()}
    row = Regulations(**{**settings, **other})
    row.clean_fields(exclude=["centre", "title", "in_force_from", "sources"])
    return row


def found(row: Regulations, start: date, end: date) -> dict[str, Kind]:
    return {one.setting: one.kind for one in departures(row, start, end, STATUTE)}


def test_each_departure_of_cistor_is_named_with_both_values_and_its_source():
    rows = {one.setting: one for one in departures(version("cistor"), *JULY, STATUTE)}
    main = rows["main_rate"]
    assert (main.here, main.law, main.value, main.kind) == ("100%", "120%", Fraction(6, 5), Kind.BELOW_RIGHT)
    assert "Dz.U. 2022 poz. 218" in main.source
    assert (main.start_on, main.end_on) == JULY
    assert (rows["sick_days_limit"].value, rows["sick_days_limit"].law) == (21, "21")
    assert {name: row.kind for name, row in rows.items()} == {
        "trial_rate": Kind.BELOW_RIGHT,
        "main_rate": Kind.BELOW_RIGHT,
        "sick_days_limit": Kind.BELOW_RIGHT,
        "bonus_cap": Kind.BELOW_MAXIMUM,
        "free_days": Kind.BELOW_MAXIMUM,
        "extension_months": Kind.BELOW_MAXIMUM,
    }


def test_the_version_that_follows_the_statute_departs_from_nothing():
    assert found(version("statute"), *JULY) == {}


def test_a_span_is_cut_where_the_law_changes():
    rows = departures(version("cistor"), date(2021, 12, 1), date(2022, 3, 31), STATUTE)
    at = {row.setting: (row.start_on, row.end_on) for row in rows if row.kind == Kind.BELOW_RIGHT}
    assert at["main_rate"] == (date(2022, 1, 1), date(2022, 3, 31))
    assert at["sick_days_limit"] == (date(2022, 2, 15), date(2022, 3, 31))
    assert [(row.law, row.start_on) for row in rows if row.setting == "bonus_cap"] == [
        ("50%", date(2021, 12, 1)),
        ("100%", date(2022, 2, 15)),
    ]


def test_before_the_law_changed_the_old_rates_were_right():
    assert found(version("cistor"), date(2021, 12, 1), date(2021, 12, 31)) == {
        "bonus_cap": Kind.BELOW_MAXIMUM,
        "free_days": Kind.BELOW_MAXIMUM,
    }


def test_before_the_first_known_value_nothing_is_said():
    assert found(version("cistor"), date(2014, 1, 1), date(2014, 5, 31)) == {}


@pytest.mark.parametrize(
    "setting, value, kind",
    [
        ("unexcused_fraction", "1/10", Kind.BELOW_RIGHT),
        ("unexcused_fraction", "1/30", Kind.ABOVE_MAXIMUM),
        ("sick_fraction", "1/30", Kind.BELOW_RIGHT),
        ("trial_sick_fraction", "1/20", Kind.BELOW_RIGHT),
        ("unexcused_days_limit", 2, Kind.BELOW_RIGHT),
        ("unexcused_days_limit", 4, Kind.ABOVE_MAXIMUM),
        ("main_rate", "13/10", Kind.ABOVE_MAXIMUM),
        ("bonus_cap", "0", Kind.BELOW_MAXIMUM),
        ("free_days", 13, Kind.ABOVE_MAXIMUM),
    ],
)
def test_taking_more_or_allowing_less_falls_short_of_the_law(setting, value, kind):
    assert found(version("statute", **{setting: value}), *JULY) == {setting: kind}


def test_only_what_falls_short_of_a_right_is_asked_about():
    assert {row.setting for row in below_right(version("cistor"), *JULY, STATUTE)} == {
        "trial_rate",
        "main_rate",
        "sick_days_limit",
    }


def test_of_two_values_for_one_day_the_later_entry_holds():
    first, mended = (
        StatutoryRate(pk=pk, kind="sick_days_limit", in_force_from=date(2022, 2, 15), value=value, source="x")
        for pk, value in ((1, 14), (2, 21))
    )
    assert departures(version("statute"), *JULY, Statute([mended, first])) == []


def test_all_days_to_come_can_be_asked_about():
    assert all(row.is_open for row in departures(version("cistor"), date(2026, 7, 1), date.max, STATUTE))


@given(
    start=st.dates(date(2013, 1, 1), date(2027, 1, 1)),
    length=st.integers(0, 1000),
    limit=st.integers(0, 30),
)
def test_the_stretches_of_a_setting_are_its_differing_days(start, length, limit):
    end = start + timedelta(length)
    rows = departures(version("statute", sick_days_limit=limit), start, end, STATUTE)
    told = {day for row in rows if row.setting == "sick_days_limit" for day in _days(row)}
    assert told == {day for day in _between(start, end) if _law(day) not in (None, limit)}


def _law(day: date) -> int | None:
    if day < date(2014, 6, 1):
        return None
    return 14 if day < date(2022, 2, 15) else 21


def _days(row: Departure) -> list[date]:
    return _between(row.start_on, row.end_on)


def _between(start: date, end: date) -> list[date]:
    return [start + timedelta(n) for n in range((end - start).days + 1)]


@pytest.mark.django_db
def test_all_values_are_loaded_with_one_query(django_assert_num_queries):
    presets.load_statute()
    with django_assert_num_queries(1):
        assert departures(version("cistor"), *JULY)
