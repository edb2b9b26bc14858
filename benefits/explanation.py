"""One settlement explained: its lines in the order of the sum, its days as a small calendar, the versions behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from benefits.models import Line, Problem, Settlement
from benefits.rules import Inputs
from benefits.rules.cases import inputs_from
from benefits.rules.reckoning import BENEFIT
from cistor.centres.models import DayCode, Regulations
from cistor.dates import days_between

PAYMENT = ("bonus", "tax", "deduction")
WEEK = 7


@dataclass(frozen=True)
class Cell:
    """One day of the calendar. `code` is none on a day without classes; outside the settlement nothing is shown."""

    day: date
    inside: bool = False
    has_classes: bool = False
    unmarked: bool = False
    code: DayCode | None = None


def lines_by_part(settlement: Settlement) -> dict[str, list[Line]]:
    """`benefit` adds up to the benefit, with `payment` to net; `zus` stands outside."""
    lines = list(settlement.lines.all())
    return {
        "benefit": [line for line in lines if line.code in BENEFIT],
        "payment": [line for line in lines if line.code in PAYMENT],
        "zus": [line for line in lines if line.code not in (*BENEFIT, *PAYMENT)],
    }


def weeks(settlement: Settlement) -> list[list[Cell]]:
    """The settled days as they were when it was counted, Monday first."""
    cells = list(_cells(settlement, inputs_from(settlement.inputs)))
    return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]


def codes_used(settlement: Settlement, rows: list[list[Cell]]) -> list[DayCode]:
    """The legend of the calendar."""
    used = {cell.code.meaning for row in rows for cell in row if cell.code}
    return [code for meaning, code in _codes(settlement).items() if meaning in used]


def versions_used(settlement: Settlement) -> list[tuple[str, date]]:
    """Title and first day of the versions of the regulations in force on the settled days."""
    rows = [(title, date.fromisoformat(since)) for since, _, title, _ in settlement.inputs["regulations_from"]]
    begun = [row for row in rows if row[1] <= settlement.end_on]
    later = [since for _, since in begun[1:]] + [date.max]
    return [row for row, until in zip(begun, later, strict=True) if until > settlement.start_on]


def _cells(settlement: Settlement, inputs: Inputs) -> Iterator[Cell]:
    start, end = settlement.start_on, settlement.end_on
    codes, unmarked = _codes(settlement), _unmarked(settlement)
    classes = inputs.rulebook.calendar.class_days(start, end)
    monday = start - timedelta(days=start.weekday())
    for day in days_between(monday, end + timedelta(days=WEEK - 1 - end.weekday())):
        if not start <= day <= end:
            yield Cell(day)
        elif day in unmarked:
            yield Cell(day, inside=True, has_classes=True, unmarked=True)
        else:
            meaning = inputs.marks.get(day) or ("present" if day in classes else "")
            yield Cell(day, inside=True, has_classes=day in classes, code=codes.get(meaning))


def _codes(settlement: Settlement) -> dict[str, DayCode]:
    version = Regulations.objects.version(settlement.programme.participant.centre_id, settlement.end_on)
    return {code.meaning: code for code in DayCode.objects.filter(regulations=version)}


def _unmarked(settlement: Settlement) -> set[date]:
    problems = Problem.objects.filter(
        payment_list=settlement.payment_list_id, programme=settlement.programme_id, kind=Problem.Kind.UNMARKED
    )
    return {day for problem in problems for day in problem.days}
