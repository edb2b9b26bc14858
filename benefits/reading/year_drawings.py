"""How a year is drawn: its cost by month and kind, what absences took, who got what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from math import ceil

from django.urls import reverse

from benefits.reading.year import KINDS, MONTHS, Month, Year
from cistor.dates import month_text
from cistor.drawings import Bar, Cell, Drawing, Series, bars, columns, heat_map
from cistor.money import NOTHING, number, zloty
from participants.models import Participant

SHORT = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
LEVELS = 4
# By the class of a cell whose month is not all sent: its letter, and what it means.
MARKS = {"part": ("Z", "zwrot z banku"), "off": ("N", "jeszcze nie wysłano")}
DESC = (
    "Wiersze to osoby, kolumny to miesiące wypłaty. Im ciemniejsze pole, tym wyższa wypłata; "
    + ", ".join(f"{letter} to {meaning}" for letter, meaning in MARKS.values())
    + "."
)


@dataclass(frozen=True)
class Person:
    """A row of the table: a cell for each month with what was paid, none where nothing was settled."""

    participant: Participant
    cells: list[Cell | None]
    sum: Decimal


def heads(year: int) -> list[Cell]:
    """The months, short and whole."""
    return [Cell(text=SHORT[month - 1], title=month_text(date(year, month, 1))) for month in MONTHS]


def cost(found: Year) -> Drawing:
    # A kind that the whole year knows nothing of would only stand in the legend.
    kinds = {kind: label for kind, label in KINDS.items() if any(found.cost[kind])}
    series = [Series(kind, label, found.cost[kind]) for kind, label in kinds.items()]
    said = "; ".join(f"{label}: {zloty(found.sums[kind])}" for kind, label in kinds.items())
    named = {"name": "cost", "title": f"Koszt świadczeń w {found.year} roku", "desc": f"W całym roku {said}."}
    return columns(heads(found.year), series, **named, corner="Miesiąc wypłaty")


def taken(found: Year) -> Drawing | None:
    """None in a year without reductions."""
    rows = [Bar(kind.label, kind.amount, zloty(kind.amount), "less") for kind in found.taken]
    said = "; ".join(f"{row.label}: {row.text}" for row in rows)
    title = f"Zmniejszenia świadczeń w {found.year} roku"
    return bars(rows, name="taken", title=title, desc=f"{said}.") if rows else None


def people(found: Year, participants: Iterable[Participant]) -> list[Person]:
    most = max((month.amount for months in found.by_person.values() for month in months), default=NOTHING)
    return [_person(participant, found, most) for participant in participants]


def heat(rows: list[Person], found: Year) -> Drawing | None:
    """The same cells without their amounts, which stand in the table below; None without anybody."""
    if not rows:
        return None
    cells = [[cell and replace(cell, text=MARKS.get(cell.kind, ("",))[0]) for cell in row.cells] for row in rows]
    names = [str(row.participant) for row in rows]
    drawn = heat_map(names, SHORT, cells, name="people", title=f"Kto ile dostał w {found.year} roku", desc=DESC)
    return replace(drawn, columns=(), rows=())


def _person(participant: Participant, found: Year, most: Decimal) -> Person:
    months = found.by_person[participant.pk]
    cells = [_cell(participant, *named, most) for named in zip(months, heads(found.year), strict=True)]
    return Person(participant, cells, sum((month.amount for month in months), NOTHING))


def _cell(participant: Participant, month: Month, head: Cell, most: Decimal) -> Cell | None:
    if not month.rows:
        return None
    said = f"{head.title}: {zloty(month.amount)}"
    if month.returned:
        said += f", zwrócono z banku {zloty(month.returned)}"
    if month.waits:
        said += f", jeszcze nie wysłano {zloty(month.waits)}"
    return Cell(_kind(month, most), number(month.amount), said, _address(participant, month))


def _kind(month: Month, most: Decimal) -> str:
    if month.returned or month.waits:
        return "part" if month.returned else "off"
    return f"level-{ceil(month.amount * LEVELS / most) if most else 0}"


def _address(participant: Participant, month: Month) -> str:
    """The settlement; where there are several in one month, everything of the person."""
    if len(month.rows) == 1:
        return reverse("benefits:settlement", args=[month.rows[0].pk])
    return reverse("benefits:person", args=[participant.pk])
