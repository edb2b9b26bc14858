"""The report of the morning: groups that nobody has marked, and who is absent without a reason."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import prefetch_related_objects

from attendance import roster
from attendance.reading.absences import REPORT, RIGHT, Hour, Run, due_at, is_past, open_absences, report_hour
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.terms import TermBook
from cistor.dates import joined
from participants.models import Group, GroupLead, Membership


@dataclass
class Absent:
    """Somebody who is not there that day; `is_late`: not reported by the hour of its first day."""

    run: Run
    group: Group | None
    leads: list[User]
    is_late: bool

    @property
    def is_reported(self) -> bool:
        return self.run.row is not None and self.run.row.reported_at is not None

    @property
    def badge(self) -> tuple[str, str]:
        if self.is_reported:
            return "done", "zgłoszono po terminie" if self.is_late else "zgłoszono"
        return ("late", "po terminie") if self.is_late else ("soon", "do zgłoszenia")


@dataclass
class Complete:
    """A group of which everybody is marked; `absent` and `to_report`: how many are there without a reason known."""

    row: roster.GroupToday
    absent: int
    to_report: int

    @property
    def badge(self) -> tuple[str, str]:
        if self.to_report:
            return "soon", f"do zgłoszenia: {self.to_report}"
        return "done", f"zgłoszono: {self.absent}" if self.absent else "nikogo do zgłoszenia"


@dataclass
class Morning:
    """Of one day, as far as the user follows up absences; `hour` None where the regulations set none."""

    day: date
    is_class_day: bool
    hour: Hour | None = None
    is_past: bool = False
    unmarked: list[roster.GroupToday] = field(default_factory=list)
    complete: list[Complete] = field(default_factory=list)
    absent: list[Absent] = field(default_factory=list)


def morning(user: User, day: date, at: datetime, *, on: date, runs: list[Run] | None = None) -> Morning:
    """What the desk and the page tell of a day at the moment `at`, to whom is the user on `on`; constant queries.

    `runs`: the open absences of that day, where they are known already.
    """
    page = Morning(day, Terms(user.home_centre).is_class_day(day))
    if not page.is_class_day:
        return page
    page.hour = report_hour(TermBook([user.home_centre_id], [REPORT]), user.home_centre_id, day)
    page.is_past = is_past(page.hour, day, at)
    groups = _groups(user, day, on)
    page.unmarked = [row for row in groups if row.unmarked]
    runs = open_absences(user, on, day) if runs is None else runs
    page.absent = absent([run for run in runs if day in run.days], day, page.hour, at)
    page.complete = [_complete(row, page.absent) for row in groups if row.people and not row.unmarked]
    return page


def _groups(user: User, day: date, on: date) -> list[roster.GroupToday]:
    groups = roster.in_use(Group.objects.visible_to(user, on=on, right=RIGHT), day)
    rows = list(roster.counted(groups, day))
    prefetch_related_objects([lead for row in rows if row.unmarked for lead in row.leads], "superior")
    return rows


def _complete(row: roster.GroupToday, everybody: list[Absent]) -> Complete:
    own = [one for one in everybody if one.group == row.group]
    return Complete(row, len(own), sum(not one.is_reported for one in own))


def told(row: roster.GroupToday) -> str:
    """Who is told of what happens in the group: the superiors of its leads."""
    return joined(list(dict.fromkeys(lead.superior_name for lead in row.leads)))


def absent(runs: list[Run], day: date, hour: Hour | None, at: datetime) -> list[Absent]:
    """The people with their groups of the day and who leads them."""
    people = [run.programme.participant_id for run in runs]
    stays = Membership.objects.in_force(day).filter(participant__in=people).select_related("group")
    groups = {stay.participant_id: stay.group for stay in stays}
    leads = _leads({group.pk for group in groups.values()}, day)
    found = [(run, groups.get(run.programme.participant_id)) for run in runs]
    return [Absent(run, group, leads.get(group.pk, []) if group else [], late(run, hour, at)) for run, group in found]


def _leads(groups: set[int], day: date) -> dict[int, list[User]]:
    found: dict[int, list[User]] = {}
    rows = GroupLead.objects.in_force(day).filter(group__in=groups).select_related("instructor__superior")
    for row in rows.order_by("start_on", "pk"):
        found.setdefault(row.group_id, []).append(row.instructor)
    return found


def late(run: Run, hour: Hour | None, at: datetime) -> bool:
    """Reported after the hour of its first day, or not yet and the hour is over."""
    due, reported = due_at(hour, run.start_on), run.row and run.row.reported_at
    return due is not None and (reported or at) > due
