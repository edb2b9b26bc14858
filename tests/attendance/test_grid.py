"""The month as a grid, from explicit days."""

from datetime import date, timedelta

from attendance.grid import Column, Mark, Person, Run, Span, build

NN, O = Mark("unexcused", "NN", 7), Mark("present", "O", 1)  # noqa: E741
WEEK = [date(2026, 12, 21) + timedelta(days=n) for n in range(7)]
KINDS = ["class", "class", "closed", "holiday", "holiday", "weekend", "weekend"]
COLUMNS = [Column(day, kind) for day, kind in zip(WEEK, KINDS, strict=True)]


def person(marks=None, programme=(WEEK[0], WEEK[-1]), group=(WEEK[0], None)):
    return Person(1, "Zmyślona Kalina", [Run(7, [Span(*programme)])], [Span(*group)], marks or {})


def kinds(grid, row=0):
    return [cell.kind for cell in grid.rows[row].cells]


def test_unmarked_holiday_closed_and_weekend_are_told_apart():
    grid = build(COLUMNS, [person({WEEK[0]: O})], today=date(2026, 12, 31))
    assert kinds(grid) == ["marked", "unmarked", "closed", "holiday", "holiday", "weekend", "weekend"]


def test_days_to_come_are_not_unmarked():
    assert kinds(build(COLUMNS, [person()], today=WEEK[0]))[:2] == ["unmarked", "future"]


def test_days_outside_the_programme_or_the_group_are_outside_whatever_stands_there():
    grid = build(COLUMNS, [person({WEEK[0]: O}, programme=(WEEK[1], WEEK[3]), group=(WEEK[0], WEEK[2]))], today=WEEK[6])
    assert kinds(grid) == ["outside", "unmarked", "closed", "outside", "outside", "outside", "outside"]


def test_a_certificate_stands_on_a_weekend_too():
    grid = build(COLUMNS, [person({WEEK[5]: Mark("sick", "L4", 4)})], today=WEEK[6])
    assert grid.rows[0].cells[5].mark.letters == "L4"


def test_sums_by_person_and_by_day():
    grid = build(COLUMNS, [person({WEEK[0]: O, WEEK[1]: NN}), person({WEEK[0]: NN})], today=WEEK[6])
    assert [row.sums["unexcused"] for row in grid.rows] == [1, 1]
    assert [(day.here, day.unmarked) for day in grid.sums] == [(1, 0), (0, 1), *[(0, 0)] * 5]
    assert grid.unmarked == 1


def test_the_late_ones_took_part():
    grid = build(COLUMNS, [person({WEEK[0]: Mark("late", "S", 2)})], today=WEEK[6])
    assert grid.sums[0].here == 1


def test_nobody_is_an_empty_grid():
    grid = build(COLUMNS, [], today=WEEK[6])
    assert (grid.rows, grid.unmarked) == ((), 0)
    assert [day.here for day in grid.sums] == [0] * 7
