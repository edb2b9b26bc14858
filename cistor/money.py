"""Money: one rounding function, złoty as printed, amounts as typed. Pure; every amount is a Decimal in złoty."""

import re
from decimal import ROUND_05UP, ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from functools import lru_cache

GROSZ = Decimal("0.01")
TEN_GROSZ = Decimal("0.1")
ZLOTY = Decimal("1")
NOTHING = Decimal("0.00")

HALF_UP, UP, DOWN = ROUND_HALF_UP, ROUND_CEILING, ROUND_FLOOR

# A quotient that does not come out even never ends in 0 or 5 under this rounding, so `rounded` cannot round twice.
QUOTIENTS = Context(prec=40, rounding=ROUND_05UP)

NBSP = "\N{NO-BREAK SPACE}"
POLISH = str.maketrans({",": NBSP, ".": ",", "-": "\N{MINUS SIGN}"})
TYPED = re.compile(r"(?P<minus>[-−]?)(?P<whole>\d{1,3}( \d{3})+|\d{1,12})([.,](?P<part>\d{1,2}))?( ?zł)?")


def rounded(amount: Decimal | Fraction, to: Decimal = GROSZ, how: str = HALF_UP) -> Decimal:
    """The amount as a whole number of `to` (grosz, ten grosz, złoty), with two decimal places; half up unless told."""
    if not isinstance(amount, Decimal):
        amount = QUOTIENTS.divide(Decimal(amount.numerator), Decimal(amount.denominator))
    return amount.quantize(to, how).quantize(GROSZ)


def share(amount: Decimal, numerator: int, denominator: int, how: str = HALF_UP) -> Decimal:
    """`amount` × `numerator` / `denominator`, divided last and rounded once, to the grosz."""
    return QUOTIENTS.divide(amount * numerator, Decimal(denominator)).quantize(GROSZ, how)


def number(amount: Decimal) -> str:
    """Two decimal places, non-breaking spaces between thousands, the minus sign of typography: 1 783,90 or −178,39."""
    return f"{amount:,.2f}".translate(POLISH)


@lru_cache(maxsize=4096)  # a monthly run says the same few amounts thousands of times
def zloty(amount: Decimal) -> str:
    """As `number`, with the currency: 1 783,90 zł."""
    return f"{number(amount)}{NBSP}zł"


@lru_cache(maxsize=256)
def percent(rate: Fraction | Decimal) -> str:
    """120% or 19,52%: two decimal places at most."""
    text = f"{rounded(rate * 100):f}".rstrip("0").rstrip(".")
    return f"{text.translate(POLISH)}%"


def typed(text: str) -> Decimal:
    """An amount as a person types it (1 783,90 or 1783.9 or 100 zł); ValueError with a Polish message otherwise."""
    found = TYPED.fullmatch(" ".join(text.split()))
    if not found:
        raise ValueError("Podaj kwotę w złotych, na przykład 1 783,90 – najwyżej dwa miejsca po przecinku.")
    minus = "-" if found["minus"] else ""
    return Decimal(f"{minus}{found['whole'].replace(' ', '')}.{found['part'] or '0'}").quantize(GROSZ)
