"""What a participant's data must look like: one table of checks for the acts and the forms. Pure."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from participants import pesel

LONGEST = {
    "first_name": 60,
    "last_name": 80,
    "document_number": 30,
    "street": 120,
    "city": 80,
    "email": 254,
    "holder": 120,
}
OLDEST = date(1900, 1, 1)
LATEST = date(2100, 1, 1)

# How it is written ----------------------------------------------------------------------------------------------------


def tidy(values: Mapping[str, Any]) -> dict[str, Any]:
    """Texts with single spaces, numbers in their one form; equal things become equal."""
    return {name: _tidy(name, value) if isinstance(value, str) else value for name, value in values.items()}


def _tidy(name: str, value: str) -> str:
    value = " ".join(value.split())
    return TIDIED[name](value) if name in TIDIED else value


def _phone(text: str) -> str:
    """ "600 100 200" at home, "+49 30123456" abroad; what is no number stays as typed."""
    digits = re.sub(r"[\s().-]", "", text)
    digits = re.sub(r"^(\+48|0048)(?=[0-9]{9}$)", "", digits)
    return " ".join(re.findall("...", digits)) if re.fullmatch(r"[0-9]{9}", digits) else digits


def _postal_code(text: str) -> str:
    return f"{text[:2]}-{text[2:]}" if re.fullmatch(r"[0-9]{5}", text) else text


TIDIED: dict[str, Callable[[str], str]] = {
    "pesel": pesel.tidy,
    "document_number": lambda text: text.replace(" ", "").upper(),
    "phone": _phone,
    "postal_code": _postal_code,
}

# What is wrong --------------------------------------------------------------------------------------------------------


def person(values: Mapping[str, Any], *, on: date) -> dict[str, str]:
    """Field → what is wrong with it, of tidied values; a field that is missing or None is not judged."""
    found: dict[str, str] = {}
    for name, value in values.items():
        problem = _shape(name, value)
        if problem:
            found[name] = problem
    for name, problem in (_identity(values) | _birth(values, on)).items():
        found.setdefault(name, problem)
    return found


def day(value: date) -> str:
    """A day outside two centuries is a slip of the hand, and arithmetic with it would overflow."""
    return "" if OLDEST <= value < LATEST else "Podaj dzień między 1.01.1900 a 31.12.2099."


def too_long(name: str, value: str) -> str:
    longest = LONGEST.get(name)
    return f"Najwyżej {longest} znaków; wpisano {len(value)}." if longest and len(value) > longest else ""


def name_fault(text: str) -> str:
    """Letters, spaces, hyphens and apostrophes; at least one letter."""
    if all(c.isalpha() or c in " -'’." for c in text) and any(map(str.isalpha, text)):
        return ""
    return "Wpisz litery; poza nimi mogą tu być tylko odstęp, łącznik i apostrof."


def phone_fault(text: str) -> str:
    if re.fullmatch(r"[0-9]{3} [0-9]{3} [0-9]{3}|(\+|00)[1-9][0-9]{6,14}", text):
        return ""
    return "Numer telefonu ma 9 cyfr, na przykład 600 100 200; zagraniczny zaczyna się od +."


def email_fault(text: str) -> str:
    try:
        validate_email(text)
    except ValidationError:
        return "To nie jest adres e-mail. Ma postać nazwa@domena.pl."
    return ""


def postal_code_fault(text: str) -> str:
    return "" if re.fullmatch(r"[0-9]{2}-[0-9]{3}", text) else "Kod pocztowy ma postać 87-100."


SHAPES: dict[str, Callable[[str], str]] = {
    "first_name": name_fault,
    "last_name": name_fault,
    "phone": phone_fault,
    "email": email_fault,
    "postal_code": postal_code_fault,
}


def _shape(name: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        return ""
    return too_long(name, value) or (SHAPES[name](value) if name in SHAPES else "")


def _identity(values: Mapping[str, Any]) -> dict[str, str]:
    """PESEL, or another document with its number; foreigners may have no PESEL."""
    number, kind, document = (values.get(name) or "" for name in ("pesel", "document_kind", "document_number"))
    if number:
        problem = pesel.fault(number, faulty_accepted=bool(values.get("pesel_faulty")))
        if problem:
            return {"pesel": problem}
    if document and not kind:
        return {"document_kind": "Wybierz, jaki to dokument."}
    if kind and not document:
        return {"document_number": "Podaj numer tego dokumentu."}
    if not number and not document:
        return {"pesel": "Podaj PESEL albo inny dokument tożsamości."}
    return {}


def _birth(values: Mapping[str, Any], on: date) -> dict[str, str]:
    """The birth date is possible; it and the sex agree with a valid PESEL (an accepted faulty one proves nothing)."""
    birth_on, sex, number = values.get("birth_on"), values.get("sex"), values.get("pesel") or ""
    if birth_on and not OLDEST <= birth_on <= on:
        return {"birth_on": "Data urodzenia nie może być z przyszłości ani sprzed 1900 roku."}
    if not number or values.get("pesel_faulty") or pesel.fault(number):
        return {}
    found = {}
    if birth_on and birth_on != pesel.birth_on(number):
        found["birth_on"] = f"Z numeru PESEL wynika data urodzenia {pesel.birth_on(number):%d.%m.%Y}. {_WHICH}"
    if sex and sex != pesel.sex(number):
        found["sex"] = f"Z numeru PESEL wynika płeć: {'kobieta' if sex == 'man' else 'mężczyzna'}. {_WHICH}"
    return found


_WHICH = "Popraw jedno z dwojga albo zaznacz, że PESEL w dokumentach jest błędny."
