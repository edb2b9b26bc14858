from datetime import date

import pytest

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
