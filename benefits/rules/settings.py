"""The settings of one version of the regulations, as the calculation reads them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Any, NamedTuple

from benefits.rules.errors import WrongSetting

REQUIRED: Any = object()
FRACTION = re.compile(r"\d{1,6}(/\d{1,6}|\.\d{1,6})?")


class Setting(NamedTuple):
    """How a setting is called on screen, how its value is read, and the value it has where nobody chose one."""

    label: str
    read: Callable[[Any], Any]
    default: Any = REQUIRED


def fraction(value: Any) -> Fraction:
    """A fraction as text, "1/20" or "0"; a decimal would misprice a thirtieth."""
    if not isinstance(value, str | Fraction):
        raise ValueError("ułamek podaje się jako tekst, na przykład „1/20”")
    try:
        read = Fraction(value) if isinstance(value, Fraction) or FRACTION.fullmatch(value) else None
    except ZeroDivisionError:
        read = None
    if read is None or read < 0:
        raise ValueError("to nie jest ułamek, na przykład „1/20”")
    return read


def fraction_or_none(value: Any) -> Fraction | None:
    return None if value is None else fraction(value)


def amount(value: Any) -> Decimal:
    """An amount in złoty, not negative, with two decimal places at most."""
    read = signed_amount(value)
    if read < 0:
        raise ValueError("kwota nie może być ujemna")
    return read


def signed_amount(value: Any) -> Decimal:
    if isinstance(value, bool) or not isinstance(value, str | int | Decimal):
        raise ValueError("kwotę podaje się jako tekst, na przykład „120.00”")
    try:
        read = Decimal(value)
    except InvalidOperation:
        raise ValueError("to nie jest kwota, na przykład „120.00”") from None
    if not read.is_finite() or abs(read) >= 10**12 or read != round(read, 2):
        raise ValueError("kwota ma najwyżej dwa miejsca po przecinku")
    return read


def count(value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError("to musi być liczba całkowita, nie mniejsza od zera")
    return value


def day_of_month(value: Any) -> int:
    if not 1 <= count(value) <= 31:
        raise ValueError("to musi być dzień miesiąca od 1 do 31")
    return int(value)


def flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError("to musi być „tak” albo „nie” (true, false)")
    return value


def one_of(*choices: str | None) -> Callable[[Any], str | None]:
    def read(value: Any) -> str | None:
        if value not in choices:
            raise ValueError(f"dozwolone: {', '.join(str(choice) for choice in choices)}")
        return value

    return read


SETTINGS: dict[str, Setting] = {
    "trial_rate": Setting("stawka w okresie próbnym", fraction),
    "main_rate": Setting("stawka w okresie właściwym", fraction),
    "unexcused_fraction": Setting("ułamek za dzień nieusprawiedliwiony", fraction),
    "unexcused_days_limit": Setting("limit dni nieusprawiedliwionych", count),
    "unexcused_limit_scope": Setting(
        "zakres limitu dni nieusprawiedliwionych", one_of("settlement", "calendar_month"), "settlement"
    ),
    "sick_fraction": Setting("ułamek za dzień choroby", fraction),
    "trial_sick_fraction": Setting("ułamek za dzień choroby w okresie próbnym", fraction_or_none, None),
    "sick_days_limit": Setting("limit dni choroby", count),
    "sick_limit_scope": Setting(
        "zakres limitu dni choroby", one_of("programme", "main_period", "settlement"), "programme"
    ),
    "sick_day_unit": Setting("które dni choroby się liczą", one_of("class_days", "calendar_days"), "class_days"),
    "over_limit_share": Setting("udział dnia choroby ponad limit", one_of("class_day", "thirtieth"), "class_day"),
    "excused_fraction": Setting("ułamek za dzień usprawiedliwiony", fraction),
    "care_fraction": Setting("ułamek za dzień opieki", fraction),
    "bonus_cap": Setting("najwyższa premia", fraction),
    "bonus_basis": Setting("podstawa najwyższej premii", one_of("full_rate", "benefit_due"), "full_rate"),
    "bonus_in_trial": Setting("premia w okresie próbnym", flag, False),
    "bonus_when_benefit_lost": Setting("premia mimo utraty świadczenia", flag, False),
    "minimum_paid": Setting("kwota wolna od potrąceń", amount, Decimal("0.00")),
    "trial_settlement": Setting("rozliczenie okresu próbnego", one_of("separate", "calendar_month")),
    "trial_end_rule": Setting("koniec okresu próbnego", one_of("day_before", "same_day"), "day_before"),
    "part_month": Setting("część miesiąca", one_of("calendar_days", "thirtieths", "class_days")),
    "full_rate_rounding": Setting("zaokrąglenie pełnej stawki", one_of("up_to_10_grosz", "to_grosz"), "up_to_10_grosz"),
    "payday_day": Setting("dzień wypłaty", day_of_month),
    "trial_payday": Setting("wypłata za okres próbny", one_of("day_after", None), None),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a version of the regulations says about the benefit; the values are described by `SETTINGS`."""

    trial_rate: Fraction
    main_rate: Fraction
    unexcused_fraction: Fraction
    unexcused_days_limit: int
    unexcused_limit_scope: str
    sick_fraction: Fraction
    trial_sick_fraction: Fraction | None
    sick_days_limit: int
    sick_limit_scope: str
    sick_day_unit: str
    over_limit_share: str
    excused_fraction: Fraction
    care_fraction: Fraction
    bonus_cap: Fraction
    bonus_basis: str
    bonus_in_trial: bool
    bonus_when_benefit_lost: bool
    minimum_paid: Decimal
    trial_settlement: str
    trial_end_rule: str
    part_month: str
    full_rate_rounding: str
    payday_day: int
    trial_payday: str | None

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any]) -> "Settings":
        """Settings by name, fractions as text; WrongSetting for a name or a value that means nothing."""
        if unknown := sorted(values.keys() - SETTINGS.keys()):
            raise WrongSetting(f"Nieznane ustawienie regulaminu: {', '.join(unknown)}.")
        return cls(**{name: _read(name, values.get(name, SETTINGS[name].default)) for name in SETTINGS})

    def as_mapping(self) -> dict[str, Any]:
        """What `from_mapping` reads, fit for JSON."""
        values = {item.name: getattr(self, item.name) for item in fields(self)}
        return {name: str(value) if isinstance(value, Fraction | Decimal) else value for name, value in values.items()}


def _read(name: str, value: Any) -> Any:
    if value is REQUIRED:
        raise WrongSetting(f"Brak ustawienia regulaminu: {SETTINGS[name].label} ({name}).")
    try:
        return SETTINGS[name].read(value)
    except ValueError as error:
        raise WrongSetting(f"Złe ustawienie „{SETTINGS[name].label}” ({name}): {value!r} – {error}.") from None
