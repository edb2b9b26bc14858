"""What the worked cases leave open, one rule a test."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from benefits.rules import (
    Calendar,
    ContradictoryInputs,
    EarlierPayment,
    Inputs,
    MissingRegulations,
    MissingStatutoryRate,
    Programme,
    Rulebook,
    Settings,
    Span,
    Statute,
    Version,
    settle,
)
from tests.rules.book import CISTOR, RZYSZCZEWO, SPRING, STATUTE, TODAY, days_of, line, marked, rulebook, settled

JULY = Span(date(2026, 7, 1), date(2026, 7, 31))


def ended(day):
    return Programme(SPRING.trial, SPRING.main, date.fromisoformat(day))


# Base -----------------------------------------------------------------------------------------------------------------


def test_new_regulations_with_the_same_rates_do_not_split_the_month():
    settlement = settled(book=rulebook(CISTOR, (date(2026, 7, 16), {"sick_days_limit": 21})))
    assert [line.amount for line in settlement.lines if line.code == "base_main"] == [Decimal("1783.90")]


def test_a_trial_cut_short_goes_by_the_days_of_the_planned_trial_whatever_the_rule_for_months():
    programme = Programme(Span(date(2026, 9, 7), date(2026, 10, 6)), None, date(2026, 9, 18))
    for part_month in ("calendar_days", "thirtieths", "class_days"):
        settlement = settled("trial", programme=programme, book=rulebook({**CISTOR, "part_month": part_month}))
        assert settlement.base == Decimal("356.80")


def test_a_trial_that_ends_on_its_planned_day_is_whole():
    programme = Programme(SPRING.trial, None, date(2026, 3, 31))
    assert settled("trial", programme=programme).base == Decimal("861.00")


def test_a_month_without_class_days_goes_by_the_calendar():
    closed = frozenset(days_of(*JULY))
    book = rulebook({**CISTOR, "part_month": "class_days"}, calendar=Calendar(closed=closed))
    assert settled(book=book, programme=ended("2026-07-11")).base == Decimal("633.00")


def test_february_of_a_leap_year_has_twenty_nine_days():
    programme = Programme(None, Span(date(2028, 2, 1), date(2028, 12, 31)), date(2028, 2, 14))
    assert settled("2028-02", programme=programme).base == Decimal("861.19")


def test_a_programme_may_have_no_trial():
    programme = Programme(None, Span(date(2026, 7, 1), date(2026, 12, 31)))
    assert settled(programme=programme).benefit == Decimal("1783.90")


def test_the_version_of_the_last_covered_day_says_how_a_part_month_is_counted():
    later = {"part_month": "thirtieths"}
    before, after = (date(2026, 7, 11), later), (date(2026, 7, 12), later)
    assert settled(book=rulebook(CISTOR, before), programme=ended("2026-07-11")).base == Decimal("654.10")
    assert settled(book=rulebook(CISTOR, after), programme=ended("2026-07-11")).base == Decimal("633.00")


def test_trial_and_main_at_one_full_rate_are_two_base_lines_and_one_reduction_line():
    programme = Programme(Span(date(2026, 6, 16), date(2026, 7, 15)), Span(date(2026, 7, 16), date(2027, 6, 15)))
    book = rulebook({**TODAY, "trial_settlement": "calendar_month", "trial_payday": None})
    settlement = settled(marks=marked("unexcused", "2026-07-08", "2026-07-22"), programme=programme, book=book)
    assert [(line.code, len(line.days)) for line in settlement.lines[:3]] == [
        ("base_trial", 15),
        ("base_main", 16),
        ("unexcused", 2),
    ]


# Reductions -----------------------------------------------------------------------------------------------------------


def test_a_reduction_line_is_checked_with_a_desk_calculator():
    unexcused = line(settled(marks=marked("unexcused", "2026-07-06", "2026-07-09")), "unexcused")
    assert unexcused.because == (
        "Za 2 dni nieobecności nieusprawiedliwionej (6 i 9 lipca) odjęto 2 × 1/20 × 1\u00a0783,90\u00a0zł"
        " = 178,39\u00a0zł."
    )
    assert unexcused.days == (date(2026, 7, 6), date(2026, 7, 9))


def test_a_line_names_the_paragraph_of_the_regulations_and_the_statutory_value_with_its_date():
    version = Version(
        Settings.from_mapping(CISTOR),
        date(2026, 1, 1),
        {"unexcused_fraction": "§3 ust. 1 lit. d", "main_rate": "§3 ust. 1 lit. b"},
        "Regulamin CIS",
    )
    settlement = settled(marks=marked("unexcused", "2026-07-06"), book=Rulebook([version], STATUTE))
    source = line(settlement, "unexcused").source
    assert "Regulamin CIS, §3 ust. 1 lit. d, od 1 stycznia 2026" in source
    assert "zasiłek dla bezrobotnych od 1 czerwca 2026" in source


def test_marks_before_and_after_the_programme_cost_nothing():
    marks = marked("unexcused", "2026-07-13", "2026-07-14", "2026-07-15", "2026-07-16")
    assert settled(marks=marks, programme=ended("2026-07-12")).counts == {}


def test_a_day_that_costs_nothing_is_still_explained():
    care = line(settled(marks=marked("care", "2026-07-08")), "care")
    assert (care.amount, care.because) == (0, "Za 1 dzień opieki ze zwolnieniem (8 lipca) nic nie odjęto.")


def test_the_limit_of_the_day_holds_for_unexcused_days_too():
    days = marked("unexcused", "2026-07-06", "2026-07-07", "2026-07-08", "2026-07-20")
    stricter = rulebook(CISTOR, (date(2026, 7, 16), {"unexcused_days_limit": 4}))
    assert settled(marks=days).benefit == 0
    assert settled(marks=days, book=stricter).benefit == Decimal("1427.12")


def test_by_the_calendar_month_every_settlement_with_a_day_over_the_limit_is_lost():
    programme = Programme(Span(date(2026, 5, 18), date(2026, 6, 17)), Span(date(2026, 6, 18), date(2027, 5, 17)))
    book = rulebook({**CISTOR, "unexcused_limit_scope": "calendar_month"})
    marks = marked("unexcused", "2026-06-08", "2026-06-09", "2026-06-10", "2026-06-11", "2026-06-22")
    assert settled("trial", marks=marks, programme=programme, book=book).benefit == 0
    assert settled("2026-06", marks=marks, programme=programme, book=book).benefit == 0


def test_a_lost_benefit_says_which_day_was_one_too_many():
    marks = marked("unexcused", "2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09")
    lost = line(settled(marks=marks), "unexcused_over_limit")
    assert lost.because.startswith("9 lipca 2026 to 4. dzień nieobecności nieusprawiedliwionej w tym rozliczeniu")
    assert lost.days == (date(2026, 7, 9),)


def test_a_trial_with_its_own_sick_fraction_of_nothing_takes_nothing():
    book = rulebook({**CISTOR, "trial_sick_fraction": "0"})
    assert settled("trial", marks=marked("sick", "2026-03-09"), book=book).benefit == Decimal("861.00")


def test_sick_days_over_the_limit_of_a_broken_off_trial_share_the_class_days_of_the_planned_one():
    programme = Programme(Span(date(2026, 9, 7), date(2026, 10, 6)), None, date(2026, 9, 18))
    book = rulebook({**CISTOR, "sick_days_limit": 0})
    over = line(settled("trial", marks=marked("sick", "2026-09-16"), programme=programme, book=book), "sick_over_limit")
    assert over.amount == Decimal("-40.55")
    assert "1 × 1/22 × 892,00" in over.because


# Payment --------------------------------------------------------------------------------------------------------------


def test_a_refused_bonus_says_the_largest_amount_allowed():
    settlement = settled(approved_bonus=Decimal("400.00"))
    assert settlement.bonus_refused
    assert "1/5 × 1\u00a0783,90\u00a0zł" in line(settlement, "bonus").because
    assert "356,78\u00a0zł" in line(settlement, "bonus").because


def test_a_bonus_in_a_month_of_trial_and_main_period_goes_by_the_rate_of_the_main_period():
    programme = Programme(Span(date(2020, 2, 10), date(2020, 3, 9)), Span(date(2020, 3, 10), date(2021, 2, 9)))
    assert settled("2020-03", programme=programme, book=rulebook(RZYSZCZEWO)).bonus_cap == Decimal("430.70")
    assert settled("2020-02", programme=programme, book=rulebook(RZYSZCZEWO)).bonus_cap == 0


def test_a_negative_difference_lowers_the_sum_that_is_taxed():
    difference = EarlierPayment(Decimal("-300.00"), Decimal("0.00"))
    assert settled(earlier_payments=(difference,)).tax == Decimal("178.00")


def test_an_advance_taken_too_high_earlier_is_not_given_back():
    earlier = EarlierPayment(Decimal("100.00"), Decimal("999.00"))
    assert settled(earlier_payments=(earlier,)).tax == 0


def test_the_tax_is_never_more_than_is_paid():
    marks = marked("unexcused", "2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09")
    earlier = EarlierPayment(Decimal("1500.00"), Decimal("0.00"))
    settlement = settled(marks=marks, earlier_payments=(earlier,))
    assert (settlement.tax, settlement.net) == (0, 0)


def test_the_tax_line_shows_the_sum_of_the_month():
    earlier = EarlierPayment(Decimal("1500.00"), Decimal("30.00"))
    tax = line(settled(earlier_payments=(earlier,), pit_monthly_reduction=Decimal("150.00")), "tax")
    assert tax.because == (
        "Zaliczka na podatek: razem w miesiącu 1\u00a0500,00 + 1\u00a0783,90 = 3\u00a0283,90\u00a0zł; "
        "12% × 3\u00a0284,00\u00a0zł − 150,00\u00a0zł miesięcznego zmniejszenia = 244,08\u00a0zł, "
        "po zaokrągleniu 244,00\u00a0zł; pobrano już 30,00\u00a0zł, zostaje 214,00\u00a0zł."
    )


def test_the_tax_rate_is_that_of_the_payday_not_of_the_month():
    programme = Programme(None, Span(date(2019, 6, 1), date(2019, 12, 31)))
    assert "18%" in line(settled("2019-08", programme=programme), "tax").because
    assert "17%" in line(settled("2019-09", programme=programme), "tax").because


@pytest.mark.parametrize(
    "day, expected",
    [(31, date(2026, 2, 27)), (28, date(2026, 2, 27)), (1, date(2026, 1, 30))],
)
def test_a_payday_beyond_the_months_length_is_its_last_and_moves_back_even_into_the_month_before(day, expected):
    programme = Programme(None, Span(date(2026, 1, 1), date(2026, 6, 30)))
    assert settled("2026-01", programme=programme, book=rulebook({**CISTOR, "payday_day": day})).payday == expected


def test_closed_days_of_the_centre_do_not_move_a_payday_and_a_one_off_holiday_does():
    day = frozenset({date(2026, 8, 5)})
    assert settled(book=rulebook(calendar=Calendar(closed=day))).payday == date(2026, 8, 5)
    assert settled(book=rulebook(calendar=Calendar(one_off=day))).payday == date(2026, 8, 4)


def test_a_trial_without_a_payday_of_its_own_is_paid_with_the_month():
    assert settled("trial", book=rulebook({**CISTOR, "trial_payday": None})).payday == date(2026, 4, 3)


# What cannot be computed ----------------------------------------------------------------------------------------------

MARCH, APRIL = Span(date(2026, 3, 1), date(2026, 3, 31)), Span(date(2026, 4, 1), date(2026, 4, 30))


@pytest.mark.parametrize(
    "trial, main, ended_on, message",
    [
        (APRIL, MARCH, None, "przed próbnym"),
        (MARCH, Span(date(2026, 3, 31), date(2026, 5, 1)), None, "trwa do 31 marca 2026, a właściwy zaczyna się już"),
        (MARCH, Span(date(2026, 4, 2), date(2026, 5, 1)), None, "są dni bez programu"),
        (Span(date(2026, 3, 31), date(2026, 3, 1)), None, None, "kończy się 1 marca 2026, przed początkiem"),
        (MARCH, APRIL, date(2026, 2, 28), "zanim się zaczął"),
        (MARCH, APRIL, date(2026, 5, 1), "po planowanym końcu"),
        (None, None, None, "ani okresu próbnego, ani właściwego"),
        (None, Span(date(2006, 1, 1), date(2026, 1, 1)), None, "ponad dziesięć lat"),
    ],
)
def test_a_programme_that_contradicts_itself_is_refused(trial, main, ended_on, message):
    with pytest.raises(ContradictoryInputs, match=message):
        Programme(trial, main, ended_on)


@pytest.mark.parametrize(
    "settlement, message",
    [
        ("2026-02", "leży poza programem"),
        ("2026-03", "leży poza programem"),
        ("2027-03", "leży poza programem"),
        ("2026-13", "RRRR-MM"),
        ("lipiec", "RRRR-MM"),
    ],
)
def test_a_settlement_outside_the_programme_is_refused(settlement, message):
    with pytest.raises(ContradictoryInputs, match=message):
        settled(settlement)


def test_a_trial_paid_with_the_month_has_no_settlement_of_its_own():
    with pytest.raises(ContradictoryInputs, match="razem z miesiącem"):
        settled("trial", book=rulebook(RZYSZCZEWO))


def test_a_month_after_the_early_end_is_refused():
    with pytest.raises(ContradictoryInputs, match="leży poza programem"):
        settled("2026-08", programme=ended("2026-07-31"))


@pytest.mark.parametrize("name", ["approved_bonus", "pit_monthly_reduction", "consented_deductions"])
def test_negative_amounts_are_refused(name):
    with pytest.raises(ContradictoryInputs, match="ujemną"):
        settled(**{name: Decimal("-0.01")})


def test_a_mark_of_an_unknown_kind_is_refused():
    with pytest.raises(ContradictoryInputs, match="8 lipca 2026: 'holiday'"):
        settled(marks=marked("holiday", "2026-07-08"))


def test_two_versions_from_one_day_are_refused():
    with pytest.raises(ContradictoryInputs, match="od tego samego dnia"):
        rulebook(CISTOR, (date(2026, 7, 1), {}), (date(2026, 7, 1), {}))


def test_a_missing_statutory_value_is_named():
    old = Programme(None, Span(date(2014, 5, 1), date(2014, 12, 31)))
    with pytest.raises(MissingStatutoryRate, match="zasiłek dla bezrobotnych na dzień 1 maja 2014"):
        settled("2014-05", programme=old)
    assert settled("2014-06", programme=old).benefit == Decimal("831.10")


def test_without_a_tax_rate_nothing_is_guessed():
    statute = Statute(row for row in STATUTE.parameters if row.kind != "pit_rate")
    inputs = Inputs(Rulebook(rulebook().versions, statute), SPRING, "2026-07")
    with pytest.raises(MissingStatutoryRate, match="stawka zaliczki"):
        settle(inputs)


def test_a_day_before_the_first_version_is_refused():
    version = Version(Settings.from_mapping(CISTOR), date(2026, 7, 2))
    with pytest.raises(MissingRegulations, match="1 lipca 2026"):
        settled(
            programme=Programme(None, Span(date(2026, 7, 1), date(2026, 12, 31))), book=Rulebook([version], STATUTE)
        )


def test_a_value_entered_later_for_the_same_day_mends_the_earlier():
    mended = replace(STATUTE.on("unemployment_benefit", date(2026, 7, 1)), value=Decimal("1800.00"))
    statute = Statute([*STATUTE.parameters, mended])
    assert settle(Inputs(Rulebook(rulebook().versions, statute), SPRING, "2026-07")).base == Decimal("1800.00")
