from django.conf import settings
from django.db import models

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only


class IncomingLetter(models.Model):
    """What came in: the day, from whom, in which case; it starts or meets a deadline."""

    centre_path = "centre"
    participant_path = "participant"
    without_person = {"sender": "", "about": ""}

    class Kind(models.TextChoices):
        QUALIFICATION = "qualification", "odpowiedź o kwalifikacji"
        OFFICE = "office", "inne pismo urzędu"
        PARTICIPANT = "participant", "pismo uczestnika"
        OTHER = "other", "inne"

    class Way(models.TextChoices):
        PAPER = "paper", "poczta"
        EMAIL = "email", "e-mail"
        FAX = "fax", "faks"
        HANDED = "handed", "osobiście"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="incoming_letters")
    number = models.CharField("numer", max_length=40)
    kind = models.CharField("rodzaj", max_length=15, choices=Kind)
    received_on = models.DateField("wpłynęło")
    way = models.CharField("jak", max_length=10, choices=Way)
    office = models.ForeignKey(
        "centres.Office", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="urząd"
    )
    sender = EncryptedField("nadawca", blank=True)
    participant = models.ForeignKey(
        "participants.Participant", models.PROTECT, null=True, blank=True, related_name="incoming_letters"
    )
    about = EncryptedField("czego dotyczy", blank=True)
    scan = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="+")
    reply = models.OneToOneField("participants.QualificationReply", models.PROTECT, null=True, related_name="letter")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-received_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="incoming_letter_number_once")]
        triggers = [
            append_only(
                "centre_id",
                "number",
                "kind",
                "received_on",
                "way",
                "office_id",
                "participant_id",
                "scan_id",
                "reply_id",
                "by_id",
                "recorded_on",
            )
        ]

    def __str__(self):
        return self.number
