"""What the papers say of a week, and what the journal names, asked without the code under test."""

from collections.abc import Iterator
from datetime import date
from itertools import chain

from attendance.models import Day, Excuse, Incident, LeaveDay, SickNote, Suspension
from cistor.centres.models import Centre
from cistor.dates import days_between
from cistor.journal.models import Entry
from participants.models import Membership, Programme

# What of a person changes the days that the entry names.
CHANGING = {
    *("note_recorded", "note_delivered", "note_accepted", "note_refused", "note_withdrawn"),
    *("leave_granted", "leave_cancelled", "leave_day_given_up", "excuse_granted", "entry_retracted"),
    *("incident_recorded", "incident_withdrawn", "correction_granted", "days_settled"),
}


class Papers:
    """What stands in the tables."""

    def __init__(self, programme: int, centre: Centre) -> None:
        mine = {"programme": programme}
        self.suspensions = list(Suspension.objects.filter(withdrawn_on=None, centre=centre))
        self.stays = list(Membership.objects.filter(participant__programmes=programme))
        self.notes = list(SickNote.objects.filter(**mine, withdrawn_on=None))
        self.days = [
            ("unexcused", set(Incident.objects.filter(**mine, withdrawn_on=None).values_list("on", flat=True))),
            ("free_day", set(_free_days(programme))),
            ("excused", set(_excused(programme))),
        ]

    def notes_of(self, day: date) -> list[SickNote]:
        return [row for row in self.notes if row.start_on <= day <= row.end_on]

    def say(self, day: date) -> tuple[str, bool] | None:
        """The papers in their order: (meaning, provisional)."""
        if any(row.start_on <= day <= row.end_on and self._is_of(row, day) for row in self.suspensions):
            return "suspended", False
        incident, *others = self.days
        found = [(meaning, False) for meaning, days in [incident] if day in days]
        found += self._by_note(day)
        found += [(meaning, False) for meaning, days in others if day in days]
        return found[0] if found else None

    def _is_of(self, row: Suspension, day: date) -> bool:
        stays = [stay for stay in self.stays if stay.group_id == row.group_id or row.group_id is None]
        return any(stay.start_on <= day and (stay.end_on is None or day <= stay.end_on) for stay in stays)

    def _by_note(self, day: date) -> list[tuple[str, bool]]:
        notes = self.notes_of(day)
        sure = [row for row in notes if row.accepted or (row.delivered_on and row.delivered_on <= row.due_on)]
        sure = [row for row in sure if row.accepted is not False]
        waiting = [row for row in notes if row.accepted is None and row not in sure]
        return [(_kind(rows), provisional) for rows, provisional in ((sure, False), (waiting, True)) if rows]


def _kind(notes: list[SickNote]) -> str:
    return "sick" if any(row.kind == "own" for row in notes) else "care"


def _free_days(programme: int):
    rows = LeaveDay.objects.filter(programme=programme, released_on=None, request__granted=True)
    return rows.values_list("on", flat=True)


def _excused(programme: int):
    return Excuse.objects.filter(programme=programme, granted=True, retraction=None).values_list("on", flat=True)


class Since:
    """From here on: which days of a programme have changed, and which of them no entry of the journal names."""

    def __init__(self) -> None:
        self.event = self._events(0).values_list("pgh_id", flat=True).last() or 0
        self.entry = Entry.objects.order_by("pk").values_list("pk", flat=True).last() or 0

    @staticmethod
    def _events(since: int):
        return Day.pgh_event_model.objects.filter(pgh_id__gt=since).order_by("pgh_id")

    def unexplained(self, programme: Programme) -> set[date]:
        changed = set(self._events(self.event).filter(programme=programme.pk).values_list("on", flat=True))
        entries = Entry.objects.filter(pk__gt=self.entry) if changed else []
        return changed.difference(*(_named(row, programme) for row in entries))


def _named(entry: Entry, programme: Programme) -> set[date]:
    """The days of the programme that the entry is about."""
    data = entry.data or {}
    if entry.verb == "attendance_marked":
        marked = data["days"].items()
        return {date.fromisoformat(day) for day, meanings in marked if programme.pk in chain(*meanings.values())}
    if entry.participant_id != programme.participant_id or entry.verb not in CHANGING:
        return set()
    if entry.verb == "days_settled":
        found = chain(*data["days"].values()) if entry.object_id == programme.pk else ()
        return {date.fromisoformat(day) for day in found}
    return set(_of_fact(entry, data))


def _of_fact(entry: Entry, data: dict) -> Iterator[date]:
    if entry.object_kind == SickNote._meta.label_lower:
        note = SickNote.objects.get(pk=entry.object_id)
        yield from days_between(note.start_on, note.end_on)
    elif entry.verb == "entry_retracted":
        yield Excuse.objects.get(pk=entry.object_id).on
    else:
        yield from map(date.fromisoformat, data["days"] if "days" in data else [data["day"]])
