"""The refund of benefits and contributions from the Fundusz Pracy: what is asked for, and what came."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits.models.amounts import amount
from benefits.models.settlements import Settlement
from cistor.dates import in_month_text
from cistor.moves import Moves
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked
from participants.models.signing import signed_as

SIGNED_REFUND = """EXISTS (
    SELECT FROM benefits_refund r WHERE r.id IN (OLD.refund_id, NEW.refund_id) AND r.status = 'signed'
)"""


@tracked
class Refund(models.Model):
    """An application to the starosta for what was paid in one month; prepared by payroll, signed by the director.

    A further one of the month (`number` above 1) asks for what the first did not know of.
    """

    centre_path = "centre"

    class Status(models.TextChoices):
        DRAFT = "draft", "projekt"
        SIGNED = "signed", "podpisany"

    MOVES = Moves({"sign": ([Status.DRAFT], Status.SIGNED)})

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="refunds")
    office = models.ForeignKey("centres.Office", models.PROTECT, related_name="+")
    # In which the benefits were paid, by its first day.
    month = models.DateField("wypłacono w miesiącu")
    number = models.PositiveSmallIntegerField("kolejny wniosek", default=1)
    status = models.CharField("stan", max_length=10, choices=Status, default=Status.DRAFT)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    prepared_on = models.DateField("sporządzono")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="w zastępstwie"
    )
    signed_on = models.DateField("podpisano", null=True, blank=True)
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="refund")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-month", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "month", "number"],
                name="refund_once",
                violation_error_message="Taki wniosek o refundację już jest.",
            ),
            models.CheckConstraint(name="refund_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="refund_signed_complete",
                condition=Q(status="draft", signed_by__isnull=True, signed_on__isnull=True, document__isnull=True)
                | Q(status="signed", signed_by__isnull=False, signed_on__isnull=False, document__isnull=False),
            ),
        ]
        triggers = [
            frozen(
                "signed",
                when="OLD.status = 'signed'",
                business=(
                    "centre_id",
                    "office_id",
                    "month",
                    "number",
                    "status",
                    "prepared_by_id",
                    "prepared_on",
                    "signed_by_id",
                    "signed_for_id",
                    "signed_on",
                    "document_id",
                ),
            )
        ]

    def __str__(self):
        return f"refundacja {self.month:%Y-%m} nr {self.number}"

    @property
    def title(self) -> str:
        again = f" (nr {self.number})" if self.number > 1 else ""
        return f"Wniosek o refundację za wypłaty {in_month_text(self.month, with_year=True)}{again}"

    @property
    def signer(self) -> str:
        return signed_as(self.signed_by, self.signed_for)


class RefundItem(models.Model):
    """What is asked for one settlement: the benefit and the contributions, the bonus never. Each settlement is asked
    for once; one of differences may be negative and corrects an earlier month."""

    centre_path = "refund__centre"
    participant_path = "settlement__programme__participant"

    refund = models.ForeignKey(Refund, models.CASCADE, related_name="items")
    settlement = models.OneToOneField(Settlement, models.PROTECT, related_name="refund_item")
    benefit = amount("świadczenie")
    zus_pension = amount("składka emerytalna")
    zus_disability = amount("składka rentowa")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        triggers = [
            frozen(
                "signed",
                when=SIGNED_REFUND,
                inserts=True,
                business=("refund_id", "settlement_id", "benefit", "zus_pension", "zus_disability"),
            )
        ]

    def __str__(self):
        return f"{self.refund_id} {self.settlement_id}"


class RefundStep(models.Model):
    """An application went out, or money came; rows are added, never changed."""

    centre_path = "refund__centre"

    class Kind(models.TextChoices):
        SENT = "sent", "wysłano"
        PAID = "paid", "wpłynęło"
        REFUSED = "refused", "odmówiono"

    refund = models.ForeignKey(Refund, models.PROTECT, related_name="steps")
    kind = models.CharField("co się stało", max_length=10, choices=Kind)
    on = models.DateField("dzień")
    # Of what came, or of what was refused.
    amount = amount("kwota")
    note = models.CharField("uwagi", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["refund"],
                condition=Q(kind="sent"),
                name="refund_sent_once",
                violation_error_message="Ten wniosek jest już wysłany.",
            ),
            models.CheckConstraint(
                name="refund_step_amount",
                condition=Q(kind="sent", amount=0) | Q(kind__in=["paid", "refused"], amount__gt=0),
                violation_error_message="Podaj kwotę większą od zera.",
            ),
        ]
        triggers = [append_only("refund_id", "kind", '"on"', "amount", "note", "by_id", "recorded_on")]

    def __str__(self):
        return f"{self.refund_id} {self.kind}"
