"""What people, and the schedule, did about deadlines that no letter meets."""

from django.conf import settings
from django.db import models

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only


class OfDeadline(models.Model):
    """About the deadline of a kind, of one programme, due on one day."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    kind = models.CharField("termin", max_length=40)
    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="+")
    due_on = models.DateField("dzień terminu")

    objects = Scoped.as_manager()

    class Meta:
        abstract = True


class Discharge(OfDeadline):
    """A deadline met outside the program, or waived; either with words."""

    without_person = {"reason": ""}

    is_waiver = models.BooleanField("odstąpiono")
    due_source = models.CharField("podstawa terminu", max_length=120, blank=True)
    reason = EncryptedField("jak albo dlaczego")
    discharged_on = models.DateField("dzień")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta(OfDeadline.Meta):
        abstract = False
        ordering = ["-discharged_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "programme", "due_on"], name="discharged_once")]
        triggers = [append_only("kind", "programme_id", "due_on", "is_waiver", "due_source", "discharged_on", "by_id")]

    def __str__(self):
        return f"{self.kind} {self.programme_id} {self.due_on}"


class Reminder(OfDeadline):
    """An answer that is owed climbs: first the team is reminded, then the director is told."""

    class Step(models.IntegerChoices):
        TEAM = 1, "przypomnienie"
        DIRECTOR = 2, "do dyrektora"

    step = models.PositiveSmallIntegerField("krok", choices=Step)
    reminded_on = models.DateField("kiedy")

    class Meta(OfDeadline.Meta):
        abstract = False
        ordering = ["-reminded_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["kind", "programme", "due_on", "step"], name="reminded_once")]
        triggers = [append_only("kind", "programme_id", "due_on", "step", "reminded_on")]

    def __str__(self):
        return f"{self.kind} {self.programme_id} {self.step}"


class Run(models.Model):
    """One run of the preparation for a centre: what it made, or why it failed."""

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="notice_runs")
    on = models.DateField("dzień")
    at = models.DateTimeField(db_default=models.functions.Now())
    # Of the schedule, not after an act.
    is_daily = models.BooleanField(default=False)
    prepared = models.PositiveIntegerField("przygotowane pisma", default=0)
    joined = models.PositiveIntegerField("osoby dopisane", default=0)
    reminded = models.PositiveIntegerField("przypomnienia", default=0)
    failed = models.PositiveIntegerField("nieudane", default=0)
    # A sentence without names.
    failure = models.CharField("błąd", max_length=300, blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["centre", "-id"], name="notice_run_last")]
        triggers = [
            append_only("centre_id", "on", "at", "is_daily", "prepared", "joined", "reminded", "failed", "failure")
        ]

    def __str__(self):
        return f"{self.centre_id} {self.on}"
