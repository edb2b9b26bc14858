"""What a participant is given, and gives back (S1 § 4 cz. II, § 5; S2 § 7, § 10 cz. II)."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from attendance.models.scope import OfProgramme
from cistor.fields import together
from cistor.triggers import tracked


class IssuedItemQuerySet(OfProgramme):
    def missing(self):
        """To be given back, and neither given back nor written off."""
        return self.filter(is_returnable=True, returned_on__isnull=True, written_off_on__isnull=True)


@tracked
class IssuedItem(models.Model):
    """A thing, a ticket or an insurance given to a person, with its value and the signature on the card."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"what": "", "remark": ""}

    class Kind(models.TextChoices):
        CLOTHES = "clothes", "odzież robocza"
        PROTECTION = "protection", "środki ochrony"
        TOOL = "tool", "narzędzie"
        KEY = "key", "klucz"
        TICKET = "ticket", "bilet"
        TRAVEL = "travel", "koszt dojazdu"
        INSURANCE = "insurance", "ubezpieczenie od wypadków"
        MEDICAL = "medical", "badanie lekarskie"
        OTHER = "other", "inne"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="items")
    kind = models.CharField("rodzaj", max_length=12, choices=Kind)
    what = models.CharField("co", max_length=120)
    quantity = models.PositiveSmallIntegerField("ile", default=1)
    # Of all of them together.
    value = models.DecimalField("wartość, zł", max_digits=8, decimal_places=2, default=Decimal("0.00"))
    is_returnable = models.BooleanField("do zwrotu")
    given_on = models.DateField("wydano")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    is_signed = models.BooleanField("podpis odbioru", default=False)
    returned_on = models.DateField("zwrócono", null=True, blank=True)
    returned_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # Worn out or lost without fault: nobody owes it any more.
    written_off_on = models.DateField("spisano", null=True, blank=True)
    remark = models.CharField("uwagi", max_length=200, blank=True)
    # Pieces that came back, or were written off, are an entry of their own; the one they were given with.
    part_of = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="parts", verbose_name="wydano razem z"
    )

    objects = IssuedItemQuerySet.as_manager()

    class Meta:
        ordering = ["given_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="item_amounts",
                condition=Q(value__gte=0, quantity__gte=1),
                violation_error_message="Wpisz co najmniej jedną sztukę i wartość nie mniejszą od zera.",
            ),
            models.CheckConstraint(
                name="item_back_after_given",
                condition=(Q(returned_on__isnull=True) | Q(returned_on__gte=F("given_on")))
                & (Q(written_off_on__isnull=True) | Q(written_off_on__gte=F("given_on"))),
                violation_error_message="Zwrot nie może być wcześniejszy niż wydanie.",
            ),
            together("item_returned_complete", "returned_on", "returned_to"),
            models.CheckConstraint(
                name="item_back_once", condition=Q(returned_on__isnull=True) | Q(written_off_on__isnull=True)
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.what}"
