"""The way from the application to the admission: how many reached each step, and how long it took them. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import NamedTuple

# Name of a step → the day it was reached, None where it was not.
Journey = Mapping[str, date | None]


class Step(NamedTuple):
    """`after`: the steps it is counted from, the first of them that was reached; the tracks run beside each other."""

    name: str
    label: str
    after: Sequence[str] = ()
    # Asked for by some centres and offices only: not told where nobody has reached it.
    is_optional: bool = False


STEPS = (
    Step("submitted", "Złożono wniosek"),
    Step("sent", "Wysłano do urzędu", ["submitted"]),
    Step("received", "Wpłynął do urzędu", ["sent"]),
    Step("opinion", "Opinia urzędu", ["received"]),
    Step("consent", "Zgoda kierownika urzędu", ["opinion"], is_optional=True),
    Step("referral", "Skierowanie", ["consent", "opinion"], is_optional=True),
    Step("entered", "W naborze", ["submitted"]),
    Step("interview", "Rozmowa", ["entered"]),
    Step("qualified", "Zakwalifikowano", ["interview", "entered"]),
    Step("admitted", "Przyjęto", ["qualified", "submitted"]),
)


@dataclass(frozen=True)
class Reached:
    """`days`: median from the step before, `whole_days`: from the submission; None where nobody can tell."""

    label: str
    count: int
    share: int
    days: float | None
    whole_days: float | None

    @property
    def days_text(self) -> str:
        return _text(self.days)

    @property
    def whole_days_text(self) -> str:
        return _text(self.whole_days)


def _text(days: float | None) -> str:
    """`12`, `3,5`; a dash where nobody can tell."""
    return "—" if days is None else f"{days:g}".replace(".", ",")


def reached(journeys: Iterable[Journey]) -> list[Reached]:
    """Each step in order; `share` in per cent of all, rounded half up."""
    rows = list(journeys)
    found = [_of_step(step, rows) for step in STEPS]
    return [row for row, step in zip(found, STEPS, strict=True) if row.count or not step.is_optional]


def _of_step(step: Step, rows: Sequence[Journey]) -> Reached:
    there = [row for row in rows if row[step.name]]
    share = (200 * len(there) + len(rows)) // (2 * len(rows)) if rows else 0
    first = ("submitted",) if step.after else ()
    return Reached(step.label, len(there), share, _median(step, there, step.after), _median(step, there, first))


def _median(step: Step, there: Sequence[Journey], after: Sequence[str]) -> float | None:
    days = []
    for row in there:
        before = next((row[name] for name in after if row[name]), None)
        if before:
            days.append((row[step.name] - before).days)
    return median(days) if days else None
