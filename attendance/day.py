"""The page of one day of a group: who is on it, what was sent, what came of it."""

from datetime import date, timedelta

from attendance import actions, roster
from attendance.cells import Conflict
from attendance.forms import DayForm, posted_ids, with_the_rest_present, with_what_stands_seen
from attendance.models import Day
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.dates import ONE_DAY
from cistor.errors import Refused
from participants.models import Group, Programme

# No centre closes for longer: beyond it there is no day of classes to go to.
LOOK_AROUND = timedelta(days=60)


class DayPage:
    def __init__(self, group: Group, day: date, *, user: User, today: date) -> None:
        self.group, self.day, self.user, self.today = group, day, user, today
        self.terms = Terms(user.home_centre)
        self.codes = self.terms.markable(day) if day <= today else {}
        mine = Group.objects.visible_to(user, on=today, right="mark_attendance")
        self.may_mark = user.may("mark_attendance", on=today) and mine.filter(pk=group.pk).exists()
        self.status, self.refusal, self.moved_away = 200, "", 0
        self.conflicts: list[Conflict] = []
        self.is_filled = False
        self.form = self._form()

    # What was sent --------------------------------------------------------------------------------------------------

    def take(self, data) -> bool:
        """Read what was sent; False where it names a programme that is not the user's to mark."""
        strangers = posted_ids(data) - {row.programme.pk for row in self.form.rows}
        known = Programme.objects.visible_to(self.user, on=self.today, right="mark_attendance")
        self.moved_away = known.filter(pk__in=strangers).count()
        self.is_filled = "fill" in data and "present" in self.codes
        self.data = with_the_rest_present(data, self.form.rows) if self.is_filled else data
        self.form = self._form(self.data)
        return self.moved_away == len(strangers)

    def save(self) -> bool:
        """Whether all of it is saved; if not, the page shows what is not and why, and keeps what was chosen."""
        self.status = 422
        if not self.form.is_valid():
            return False
        cells, centre = self.form.cells(), self.group.centre
        try:
            self.conflicts = actions.mark(centre=centre, on_day=self.day, cells=cells, by=self.user, on=self.today)
        except Refused as refusal:
            self.refusal = refusal.message
            return False
        if self.conflicts:
            self.status = 409
            self._show_conflicts()
        return not self.conflicts

    def _show_conflicts(self) -> None:
        """What was chosen stays chosen, and what stands counts as seen: saved again, it is meant."""
        self.form = self._form(with_what_stands_seen(self.data, self._form().rows))
        by_programme = {conflict.cell.programme_id: conflict for conflict in self.conflicts}
        for row in self.form.rows:
            row.conflict = by_programme.get(row.programme.pk)

    # What is shown --------------------------------------------------------------------------------------------------

    @property
    def is_class_day(self) -> bool:
        return self.terms.is_class_day(self.day)

    @property
    def why(self) -> str:
        return self.terms.why(self.day)

    @property
    def is_future(self) -> bool:
        return self.day > self.today

    @property
    def unmarked(self) -> int:
        return sum(row.day is None for row in self.form.rows)

    @property
    def can_save(self) -> bool:
        return self.may_mark and bool(self.codes) and any(not row.is_closed for row in self.form.rows)

    @property
    def last_saved(self) -> Day | None:
        return max((row.day for row in self.form.rows if row.day), key=lambda day: day.marked_at, default=None)

    @property
    def previous(self) -> date | None:
        return self._class_day(-ONE_DAY)

    @property
    def following(self) -> date | None:
        """The next day of classes that has come."""
        day = self._class_day(ONE_DAY)
        return day if day and day <= self.today else None

    def _class_day(self, step: timedelta) -> date | None:
        day = self.day + step
        while abs(day - self.day) <= LOOK_AROUND:
            if self.terms.is_class_day(day):
                return day
            day += step
        return None

    def _form(self, data=None) -> DayForm:
        programmes = list(roster.of_day(self.group, self.day).prefetch_related("closings"))
        rows = Day.objects.filter(programme__in=programmes, on=self.day).select_related("marked_by")
        days = {row.programme_id: row for row in rows}
        form = DayForm([(p, days.get(p.pk), self._is_closed(p)) for p in programmes], self.codes, data)
        for row in form.rows:
            code = self.terms.codes(self.day).get(row.day.meaning) if row.day else None
            row.colour = code.colour if code else None
        return form

    def _is_closed(self, programme: Programme) -> bool:
        return any(closing.start_on <= self.day <= closing.end_on for closing in programme.closings.all())
