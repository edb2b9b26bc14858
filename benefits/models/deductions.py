"""What is taken from a payment: of the kinds in the regulations, with written consent to each amount."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from benefits.models.amounts import given_amount, optional_amount
from benefits.models.guards import raised_if
from benefits.models.settlements import OF_APPROVED_SETTLEMENT, Settlement
from cistor.crypto import EncryptedField
from cistor.money import NOTHING
from cistor.scope import Scoped
from cistor.triggers import frozen, tracked


class DeductionQuerySet(Scoped):
    def standing(self):
        """Consented to and not taken back; their conditions are asked for where they are taken."""
        return self.filter(consented_on__isnull=False, withdrawn_on__isnull=True)

    def with_left(self, *, but=None):
        """With what is `left` of each; what the list `but` takes, which is being counted, does not count."""
        taken = Taken.objects.filter(deduction=models.OuterRef("pk")).order_by()
        if but is not None:
            taken = taken.exclude(settlement__payment_list=but)
        taken = taken.values("deduction").annotate(sum=Sum("amount")).values("sum")
        return self.annotate(left=F("amount") - Coalesce(Subquery(taken), NOTHING))

    def in_order(self):
        """As they are taken."""
        return self.order_by("position", "consented_on", "pk")


@tracked
class Deduction(models.Model):
    """One amount that a person owes the centre. Taken only with consent, and only under the condition of its kind.

    Its paper is the consent to sign; from the consent on the amount never changes, and withdrawing the consent stops
    what was not taken yet.
    """

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"what": "", "suspicion": "", "withdrawn_note": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="deductions")
    kind = models.ForeignKey("centres.DeductionKind", models.PROTECT, related_name="+", verbose_name="rodzaj")
    what = EncryptedField("za co")
    amount = given_amount("kwota")
    # The most that one list may take; empty: all that there is room for.
    instalment = optional_amount("najwyżej z jednej listy")
    # The lower the earlier; equal ones in the order of their consents.
    position = models.PositiveSmallIntegerField("kolejność", default=1)
    # Of a kind that asks for a recorded suspicion: when it arose and what it was.
    suspected_on = models.DateField("dzień podejrzenia", null=True, blank=True)
    suspicion = EncryptedField("na czym polegało podejrzenie", blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_on = models.DateField("wpisano")

    consented_on = models.DateField("zgoda z dnia", null=True, blank=True)
    consent_scan = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField("wycofano", null=True, blank=True)
    withdrawn_note = EncryptedField("jak wycofano", blank=True)
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    objects = DeductionQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="deduction_positive",
                condition=Q(amount__gt=0) & (Q(instalment__isnull=True) | Q(instalment__gt=0)),
                violation_error_message="Kwota potrącenia i raty jest większa od zera.",
            ),
            models.CheckConstraint(
                name="deduction_withdrawn_after_consent",
                condition=Q(withdrawn_on__isnull=True)
                | Q(consented_on__isnull=True)
                | Q(withdrawn_on__gte=F("consented_on")),
                violation_error_message="Zgody nie można wycofać, zanim ją wyrażono.",
            ),
        ]
        triggers = [
            # The withdrawal alone comes after the consent.
            frozen(
                "consented",
                when="""OLD.consented_on IS NOT NULL AND (
                    TG_OP = 'DELETE' OR (NEW.programme_id, NEW.kind_id, NEW.amount, NEW.instalment, NEW.consented_on)
                    IS DISTINCT FROM (OLD.programme_id, OLD.kind_id, OLD.amount, OLD.instalment, OLD.consented_on)
                )""",
                business=("programme_id", "kind_id", "amount", "instalment", "consented_on"),
            )
        ]

    def __str__(self):
        return f"potrącenie {self.programme_id} {self.amount}"


class Taken(models.Model):
    """What one settlement takes of a deduction; goes with it when its draft is counted anew."""

    centre_path = "settlement__payment_list__centre"
    participant_path = "settlement__programme__participant"

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="taken")
    deduction = models.ForeignKey(Deduction, models.PROTECT, related_name="taken")
    amount = given_amount("kwota")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="taken_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["settlement", "deduction"], name="taken_once"),
        ]
        triggers = [
            frozen(
                "approved",
                when=OF_APPROVED_SETTLEMENT,
                inserts=True,
                business=("settlement_id", "deduction_id", "amount"),
            ),
            # Runs of one centre wait for each other, so no two of them add up here unseen.
            pgtrigger.Trigger(
                name="within_deduction",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=raised_if(
                    "takes more than was consented to",
                    """(SELECT sum(t.amount) FROM benefits_taken t WHERE t.deduction_id = NEW.deduction_id)
                        > (SELECT d.amount FROM benefits_deduction d WHERE d.id = NEW.deduction_id)""",
                ),
            ),
            pgtrigger.Trigger(
                name="of_one_person",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=raised_if(
                    "takes from somebody else",
                    """(
                        SELECT p.participant_id FROM benefits_settlement s
                        JOIN participants_programme p ON p.id = s.programme_id WHERE s.id = NEW.settlement_id
                    ) <> (
                        SELECT p.participant_id FROM benefits_deduction d
                        JOIN participants_programme p ON p.id = d.programme_id WHERE d.id = NEW.deduction_id
                    )""",
                ),
            ),
            # At the end of the transaction: settlements and what they take come in two statements.
            pgtrigger.Trigger(
                name="all_of_the_settlement",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                timing=pgtrigger.Deferred,
                func="""
                    IF EXISTS (
                        SELECT FROM benefits_settlement s
                        WHERE s.id IN (OLD.settlement_id, NEW.settlement_id) AND s.deductions_taken <> (
                            SELECT COALESCE(sum(t.amount), 0) FROM benefits_taken t WHERE t.settlement_id = s.id
                        )
                    ) THEN
                        RAISE EXCEPTION 'deductions are not what was taken: %', TG_TABLE_NAME
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.deduction_id} {self.amount}"
