from django.db import models

from cistor.scope import Scoped
from cistor.triggers import append_only, tracked


class CentreDay(models.Model):
    """One day of a centre's calendar that differs from the usual week."""

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+")
    on = models.DateField("dzień")
    reason = models.CharField("powód", max_length=120)

    objects = Scoped.as_manager()

    class Meta:
        abstract = True
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "on"],
                name="%(class)s_once",
                violation_error_message="Ten dzień jest już wpisany.",
            )
        ]

    def __str__(self):
        return f"{self.on} {self.reason}"


@tracked
class ClosedDay(CentreDay):
    """No classes that day. It never moves a term or a payday."""


@tracked
class ExtraClassDay(CentreDay):
    """A Saturday or Sunday with classes."""


class PublicHoliday(models.Model):
    """A one-off public holiday (12 November 2018 was one), with its source; the regular ones come from the calendar."""

    centre_path = None

    on = models.DateField("dzień", unique=True)
    name = models.CharField("nazwa", max_length=120)
    source = models.CharField("źródło", max_length=200)

    class Meta:
        ordering = ["on"]
        triggers = [append_only('"on"', "name", "source")]

    def __str__(self):
        return f"{self.on} {self.name}"
