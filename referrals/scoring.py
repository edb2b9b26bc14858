"""How a candidate's points come about, and who stands where. Pure: no database, no clock.

Two methods: the recruiters' scores (S1 § 2) and points for need (S2 § 5). A point is a Fraction, an income a Decimal in
złoty. Every number bears a Polish sentence that says where it comes from, and the § of the regulations.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cistor.dates import day_text, months_later
from cistor.money import POLISH, rounded, zloty

CRITERIA = {"motivation": "Motywacja", "potential": "Potencjał", "prognosis": "Rokowanie"}


@dataclass(frozen=True)
class Line:
    """One reason of the points."""

    points: Fraction
    sentence: str
    source: str = ""


@dataclass(frozen=True)
class Marks:
    """What one recruiter says, each criterion from 1 to the scale."""

    motivation: int
    potential: int
    prognosis: int


@dataclass(frozen=True)
class ScoreRules:
    """`weights` and `sources` by the names of CRITERIA."""

    scale: int
    weights: Mapping[str, Fraction]
    sources: Mapping[str, str]


@dataclass(frozen=True)
class NeedRules:
    """Points for an income strictly below the threshold, and for each full stretch of months without work.

    A missing threshold or stretch means that the regulations do not ask for it.
    """

    threshold: Decimal | None
    income_points: int
    income_source: str
    months: int | None
    jobless_points: int
    jobless_source: str


@dataclass(frozen=True)
class Need:
    """What the candidate states; None where it is not known. `proof` says by which paper, in Polish."""

    income_per_head: Decimal | None
    proof: str
    jobless_since: date | None


@dataclass(frozen=True)
class Entrant:
    """A candidate as the ranking knows one: a key of the caller, the reasons, the order of application."""

    key: int
    lines: tuple[Line, ...]
    submitted_on: date
    number: str

    @property
    def points(self) -> Fraction:
        return sum((line.points for line in self.lines), Fraction(0))

    @property
    def order(self) -> tuple[date, tuple[int, ...], int]:
        """Who applied earlier; on one day the lower number (W/9/2026 before W/10/2026)."""
        return self.submitted_on, tuple(map(int, reversed(re.findall(r"\d+", self.number)))), self.key


@dataclass(frozen=True)
class Ranked:
    """`tie` says, where somebody else has as many points, why this one stands here; else ""."""

    place: int
    entrant: Entrant
    is_within: bool
    tie: str


def score_points(marks: Sequence[Marks], rules: ScoreRules) -> list[Line]:
    """Of each criterion the recruiters' mean, times its weight. ValueError when nobody has scored."""
    if not marks:
        raise ValueError("no scores")
    return [_criterion(name, [getattr(one, name) for one in marks], rules) for name in CRITERIA]


def _criterion(name: str, given: list[int], rules: ScoreRules) -> Line:
    weight, mean = rules.weights[name], Fraction(sum(given), len(given))
    each = ", ".join(map(str, sorted(given, reverse=True)))
    of = f"średnia {points_text(mean)} z ocen {each}" if len(given) > 1 else f"ocena {each}"
    said = f"{CRITERIA[name]}: {of} (w skali od 1 do {rules.scale}) × waga {points_text(weight)}."
    return Line(mean * weight, said, rules.sources.get(name, ""))


def need_points(need: Need, rules: NeedRules, *, on: date) -> list[Line]:
    """Points for the income and for the time without work; `on` is the day that time is counted to."""
    lines = [] if rules.threshold is None else [_income(need, rules, rules.threshold)]
    return lines if rules.months is None else [*lines, _jobless(need, rules, rules.months, on)]


def _income(need: Need, rules: NeedRules, threshold: Decimal) -> Line:
    if need.income_per_head is None:
        return Line(Fraction(0), "Dochodu na osobę w rodzinie nie podano.", rules.income_source)
    is_below = need.income_per_head < threshold
    compared = "poniżej kwoty" if is_below else "nie niższy niż"
    proof = f" ({need.proof})" if need.proof else ""
    said = f"Dochód na osobę w rodzinie {zloty(need.income_per_head)}{proof}: {compared} {zloty(threshold)}."
    return Line(Fraction(rules.income_points if is_below else 0), said, rules.income_source)


def _jobless(need: Need, rules: NeedRules, months: int, on: date) -> Line:
    if need.jobless_since is None:
        return Line(Fraction(0), "Czasu bez pracy nie podano.", rules.jobless_source)
    full = full_months(need.jobless_since, on)
    said = (
        f"Bez pracy od {day_text(need.jobless_since)}: do {day_text(on)} pełnych miesięcy {full}, "
        f"za każde pełne {months} – {rules.jobless_points} pkt."
    )
    return Line(Fraction(full // months * rules.jobless_points), said, rules.jobless_source)


def full_months(since: date, on: date) -> int:
    """Whole months from the day until the other; one is full on the day with the same number (or the month's last)."""
    count = (on.year - since.year) * 12 + on.month - since.month
    is_full = months_later(since, count, "same_day") <= on
    return max(count if is_full else count - 1, 0)


def ranking(entrants: Iterable[Entrant], *, places: int) -> list[Ranked]:
    """Most points first; among equals whoever applied earlier (S2 § 5 ust. 4; the same where nothing is said)."""
    ordered = sorted(entrants, key=lambda entrant: (-entrant.points, entrant.order))
    neighbours = zip([None, *ordered], ordered, [*ordered[1:], None], strict=False)
    return [
        Ranked(place, entrant, place <= places, _tie(before, entrant, after))
        for place, (before, entrant, after) in enumerate(neighbours, 1)
    ]


def _tie(before: Entrant | None, this: Entrant, after: Entrant | None) -> str:
    if before and before.points == this.points:
        return (
            f"Tyle samo punktów co {before.number}; o kolejności decyduje kolejność zgłoszeń: {_later(before, this)}."
        )
    if after and after.points == this.points:
        return f"Tyle samo punktów co {after.number}; o kolejności decyduje kolejność zgłoszeń: {_later(this, after)}."
    return ""


def _later(first: Entrant, second: Entrant) -> str:
    if first.submitted_on == second.submitted_on:
        return f"oba wnioski złożono {day_text(first.submitted_on)}, {first.number} ma niższy numer"
    days = day_text(first.submitted_on), day_text(second.submitted_on)
    return f"{first.number} złożono {days[0]}, {second.number} – {days[1]}"


def points_text(points: Fraction) -> str:
    """As in "11,67", "5"; two decimal places at most."""
    text = f"{rounded(points):f}"
    return text.rstrip("0").rstrip(".").translate(POLISH)
