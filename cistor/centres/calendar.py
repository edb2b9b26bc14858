"""The days that make a centre's year its own, as the pure modules take them."""

from dataclasses import dataclass
from datetime import date

from cistor.centres.models import Centre, ClosedDay, ExtraClassDay, PublicHoliday
from cistor.dates import holiday_names


@dataclass(frozen=True)
class Calendar:
    closed: frozenset[date]
    extra: frozenset[date]
    one_off: frozenset[date]


def of(centre: Centre) -> Calendar:
    """Closed days, extra class days and one-off public holidays; three queries."""
    return Calendar(
        closed=frozenset(ClosedDay.objects.filter(centre=centre).values_list("on", flat=True)),
        extra=frozenset(ExtraClassDay.objects.filter(centre=centre).values_list("on", flat=True)),
        one_off=one_off_holidays(),
    )


def one_off_holidays() -> frozenset[date]:
    return frozenset(PublicHoliday.objects.values_list("on", flat=True))


def holidays(year: int) -> list[tuple[date, str]]:
    """The public holidays of a year with their names, one-off ones included."""
    one_off = dict(PublicHoliday.objects.filter(on__year=year).values_list("on", "name"))
    return sorted({**holiday_names(year), **one_off}.items())
