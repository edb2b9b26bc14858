"""What is owed and late climbs: the team is reminded, then the director is told; there it stops."""

from collections.abc import Iterable
from datetime import date

from cistor.centres.calendar import one_off_holidays
from cistor.centres.models import Centre
from cistor.dates import NO_DAYS, ONE_DAY, Days, add_working_days
from cistor.deadlines import Deadline
from cistor.journal.actions import record
from cistor.notices.deadlines import of_letters
from cistor.notices.models import Reminder

# Working days that the team has before the director is told.
TEAM_HAS = 2


def climb(centre: Centre, on: date) -> int:
    """Write down the steps reached by the day and not taken yet, each once however often it runs; how many."""
    return sum(_remind(row, step, on) for row, step in steps_to_take(of_letters(centre, on), on))


def steps_to_take(rows: Iterable[Deadline], on: date) -> list[tuple[Deadline, int]]:
    """What was reached by the day and not taken yet."""
    late = [row for row in rows if row.state(on) == "overdue"]
    one_off = one_off_holidays() if late else NO_DAYS
    return [(row, step) for row in late for step in Reminder.Step if row.climbed < step <= _reached(row, on, one_off)]


def _reached(row: Deadline, on: date, one_off: Days) -> int:
    """0, 1 from the day after the last one, 2 two working days later."""
    if row.due_on is None or row.due_on >= on:
        return 0
    told_on = add_working_days(row.due_on + ONE_DAY, TEAM_HAS, one_off)
    return Reminder.Step.DIRECTOR if told_on <= on else Reminder.Step.TEAM


def _remind(row: Deadline, step: int, on: date) -> bool:
    """One row a step, whoever else climbs at the same time."""
    about = {"kind": row.kind, "programme_id": row.programme, "due_on": row.due_on, "step": step}
    reminder, made = Reminder.objects.get_or_create(**about, defaults={"reminded_on": on})
    if made:
        record(reminder, "deadline_reminded", by=None, kind=row.kind, step=step, on=on)
    return made
