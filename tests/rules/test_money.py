from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cistor.money import DOWN, TEN_GROSZ, UP, ZLOTY, percent, rounded, share, typed, zloty


@pytest.mark.parametrize(
    "amount, to, how, expected",
    [
        (Decimal("0.005"), Decimal("0.01"), "ROUND_HALF_UP", "0.01"),
        (Decimal("-0.005"), Decimal("0.01"), "ROUND_HALF_UP", "-0.01"),
        (Fraction(1, 3), Decimal("0.01"), "ROUND_HALF_UP", "0.33"),
        (Decimal("1783.50"), ZLOTY, "ROUND_HALF_UP", "1784.00"),
        (Decimal("1783.49"), ZLOTY, "ROUND_HALF_UP", "1783.00"),
        (Decimal("415.55"), TEN_GROSZ, UP, "415.60"),
        (Decimal("415.60"), TEN_GROSZ, UP, "415.60"),
        (Decimal("2140.68"), TEN_GROSZ, UP, "2140.70"),
    ],
)
def test_an_amount_is_rounded_once(amount, to, how, expected):
    assert str(rounded(amount, to, how)) == expected


def test_a_share_is_divided_last():
    assert share(Decimal("1783.90"), 2, 20) == Decimal("178.39")
    assert share(Decimal("1783.90"), 30, 30) == Decimal("1783.90")
    assert share(Decimal("100.00"), 1, 3, DOWN) == Decimal("33.33")


@given(st.integers(0, 10**9), st.integers(0, 60), st.integers(1, 60))
def test_a_share_is_never_half_a_grosz_away_from_the_exact_fraction(grosze, numerator, denominator):
    exact = Fraction(grosze * numerator, denominator)
    off = Fraction(share(Decimal(grosze) / 100, numerator, denominator)) * 100 - exact
    assert Fraction(-1, 2) < off <= Fraction(1, 2)


@pytest.mark.parametrize(
    "amount, text",
    [
        ("0", "0,00\u00a0zł"),
        ("178.39", "178,39\u00a0zł"),
        ("1783.9", "1\u00a0783,90\u00a0zł"),
        ("-1234567.89", "−1\u00a0234\u00a0567,89\u00a0zł"),
    ],
)
def test_an_amount_is_printed_in_polish(amount, text):
    assert zloty(Decimal(amount)) == text


def test_a_rate_is_printed_as_a_percentage():
    assert [percent(rate) for rate in (Fraction(6, 5), Decimal("0.1952"), Fraction(1, 2))] == ["120%", "19,52%", "50%"]


@pytest.mark.parametrize(
    "text, amount",
    [
        ("1 783,90", "1783.90"),
        ("1\u00a0783,9 zł", "1783.90"),
        ("1783.90", "1783.90"),
        ("100zł", "100.00"),
        ("-5", "-5.00"),
        ("−5", "-5.00"),
    ],
)
def test_a_typed_amount_is_read(text, amount):
    assert str(typed(text)) == amount


@pytest.mark.parametrize("text", ["", "zł", "1,234", "1 78,90", "1.783,90", "1e3", "NaN", "dwa", "1 783 90"])
def test_what_is_no_amount_is_refused_in_polish(text):
    with pytest.raises(ValueError, match="Podaj kwotę w złotych"):
        typed(text)
