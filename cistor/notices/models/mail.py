from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import tracked


class MailQuerySet(Scoped):
    def waiting(self):
        return self.filter(sent_at=None, given_up_at=None)


class Mail(models.Model):
    """The outbox, one row a mail: it is sent until the server takes it, with growing pauses."""

    centre_path = "centre"
    participant_path = "letter__participant"
    without_person = {"body": ""}
    # In place of an error, while a worker talks with the server.
    OFFERED = "Trwa wysyłanie."

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="mails")
    # What makes it one: "morning:7:2026-03-11", "letter:12:3".
    key = models.CharField(max_length=80, unique=True)
    to = models.EmailField("adres")
    subject = models.CharField("temat", max_length=200)
    body = EncryptedField("treść")
    # The letter it brings; then the acceptance by the server is the sending of the letter.
    letter = models.ForeignKey("notices.Letter", models.PROTECT, null=True, related_name="mails")
    # Whom the letter goes to by it.
    office = models.ForeignKey("centres.Office", models.PROTECT, null=True, related_name="+")
    is_copy = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    created_at = models.DateTimeField(db_default=Now())
    next_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["next_at"], name="mail_waiting", condition=Q(sent_at__isnull=True, given_up_at__isnull=True)
            )
        ]

    def __str__(self):
        return self.key

    @property
    def is_offered(self) -> bool:
        return self.error == self.OFFERED and self.sent_at is None


@tracked
class Feed(models.Model):
    """The secret address of somebody's calendar; renewed, the old one is dead."""

    centre_path = "user__centre"
    search_keys = {"token_key": ("feed", "token")}

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feed")
    token = EncryptedField()
    token_key = models.CharField(max_length=64, unique=True)
    made_on = models.DateField("utworzono")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.user_id}"
