"""How the trial went, in the eyes of the team and of the office that qualifies."""

from django.conf import settings
from django.db import models

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked
from participants.models.programme import Programme


@tracked
class TrialAssessment(models.Model):
    """What one member of the team says of somebody's trial; one a person, changed until the decision."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"text": ""}

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="assessments")
    is_positive = models.BooleanField("ocena")
    text = EncryptedField("przebieg okresu próbnego")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    assessed_on = models.DateField("dzień oceny")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["assessed_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "by"],
                name="trial_assessed_once_by_each",
                violation_error_message="Ta osoba już oceniła ten okres próbny.",
            )
        ]

    def __str__(self):
        return f"{self.programme_id} {self.assessed_on}"


class QualificationReply(models.Model):
    """The office head's answer to the request to qualify somebody (S0 II.3); never changed, the newest counts."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"note": ""}

    class Way(models.TextChoices):
        SCREEN = "screen", "w systemie"
        EMAIL = "email", "e-mail"
        FAX = "fax", "faks"
        PAPER = "paper", "pismo"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="qualification_replies")
    is_qualified = models.BooleanField("kwalifikacja")
    received_on = models.DateField("wpłynęła")
    way = models.CharField("jak", max_length=10, choices=Way)
    note = EncryptedField("uzasadnienie", blank=True)
    scan = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")
    # The term that it met or missed, and whose term that was.
    due_on = models.DateField("termin", null=True, blank=True)
    due_source = models.CharField("podstawa terminu", max_length=120, blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-recorded_on", "-id"]
        triggers = [
            append_only(
                "programme_id",
                "is_qualified",
                "received_on",
                "way",
                "scan_id",
                "by_id",
                "recorded_on",
                "due_on",
                "due_source",
            )
        ]

    def __str__(self):
        return f"{self.programme_id} {self.received_on}"
