"""The page of one day of a group: who is on it, what was sent, what came of it."""

from datetime import date
from functools import cached_property

from django.db import transaction
from django.db.models import Exists, OuterRef

from attendance import actions, keys, roster
from attendance.cells import Cell, Change, Conflict, conflicts
from attendance.forms import DayForm, Row, posted_ids, read_token, with_the_rest_present, with_what_stands_seen
from attendance.grid import HERE
from attendance.models import Closing, Day, Source, Suspension
from attendance.reading import history, origins, suspensions
from attendance.reading.history import Marked
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from cistor.journal.once import claim
from participants.models import Group, Membership, Participant, Programme


class DayPage:
    def __init__(self, group: Group, day: date, *, user: User, today: date) -> None:
        self.group, self.day, self.user, self.today = group, day, user, today
        self.terms = Terms(group.centre)
        self.codes = self.terms.by_hand(day) if day <= today else {}
        mine = Group.objects.visible_to(user, on=today, right="mark_attendance")
        self.may_mark = user.may("mark_attendance", on=today) and mine.filter(pk=group.pk).exists()
        self.may_see_consequences = user.may("see_consequence", on=today)
        self.may_enter_papers = user.may("enter_absence_papers", on=today)
        self.may_record_incident = user.may("record_incident", on=today)
        self.status, self.refusal, self.moved_away, self.saved = 200, "", 0, 0
        self.is_filled, self.token = False, ""
        self.people = self._people()
        self.form = self._form()

    # What was sent --------------------------------------------------------------------------------------------------

    def take(self, data) -> bool:
        """Read what was sent; False where it names a programme of somebody who never was in the group."""
        self.token = read_token(data)
        strangers = posted_ids(data) - {row.programme.pk for row in self.form.rows}
        if strangers:
            # Who joins two groups on one day is in the first by its history alone.
            once_here = Membership.pgh_event_model.objects.filter(group=self.group).values("participant")
            self.moved_away = Programme.objects.filter(pk__in=strangers, participant__in=once_here).count()
        self.is_filled = "fill" in data and "present" in self.codes
        self.data = with_the_rest_present(data, self.form.rows) if self.is_filled else data
        self.form = self._form(self.data)
        return self.moved_away == len(strangers)

    def save(self) -> bool:
        """Whether all of it is saved; if not, the page shows what is not and why, and keeps what was chosen."""
        self.status = 422
        if not self.form.is_valid():
            return False
        cells = self.form.cells()
        try:
            found = self._mark(cells)
        except Refused as refusal:
            self.refusal, self.people = refusal.message, self._people()
            self.form = self._form(self.data)
            return False
        self.saved = sum(cell.is_change for cell in cells) - len(found)
        if found:
            self.status = 409
            self._show(found)
        return not found

    @transaction.atomic
    def _mark(self, cells: list[Cell]) -> list[Conflict]:
        """A save that comes again, its answer lost on the way, writes nothing: it tells what stands otherwise."""
        if self.token and not claim(self.token, by=self.user):
            return conflicts(Change(self.day, cell) for cell in cells if cell.is_change)
        where = {"centre": self.group.centre, "on_day": self.day, "terms": self.terms}
        return actions.mark(cells=cells, by=self.user, on=self.today, **where)

    def _show(self, found: list[Conflict]) -> None:
        """What was chosen stays chosen, and what stands counts as seen: saved again, it is meant."""
        self.people = self._people()
        self.form = self._form(with_what_stands_seen(self.data, self._form().rows))
        by_programme = {conflict.cell.programme_id: conflict for conflict in found}
        for row in self.form.rows:
            row.conflict = by_programme.get(row.programme.pk)

    # What is shown --------------------------------------------------------------------------------------------------

    @property
    def keys(self) -> list[dict]:
        """The codes of the day as the scripts read them."""
        return keys.described(self.codes)

    @property
    def conflicting(self) -> list[Row]:
        return [row for row in self.form.rows if row.conflict]

    @property
    def faulty(self) -> list[Row]:
        return [row for row in self.form.rows if row.errors]

    @property
    def closed(self) -> list[Row]:
        return [row for row in self.form.rows if row.is_closed]

    @property
    def is_class_day(self) -> bool:
        return self.terms.is_class_day(self.day)

    @property
    def why(self) -> str:
        return self.terms.why(self.day)

    @cached_property
    def suspension(self) -> Suspension | None:
        """Why there are no classes, where somebody's day says so."""
        if not any(day and day.source == Source.SUSPENSION for _, day in self.people):
            return None
        return suspensions.of_group(self.group, self.day)

    @property
    def is_future(self) -> bool:
        return self.day > self.today

    @property
    def unmarked(self) -> int:
        return sum(not row.shown for row in self.form.rows)

    @property
    def here(self) -> int:
        """How many come to classes, as far as the page shows."""
        return sum(row.shown in HERE for row in self.form.rows)

    @property
    def changed(self) -> int:
        """How many marks are chosen and not saved."""
        return sum(row.is_changed for row in self.form.rows)

    @property
    def can_save(self) -> bool:
        return self.may_mark and bool(self.codes) and any(not row.is_fixed for row in self.form.rows)

    @property
    def last_saved(self) -> Marked | None:
        return max((row.marked for row in self.form.rows if row.marked), key=lambda marked: marked.at, default=None)

    @property
    def previous(self) -> date | None:
        return self.terms.class_day_beside(self.day, -ONE_DAY)

    @property
    def following(self) -> date | None:
        """The next day of classes that has come."""
        return self.terms.class_day_beside(self.day, ONE_DAY, until=self.today)

    def _people(self) -> list[tuple[Programme, Day | None]]:
        """Who is on the page, with the mark that stands."""
        closings = Closing.objects.over(OuterRef("pk"), self.day)
        # Their own pages go by the group of today; who has left it since is on the page of that day all the same.
        reached = Participant.objects.visible_to(self.user, on=self.today, right="see_attendance")
        is_reached = Exists(reached.filter(pk=OuterRef("participant")))
        rows = roster.of_day(self.group, self.day).annotate(is_closed=Exists(closings), is_reached=is_reached)
        programmes = list(rows)
        rows = Day.objects.filter(programme__in=programmes, on=self.day).select_related("marked_by")
        days = {row.programme_id: row for row in rows.annotate(may_stand_again=history.may_stand_again())}
        reached = {programme.pk: programme.participant_id for programme in programmes if programme.is_reached}
        self.marked = history.marked_days(days.values())
        self.origins = origins.of(days.values(), reached, user=self.user, on=self.today)
        return [(programme, days.get(programme.pk)) for programme in programmes]

    def _form(self, data=None) -> DayForm:
        form = DayForm([(programme, day, programme.is_closed) for programme, day in self.people], self.codes, data)
        letters = self.terms.codes(self.day)
        for row in form.rows:
            row.code = letters.get(row.day.meaning) if row.day else None
            row.choice = letters.get(row.chosen)
            row.origin = self.origins.get(row.programme.pk)
            row.marked = self.marked.get((row.programme.pk, self.day))
        return form
