"""Who lacks what a payment needs: the application for the benefit, or where the money is to go."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from benefits.gather import NOT_NEEDED
from benefits.models import BenefitApplication
from cistor.centres.models import Centre, Regulations
from cistor.dates import ONE_DAY, month_start
from participants.models import PaymentMethod, Programme


@dataclass(frozen=True)
class Lacking:
    """`method`: why nothing can be paid out where the person wants it, "" when it can."""

    programme: Programme
    application: bool
    method: str

    @property
    def says(self) -> str:
        """ "brak wniosku o wypłatę i brak rachunku"."""
        return " i ".join(filter(None, ["brak wniosku o wypłatę" if self.application else "", self.method]))


def lacking(programmes: QuerySet[Programme], centre: Centre, *, on: date) -> list[Lacking]:
    """Of those who take part, or did since the beginning of last month, in the order of names; by the regulations of
    the day. Two queries."""
    version = Regulations.objects.version(centre, on)
    asks, allowed = bool(version and version.benefit_needs_application), version.payment_methods if version else []
    since = month_start(month_start(on) - ONE_DAY)
    rows = programmes.touching(since, on).select_related("participant").defer("end_reason", *NOT_NEEDED)
    filed = BenefitApplication.objects.filter(programme=OuterRef("pk"))
    methods = PaymentMethod.objects.filter(participant=OuterRef("participant"), start_on__lte=on).order_by("-start_on")
    rows = rows.annotate(applied=Exists(filed), method=Subquery(methods.values("kind")[:1]))
    rows = rows.filter(participant__erased_on=None).order_by("participant__order_key", "participant", "pk")
    found = (Lacking(row, asks and not row.applied, _method_fault(row.method, allowed)) for row in rows)
    return [one for one in found if one.application or one.method]


def _method_fault(kind: str | None, allowed: list[str]) -> str:
    if kind is None:
        return "brak rachunku"
    return "" if kind in allowed else "regulamin nie przewiduje wypłaty w kasie"
