"""The place of a day in the row of its limit agrees with what the settlement takes for it."""

from datetime import date

from hypothesis import given

from benefits.rules import Inputs, Programme, Span, place
from benefits.rules.reckoning import Reckoning
from tests.rules.book import CISTOR, SPRING, marked, rulebook
from tests.rules.test_properties import inputs


def days(found):
    return [day for _, days in found for day in days]


@given(inputs())
def test_a_sick_day_is_over_its_limit_where_the_settlement_says_so(case):
    kinds = Reckoning(case).absences.by_kind
    for day in days(kinds["sick_over_limit"]):
        assert place(case, day).is_over
    for day in days(kinds["sick"]):
        found = place(case, day)
        assert found is None or not found.is_over


@given(inputs())
def test_an_unexcused_day_has_the_number_that_the_settlement_gives_it(case):
    absences = Reckoning(case).absences
    over = {found.day: found.place for found in absences.over_limit}
    for day in days(absences.by_kind["unexcused"]):
        found = place(case, day)
        assert over.get(day, found.number) == found.number
        assert found.is_over == (day in over)


@given(inputs())
def test_the_last_day_of_a_kind_has_the_number_of_all(case):
    found = [place(case, day) for day in days(Reckoning(case).absences.by_kind["sick"])]
    counted = [one for one in found if one]
    assert all(one.number <= one.total for one in counted)
    if counted and not Reckoning(case).absences.by_kind["sick_over_limit"]:
        assert counted[-1].number == counted[-1].total


def test_days_that_nothing_counts_have_no_place():
    marks = {**marked("late", "2026-07-01"), **marked("sick", "2026-03-04", "2026-07-04")}
    case = Inputs(rulebook({**CISTOR, "sick_limit_scope": "main_period"}), SPRING, "2026-07", marks)
    trial = Inputs(case.rulebook, SPRING, "trial", marks)
    assert place(case, date(2026, 7, 1)) is None  # late
    assert place(case, date(2026, 7, 2)) is None  # not marked
    assert place(case, date(2026, 7, 4)) is None  # a Saturday
    assert place(trial, date(2026, 3, 4)) is None  # the trial, where the limit is of the main period


def test_by_the_calendar_month_the_row_ends_with_the_month():
    """A trial settled apart reaches into a second month, whose days are another row."""
    marks = marked("unexcused", "2026-03-30", "2026-03-31", "2026-04-01")
    trial = Programme(Span(date(2026, 3, 16), date(2026, 4, 15)), None)
    case = Inputs(rulebook({**CISTOR, "unexcused_limit_scope": "calendar_month"}), trial, "trial", marks)
    assert [tuple(place(case, day))[:2] for day in marks] == [(1, 2), (2, 2), (1, 1)]
