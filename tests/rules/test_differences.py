"""What a paid span owes on newer facts, line by line."""

from datetime import date
from decimal import Decimal

import pytest

from benefits.rules import EarlierPayment, Inputs, Programme, Span, carried, correct, differences, owed
from tests.rules.book import SPRING, line, marked, rulebook, settled

PAYDAY = date(2026, 9, 4)


def inputs(*, marks=None, programme=SPRING, **amounts):
    return Inputs(rulebook(), programme, "2026-07", marks or {}, payday=date(2026, 8, 5), **amounts)


def said(found):
    return [found_line.because.replace("\xa0", " ") for found_line in found]


def test_what_is_owed_is_the_settlement_without_tax_and_deductions():
    whole = settled(marks=marked("unexcused", "2026-07-06"), consented_deductions=Decimal("50"))
    now = owed(inputs(marks=marked("unexcused", "2026-07-06"), consented_deductions=Decimal("50")))
    assert (now.benefit, now.tax, now.net) == (whole.benefit, 0, whole.benefit)
    assert [found.code for found in now.lines] == ["base_main", "unexcused", "zus_pension", "zus_disability"]


def test_a_span_that_the_programme_no_longer_reaches_owes_nothing():
    ended = Programme(SPRING.trial, SPRING.main, date(2026, 6, 30))
    assert owed(inputs(programme=ended)) is None
    correction = correct(inputs(programme=ended), settled().lines, PAYDAY)
    assert (correction.owed, correction.benefit, correction.net) == (None, Decimal("-1783.90"), Decimal("-1783.90"))


def test_equal_lines_make_no_difference():
    assert differences(settled().lines, settled().lines) == ()


def test_each_line_says_what_it_was_what_it_is_and_which_days_changed():
    old = settled(marks=marked("sick", "2026-07-06", "2026-07-09"))
    (found, *_) = differences(old.lines, settled(marks=marked("sick", "2026-07-06")).lines)
    assert said([found]) == [
        (
            "Choroba ze zwolnieniem: było −89,20 zł (2 dni: 6 i 9 lipca), jest −44,60 zł (1 dzień: 6 lipca); "
            "różnica 44,60 zł."
        )
    ]
    assert (found.amount, found.days) == (Decimal("44.60"), (date(2026, 7, 9),))


def test_a_line_that_went_is_told_as_nothing():
    (found, *_) = differences(settled(marks=marked("unexcused", "2026-07-06")).lines, settled().lines)
    assert said([found]) == [
        "Nieobecność nieusprawiedliwiona: było −89,20 zł (1 dzień: 6 lipca), jest 0,00 zł; różnica 89,20 zł."
    ]


def test_lines_of_one_kind_are_paired_in_their_order():
    split = Programme(Span(date(2026, 7, 1), date(2026, 7, 31)), Span(date(2026, 8, 1), date(2027, 2, 28)))
    old, new = settled("trial", programme=split).lines, settled().lines
    assert [(found.code, found.amount) for found in differences(old, new) if found.code.startswith("base_")] == [
        ("base_trial", -line(settled("trial", programme=split), "base_trial").amount),
        ("base_main", Decimal("1783.90")),
    ]


def test_more_owed_is_taxed_on_its_own_payday():
    earlier = (EarlierPayment(Decimal("1000"), Decimal("120")),)
    old = settled(marks=marked("unexcused", "2026-07-06"))
    correction = correct(inputs(earlier_payments=earlier), old.lines, PAYDAY)
    # 12 % of 1 089 is 130,68 → 131, of which 120 is taken.
    assert (correction.benefit, correction.tax, correction.net) == (
        Decimal("89.20"),
        Decimal("11.00"),
        Decimal("78.20"),
    )
    assert [found.code for found in correction.lines] == ["unexcused", "tax", "zus_pension", "zus_disability"]


def test_less_owed_is_not_taxed():
    correction = correct(inputs(marks=marked("unexcused", "2026-07-06")), settled().lines, PAYDAY)
    assert (correction.tax, correction.net) == (0, Decimal("-89.20"))
    assert "tax" not in [found.code for found in correction.lines]


def test_a_month_whose_sum_stays_below_nothing_is_not_taxed():
    asked_back = (EarlierPayment(Decimal("-2500"), Decimal("0")),)
    paid = settled(earlier_payments=asked_back)
    assert (paid.tax, paid.net) == (0, paid.benefit)
    assert "razem w miesiącu −2 500,00 + 1 783,90 = −716,10 zł" in line(paid, "tax").because.replace("\xa0", " ")


def test_a_negative_payment_among_others_is_said_with_its_sign():
    paid = settled(earlier_payments=(EarlierPayment(Decimal("100"), Decimal("12")), EarlierPayment(Decimal("-50"), 0)))
    assert "100,00 − 50,00 + 1 783,90 = 1 833,90 zł" in line(paid, "tax").because.replace("\xa0", " ")


def test_a_bonus_above_what_the_new_facts_allow_is_asked_back():
    old = settled(approved_bonus=Decimal("300"))
    lost = marked("unexcused", "2026-07-06", "2026-07-07", "2026-07-08", "2026-07-09")
    correction = correct(inputs(marks=lost, approved_bonus=Decimal("300")), old.lines, PAYDAY)
    assert (correction.bonus, correction.net) == (Decimal("-300"), -old.benefit - Decimal("300"))


def amounts(text):
    return [Decimal(amount) for amount in text.split()]


@pytest.mark.parametrize(
    "months, carry",
    [
        ([], "0.00"),
        (["1000 500"], "0.00"),
        (["-89.20"], "-89.20"),
        (["-89.20", "89.20"], "0.00"),
        (["-1694.70 0", "1783.90"], "0.00"),
        (["-100", "-50", "30"], "-120.00"),
        # Asked back after its month was taxed already: that advance stays taken.
        (["1783.90 -89.20"], "-89.20"),
        (["1000 -500 300"], "-200.00"),
        (["89.20 -178.40"], "-178.40"),
        (["1783.90 -89.20", "50"], "-39.20"),
        (["-100 300", "-10 40"], "0.00"),
    ],
)
def test_what_lowered_no_tax_in_its_month_is_carried(months, carry):
    assert carried(map(amounts, months)) == Decimal(carry)
