"""What became of one day of a programme: who marked what, when, in which act, and why it was corrected."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from django.db.models import Exists, OuterRef, Q

from attendance.cells import state
from attendance.grid import HAND, Mark
from attendance.models import BY_PEOPLE, Correction, Day
from cistor.accounts.models import User
from cistor.centres.models import DayCode
from participants.models import Programme


@dataclass(frozen=True)
class Change:
    """The mark before and after, None where unmarked; `act` is the name of the page or the job that wrote it."""

    at: datetime
    by: User | None
    act: str
    before: Mark | None
    after: Mark | None
    correction: Correction | None = None

    @property
    def sources(self) -> set[str]:
        """Whose word the day was before and after."""
        return {mark.source for mark in (self.before, self.after) if mark}

    def is_by(self, correction: Correction) -> bool:
        """Whether this is what the correction asked for."""
        seen = (self.before.meaning, self.before.provisional) if self.before else ("", False)
        meaning = self.after.meaning if self.after else ""
        return (*seen, meaning) == (correction.seen, correction.seen_provisional, correction.meaning)


class Marked(NamedTuple):
    """Whose word a mark is, and since when."""

    by: User | None
    at: datetime


def may_stand_again() -> Q:
    """Of a row of `Day`: a mark made by hand, on a day that a fact or a correction has written once."""
    events = Day.pgh_event_model.objects.exclude(source=HAND)
    return Q(source=HAND) & Exists(events.filter(programme=OuterRef("programme"), on=OuterRef("on")))


def makers(keys: Collection[tuple[int, date]]) -> dict[tuple[int, date], Marked]:
    """By programme and day, among these: who made the mark that stands there, or lies below a fact.

    Where it stands again, because the fact above it is gone or refused, the row names who took the fact away, and that
    person was no witness of the day. Two queries, none without a key.
    """
    if not keys:
        return {}
    programmes, days = zip(*keys, strict=True)
    rows = Day.pgh_event_model.objects.filter(programme__in=set(programmes), on__in=set(days))
    events = groupby(rows.order_by("programme_id", "on", "pgh_id"), attrgetter("programme_id", "on"))
    found = {key: event for key, group in events if key in keys and (event := _made(group))}
    people = User.objects.in_bulk({event.marked_by_id for event in found.values()})
    return {key: Marked(people.get(event.marked_by_id), event.marked_at) for key, event in found.items()}


def marked(day: Day) -> Marked:
    """Whose word the day is, and since when."""
    return marked_days([day])[day.programme_id, day.on]


def marked_days(days: Iterable[Day]) -> dict[tuple[int, date], Marked]:
    """By programme and day: whose word each is – of who made the mark, or of who wrote the fact that has taken it.

    Rows that were asked for with `may_stand_again` cost a query only where one says so.
    """
    rows = {(day.programme_id, day.on): day for day in days}
    by_hand = makers({key for key, day in rows.items() if getattr(day, "may_stand_again", day.source == HAND)})
    return {key: by_hand.get(key, Marked(day.marked_by, day.marked_at)) for key, day in rows.items()}


def with_makers(days: Iterable[Day]) -> list[tuple[Day, User | None]]:
    """Each day with who marked it by hand, though a fact lies above the mark or has lain there."""
    rows = list(days)
    found = makers({(row.programme_id, row.on) for row in rows})
    return [(row, found[key].by if (key := (row.programme_id, row.on)) in found else row.marked_by) for row in rows]


def _made(events: Iterable[Any]) -> Any:
    """The event in which the mark that stands in the end, or lies below a fact, was made; None for no mark.

    By hand nobody changes what a fact or a correction has written, so a mark after them was there before them.
    """
    made: dict[str, Any] = {}
    before, below = None, ""
    for event in events:
        if event.pgh_label == "delete":
            made, before, below = {}, None, ""
            continue
        if event.source in BY_PEOPLE:
            below = state(event.meaning, provisional=event.provisional)
            stands_again = event.source == HAND and before not in (None, HAND)
            made[below] = made.get(below, event) if stands_again else event
        else:
            below = event.by_hand
        before = event.source
    return made.get(below)


def corrections_of(programme: Programme, day: date) -> list[Correction]:
    """What was asked for on the day, newest first."""
    rows = Correction.objects.filter(programme=programme, on=day).order_by("-id")
    return list(rows.select_related("asked_by", "decided_by"))


def changes_of(
    programme: Programme, day: date, corrections: Iterable[Correction], codes: Mapping[str, DayCode]
) -> list[Change]:
    """The changes of the day, newest first; two queries. Those that `corrections` allowed carry them.

    The letters are those that were written, the colours and the names those of `codes`.
    """
    model = Day.pgh_event_model
    events = list(model.objects.filter(programme=programme, on=day).select_related("pgh_context").order_by("pgh_id"))
    people = User.objects.in_bulk({pk for event in events if (pk := _said(event, "user"))})
    changes: list[Change] = []
    standing = None
    for event in events:
        after = None if event.pgh_label == "delete" else _mark(event, codes)
        by, act = people.get(_said(event, "user")), _said(event, "act") or ""
        changes.append(Change(event.pgh_created_at, by, act, standing, after))
        standing = after
    return _with_corrections(changes[::-1], [row for row in corrections if row.granted])


def _mark(event: Any, codes: Mapping[str, DayCode]) -> Mark:
    colour = codes[event.meaning].colour if event.meaning in codes else None
    label = codes[event.meaning].name if event.meaning in codes else event.get_meaning_display()
    return Mark(event.meaning, event.code, colour, event.provisional, label=label, source=event.source)


def _said(event: Any, name: str) -> Any:
    return event.pgh_context.metadata.get(name) if event.pgh_context else None


def _with_corrections(changes: list[Change], granted: list[Correction]) -> list[Change]:
    """Both newest first. A closed day changes by corrections only, so they allowed the newest changes one by one."""
    waiting = list(granted)
    return [
        replace(change, correction=waiting.pop(0)) if waiting and change.is_by(waiting[0]) else change
        for change in changes
    ]
