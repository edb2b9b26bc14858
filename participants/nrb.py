"""The number of a Polish bank account (NRB): 26 digits, checked like the IBAN behind it. Pure."""

import re

from schwifty import IBAN
from schwifty.exceptions import SchwiftyException

LENGTH = 26


def tidy(text: str) -> str:
    """The digits alone: spaces, dashes and a leading PL are how people write it."""
    return re.sub(r"[\s-]", "", text).upper().removeprefix("PL")


def fault(number: str) -> str:
    """What is wrong with the number, in Polish; "" when it may stand."""
    if not re.fullmatch(r"[0-9]+", number):
        return "Numer rachunku składa się z samych cyfr (może je poprzedzać PL)."
    if len(number) != LENGTH:
        return f"Numer rachunku ma 26 cyfr; wpisano {len(number)}."
    try:
        IBAN(f"PL{number}")
    except SchwiftyException:
        return "Numer rachunku jest błędny (nie zgadzają się cyfry kontrolne). Porównaj go z wnioskiem uczestnika."
    if not bank_name(number):
        return f"Żaden bank nie ma numeru rozliczeniowego {sort_code(number)} (cyfry od 3. do 10.). Sprawdź je."
    return ""


def sort_code(number: str) -> str:
    """The eight digits that name the bank and its branch."""
    return number[2:10]


def bank_name(number: str) -> str:
    """The bank's name, "" when its sort code is unknown."""
    return IBAN(f"PL{number}", allow_invalid=True).bank_name or ""


def text(number: str) -> str:
    """ "61 1090 1014 0000 0712 1981 2874"."""
    return " ".join([number[:2], *(number[i : i + 4] for i in range(2, len(number), 4))])
