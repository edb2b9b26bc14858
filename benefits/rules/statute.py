"""Statutory parameters: dated values with their sources, handed in by the caller."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from benefits.rules.errors import MissingStatutoryRate
from cistor.dates import day_text

KINDS = {
    "unemployment_benefit": "zasiłek dla bezrobotnych",
    "pit_rate": "stawka zaliczki na podatek",
    "pit_reduction": "miesięczne zmniejszenie zaliczki",
    "zus_pension": "składka emerytalna",
    "zus_disability": "składka rentowa",
}


@dataclass(frozen=True, eq=False)  # told apart by identity: it is a key of caches
class Parameter:
    """A value of the law from a day on, until the next one of its kind."""

    kind: str
    in_force_from: date
    value: Decimal
    source: str

    @cached_property
    def cited(self) -> str:
        """What it is, since when, and where it stands."""
        return f"{KINDS.get(self.kind, self.kind)} od {day_text(self.in_force_from)} ({self.source})"


class Statute:
    """The parameters by kind and day. Of two for one day the one handed in later holds: it mends the earlier."""

    def __init__(self, parameters: Iterable[Parameter]) -> None:
        self.parameters = tuple(parameters)
        ordered = sorted(self.parameters, key=lambda parameter: parameter.in_force_from)
        self._by_kind: dict[str, list[Parameter]] = {}
        for parameter in ordered:
            self._by_kind.setdefault(parameter.kind, []).append(parameter)
        self._starts = {kind: [row.in_force_from for row in rows] for kind, rows in self._by_kind.items()}

    def on(self, kind: str, day: date) -> Parameter:
        """The parameter in force; MissingStatutoryRate before the first known one."""
        if parameter := self.known(kind, day):
            return parameter
        raise self.missing(kind, day)

    def known(self, kind: str, day: date) -> Parameter | None:
        place = bisect_right(self._starts.get(kind, []), day)
        return self._by_kind[kind][place - 1] if place else None

    def missing(self, kind: str, day: date) -> MissingStatutoryRate:
        return MissingStatutoryRate(f"Brak parametru ustawowego: {KINDS.get(kind, kind)} na dzień {day_text(day)}.")

    def starts(self, kind: str) -> list[date]:
        """The days on which a new value of the kind begins."""
        return self._starts.get(kind, [])
