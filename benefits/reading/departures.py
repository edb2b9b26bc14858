"""By which versions of the regulations a list pays, and where they give less than the statute."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from benefits.models import PaymentList, Settlement
from cistor.centres.models import Centre, DepartureReason, Regulations
from cistor.centres.statute import Departure, Statute, below_right
from cistor.dates import ONE_DAY


@dataclass(frozen=True)
class Below:
    """A version by which a list pays less than the statute gives; `reason` is None as long as nobody has said why."""

    version: Regulations
    departures: list[Departure]
    reason: DepartureReason | None


def below_statute(payment_list: PaymentList) -> list[Below]:
    """Of the versions in force on the days that the list pays for; three queries, whatever its length."""
    days = list(payment_list.settlements.order_by().values_list("start_on", "end_on").distinct())
    versions = list(_versions(payment_list.centre).select_related("departure_reason__given_by"))
    statute = Statute.load()
    ends = [*(later.in_force_from - ONE_DAY for later in versions[1:]), date.max]
    found = []
    for version, last_on in zip(versions, ends, strict=False):
        spans = [(max(start, version.in_force_from), min(end, last_on)) for start, end in days]
        departures = _departures(version, (span for span in spans if span[0] <= span[1]), statute)
        if departures:
            found.append(Below(version, departures, getattr(version, "departure_reason", None)))
    return found


def versions_used(centre: Centre, settlements: Iterable[Settlement]) -> list[Regulations]:
    """Those of the days paid for, and of the programmes' first days, which say how a trial is settled."""
    versions = list(_versions(centre))
    starts = [version.in_force_from for version in versions]
    used: set[int] = set()
    for row in settlements:
        first, last = bisect_right(starts, row.start_on) - 1, bisect_right(starts, row.end_on) - 1
        used |= {bisect_right(starts, row.first_on) - 1, *range(first, last + 1)}
    return [versions[place] for place in sorted(used)]


def _versions(centre: Centre):
    return Regulations.objects.adopted().filter(centre=centre).order_by("in_force_from")


def _departures(version: Regulations, spans: Iterable[tuple[date, date]], statute: Statute) -> list[Departure]:
    """Each departure once, however many settlements meet it."""
    found = {(one.setting, one.law): one for span in spans for one in below_right(version, *span, statute)}
    return list(found.values())
