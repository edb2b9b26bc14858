"""What the page of a month sends is read strictly."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from attendance.cells import Cell, state
from attendance.changes import MOST, read
from cistor.errors import Refused

JULY, JULY_END, FRIDAY = date(2026, 7, 1), date(2026, 7, 31), date(2026, 7, 10)


def taken(*rows):
    return read(json.dumps(rows), start=JULY, end=JULY_END)


def test_a_change_is_a_cell_with_what_was_seen():
    found = taken(
        [7, "2026-07-10", "unexcused?", "sick"], [8, "2026-07-10", "", "late?"], [7, "2026-07-01", "sick", ""]
    )
    assert found == {
        FRIDAY: [
            Cell(7, "unexcused", "sick", seen_provisional=True),
            Cell(8, None, "late", provisional=True),
        ],
        JULY: [Cell(7, "sick", None)],
    }


def test_a_state_is_written_as_it_is_read():
    assert [state("late"), state("late", provisional=True), state(None), state(None, provisional=True)] == [
        "late", "late?", "", "",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "row",
    [
        [7, "2026-07-10", ""],
        [7, "2026-07-10", "", "present", "more"],
        ["7", "2026-07-10", "", "present"],
        [True, "2026-07-10", "", "present"],
        [7.0, "2026-07-10", "", "present"],
        [0, "2026-07-10", "", "present"],
        [2**63, "2026-07-10", "", "present"],
        [7, "20260710", "", "present"],
        [7, "2026-W28-5", "", "present"],
        [7, "2026-07-32", "", "present"],
        [7, 20260710, "", "present"],
        [7, "2026-07-10", None, "present"],
        [7, "2026-07-10", "", "obecny"],
        [7, "2026-07-10", "?", "present"],
        [7, "2026-07-10", "", ["present"]],
        "napis",
        None,
        {"a": 1},
    ],
)
def test_what_is_no_change_is_refused(row):
    with pytest.raises(Refused, match="nieczytelne"):
        taken(row)


@pytest.mark.parametrize("text", ["", "{}", "1e400", "null", "[", "\x00", "[" * 100_000, "9" * 5000])
def test_what_is_no_list_is_refused(text):
    with pytest.raises(Refused, match="nieczytelne"):
        read(text, start=JULY, end=JULY_END)


def test_a_cell_named_twice_is_refused():
    with pytest.raises(Refused, match="nieczytelne"):
        taken([7, "2026-07-10", "", "present"], [7, "2026-07-10", "", "sick"])


@pytest.mark.parametrize("day", ["2026-06-30", "2026-08-01"])
def test_a_day_of_another_month_is_refused(day):
    with pytest.raises(Refused, match="poza tym miesiącem"):
        taken([7, day, "", "present"])


def test_more_than_the_most_is_refused():
    with pytest.raises(Refused, match="najwyżej 4000"):
        taken(*[[n, "2026-07-10", "", "present"] for n in range(1, MOST + 2)])


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_nonsense_is_refused_and_never_an_error(data):
    with suppress(Refused):
        assert taken(data) == {}
