"""What is taken from a payment: of the kinds in the regulations, with written consent to each amount."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from benefits.models.amounts import given_amount, optional_amount
from benefits.models.guards import deducted_is_taken, raised_if
from benefits.models.settlements import OF_APPROVED_SETTLEMENT, Settlement
from cistor.crypto import EncryptedField
from cistor.fields import together
from cistor.money import NOTHING
from cistor.scope import Scoped
from cistor.triggers import frozen, tracked

# What the person has consented to, beside the words.
AGREED = (
    "programme_id",
    "kind_id",
    "item_id",
    "pieces",
    "amount",
    "instalment",
    "position",
    "suspected_on",
    "entered_by_id",
    "entered_on",
    "consented_on",
    "document_id",
)


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in (*AGREED, "what", "suspicion"))


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
    # The thing that was not given back, and how many pieces of it; empty where the deduction is for something else.
    item = models.ForeignKey(
        "attendance.IssuedItem", models.PROTECT, null=True, blank=True, related_name="deductions", verbose_name="rzecz"
    )
    pieces = models.PositiveSmallIntegerField("ile sztuk", null=True, blank=True)
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
            together("deduction_item_complete", "item", "pieces"),
        ]
        triggers = [
            # The withdrawal, and a scan that was not there, alone come after the consent; after the withdrawal nothing.
            frozen(
                "consented",
                when=f"""(OLD.withdrawn_on IS NOT NULL OR OLD.consented_on IS NOT NULL AND (
                    TG_OP = 'DELETE' OR ({_of("NEW")}) IS DISTINCT FROM ({_of("OLD")})
                    OR (OLD.consent_scan_id IS NOT NULL AND NEW.consent_scan_id IS DISTINCT FROM OLD.consent_scan_id)
                ))""",
                business=(*AGREED, "consent_scan_id", "withdrawn_on"),
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
            pgtrigger.Trigger(
                name="with_consent",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=raised_if(
                    "takes without consent",
                    """NOT EXISTS (
                        SELECT FROM benefits_deduction d
                        WHERE d.id = NEW.deduction_id AND d.consented_on IS NOT NULL AND d.withdrawn_on IS NULL
                    )""",
                ),
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
            deducted_is_taken(
                "all_of_the_settlement",
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                "OLD.settlement_id, NEW.settlement_id",
            ),
        ]

    def __str__(self):
        return f"{self.deduction_id} {self.amount}"
