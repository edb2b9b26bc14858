"""By which instalments an overpayment is taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits.models.amounts import given_amount
from benefits.models.settlements import Settlement
from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only
from participants.models.signing import signed_as


class RecoveryTerms(models.Model):
    """The director's decision: at most so much of an overpayment from one list; the newest counts."""

    centre_path = "overpaid__payment_list__centre"
    participant_path = "overpaid__programme__participant"
    without_person = {"reason": ""}

    # A settlement of differences with a negative net.
    overpaid = models.ForeignKey(Settlement, models.PROTECT, related_name="recovery_terms")
    instalment = given_amount("najwyżej z jednej listy")
    reason = EncryptedField("uzasadnienie", blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="w zastępstwie"
    )
    decided_on = models.DateField("rozstrzygnięto")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="recovery_instalment_positive",
                condition=Q(instalment__gt=0),
                violation_error_message="Rata jest większa od zera.",
            )
        ]
        triggers = [append_only("overpaid_id", "instalment", "decided_by_id", "decided_for_id", "decided_on")]

    def __str__(self):
        return f"{self.overpaid_id} {self.instalment}"

    @property
    def decider(self) -> str:
        return signed_as(self.decided_by, self.decided_for)
