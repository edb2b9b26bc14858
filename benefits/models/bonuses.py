"""The motivational bonus: asked for by the instructor, opined by the staff, decided by the director (S1 § 3 ust. 2)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits.models.amounts import optional_amount
from cistor.crypto import EncryptedField
from cistor.dates import month_text
from cistor.decisions import Decidable, decided
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked
from participants.models.signing import signed_as


@tracked
class Bonus(Decidable):
    """A request for one month of one programme, an amount or a part of what the cap is a part of; once granted, what is
    paid with the settlement of that month, or with its difference where the month was paid already."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": "", "note": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="bonuses")
    # By its first day.
    month = models.DateField("za miesiąc")
    asked_amount = optional_amount("wnioskowana kwota")
    asked_percent = models.DecimalField(
        "wnioskowany procent świadczenia", max_digits=5, decimal_places=2, null=True, blank=True
    )
    amount = optional_amount("przyznana kwota")
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="w zastępstwie"
    )
    # The request with its opinions and the decision, as decided.
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Decidable.Meta):
        abstract = False
        ordering = ["-month", "-id"]
        constraints = [
            *Decidable.Meta.constraints,
            models.UniqueConstraint(
                fields=["programme", "month"],
                condition=Q(withdrawn_on__isnull=True) & ~Q(granted=False),
                nulls_distinct=True,
                name="bonus_once_a_month",
                violation_error_message="Wniosek o premię za ten miesiąc już jest.",
            ),
            models.CheckConstraint(name="bonus_of_a_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="bonus_asked_one_way",
                # Of an empty column "> 0" is neither true nor false, and a constraint passes what is not false.
                condition=Q(asked_amount__isnull=False, asked_amount__gt=0, asked_percent__isnull=True)
                | Q(asked_amount__isnull=True, asked_percent__isnull=False, asked_percent__gt=0),
                violation_error_message="Podaj kwotę albo procent.",
            ),
            models.CheckConstraint(
                name="bonus_granted_amount",
                condition=Q(granted=True, amount__isnull=False, amount__gt=0)
                | (Q(amount__isnull=True) & (Q(granted=False) | Q(granted__isnull=True))),
                violation_error_message="Przyznana premia ma kwotę większą od zera.",
            ),
        ]
        triggers = [
            decided("decided_for_id", "programme_id", "month", "asked_amount", "asked_percent", "amount", "document_id")
        ]

    def __str__(self):
        return f"premia {self.programme_id} {month_text(self.month)}"

    @property
    def span(self) -> str:
        """The settlement that it belongs to, as the engine names it."""
        return f"{self.month:%Y-%m}"

    @property
    def decider(self) -> str:
        return signed_as(self.decided_by, self.decided_for)


class BonusOpinion(models.Model):
    """What somebody of the social reintegration staff thinks of a request; the newest of each of them counts."""

    centre_path = "bonus__programme__participant__centre"
    participant_path = "bonus__programme__participant"
    without_person = {"text": ""}

    bonus = models.ForeignKey(Bonus, models.PROTECT, related_name="opinions")
    is_positive = models.BooleanField("opinia pozytywna")
    text = EncryptedField("treść", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField("wydano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["given_on", "id"]
        triggers = [append_only("bonus_id", "is_positive", "by_id", "given_on")]

    def __str__(self):
        return f"{self.bonus_id} {self.is_positive}"
