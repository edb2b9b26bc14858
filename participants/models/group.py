from django.conf import settings
from django.db import models

from cistor.fields import ends_after_start, no_overlap
from cistor.scope import Dated, Scoped
from cistor.triggers import tracked


class GroupQuerySet(Scoped):
    def visible_to(self, user, *, on, right="see_attendance"):
        """The centre's groups; with a right that reaches own groups only, those led on that day."""
        rows = super().visible_to(user, on=on)
        owners = user.owners(right, on=on)
        if owners is None:
            return rows
        return rows.filter(pk__in=GroupLead.objects.in_force(on).filter(instructor__in=owners).values("group"))


@tracked
class Group(models.Model):
    """A workshop group. Who is in it and who leads it is dated."""

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="groups")
    name = models.CharField("nazwa", max_length=80)
    start_on = models.DateField("działa od")
    end_on = models.DateField("do", null=True, blank=True)

    objects = GroupQuerySet.as_manager()

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            ends_after_start("group_ends_after_start"),
            models.UniqueConstraint(
                fields=["centre", "name"], name="group_name_once", violation_error_message="Taka grupa już jest."
            ),
        ]

    def __str__(self):
        return self.name


@tracked
class GroupLead(models.Model):
    """Who leads a group, from when to when; more than one at a time is allowed."""

    centre_path = "group__centre"

    group = models.ForeignKey(Group, models.PROTECT, related_name="leads")
    instructor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="led_groups", verbose_name="instruktor"
    )
    start_on = models.DateField("od")
    end_on = models.DateField("do", null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["-start_on", "id"]
        constraints = [ends_after_start("group_lead_ends_after_start")]

    def __str__(self):
        return f"{self.group_id}: {self.instructor_id} {self.start_on}"


@tracked
class Membership(models.Model):
    """In which group a participant is, from when to when; one group at a time."""

    centre_path = "group__centre"
    participant_path = "participant"

    group = models.ForeignKey(Group, models.PROTECT, related_name="memberships")
    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="memberships")
    start_on = models.DateField("od")
    end_on = models.DateField("do", null=True, blank=True)

    objects = Dated.as_manager()

    class Meta:
        ordering = ["-start_on", "id"]
        constraints = [
            ends_after_start("membership_ends_after_start"),
            no_overlap(
                "memberships_do_not_overlap",
                per="participant",
                message="W tym czasie uczestnik należy już do innej grupy.",
            ),
        ]

    def __str__(self):
        return f"{self.participant_id} w {self.group_id} od {self.start_on}"
