"""What a mark costs, in one Polish sentence with the centre's own letters and limits. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cistor.centres.models import DayCode
from cistor.money import zloty

NOTHING_CHANGES = "Bez zmian w świadczeniu."
ORDINALS = ("pierwszy", "drugi", "trzeci", "czwarty", "piąty", "szósty", "siódmy", "ósmy", "dziewiąty", "dziesiąty")
# Where days are counted, what the benefit is for, what one day too many takes.
TRIAL = ("w okresie próbnym", "za okres próbny", "cały okres próbny")
MONTH = ("w tym miesiącu", "za ten miesiąc", "cały miesiąc")
OTHER = ("w tym rozliczeniu", "za to rozliczenie", "całe rozliczenie")


@dataclass(frozen=True)
class Words:
    """The codes of the day and its limit of free days; `of` takes an `attendance.consequences.Marked`."""

    codes: Mapping[str, DayCode]
    free_days: int

    def of(self, marked: Any) -> str:
        say = getattr(self, f"_{marked.meaning}", None)
        sentence = say(marked) if say else NOTHING_CHANGES
        return f"{sentence} W kolejnych rozliczeniach: {zloty(marked.later)}." if marked.later else sentence

    def _unexcused(self, marked: Any) -> str:
        place, letters = marked.place, self.codes["unexcused"].letters
        where = MONTH[0] if place.scope == "calendar_month" else _names(marked)[0]
        together = f", razem {place.total}" if place.total > place.number else ""
        row = f"{place.number}. dzień {letters} {where}{together}"
        if marked.lost_by and marked.amount:
            limit = days_of(marked.lost_by.limit)
            return f"{row}: przekroczony limit {limit}, przepada całe świadczenie: {zloty(marked.amount)}."
        warning = f"; {ordinal(place.limit + 1)} zabiera {_names(marked)[2]}" if place.total == place.limit else ""
        return f"{row}: {cost(marked)}{warning}."

    def _sick(self, marked: Any) -> str:
        place = marked.place
        if place is None:
            return f"Dzień chorobowy, w okresie próbnym poza limitem: {cost(marked)}."
        where = f" {_names(marked)[0]}" if place.scope == "settlement" else ""
        if place.is_over:
            return f"{place.number}. dzień chorobowy{where}, limit {place.limit}: {cost(marked)}."
        pushed = ", bo późniejszy dzień wychodzi ponad limit" if marked.pushed_over else ""
        return f"Dzień chorobowy {place.number} z {place.limit}{where}: {cost(marked)}{pushed}."

    def _excused(self, marked: Any) -> str:
        return self._by_fraction(marked, marked.settings.excused_fraction)

    def _care(self, marked: Any) -> str:
        return self._by_fraction(marked, marked.settings.care_fraction)

    def _by_fraction(self, marked: Any, fraction: Any) -> str:
        # On a day without classes there is nothing to take, whatever the fraction.
        if not fraction or not marked.facts.is_class_day(marked.case.day):
            return NOTHING_CHANGES
        return f"Dzień {self.codes[marked.meaning].letters}, {fraction} pełnej stawki: {cost(marked)}."

    def _free_day(self, marked: Any) -> str:
        days = marked.facts.free_days
        number = days.index(marked.case.day) + 1
        together = f", razem {len(days)}" if len(days) > number else ""
        of_limit = f" z {self.free_days}" if number <= self.free_days else f", regulamin daje {self.free_days}"
        return f"{number}. dzień wolny{of_limit}{together}. {NOTHING_CHANGES}"


def cost(marked: Any) -> str:
    """The amount, or why there is none."""
    what = f"świadczenie {_names(marked)[1]}"
    if marked.was_lost:
        return f"{what} już przepadło"
    if not marked.amount and not marked.case.present.benefit:
        return f"{what} wynosi już {zloty(marked.case.present.benefit)}"
    return zloty(marked.amount) if marked.amount else "bez zmian w świadczeniu"


def names(span: Any, first_on: date) -> tuple[str, str, str]:
    """How a settlement of a programme since `first_on` is called, as where, for what, and what is lost.

    A month that shares its days with a trial settled apart is no whole month.
    """
    if span.key == "trial":
        return TRIAL
    return MONTH if span.covered.start_on in (span.whole.start_on, first_on) else OTHER


def _names(marked: Any) -> tuple[str, str, str]:
    return names(marked.case.span, marked.facts.programme.first_on)


def days_of(limit: int) -> str:
    """The limit "1 dnia", "3 dni"."""
    return f"{limit} dnia" if limit == 1 else f"{limit} dni"


def ordinal(number: int) -> str:
    """The fourth: "czwarty"; "11." beyond ten."""
    return ORDINALS[number - 1] if number <= len(ORDINALS) else f"{number}."
