"""After the end: the certificate, what was given back, and how somebody fares."""

from django.conf import settings
from django.db import models

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only
from participants.models.programme import Programme


class OfEnded(models.Model):
    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        abstract = True
        ordering = ["-recorded_on", "-id"]


class Certificate(OfEnded):
    """That somebody took part, until when, and what they have learnt (the statute); one a programme."""

    without_person = {"skills": ""}

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="certificate")
    skills = EncryptedField("nabyte umiejętności", blank=True)
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")

    class Meta(OfEnded.Meta):
        abstract = False
        triggers = [append_only("programme_id", "document_id", "by_id", "recorded_on")]

    def __str__(self):
        return f"{self.programme_id} {self.recorded_on}"


class Clearance(OfEnded):
    """Clothing and tools given back after the end, or what is missing."""

    without_person = {"note": ""}

    programme = models.OneToOneField(Programme, models.PROTECT, related_name="clearance")
    cleared_on = models.DateField("dzień zwrotu")
    is_complete = models.BooleanField("zwrócono wszystko")
    note = EncryptedField("czego brakuje", blank=True)

    class Meta(OfEnded.Meta):
        abstract = False
        triggers = [append_only("programme_id", "cleared_on", "is_complete", "by_id", "recorded_on")]

    def __str__(self):
        return f"{self.programme_id} {self.cleared_on}"


class FollowUp(OfEnded):
    """How somebody fares within four weeks after leaving (S2 annex 8); each contact is a row."""

    without_person = {"note": ""}

    class Situation(models.TextChoices):
        JOB = "job", "zatrudnienie"
        BUSINESS = "business", "działalność gospodarcza"
        SOCIAL_COOPERATIVE = "social_cooperative", "spółdzielnia socjalna"
        SUPPORTED = "supported", "zatrudnienie wspierane"
        LEARNING = "learning", "nauka albo kurs"
        SEEKING = "seeking", "szuka pracy"
        UNABLE = "unable", "nie może pracować (zdrowie, opieka)"
        UNKNOWN = "unknown", "nie udało się skontaktować"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="follow_ups")
    contacted_on = models.DateField("dzień kontaktu")
    situation = models.CharField("sytuacja", max_length=20, choices=Situation)
    note = EncryptedField("uwagi", blank=True)

    class Meta(OfEnded.Meta):
        abstract = False
        triggers = [append_only("programme_id", "contacted_on", "situation", "by_id", "recorded_on")]

    def __str__(self):
        return f"{self.programme_id} {self.contacted_on}"
