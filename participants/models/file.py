from django.conf import settings
from django.db import models
from django.db.models import Q

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import tracked


@tracked
class FilePaper(models.Model):
    """One paper of the personal file: what it is, where it lies, until when it holds. Which ones belong there is said
    by the regulations (`FileItemKind`), and joined by the code."""

    centre_path = "participant__centre"
    participant_path = "participant"
    # Where it lies may be the folder of somebody by name.
    without_person = {"note": "", "place": ""}

    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="file_papers")
    code = models.CharField("rodzaj", max_length=30)
    received_on = models.DateField("otrzymano")
    valid_until = models.DateField("ważny do", null=True, blank=True)
    place = models.CharField("gdzie leży", max_length=120, blank=True)
    note = EncryptedField("uwagi", blank=True)
    upload = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="file_paper")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Entered by mistake, or given back: the row stays, the paper counts no more.
    removed_on = models.DateField("usunięto", null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="file_paper_valid_after_received",
                condition=Q(valid_until__isnull=True) | Q(valid_until__gte=models.F("received_on")),
                violation_error_message="Dokument nie może stracić ważności przed dniem otrzymania.",
            ),
            models.CheckConstraint(
                name="file_paper_removal_complete",
                condition=Q(removed_on__isnull=True, removed_by__isnull=True)
                | Q(removed_on__isnull=False, removed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.received_on}"
