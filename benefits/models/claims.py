"""What comes in about somebody's money: the application for the benefit, and letters of bailiffs."""

from django.conf import settings
from django.db import models

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked


class BenefitApplication(models.Model):
    """The participant has applied for the benefit (S1 § 3 ust. 1 lit. g, S2 § 8 ust. 1 lit. h); a newer may follow."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="benefit_applications")
    filed_on = models.DateField("złożono")
    scan = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-filed_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "filed_on"],
                name="benefit_application_once_a_day",
                violation_error_message="Wniosek z tego dnia jest już wpisany.",
            )
        ]
        triggers = [append_only("programme_id", "filed_on", "scan_id", "by_id", "recorded_on")]

    def __str__(self):
        return f"wniosek {self.programme_id} {self.filed_on}"


@tracked
class Enforcement(models.Model):
    """A bailiff's letter about a participant. The benefit is exempt from enforcement, and the answer says so."""

    centre_path = "participant__centre"
    participant_path = "participant"
    without_person = {"bailiff": "", "street": "", "signature": ""}

    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="enforcements")
    bailiff = EncryptedField("komornik")
    street = EncryptedField("ulica i numer", blank=True)
    postal_code = models.CharField("kod pocztowy", max_length=6, blank=True)
    city = models.CharField("miejscowość", max_length=80, blank=True)
    # Of the bailiff's case.
    signature = EncryptedField("sygnatura")
    received_on = models.DateField("wpłynęło")
    scan = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")
    answer = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]

    def __str__(self):
        return f"zajęcie {self.participant_id} {self.received_on}"
