"""One settlement explained: its lines in the order of the sum, its days as a small calendar, the versions behind it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from benefits.models import Line, Problem, Settlement
from benefits.rules import Inputs
from benefits.rules.cases import inputs_from
from benefits.rules.reckoning import BENEFIT
from benefits.rules.reductions import COSTS
from cistor.centres.models import DayCode
from cistor.dates import days_between
from cistor.drawings import Drawing, Step, waterfall
from cistor.money import NOTHING, zloty

PAYMENT = ("bonus", "tax", "deduction")
WEEK = 7
# Lines of one code are one step of the drawing.
STEPS = {
    "base_trial": "Podstawa w okresie próbnym",
    "base_main": "Podstawa w okresie właściwym",
    "unexcused": "Nieobecności nieusprawiedliwione",
    "unexcused_over_limit": "Utrata świadczenia",
    "sick": "Choroba",
    "sick_over_limit": "Choroba ponad limit",
    "excused": "Nieobecności usprawiedliwione",
    "care": "Opieka",
    "not_taken": "Nieodjęte",
    "bonus": "Premia motywacyjna",
    "tax": "Zaliczka na podatek",
    "deduction": "Potrącenia",
}
# How the stored sentences name a day, which the page names by the centre's letters; its meaning by the code of a line.
MEANINGS = {"sick_over_limit": "sick", "unexcused_over_limit": "unexcused"}
NOUNS = {code: noun.removesuffix(" ponad limit") for code, (noun, _) in COSTS.items()}


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


def sentences(settlement: Settlement, letters: Mapping[str, str]) -> list[str]:
    """A sentence a line, in the order of the sum; `letters` by meaning, with which the centre marked the days."""
    return [said(line, letters) for line in settlement.lines.all()]


def said(line: Line, letters: Mapping[str, str]) -> str:
    """ "Za 2 dni NN (6 i 9 października) odjęto …": as issued, but for the letters, which stand in the calendar too."""
    meaning = MEANINGS.get(line.code, line.code)
    noun = NOUNS.get(meaning)
    return line.because.replace(noun, letters[meaning]) if noun and letters.get(meaning) else line.because


def outcome(settlement: Settlement, letters: Mapping[str, str]) -> str:
    """Why nothing is paid, or less than the net; "" where the sum speaks for itself."""
    net, withheld = settlement.net, settlement.withheld
    if net < 0:
        return f"Według nowych danych wypłacono o {zloty(-net)} za dużo. Ta kwota zmniejszy następne wypłaty."
    if withheld:
        left = f"do wypłaty zostaje {zloty(settlement.payout)}" if settlement.payout else "do wypłaty nie zostaje nic"
        return f"Z {zloty(net)} zaliczono {zloty(withheld)} na to, co wcześniej wypłacono za dużo; {left}."
    if net:
        return ""
    if settlement.corrects_id:
        return "Dane zmieniły się, ale kwota do wypłaty pozostaje ta sama."
    taken = [line for line in settlement.lines.all() if line.amount < 0]
    return f"Nic do wypłaty. {said(min(taken, key=lambda line: line.amount), letters)}" if taken else "Nic do wypłaty."


def steps_of(settlement: Settlement, parts: dict[str, list[Line]]) -> Drawing:
    """From the base to what is paid, a step for each kind of line."""
    steps = [*_steps(parts["benefit"])]
    if parts["payment"]:
        steps += [_total("Świadczenie", settlement.benefit), *_steps(parts["payment"])]
    if settlement.withheld:
        steps += [
            _total("Netto", settlement.net),
            Step("Zaliczono na nadpłatę", -settlement.withheld, zloty(-settlement.withheld)),
        ]
    steps.append(_total("Nadpłata", settlement.net) if settlement.net < 0 else _total("Do wypłaty", settlement.payout))
    said = "; ".join(f"{step.label}: {step.text}" for step in steps)
    return waterfall(steps, name="steps", title="Od podstawy do wypłaty", desc=said)


def _steps(lines: list[Line]) -> list[Step]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.code] = sums.get(line.code, NOTHING) + line.amount
    return [Step(STEPS[code], amount, zloty(amount)) for code, amount in sums.items() if amount]


def _total(label: str, amount: Decimal) -> Step:
    return Step(label, amount, zloty(amount), total=True)


def weeks(settlement: Settlement, codes: Mapping[str, DayCode]) -> list[list[Cell]]:
    """The settled days as they were when it was counted, Monday first; `codes` by meaning."""
    cells = list(_cells(settlement, inputs_from(settlement.inputs), codes))
    return [cells[start : start + WEEK] for start in range(0, len(cells), WEEK)]


def codes_used(rows: list[list[Cell]], codes: Mapping[str, DayCode]) -> list[DayCode]:
    """The legend of the calendar."""
    used = {cell.code.meaning for row in rows for cell in row if cell.code}
    return [code for meaning, code in codes.items() if meaning in used]


def neighbours(settlement: Settlement) -> tuple[Settlement | None, Settlement | None]:
    """The settlements of the same person before and after this one, in the order of payment."""
    rows = Settlement.objects.filter(programme__participant=settlement.programme.participant_id)
    rows = rows.only("span", "start_on", "end_on", "corrects", "payment_list")
    ordered = [None, *rows.order_by("payment_list__payday", "start_on", "pk"), None]
    place = ordered.index(settlement)
    return ordered[place - 1], ordered[place + 1]


def versions_used(settlement: Settlement) -> list[tuple[str, date]]:
    """Title and first day of the versions of the regulations in force on the settled days."""
    rows = [(title, date.fromisoformat(since)) for since, _, title, _ in settlement.inputs["regulations_from"]]
    begun = [row for row in rows if row[1] <= settlement.end_on]
    later = [since for _, since in begun[1:]] + [date.max]
    return [row for row, until in zip(begun, later, strict=True) if until > settlement.start_on]


def _cells(settlement: Settlement, inputs: Inputs, codes: Mapping[str, DayCode]) -> Iterator[Cell]:
    start, end = settlement.start_on, settlement.end_on
    last = min(end, inputs.programme.last_on)
    unmarked = _unmarked(settlement)
    classes = inputs.rulebook.calendar.class_days(start, end)
    monday = start - timedelta(days=start.weekday())
    for day in days_between(monday, end + timedelta(days=WEEK - 1 - end.weekday())):
        if not start <= day <= last:
            yield Cell(day)
        elif day in unmarked:
            yield Cell(day, inside=True, has_classes=True, unmarked=True)
        else:
            meaning = inputs.marks.get(day) or ("present" if day in classes else "")
            yield Cell(day, inside=True, has_classes=day in classes, code=codes.get(meaning))


def _unmarked(settlement: Settlement) -> set[date]:
    """With those to come; from all the problems of the list, which one query fetches for the slips of everybody."""
    problems = settlement.payment_list.problems.all()
    kinds = {Problem.Kind.UNMARKED, Problem.Kind.UPCOMING}
    found = [one for one in problems if one.programme_id == settlement.programme_id and one.kind in kinds]
    return {day for problem in found for day in problem.days}
