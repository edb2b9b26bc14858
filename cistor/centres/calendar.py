"""The days that make a centre's year its own, as the pure modules take them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, QuerySet, Value

from cistor.centres.models import Centre, ClosedDay, ExtraClassDay, PublicHoliday
from cistor.dates import holiday_names

Names = dict[date, str]


@dataclass(frozen=True)
class Named:
    """Closed days and extra class days with their reasons, one-off public holidays with their names."""

    closed: Names
    extra: Names
    one_off: Names


@dataclass(frozen=True)
class Calendar:
    closed: frozenset[date]
    extra: frozenset[date]
    one_off: frozenset[date]


def named(centre: Centre) -> Named:
    """The three kinds of days in one query."""
    closed = _rows("closed", ClosedDay.objects.filter(centre=centre), "reason")
    extra = _rows("extra", ExtraClassDay.objects.filter(centre=centre), "reason")
    one_off = _rows("one_off", PublicHoliday.objects.all(), "name")
    days = Named({}, {}, {})
    for kind, on, name in closed.union(extra, one_off, all=True):
        getattr(days, kind)[on] = name
    return days


def of(centre: Centre) -> Calendar:
    """Closed days, extra class days and one-off public holidays; one query."""
    days = named(centre)
    return Calendar(frozenset(days.closed), frozenset(days.extra), frozenset(days.one_off))


def one_off_holidays() -> frozenset[date]:
    return frozenset(PublicHoliday.objects.values_list("on", flat=True))


def holidays(year: int) -> list[tuple[date, str]]:
    """The public holidays of a year with their names, one-off ones included."""
    one_off = dict(PublicHoliday.objects.filter(on__year=year).values_list("on", "name"))
    return sorted({**holiday_names(year), **one_off}.items())


def _rows(kind: str, days: QuerySet, name: str) -> QuerySet:
    return days.order_by().values_list(Value(kind, CharField()), "on", name)
