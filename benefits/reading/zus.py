"""The contributions of a month: two lines a settlement, by the payday; titles and dates of who is insured; when the
duty of health insurance begins and ends, which the welfare office sees to."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property

from django.db.models import Min, Q

from benefits.models import Settlement
from cistor.centres.models import Centre
from cistor.dates import month_end
from cistor.money import NOTHING
from participants.deadlines import INSURED_AFTER
from participants.models import Programme


@dataclass
class Insured:
    """One programme of the month: `first_on` is that of its first stage; `settlements` are those paid in it."""

    programme: Programme
    first_on: date
    settlements: list[Settlement] = field(default_factory=list)

    @property
    def name(self) -> str:
        return str(self.programme.participant)

    @property
    def insurance(self):
        return getattr(self.programme, "insurance", None)

    @property
    def health_from(self) -> date | None:
        """When 30 days have passed; who left before is never insured so."""
        start, ended_on = self.first_on + INSURED_AFTER, self.programme.ended_on
        return None if ended_on and ended_on < start else start

    @property
    def health_until(self) -> date | None:
        return self.programme.ended_on if self.health_from else None

    @property
    def sums(self) -> "Contributions":
        return contributions(self.settlements)


@dataclass(frozen=True)
class Contributions:
    """Złoty; `basis` is the benefit alone: nothing is owed on the bonus."""

    basis: Decimal
    pension: Decimal
    disability: Decimal

    @property
    def total(self) -> Decimal:
        return self.pension + self.disability


@dataclass(frozen=True)
class ZusMonth:
    """`insured` by name: who took part in the month, and who was paid in it."""

    month: date
    insured: Sequence[Insured]

    @cached_property
    def sums(self) -> Contributions:
        return contributions([row for one in self.insured for row in one.settlements])

    @property
    def unregistered(self) -> int:
        return sum(1 for one in self.insured if not (one.insurance and one.insurance.registered_on))


def contributions(rows: Sequence[Settlement]) -> Contributions:
    names = ("benefit", "zus_pension", "zus_disability")
    return Contributions(*(sum((getattr(row, name) for row in rows), NOTHING) for name in names))


def zus_month(centre: Centre, month: date) -> ZusMonth:
    """Two queries, whatever the number of people."""
    last = month_end(month)
    paid = Settlement.objects.approved().filter(payment_list__centre=centre, payment_list__payday__range=(month, last))
    insured = {
        row.pk: Insured(row, row.first_on)
        for row in Programme.objects.filter(participant__centre=centre)
        .annotate(first_on=Min("stages__start_on"))
        .filter(
            Q(pk__in=paid.values("programme"))
            | Q(first_on__lte=last) & (Q(ended_on__isnull=True) | Q(ended_on__gte=month))
        )
        .exclude(first_on__isnull=True)
        .select_related("participant", "insurance")
        .only(*NAMES)
        .order_by("participant__order_key", "pk")
    }
    # Without what is encrypted.
    for row in paid.only(*FIGURES).order_by("start_on", "pk"):
        insured[row.programme_id].settlements.append(row)
    return ZusMonth(month, list(insured.values()))


# Every other column of a person would cost a decryption.
NAMES = (
    "ended_on",
    "participant__first_name",
    "participant__last_name",
    "insurance__title_code",
    "insurance__registered_on",
    "insurance__deregistered_on",
)
FIGURES = ("programme", "span", "start_on", "end_on", "corrects", "benefit", "zus_pension", "zus_disability")
