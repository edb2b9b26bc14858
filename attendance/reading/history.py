"""What became of one day of a programme: who marked what, when, in which act, and why it was corrected."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from attendance.grid import Mark
from attendance.models import Correction, Day
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
