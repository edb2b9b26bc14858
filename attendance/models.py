import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from cistor.centres.models import Meaning
from cistor.fields import ends_after_start, no_overlap
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked
from participants.models import Participant

# Erasure and rotation do not touch days; a correction allowed by the director names itself.
CLOSED = pgtrigger.Trigger(
    name="closed",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    # A row that moves may neither leave a closed day nor enter one; OLD is empty at an insert, NEW at a deletion.
    func="""
        IF current_setting('cistor.passing', true) IS DISTINCT FROM 'correction' AND EXISTS (
            SELECT FROM attendance_closing c
            WHERE (c.programme_id = OLD.programme_id AND OLD."on" BETWEEN c.start_on AND c.end_on)
               OR (c.programme_id = NEW.programme_id AND NEW."on" BETWEEN c.start_on AND c.end_on)
        ) THEN
            RAISE EXCEPTION 'the day is closed' USING ERRCODE = 'restrict_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    """,
)


class DayQuerySet(Scoped):
    def visible_to(self, user, *, on, right="see_attendance"):
        return self.filter(programme__participant__in=Participant.objects.visible_to(user, on=on, right=right))

    def between(self, start, end):
        return self.filter(on__range=(start, end))


@tracked
class Day(models.Model):
    """One marked day of one programme. No row means: nobody has marked it yet, which is not the same as present."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="days")
    on = models.DateField("dzień")
    meaning = models.CharField("znaczenie", max_length=20, choices=Meaning)
    # The letters as they were written that day; rules never read them.
    code = models.CharField("oznaczenie", max_length=6)
    provisional = models.BooleanField("tymczasowo", default=False)
    marked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(db_default=Now())

    objects = DayQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "on"], name="day_once", violation_error_message="Ten dzień jest już oznaczony."
            ),
            models.CheckConstraint(name="day_meaning_known", condition=models.Q(meaning__in=Meaning.values)),
        ]
        triggers = [CLOSED]

    def __str__(self):
        return f"{self.programme_id} {self.on} {self.code}"


class Closing(models.Model):
    """From now on these days of a programme change only by a correction."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="closings")
    start_on = models.DateField("od")
    end_on = models.DateField("do")
    closed_on = models.DateField("zamknięto")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["start_on", "id"]
        constraints = [
            ends_after_start("closing_ends_after_start"),
            no_overlap("closings_do_not_overlap", per="programme", message="Te dni są już zamknięte."),
        ]
        triggers = [append_only("programme_id", "start_on", "end_on", "closed_on", "closed_by_id")]

    def __str__(self):
        return f"{self.programme_id} {self.start_on}–{self.end_on}"
