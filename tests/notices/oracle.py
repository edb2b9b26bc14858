"""What S0 part II asks for, said once more in the plainest way, to be held against what the program does.

Nothing of the program is imported: days off stand in a table, terms are counted day by day.
"""

from dataclasses import dataclass
from datetime import date, timedelta

DAY = timedelta(days=1)
TO_PERSON, TO_MOPR, TO_PUP = "person", "mopr", "pup"
FAILED = {"trial_failed", "not_qualified"}
FIXED = {(1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 24), (12, 25), (12, 26)}
EASTER = [
    date(2026, 4, 5),
    date(2027, 3, 28),
    date(2028, 4, 16),
    date(2029, 4, 1),
    date(2030, 4, 21),
    date(2031, 4, 13),
    date(2032, 3, 28),
    date(2033, 4, 17),
    date(2034, 4, 9),
    date(2035, 3, 25),
    date(2036, 4, 13),
]
# Easter Monday and Corpus Christi; Easter and Whitsun are Sundays anyway.
MOVING = {sunday + timedelta(days=after) for sunday in EASTER for after in (1, 60)}


@dataclass
class Life:
    """The facts of one programme as they became known; None: not known yet, or never."""

    pk: int
    signed_on: date
    trial_end: date
    planned_end: date
    from_pup: bool = False
    answered: bool = False
    passed: bool = False
    ended_on: date | None = None
    kind: str = ""
    # The day the centre decided on the end or learned of it.
    heard_on: date | None = None
    decided_on: date | None = None


@dataclass(frozen=True)
class Asked:
    from_on: date
    due_on: date


def asked(life: Life, today: date, one_off: set[date]) -> dict[tuple[int, str, str], Asked]:
    """(programme, kind, to whom) → the letters that the facts of the day ask for; an idle question is none."""
    found = terms(life, one_off)
    if life.ended_on or life.answered or life.passed:
        del found["qualification_request", TO_MOPR]
    return {(life.pk, *key): row for key, row in found.items() if row.from_on <= today}


def terms(life: Life, one_off: set[date]) -> dict[tuple[str, str], Asked]:
    """(kind, to whom) → from which day until when, of every letter that the facts ever ask for."""
    found = {
        ("insurance_told", TO_PERSON): Asked(life.signed_on, life.signed_on),
        ("admission_list", TO_MOPR): Asked(life.signed_on, fifth_day(life.signed_on, one_off)),
        ("qualification_request", TO_MOPR): Asked(life.trial_end - 6 * DAY, _day_before(life.trial_end, one_off)),
    }
    return found | _after_the_end(life, one_off) if life.ended_on else found


def _after_the_end(life: Life, one_off: set[date]) -> dict[tuple[str, str], Asked]:
    found = {}
    has_failed = life.kind in FAILED
    if has_failed:
        from_on = max(life.ended_on + DAY, life.decided_on)
        found["not_qualified_letter", TO_PERSON] = Asked(from_on, fifth_day(life.ended_on, one_off))
    if life.ended_on < life.planned_end and not (has_failed and life.ended_on == life.trial_end):
        event = max(life.ended_on, life.heard_on)
        for office in (TO_MOPR, TO_PUP) if life.from_pup else (TO_MOPR,):
            found["early_end_info", office] = Asked(event, fifth_day(event, one_off))
    return found


def _day_before(last: date, one_off: set[date]) -> date:
    """The last working day before it."""
    day = last - DAY
    while not is_working(day, one_off):
        day -= DAY
    return day


def is_working(day: date, one_off: set[date]) -> bool:
    return day.weekday() < 5 and (day.month, day.day) not in FIXED and day not in MOVING and day not in one_off


def fifth_day(event: date, one_off: set[date]) -> date:
    """The fifth working day after it."""
    day, left = event, 5
    while left:
        day += DAY
        left -= is_working(day, one_off)
    return day
