"""A cell is one day of one programme as somebody saw it and wants it; many are written in one statement."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, Self

from django.db import connection

from attendance.models import Day
from cistor.accounts.models import User

# Inserts, changes and deletes only what still stands as it was seen, and says what was written. Under READ COMMITTED a
# row that somebody else is writing is waited for and compared again; the unique constraint does the same for a new one.
# A mark made by hand never touches a day that a fact has taken.
WRITE = """
WITH cell AS (
    SELECT * FROM unnest(
        %(programmes)s::bigint[], %(days)s::date[], %(seen)s::text[], %(seen_provisional)s::boolean[],
        %(meanings)s::text[], %(provisional)s::boolean[], %(codes)s::text[], %(sources)s::text[], %(by_hand)s::text[]
    ) AS c (programme_id, "on", seen, seen_provisional, meaning, provisional, code, source, by_hand)
), inserted AS (
    INSERT INTO attendance_day (programme_id, "on", meaning, provisional, code, source, by_hand, marked_by_id)
    SELECT programme_id, "on", meaning, provisional, code, source, by_hand, %(by)s
    FROM cell WHERE seen IS NULL AND meaning IS NOT NULL
    ON CONFLICT (programme_id, "on") DO NOTHING
    RETURNING programme_id, "on"
), changed AS (
    UPDATE attendance_day d
    SET meaning = c.meaning, provisional = c.provisional, code = c.code, source = c.source, by_hand = c.by_hand,
        marked_by_id = %(by)s, marked_at = statement_timestamp()
    FROM cell c
    WHERE d.programme_id = c.programme_id AND d."on" = c."on" AND c.meaning IS NOT NULL
        AND d.meaning = c.seen AND d.provisional = c.seen_provisional AND (d.source = 'hand' OR %(rules)s)
    RETURNING d.programme_id, d."on"
), deleted AS (
    DELETE FROM attendance_day d
    USING cell c
    WHERE d.programme_id = c.programme_id AND d."on" = c."on" AND c.meaning IS NULL
        AND d.meaning = c.seen AND d.provisional = c.seen_provisional AND (d.source = 'hand' OR %(rules)s)
    RETURNING d.programme_id, d."on"
)
SELECT * FROM inserted UNION ALL SELECT * FROM changed UNION ALL SELECT * FROM deleted
"""

# "late?" is late, provisionally; "" is unmarked. The same in data-stands and -seen of the pages and in static/js/*.js.
NOT_SURE = "?"
BY_HAND = ("hand", "")


def state(meaning: str | None, *, provisional: bool = False) -> str:
    return f"{meaning or ''}{NOT_SURE if meaning and provisional else ''}"


class Cell(NamedTuple):
    """What is to stand on one day of a programme, and what stood there when it was shown; None is unmarked."""

    programme_id: int
    seen: str | None
    meaning: str | None
    provisional: bool = False
    seen_provisional: bool = False

    @classmethod
    def of(cls, programme_id: int, seen: str, wanted: str) -> Self:
        """Of two states."""
        meanings = (text.removesuffix(NOT_SURE) or None for text in (seen, wanted))
        return cls(programme_id, *meanings, wanted.endswith(NOT_SURE), seen.endswith(NOT_SURE))

    @property
    def is_change(self) -> bool:
        return (self.seen, self.seen_provisional) != (self.meaning, self.provisional)


class Change(NamedTuple):
    on_day: date
    cell: Cell

    @property
    def key(self) -> tuple[int, date]:
        return self.cell.programme_id, self.on_day


class Conflict(NamedTuple):
    """Somebody else was first: what stands there now, by whom and since when. The cell was not written."""

    cell: Cell
    on_day: date
    meaning: str | None
    code: str
    provisional: bool
    by: User | None
    at: datetime | None


def write(
    changes: Sequence[Change],
    codes: Mapping[tuple[int, date], str],
    *,
    by: int,
    rulings: Mapping[tuple[int, date], Any] | None = None,
) -> set[tuple[int, date]]:
    """Write the changes that still apply, in one statement; returns the keys of those written.

    `rulings` say whose word the days are (`source`, `by_hand`); without them they are marked by hand.
    `by` is the id of who writes.
    """
    cells = [change.cell for change in changes]
    words = [(rulings[change.key].source, rulings[change.key].by_hand) if rulings else BY_HAND for change in changes]
    with connection.cursor() as cursor:
        cursor.execute(
            WRITE,
            {
                "programmes": [cell.programme_id for cell in cells],
                "days": [change.on_day for change in changes],
                "seen": [cell.seen for cell in cells],
                "seen_provisional": [cell.seen_provisional for cell in cells],
                "meanings": [cell.meaning for cell in cells],
                "provisional": [cell.provisional for cell in cells],
                "codes": [codes.get(change.key) for change in changes],
                "sources": [source for source, _ in words],
                "by_hand": [below for _, below in words],
                "rules": rulings is not None,
                "by": by,
            },
        )
        return set(cursor.fetchall())


def conflicts(changes: Iterable[Change]) -> list[Conflict]:
    """What stands in the cells that were not written; two people who meant the same are in no conflict."""
    unwritten = list(changes)
    if not unwritten:
        return []
    standing = _standing(unwritten)
    gone = _unmarked_by([change for change in unwritten if change.key not in standing])
    found = [_conflict(change, standing.get(change.key), gone) for change in unwritten]
    return [row for row in found if (row.meaning, row.provisional) != (row.cell.meaning, row.cell.provisional)]


def _conflict(change: Change, day: Day | None, gone: Mapping) -> Conflict:
    if day:
        return Conflict(
            change.cell, change.on_day, day.meaning, day.code, day.provisional, day.marked_by, day.marked_at
        )
    return Conflict(change.cell, change.on_day, None, "", False, *gone.get(change.key, (None, None)))


def _standing(changes: Iterable[Change]) -> dict[tuple[int, date], Day]:
    programmes, days = zip(*(change.key for change in changes), strict=True)
    rows = Day.objects.filter(programme__in=programmes, on__in=days).select_related("marked_by")
    return {(row.programme_id, row.on): row for row in rows}


def _unmarked_by(changes: Sequence[Change]) -> dict[tuple[int, date], tuple[User | None, datetime]]:
    """Who took the mark away and when: the row is gone, its history is not."""
    if not changes:
        return {}
    programmes, days = zip(*(change.key for change in changes), strict=True)
    events = Day.pgh_event_model.objects.filter(programme__in=programmes, on__in=days, pgh_label="delete")
    latest = {(row.programme_id, row.on): row for row in events.order_by("pgh_id").select_related("pgh_context")}
    ids = {row.pgh_context.metadata.get("user") for row in latest.values() if row.pgh_context}
    users = User.objects.in_bulk(ids - {None})
    return {
        key: (users.get(row.pgh_context.metadata.get("user")) if row.pgh_context else None, row.pgh_created_at)
        for key, row in latest.items()
    }
