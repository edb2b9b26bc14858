import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only


class Payment(models.Model):
    """The transfer of one settlement went out, or came back. Rows are added, never changed."""

    centre_path = "settlement__payment_list__centre"
    participant_path = "settlement__programme__participant"
    without_person = {"reason": ""}

    class Kind(models.TextChoices):
        PAID = "paid", "wypłacono"
        RETURNED = "returned", "zwrócono"

    settlement = models.ForeignKey("benefits.Settlement", models.PROTECT, related_name="payments")
    kind = models.CharField("rodzaj", max_length=10, choices=Kind)
    on = models.DateField("dzień")
    amount = models.DecimalField("kwota", max_digits=10, decimal_places=2)
    # Why it came back, as the bank says it.
    reason = EncryptedField("powód", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "kind", "on"],
                name="payment_once_a_day",
                violation_error_message="Tego dnia zapisano już tę wypłatę.",
            ),
            models.CheckConstraint(
                name="payment_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Kwota wypłaty jest większa od zera.",
            ),
        ]
        triggers = [
            append_only("settlement_id", "kind", '"on"', "amount", "recorded_by_id"),
            # Once a statement: a whole list is paid in one.
            pgtrigger.Trigger(
                name="of_approved_payout",
                level=pgtrigger.Statement,
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                referencing=pgtrigger.Referencing(new="written"),
                func="""
                    IF EXISTS (
                        SELECT FROM written w
                        JOIN benefits_settlement s ON s.id = w.settlement_id
                        JOIN benefits_paymentlist l ON l.id = s.payment_list_id
                        WHERE l.status <> 'approved' OR w.amount <> s.payout
                    ) THEN
                        RAISE EXCEPTION 'pays what no approved list says' USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.settlement_id} {self.on}"
