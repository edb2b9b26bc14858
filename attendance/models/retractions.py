"""What was written by mistake and stays readable: crossed out, with who, when and why."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only

# Each is final from its first moment, so the taking back is a row of its own.
KINDS = ("contact", "visit", "accident", "measure", "excuse")


def _of(model: str) -> models.OneToOneField:
    return models.OneToOneField(model, models.PROTECT, null=True, blank=True, related_name="retraction")


def _only(kind: str) -> Q:
    return Q(**{f"{other}__isnull": other != kind for other in KINDS})


class Retraction(models.Model):
    """One talk, visit, accident, measure or excuse taken back: it counts no more and is offered as a fact no more."""

    centre_path = "participant__centre"
    participant_path = "participant"
    without_person = {"why": ""}

    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="+")
    contact = _of("attendance.Contact")
    visit = _of("attendance.SickCheck")
    accident = _of("attendance.Accident")
    measure = _of("attendance.MeasureTaken")
    excuse = _of("attendance.Excuse")
    why = EncryptedField("dlaczego")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    retracted_on = models.DateField("wycofano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="retraction_of_one",
                condition=_only("contact") | _only("visit") | _only("accident") | _only("measure") | _only("excuse"),
            )
        ]
        triggers = [append_only("participant_id", *(f"{kind}_id" for kind in KINDS), "by_id", "retracted_on")]

    def __str__(self):
        return f"wycofanie {self.pk}"
