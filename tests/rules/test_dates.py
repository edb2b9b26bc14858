from datetime import date

import pytest

from cistor import dates
from cistor.dates import class_days, days_text, is_working_day, months, months_later, span_text, weekday_text


def test_christmas_eve_is_a_day_off_since_2025_and_was_none_before():
    assert is_working_day(date(2024, 12, 24))
    assert not is_working_day(date(2025, 12, 24))


def test_a_one_off_holiday_is_handed_in():
    day = date(2026, 11, 12)
    assert is_working_day(day)
    assert not is_working_day(day, frozenset({day}))


def test_a_one_off_holiday_moves_a_term_and_is_not_counted_as_a_working_day():
    one_off = frozenset({date(2026, 11, 12)})
    assert dates.add_calendar_days(date(2026, 11, 10), 2, one_off) == date(2026, 11, 13)
    assert dates.add_working_days(date(2026, 11, 10), 1, one_off) == date(2026, 11, 13)


def test_a_term_of_no_days_in_calendar_days_still_moves_off_a_sunday():
    assert dates.add_calendar_days(date(2026, 7, 5), 0) == date(2026, 7, 6)


def test_a_payday_moves_back_over_easter():
    assert dates.moved_back(date(2021, 4, 5)) == date(2021, 4, 2)


@pytest.mark.parametrize(
    "first, count, day_before, same_day",
    [
        (date(2026, 1, 30), 1, date(2026, 2, 28), date(2026, 2, 28)),
        (date(2027, 1, 29), 1, date(2027, 2, 28), date(2027, 2, 28)),
        (date(2028, 1, 29), 1, date(2028, 2, 28), date(2028, 2, 29)),
        (date(2026, 12, 31), 2, date(2027, 2, 28), date(2027, 2, 28)),
        (date(2026, 3, 1), 12, date(2027, 2, 28), date(2027, 3, 1)),
        (date(2024, 2, 29), 12, date(2025, 2, 28), date(2025, 2, 28)),
    ],
)
def test_a_period_of_months_ends_by_either_reading(first, count, day_before, same_day):
    assert months_later(first, count, "day_before") == day_before
    assert months_later(first, count, "same_day") == same_day


def test_class_days_are_working_days_without_closed_and_with_extra_ones():
    found = class_days(
        date(2026, 11, 9),
        date(2026, 11, 15),
        closed=frozenset({date(2026, 11, 13)}),
        extra=frozenset({date(2026, 11, 14)}),
    )
    assert found == {date(2026, 11, 9), date(2026, 11, 10), date(2026, 11, 12), date(2026, 11, 14)}


def test_a_day_both_closed_and_extra_has_classes():
    day = frozenset({date(2026, 11, 13)})
    assert class_days(date(2026, 11, 13), date(2026, 11, 13), closed=day, extra=day) == day


def test_months_of_a_span_are_told_by_their_first_days():
    assert list(months(date(2026, 11, 30), date(2027, 1, 1))) == [
        date(2026, 11, 1),
        date(2026, 12, 1),
        date(2027, 1, 1),
    ]
    assert list(months(date(2026, 11, 30), date(2026, 11, 29))) == []


@pytest.mark.parametrize(
    "days, text",
    [
        ([], ""),
        ([date(2026, 10, 9), date(2026, 10, 6)], "6 i 9 października"),
        ([date(2026, 7, 6), date(2026, 7, 7)], "6 i 7 lipca"),
        ([date(2026, 7, day) for day in (1, 2, 3, 6)], "1–3 i 6 lipca"),
        ([date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1)], "29 i 30 czerwca, 1 lipca"),
        ([date(2026, 12, 30), date(2027, 1, 4)], "30 grudnia 2026, 4 stycznia 2027"),
    ],
)
def test_days_are_said_in_polish(days, text):
    assert days_text(days) == text


@pytest.mark.parametrize(
    "start, end, text",
    [
        (date(2026, 7, 2), date(2026, 7, 2), "2 lipca 2026"),
        (date(2026, 6, 18), date(2026, 6, 30), "18–30 czerwca 2026"),
        (date(2026, 5, 18), date(2026, 6, 17), "18 maja – 17 czerwca 2026"),
        (date(2026, 12, 24), date(2027, 1, 23), "24 grudnia 2026 – 23 stycznia 2027"),
    ],
)
def test_a_span_is_said_in_polish(start, end, text):
    assert span_text(start, end) == text


def test_a_day_is_said_with_its_weekday():
    assert weekday_text(date(2026, 11, 21)) == "sobota, 21 listopada 2026"


def test_a_month_follows_its_preposition():
    assert dates.in_month_text(date(2026, 7, 1)) == "w lipcu"
    assert dates.in_month_text(date(2026, 9, 30), with_year=True) == "we wrześniu 2026"
    assert len(dates.MONTHS_IN) == 12
