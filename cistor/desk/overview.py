"""What the desk shows below the matters: who is missing today, and how the month stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from attendance import roster
from attendance.grid import HERE
from attendance.models import Day
from attendance.reading import progress
from attendance.reading.progress import Progress
from attendance.terms import Terms
from cistor.accounts.models import User
from cistor.centres.models import DayCode
from cistor.dates import day_text, days_between, month_end, month_start, month_text
from cistor.drawings import Cell, Drawing, heat_map
from cistor.templatetags.cistor import plural
from participants.models import Group, Membership

DESC = "Wiersze to grupy, kolumny to dni zajęć. Ptaszek: oznaczono wszystkich; liczba: ilu osób jeszcze nie oznaczono."


@dataclass(frozen=True)
class Absent:
    group: str
    mark: Day
    # None where the regulations have dropped the code since.
    code: DayCode | None


@dataclass(frozen=True)
class Overview:
    """`today` sums up the day's marking and is none on a day without classes; so is `month` without a group."""

    today: Progress | None
    absent: Sequence[Absent]
    month: Drawing | None


def overview(user: User, *, on: date) -> Overview | None:
    """By the groups of the rights of the day; who only counts the money does not need names. Nine queries at most."""
    if not user.may("see_attendance", on=on):
        return None
    terms = Terms(user.home_centre)
    days = [day for day in days_between(month_start(on), month_end(on)) if terms.is_class_day(day)]
    groups = list(roster.in_use(Group.objects.visible_to(user, on=on), on))
    standing = progress.of_groups(groups, [day for day in days if day <= on])
    today, absent = None, []
    if on in days and user.may("mark_attendance", on=on):
        today = _of_day(standing, on)
        absent = _absent(user, on, terms)
    return Overview(today, absent, _month(groups, days, standing, on) if groups and days else None)


def _of_day(standing: dict[tuple[int, date], Progress], on: date) -> Progress:
    rows = [row for (_, day), row in standing.items() if day == on]
    return Progress(sum(row.people for row in rows), sum(row.marked for row in rows))


def _absent(user: User, on: date, terms: Terms) -> list[Absent]:
    """Who is marked as not here, group by group."""
    groups = Membership.objects.in_force(on).filter(participant=OuterRef("programme__participant"))
    rows = Day.objects.visible_to(user, on=on, right="mark_attendance").filter(on=on).exclude(meaning__in=HERE)
    rows = rows.annotate(group=Subquery(groups.values("group__name")[:1])).select_related("programme__participant")
    codes = terms.codes(on)
    rows = rows.order_by("group", "programme__participant__order_key", "pk")
    return [Absent(row.group or "Bez grupy", row, codes.get(row.meaning)) for row in rows]


def _month(
    groups: Sequence[Group], days: Sequence[date], standing: dict[tuple[int, date], Progress], on: date
) -> Drawing:
    cells = [[_cell(group, day, standing.get((group.pk, day)), on) for day in days] for group in groups]
    columns = [str(day.day) for day in days]
    title = f"Obecność oznaczona w miesiącu {month_text(on)}"
    rows = [group.name for group in groups]
    return heat_map(rows, columns, cells, name="month", title=title, desc=DESC, corner="Grupa")


def _cell(group: Group, day: date, row: Progress | None, on: date) -> Cell | None:
    if day > on:
        return Cell("coming", title=f"{day_text(day)}: jeszcze nie było")
    if row is None:
        return None
    url = f"{reverse('attendance:today', args=[group.pk])}?dzien={day:%Y-%m-%d}"
    about = f"{group}, {day_text(day)}"
    if not row.unmarked:
        return Cell("whole", "✓", f"{about}: oznaczono wszystkich ({row.people})", url)
    of_people = f"{row.people} {plural(row.people, 'osoby,osób,osób')}"
    kind = "part" if row.marked else "unmarked"
    return Cell(kind, str(row.unmarked), f"{about}: nie oznaczono {row.unmarked} z {of_people}", url)
