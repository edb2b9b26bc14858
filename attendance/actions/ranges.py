from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from django.db import transaction

from attendance import roster
from attendance.actions.holding import hold_all, is_closed
from attendance.actions.marks import mark_days
from attendance.cells import Cell
from attendance.grid import Span
from attendance.models import Day
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.dates import days_between
from cistor.errors import Refused
from participants.models import Group, Membership, Participant, Programme

NOTHING_LEFT = (
    "Nie ma czego oznaczyć: te dni są u tych osób już oznaczone, zamknięte, bez zajęć albo wynikają z innego zapisu."
)


class Outcome(NamedTuple):
    """How many days of how many people were marked, and how many were left as they were; `taken` by a fact."""

    days: int
    people: int
    standing: int
    closed: int
    taken: int = 0


@transaction.atomic
def mark_range(
    *,
    group: Group,
    people: Collection[Participant],
    start_on: date,
    end_on: date,
    meaning: str,
    replace: bool = False,
    by: User,
    on: date,
) -> Outcome:
    """Write one mark on all class days of the span that the people spent in the group and in a programme.

    What is marked already stays unless it is to be replaced; closed days, and those that a fact has taken, stay in any
    case. Refused where nothing is left to mark, and where `mark_days` refuses.
    """
    members = Membership.objects.filter(group=group, participant__in=people)
    stays = roster.stays(members.touching(start_on, end_on))
    programmes = hold_all(Programme.objects.touching(start_on, end_on).filter(participant__in=stays))
    # Read under the locks: what is seen here by hand still stands when it is written.
    standing = _standing(programmes, start_on, end_on)
    terms = Terms(group.centre)
    cells: dict[date, list[Cell]] = {}
    kept = closed = 0
    for programme, day in _days(programmes.values(), stays, _markable(terms, meaning, start_on, end_on)):
        seen, provisional = standing.get((programme.pk, day), (None, False))
        if is_closed(programme, day):
            closed += 1
        elif seen and not replace:
            kept += 1
        else:
            cells.setdefault(day, []).append(Cell(programme.pk, seen, meaning, seen_provisional=provisional))
    changed = [cell.programme_id for row in cells.values() for cell in row if cell.is_change]
    taken = mark_days(centre=group.centre, days=cells, by=by, on=on, terms=terms)
    marked = Counter(changed) - Counter(conflict.cell.programme_id for conflict in taken)
    if not marked:
        raise Refused(NOTHING_LEFT)
    people_marked = {programmes[pk].participant_id for pk in marked}
    return Outcome(marked.total(), len(people_marked), kept, closed, len(taken))


def _standing(programmes: Iterable[int], start: date, end: date) -> dict[tuple[int, date], tuple[str, bool]]:
    rows = Day.objects.filter(programme__in=list(programmes)).between(start, end)
    return {(row.programme_id, row.on): (row.meaning, row.provisional) for row in rows}


def _markable(terms: Terms, meaning: str, start: date, end: date) -> list[date]:
    return [d for d in days_between(start, end) if terms.is_class_day(d) and meaning in terms.markable(d)]


def _days(
    programmes: Iterable[Programme], stays: Mapping[int, list[Span]], days: list[date]
) -> Iterator[tuple[Programme, date]]:
    """The days that each spent in the group and in a programme."""
    for programme in programmes:
        own = stays[programme.participant_id]
        yield from ((programme, d) for d in days if programme.stage_on(d) and any(span.covers(d) for span in own))
