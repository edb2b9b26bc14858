from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from cistor.crypto import EncryptedJSONField
from cistor.scope import Scoped
from cistor.triggers import append_only


class Entry(models.Model):
    """One act, as its doer would name it; never changed, never deleted."""

    centre_path = "centre"
    participant_path = "participant"
    without_person = {"data": None}

    at = models.DateTimeField("kiedy", db_default=Now())
    # Empty for acts above the centres, as adding a statutory rate is.
    centre = models.ForeignKey("centres.Centre", models.PROTECT, null=True, related_name="+")
    participant = models.ForeignKey("participants.Participant", models.PROTECT, null=True, related_name="+")
    # Empty when a scheduled job acts.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    verb = models.CharField("czynność", max_length=60)
    object_kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    data = EncryptedJSONField(null=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [
            models.Index(fields=["participant", "-at"], name="entry_participant_at"),
            models.Index(fields=["centre", "-at"], name="entry_centre_at"),
            models.Index(fields=["by", "-at"], name="entry_by_at"),
        ]
        triggers = [append_only("at", "centre_id", "participant_id", "by_id", "verb", "object_kind", "object_id")]

    def __str__(self):
        return f"{self.verb} {self.object_kind} {self.object_id}"


class Reading(models.Model):
    """Somebody looked at a participant's card or document; never changed, never deleted."""

    centre_path = "centre"
    participant_path = "participant"

    at = models.DateTimeField("kiedy", db_default=Now())
    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+")
    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    what = models.CharField("co", max_length=60)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["participant", "-at"], name="reading_participant_at")]
        triggers = [append_only("at", "centre_id", "participant_id", "by_id", "what")]

    def __str__(self):
        return f"{self.what} {self.participant_id}"


class UsedToken(models.Model):
    """The key of a form that has already been obeyed."""

    centre_path = "by__centre"

    token = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        # Of its user: a token somebody else has seen or guessed silences nobody.
        constraints = [models.UniqueConstraint(fields=["token", "by"], name="used_token_once_a_user")]

    def __str__(self):
        return self.token
