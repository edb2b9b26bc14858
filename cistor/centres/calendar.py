"""The days that make a centre's year its own, as the pure modules take them."""

from dataclasses import dataclass
from datetime import date

from cistor.centres.models import Centre, ClosedDay, ExtraClassDay, PublicHoliday


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
