from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction

from attendance.actions.holding import hold_all
from attendance.closing import Month, checklist
from cistor.accounts.models import User
from cistor.centres.models import Centre
from cistor.errors import Refused
from cistor.journal.actions import record
from participants.models import Group, Programme

# The parts of the spans that no closing covers yet, each as a row; overlapping spans of a programme count once.
CLOSE = """
INSERT INTO attendance_closing (programme_id, start_on, end_on, closed_on, closed_by_id)
SELECT programme_id, lower(part), upper(part) - 1, %(on)s, %(by)s
FROM (
    SELECT s.programme_id, unnest(range_agg(daterange(s.start_on, s.end_on, '[]')) - COALESCE((
        SELECT range_agg(daterange(c.start_on, c.end_on, '[]'))
        FROM attendance_closing c WHERE c.programme_id = s.programme_id
    ), '{}')) AS part
    FROM unnest(%(programmes)s::bigint[], %(starts)s::date[], %(ends)s::date[]) AS s (programme_id, start_on, end_on)
    GROUP BY s.programme_id
) open
RETURNING programme_id, start_on, end_on
"""

Stretch = tuple[Programme, date, date]


def close(programme: Programme, *, start_on: date, end_on: date, by: User, on: date) -> int:
    """Close a span of one programme; see `close_many`."""
    return close_many([(programme, start_on, end_on)], by=by, on=on)


@transaction.atomic
def close_many(spans: Iterable[Stretch], *, without_papers: int = 0, by: User, on: date) -> int:
    """From now on these days change only by a correction. What is closed already stays as it is.

    Closes what it is told to: whether the days are ready is the question of who asks, and how many `without_papers`
    were seen. Returns how many are new.
    """
    spans = list(spans)
    programmes = hold_all(Programme.objects.filter(pk__in={programme.pk for programme, _, _ in spans}))
    with connection.cursor() as cursor:
        cursor.execute(
            CLOSE,
            {
                "programmes": [programme.pk for programme, _, _ in spans],
                "starts": [start for _, start, _ in spans],
                "ends": [end for _, _, end in spans],
                "on": on,
                "by": by.pk,
            },
        )
        closed = cursor.fetchall()
    if closed:
        first = programmes[closed[0][0]]
        about = first if len(programmes) == 1 else first.participant.centre
        seen: dict[str, Any] = {"without_papers": without_papers} if without_papers else {}
        record(about, "attendance_closed", by=by, spans=closed, **seen)
    return len(closed)


@transaction.atomic
def close_month(
    *, centre: Centre, month: date, group: Group | None = None, without_papers: int = 0, by: User, on: date
) -> int:
    """Close a month for everybody, or for a group as far as people were in it.

    Refused until its last class day has passed, and while a day is not ready. `without_papers`: how many days without
    a paper the user has seen and closes all the same; the journal keeps it.
    """
    if month > on:
        raise Refused("Ten miesiąc jeszcze się nie zaczął.")
    hold_all(Programme.objects.filter(pk__in={part.programme.pk for part in checklist(centre, month, group=group)}))
    # Asked again: what was marked while the locks were waited for counts.
    state = Month(centre, month).state(group, on=on)
    if state.obstacle:
        raise Refused(state.obstacle)
    spans = [(part.programme, part.start_on, part.end_on) for part in state.parts]
    return close_many(spans, without_papers=without_papers, by=by, on=on)
