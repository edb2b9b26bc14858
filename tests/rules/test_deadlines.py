from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cistor.dates import is_working_day
from cistor.deadlines import Deadline, due

FRIDAY = date(2026, 11, 20)


def deadline(**changes):
    facts = {"kind": "admission_list", "centre": 1, "role": "social_worker", "starts_on": date(2026, 11, 13)}
    return Deadline(**{**facts, "due_on": FRIDAY, **changes})


@pytest.mark.parametrize(
    "on, state",
    [
        (date(2026, 11, 16), "open"),
        (date(2026, 11, 17), "due_soon"),
        (date(2026, 11, 20), "due_soon"),
        (date(2026, 11, 21), "overdue"),
    ],
)
def test_due_today_is_not_overdue(on, state):
    assert deadline().state(on) == state


def test_a_met_deadline_stays_met_and_a_void_one_void():
    assert deadline(met_on=FRIDAY, proof="pismo 3/2026").state(date(2027, 1, 1)) == "met"
    assert deadline(void="cofnięty wniosek").state(date(2027, 1, 1)) == "void"


def test_without_a_due_day_there_is_only_an_age():
    ageing = deadline(due_on=None)
    assert ageing.state(date(2027, 1, 1)) == "open"
    assert ageing.age(date(2026, 11, 20)) == 7


@pytest.mark.parametrize(
    "kind, event_on, length, message",
    [
        ("weeks", FRIDAY, 1, "Nieznany rodzaj terminu"),
        ("working_days", FRIDAY, -1, "od 0 do"),
        ("working_days", FRIDAY, 10**9, "od 0 do"),
        ("calendar_days", date(9999, 12, 31), 1, "poza kalendarzem|poza kalendarz"),
        ("months_same_day", date(9999, 12, 31), 1, "poza kalendarz"),
    ],
)
def test_a_term_that_cannot_be_counted_is_refused_in_polish(kind, event_on, length, message):
    with pytest.raises(ValueError, match=message):
        due(kind, event_on, length)


DAYS = st.dates(date(2015, 1, 1), date(2060, 12, 31))


@given(event=DAYS, length=st.integers(1, 60), one_off=st.frozensets(st.integers(1, 90), max_size=5))
def test_a_working_day_term_never_ends_on_a_day_off_and_grows_with_its_length(event, length, one_off):
    """Whatever holidays are proclaimed in its way."""
    holidays = frozenset(event + timedelta(days=days) for days in one_off)
    last, longer = (due("working_days", event, days, holidays) for days in (length, length + 1))
    assert is_working_day(last, holidays)
    assert event < last < longer


def test_a_deadline_is_due_soon_as_many_days_ahead_as_it_says():
    assert deadline(soon=30).state(date(2026, 10, 21)) == "due_soon"
    assert deadline(soon=30).state(date(2026, 10, 20)) == "open"
