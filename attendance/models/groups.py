"""What holds for a whole group: classes suspended, and the hours planned."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q

from cistor.fields import ends_after_start, together
from cistor.scope import Dated, Scoped
from cistor.triggers import append_only, tracked


class SuspensionQuerySet(Dated):
    def standing(self):
        return self.filter(withdrawn_on__isnull=True)


@tracked
class Suspension(models.Model):
    """Days on which a group, or the whole centre, has no classes by no fault of the people: the benefit is full."""

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="suspensions")
    # Empty: the whole centre.
    group = models.ForeignKey("participants.Group", models.PROTECT, null=True, blank=True, related_name="suspensions")
    start_on = models.DateField("od")
    end_on = models.DateField("do")
    reason = models.CharField("powód", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_on = models.DateField("zarządzono")
    withdrawn_on = models.DateField("odwołano", null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SuspensionQuerySet.as_manager()

    class Meta:
        ordering = ["-start_on", "-id"]
        constraints = [
            ends_after_start("suspension_ends_after_start"),
            together("suspension_withdrawn_complete", "withdrawn_on", "withdrawn_by"),
        ]

    def __str__(self):
        return f"zawieszenie {self.centre_id} {self.start_on}"


DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday")


def hours_field(label: str) -> models.DecimalField:
    return models.DecimalField(label, max_digits=4, decimal_places=2, default=Decimal(0))


class ClassHours(models.Model):
    """The hours of classes a group plans for each day of the week, from a day on; the newest row not after it holds."""

    centre_path = "group__centre"

    group = models.ForeignKey("participants.Group", models.PROTECT, related_name="class_hours")
    start_on = models.DateField("od")
    monday = hours_field("poniedziałek")
    tuesday = hours_field("wtorek")
    wednesday = hours_field("środa")
    thursday = hours_field("czwartek")
    friday = hours_field("piątek")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-start_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="class_hours_of_a_day",
                condition=Q(**{f"{day}__range": (0, 12) for day in DAYS}),
                violation_error_message="Dzień zajęć ma od 0 do 12 godzin.",
            )
        ]
        triggers = [append_only("group_id", "start_on", *DAYS, "by_id", "recorded_on")]

    def __str__(self):
        return f"godziny {self.group_id} od {self.start_on}"
