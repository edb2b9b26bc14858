from datetime import date

from benefits.rules import Programme, Span, payday, spans
from tests.rules.book import CISTOR, RZYSZCZEWO, rulebook

TWO_MONTHS = Programme(Span(date(2026, 5, 18), date(2026, 6, 17)), Span(date(2026, 6, 18), date(2027, 5, 17)))


def listed(programme, book, until):
    return [(span.key, *span.covered, payday(span, book)) for span in spans(programme, book, until)]


def test_a_trial_settled_apart_comes_first_then_the_months_of_the_main_period():
    assert listed(TWO_MONTHS, rulebook(CISTOR), date(2026, 7, 31)) == [
        ("trial", date(2026, 5, 18), date(2026, 6, 17), date(2026, 6, 18)),
        ("2026-06", date(2026, 6, 18), date(2026, 6, 30), date(2026, 7, 3)),
        ("2026-07", date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 5)),
    ]


def test_a_trial_paid_with_the_month_gives_months_alone():
    assert listed(TWO_MONTHS, rulebook(RZYSZCZEWO), date(2026, 7, 31)) == [
        ("2026-05", date(2026, 5, 18), date(2026, 5, 31), date(2026, 6, 10)),
        ("2026-06", date(2026, 6, 1), date(2026, 6, 30), date(2026, 7, 10)),
        ("2026-07", date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 10)),
    ]


def test_spans_begin_only_up_to_the_day_asked_for():
    book = rulebook(CISTOR)
    assert [key for key, *_ in listed(TWO_MONTHS, book, date(2026, 5, 17))] == []
    assert [key for key, *_ in listed(TWO_MONTHS, book, date(2026, 6, 17))] == ["trial"]
    assert [key for key, *_ in listed(TWO_MONTHS, book, date(2026, 6, 18))] == ["trial", "2026-06"]


def test_a_programme_that_ended_early_has_no_spans_after_its_end():
    book = rulebook(CISTOR)
    in_trial = Programme(TWO_MONTHS.trial, TWO_MONTHS.main, date(2026, 6, 10))
    in_july = Programme(TWO_MONTHS.trial, TWO_MONTHS.main, date(2026, 7, 10))
    assert listed(in_trial, book, date(2026, 12, 31)) == [
        ("trial", date(2026, 5, 18), date(2026, 6, 10), date(2026, 6, 11))
    ]
    assert [key for key, *_ in listed(in_july, book, date(2026, 12, 31))] == ["trial", "2026-06", "2026-07"]


def test_the_version_of_the_first_day_says_whether_the_trial_is_apart():
    later = rulebook(CISTOR, (date(2026, 6, 1), {"trial_settlement": "calendar_month", "trial_payday": None}))
    assert [key for key, *_ in listed(TWO_MONTHS, later, date(2026, 6, 30))] == ["trial", "2026-06"]
