"""How the deadlines stand on a page: in order of urgency under their headings, and in the days of a month."""

from calendar import Calendar
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from cistor.centres.calendar import holidays
from cistor.dates import SATURDAY, WEEKDAYS, day_count
from cistor.deadlines import SOON, Deadline
from cistor.drawings import Cell, Drawing, heat_map
from cistor.notices.deadlines import label
from cistor.notices.models import Reminder
from cistor.templatetags.cistor import plural
from referrals.deadlines import badge, urgency

THIS_WEEK = timedelta(days=6)
NEAR = "W tym tygodniu"
# The days that it means: today and the six after it, whatever day of the week.
NEAR_IN_FULL = "W tym tygodniu (najbliższe 7 dni)"
# What was met stays on its page for so long.
LATELY = timedelta(days=30)
# Of a day in the calendar so many are named; the rest unfold.
NAMED = 3
# Of a square in the map: what stands beside the number, and what it means.
MARKS = {"late": ("!", "po terminie"), "open": ("", "do spełnienia"), "whole": ("✓", "spełnione")}
CLIMBED = {Reminder.Step.TEAM: "przypomniano", Reminder.Step.DIRECTOR: "u dyrektora"}


@dataclass(frozen=True)
class Line:
    """A deadline with its words; `badge` is a pair (kind, text)."""

    row: Deadline
    label: str
    state: str
    badge: tuple[str, str]
    climbed: str
    heading: str

    @property
    def was_late(self) -> bool:
        return _days_late(self.row) > 0


def line(row: Deadline, on: date) -> Line:
    state = row.state(on)
    shown = _pressing(row, on) if state in {"open", "due_soon", "overdue"} else _done(row)
    return Line(row, label(row.kind), state, shown, CLIMBED.get(row.climbed, ""), heading(row, on))


def _pressing(row: Deadline, on: date) -> tuple[str, str]:
    """What asks to be told of long before (the end of a programme) is no nearer for that than the rest."""
    kind, words = badge(row, on)
    if row.due_on and row.state(on) == "due_soon" and row.due_on > on + timedelta(days=SOON):
        return "info", f"uprzedzenie: {words}"
    return kind, words


def _done(row: Deadline) -> tuple[str, str]:
    if row.void:
        return "plain", "nie obowiązuje"
    late = _days_late(row)
    if late > 0:
        return "soon", f"spełniony {day_count(late)} po terminie ({row.met_on:%d.%m.%Y})"
    return "done", f"spełniony {row.met_on:%d.%m.%Y}"


def _days_late(row: Deadline) -> int:
    """By how many days it was met too late; 0 or less in time, or not met at all."""
    return (row.met_on - row.due_on).days if row.met_on and row.due_on else 0


def heading(row: Deadline, on: date) -> str:
    if row.due_on is None:
        return "Bez terminu"
    if row.due_on < on:
        return "Po terminie"
    return "Na dziś" if row.due_on == on else NEAR if row.due_on <= on + THIS_WEEK else "Później"


def pressing(rows: Iterable[Deadline], on: date) -> list[Line]:
    """Neither met nor void, and begun by the day; the first due first, what only has an age last."""
    begun = [row for row in rows if row.starts_on <= on and row.state(on) not in {"met", "void"}]
    return [line(row, on) for row in sorted(begun, key=urgency)]


def met_lately(rows: Iterable[Deadline], on: date) -> list[Line]:
    """The newest first, with the proof of each."""
    met = [row for row in rows if row.met_on and not row.void and on - LATELY <= row.met_on <= on]
    return [line(row, on) for row in sorted(met, key=lambda row: row.met_on or on, reverse=True)]


def under_headings(lines: Iterable[Line]) -> list[tuple[str, list[Line]]]:
    groups = groupby(lines, key=lambda one: one.heading)
    return [(NEAR_IN_FULL if name == NEAR else name, list(group)) for name, group in groups]


# The month ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Day:
    """`holiday` is its name; the days of the week name themselves."""

    day: date
    is_inside: bool
    is_off: bool
    holiday: str
    lines: list[Line]

    @property
    def named(self) -> list[Line]:
        return self.lines[:NAMED]

    @property
    def folded(self) -> list[Line]:
        return self.lines[NAMED:]


def weeks(rows: Iterable[Deadline], month: date, on: date) -> list[list[Day]]:
    """Monday to Sunday, with the days before and after that fill up the first and the last week."""
    due = _by_day(rows, on)
    named = dict(holidays(month.year))
    found = Calendar().monthdatescalendar(month.year, month.month)
    return [[_day(day, month, named, due) for day in week] for week in found]


def _by_day(rows: Iterable[Deadline], on: date) -> dict[date, list[Line]]:
    found: dict[date, list[Line]] = {}
    for row in rows:
        if row.due_on and not row.void:
            found.setdefault(row.due_on, []).append(line(row, on))
    return found


def _day(day: date, month: date, named: Mapping[date, str], due: Mapping[date, list[Line]]) -> Day:
    inside = (day.year, day.month) == (month.year, month.month)
    holiday = named.get(day, "")
    return Day(day, inside, bool(holiday) or day.weekday() >= SATURDAY, holiday, due.get(day, []) if inside else [])


def chart(weeks: list[list[Day]]) -> Drawing | None:
    """The map of the month: kinds by days, each square with how many fall due."""
    days = [day for week in weeks for day in week if day.is_inside]
    found: dict[tuple[str, date], list[str]] = {}
    for day in days:
        for one in day.lines:
            found.setdefault((one.label, day.day), []).append(one.state)
    kinds = sorted({kind for kind, _ in found})
    if not kinds:
        return None
    cells = [[_cell(kind, day, found.get((kind, day.day), [])) for day in days] for kind in kinds]
    desc = "Wiersze to rodzaje terminów, kolumny to dni miesiąca, liczba w polu mówi, ile terminów wypada tego dnia."
    named = {"name": "due", "title": "Mapa terminów", "desc": desc, "corner": "Termin"}
    return heat_map(kinds, [str(day.day.day) for day in days], cells, **named, two_lines=True)


def _cell(kind: str, day: Day, states: list[str]) -> Cell | None:
    """Of several that fall due on one day the one that presses most gives the colour."""
    if not states:
        return Cell("off", title=day.holiday or WEEKDAYS[day.day.weekday()]) if day.is_off else None
    looks = "late" if "overdue" in states else "whole" if set(states) == {"met"} else "open"
    mark, said = MARKS[looks]
    count = len(states)
    words = f"{count} {plural(count, 'termin,terminy,terminów')}"
    return Cell(looks, f"{count}{mark}", f"{kind}, {day.day:%d.%m}: {words}, {said}")
