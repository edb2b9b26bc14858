"""Invented people, the same in every run: each centre draws from a stream of its own."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from stdnum import iban
from stdnum.pl import pesel as pesel_rules

from cistor.demo import names

OLDEST, YOUNGEST = date(1960, 1, 1), date(2004, 12, 31)
# Who has not brought the tax statement pays the advance from the first złoty.
TAX_SHARES = (1, 1, 1, 1, 1, 1, 2, 3, None, None)


@dataclass(eq=False)
class Person:
    """`fields` as the register takes them; `method` as the way of payment, None where none is known yet."""

    fields: dict
    method: dict | None
    tax_share: int | None


class People:
    def __init__(self, preset: str):
        self.random = Random(f"people of {preset}")  # noqa: S311 – nothing here is a secret
        self.towns, self.banks = names.TOWNS[preset], names.BANKS[preset]
        self.surnames = self.random.sample(names.SURNAMES, len(names.SURNAMES))
        self.serial = 0

    def name(self, *, woman: bool) -> tuple[str, str]:
        """First name and surname; nobody else in the centre has the surname."""
        surname = self.surnames.pop()
        return self.random.choice(names.WOMEN if woman else names.MEN), feminine(surname) if woman else surname

    def person(self, *, cash_desk: bool = False) -> Person:
        woman = self.random.random() < 0.55
        first_name, last_name = self.name(woman=woman)
        birth_on = OLDEST + timedelta(days=self.random.randrange((YOUNGEST - OLDEST).days + 1))
        self.serial += 1
        postal_code, city = self.random.choice(self.towns)
        fields = {
            "first_name": first_name,
            "last_name": last_name,
            "pesel": pesel(birth_on, woman=woman, serial=self.serial),
            "birth_on": birth_on,
            "sex": "woman" if woman else "man",
            "street": f"{self.random.choice(names.STREETS)} {self.random.randrange(1, 60)}",
            "postal_code": postal_code,
            "city": city,
            # No number in Poland begins with 49.
            "phone": f"49{self.random.randrange(10**7):07}",
        }
        method = {"kind": "cash_desk"} if cash_desk else self.account(f"{first_name} {last_name}")
        return Person(fields, method, self.random.choice(TAX_SHARES))

    def account(self, holder: str) -> dict:
        return {"kind": "account", "nrb": nrb(self.random.choice(self.banks), self.random), "holder": holder}


def feminine(surname: str) -> str:
    parts = surname.split("-")
    return "-".join(part[:-1] + "a" if part.endswith(("ski", "cki", "dzki")) else part for part in parts)


def pesel(birth_on: date, *, woman: bool, serial: int) -> str:
    month = birth_on.month + (20 if birth_on.year >= 2000 else 0)
    digits = f"{birth_on:%y}{month:02}{birth_on:%d}{serial % 1000:03}{serial % 5 * 2 + (0 if woman else 1)}"
    return digits + pesel_rules.calc_check_digit(digits)


def nrb(sort_code: str, random: Random) -> str:
    body = f"{sort_code}{random.randrange(10**16):016}"
    return iban.calc_check_digits(f"PL00{body}") + body
