"""PESEL: what is wrong with a number, and what a right one says about the person. Pure."""

from datetime import date

from stdnum.exceptions import InvalidChecksum, InvalidComponent, InvalidFormat, InvalidLength, ValidationError
from stdnum.pl import pesel

# These two do not pass even as "written so in the papers": no eleven digits were ever a PESEL.
MISTYPED: dict[type[ValidationError], str] = {
    InvalidFormat: "PESEL składa się z samych cyfr.",
    InvalidLength: "PESEL ma dokładnie 11 cyfr.",
}
FAULTY: dict[type[ValidationError], str] = {
    InvalidChecksum: "Ten numer PESEL jest błędny (nie zgadza się cyfra kontrolna).",
    InvalidComponent: "Ten numer PESEL jest błędny (nie ma takiej daty urodzenia).",
}
OVERRIDE = "Sprawdź cyfry. Jeżeli taki numer widnieje w dokumentach, zaznacz to pod polem."


def tidy(text: str) -> str:
    return pesel.compact(text)


def fault(number: str, *, faulty_accepted: bool = False) -> str:
    """What is wrong with the number, in Polish; "" when it may stand."""
    try:
        pesel.validate(number)
    except tuple(MISTYPED) as error:
        return MISTYPED[type(error)]
    except tuple(FAULTY) as error:
        return "" if faulty_accepted else f"{FAULTY[type(error)]} {OVERRIDE}"
    return ""


def birth_on(number: str) -> date:
    """The day of birth that a valid number carries; the century is in the month."""
    return pesel.get_birth_date(number)


def sex(number: str) -> str:
    """`woman` or `man`: the tenth digit of a valid number, even for a woman."""
    return "woman" if pesel.get_gender(number) == "F" else "man"
