import re
import uuid
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django import forms
from django.http import Http404

from attendance.cells import Cell, Conflict, state
from attendance.models import Day
from attendance.reading.history import Marked
from attendance.reading.origins import Origin, is_taken
from cistor.centres.models import DayCode, Meaning
from participants.models import Programme

POSTED = re.compile(r"(\d{1,18})-seen")
CLOSED = "Ten dzień jest zamknięty, zmienia go tylko korekta. Twój wybór nie jest zapisany."


def read_day(text: str | None, *, default: date) -> date:
    """A day of an address, "2026-11-20"; 404 for anything else."""
    if text is None:
        return default
    try:
        return date(*map(int, re.fullmatch(r"(20\d\d)-(\d\d)-(\d\d)", text).groups()))
    except (AttributeError, ValueError):
        raise Http404 from None


def read_month(text: str | None, *, default: date) -> date:
    """The first day of a month of an address, "2026-11"; 404 for anything else."""
    return read_day(None if text is None else f"{text}-01", default=default.replace(day=1))


def read_token(data) -> str:
    """What names one save among all, "" where a script has given it no name; 404 for nonsense."""
    try:
        return str(uuid.UUID(data["token"])) if "token" in data else ""
    except ValueError:
        raise Http404 from None


class CellForm(forms.Form):
    """One person's mark as chosen, and as it stood when the page was made."""

    meaning = forms.ChoiceField(required=False, error_messages={"invalid_choice": "Wybierz jedno z oznaczeń."})
    provisional = forms.BooleanField(required=False)
    seen = forms.CharField(required=False, max_length=21)

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meaning"].choices = [("", ""), *((meaning, meaning) for meaning in codes)]


@dataclass
class Row:
    """A person on the page of a day: the mark that stands, and the small form that changes it."""

    programme: Programme
    day: Day | None
    is_closed: bool
    form: CellForm
    # Of the mark that stands, and of the one that is chosen.
    code: DayCode | None = None
    choice: DayCode | None = None
    conflict: Conflict | None = None
    # The fact that took the day.
    origin: Origin | None = None
    # Whose word the mark is that stands.
    marked: Marked | None = None

    @property
    def is_taken(self) -> bool:
        return is_taken(self.day)

    @property
    def is_fixed(self) -> bool:
        """Whether no mark made here changes the day."""
        return self.is_closed or self.is_taken

    @property
    def key(self) -> str:
        """In front of the names of its fields. A number would be formatted for readers, a thousand times a page."""
        return str(self.form.prefix)

    @property
    def chosen(self) -> str:
        return self.form["meaning"].value() or ""

    @property
    def is_provisional(self) -> bool:
        return bool(self.form["provisional"].value())

    @property
    def seen(self) -> str:
        """What the person before the screen has seen: a page shown again keeps it, whatever stands by now."""
        return self.form["seen"].value() if self.form.is_bound else self.stands

    @property
    def stands(self) -> str:
        """The stored mark as the page remembers it: "unexcused", "unexcused?" while provisional, "" unmarked."""
        return state(self.day.meaning, provisional=self.day.provisional) if self.day else ""

    @property
    def shown(self) -> str:
        """The meaning that the page shows: the one chosen, or on a day that is fixed the one that stands."""
        if self.is_fixed:
            return self.day.meaning if self.day else ""
        return self.chosen

    @property
    def is_changed(self) -> bool:
        wanted = state(self.chosen, provisional=self.is_provisional)
        return not self.is_fixed and self.form.is_bound and wanted != self.seen

    @cached_property
    def errors(self) -> list[str]:
        found = [error for errors in self.form.errors.values() for error in errors]
        # Closed since the page was made: what asks for no change needs no word.
        return [CLOSED] if self.is_closed and not found and self._is_wish() else found

    def _is_wish(self) -> bool:
        cell = self.cell()
        return cell is not None and cell.is_change

    def cell(self) -> Cell | None:
        """What the posted form asks for; None where it asks for nothing."""
        if not self.form.is_bound:
            return None
        data = self.form.cleaned_data
        return Cell.of(self.programme.pk, data["seen"], state(data["meaning"], provisional=data["provisional"]))


class DayForm:
    """A day of a group: a small form for everybody, sent as one."""

    def __init__(self, people: list[tuple[Programme, Day | None, bool]], codes: dict[str, DayCode], data=None):
        self.codes = codes
        self.rows = [self._row(*person, data) for person in people]

    def _row(self, programme: Programme, day: Day | None, is_closed: bool, data) -> Row:
        prefix = str(programme.pk)
        initial = {"meaning": day.meaning, "provisional": day.provisional} if day else {}
        # Without a chosen button the browser sends no meaning: that is not the wish to unmark, which is a button too.
        posted = data if data is not None and f"{prefix}-meaning" in data else None
        return Row(programme, day, is_closed, CellForm(posted, prefix=prefix, initial=initial, codes=self.codes))

    def is_valid(self) -> bool:
        # A form is validated when its errors are asked for, which the page does for every row.
        return not any(row.errors for row in self.rows)

    def cells(self) -> list[Cell]:
        return [cell for row in self.rows if (cell := row.cell())]


def posted_ids(data) -> set[int]:
    return {int(found[1]) for name in data if (found := POSTED.fullmatch(name))}


def with_the_rest_present(data, rows: list[Row]):
    """What was sent, with everybody present who was shown and has no mark chosen."""
    filled = data.copy()
    for row in rows:
        if filled.get(f"{row.programme.pk}-meaning") == "":
            filled[f"{row.programme.pk}-meaning"] = Meaning.PRESENT.value
    return filled


def with_what_stands_seen(data, rows: list[Row]):
    """What was sent, to be looked at again: whoever saves it now has seen what stands.

    Who was left as seen stays as it stands: nobody overwrites a mark that they never meant to change.
    """
    renewed = data.copy()
    for row in rows:
        key = str(row.programme.pk)
        if f"{key}-seen" not in renewed:
            continue
        if _is_left(renewed, key):
            renewed[f"{key}-meaning"] = row.day.meaning if row.day else ""
            _tick(renewed, f"{key}-provisional", ticked=bool(row.day and row.day.provisional))
        renewed[f"{key}-seen"] = row.stands
    return renewed


def _is_left(data, key: str) -> bool:
    wanted = state(data.get(f"{key}-meaning"), provisional=f"{key}-provisional" in data)
    return f"{key}-meaning" in data and wanted == data[f"{key}-seen"]


def _tick(data, name: str, *, ticked: bool) -> None:
    data.pop(name, None)
    if ticked:
        data[name] = "on"
