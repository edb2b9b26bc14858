import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from cistor.centres.models import Meaning
from cistor.decisions import decided, once_open
from cistor.fields import ends_after_start, no_overlap
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked
from participants.models import Participant, ProgrammeRequest

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


class Source(models.TextChoices):
    """Whose word a day is: of who marked it, or of a fact that outweighs the mark."""

    HAND = "hand", "oznaczenie"
    CORRECTION = "correction", "korekta"
    SUSPENSION = "suspension", "zawieszenie zajęć"
    SOBRIETY = "sobriety", "incydent"
    NOTE = "note", "zwolnienie lekarskie"
    LEAVE = "leave", "przyznany dzień wolny"
    EXCUSE = "excuse", "usprawiedliwienie"


# A person's word, not that of a fact.
BY_PEOPLE = (Source.HAND, Source.CORRECTION)


# The days that have not always been what somebody marked, few among all events.
@tracked(index=models.Index(fields=["programme", "on"], name="dayevent_fact", condition=~models.Q(source="hand")))
class Day(models.Model):
    """One day of one programme. No row means: nobody has marked it yet, which is not the same as present.

    `meaning` is what follows from the facts of the day (`attendance.rulings`); `by_hand` the mark below them, as
    `cells.state` writes it: it stands again when the fact is gone. With the source "hand" the two are one.
    """

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="days")
    on = models.DateField("dzień")
    meaning = models.CharField("znaczenie", max_length=20, choices=Meaning)
    # The letters as they were written that day; rules never read them.
    code = models.CharField("oznaczenie", max_length=6)
    provisional = models.BooleanField("tymczasowo", default=False)
    source = models.CharField("skąd", max_length=12, choices=Source, default=Source.HAND, db_default=Source.HAND.value)
    by_hand = models.CharField("oznaczenie pod spodem", max_length=21, blank=True, default="", db_default="")
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
            models.CheckConstraint(name="day_source_known", condition=models.Q(source__in=Source.values)),
        ]
        indexes = [
            # Absences are few among the days; the list of open ones and the threshold read nothing else.
            models.Index(
                fields=["programme", "on"],
                name="day_absent",
                condition=models.Q(meaning__in=["unexcused", "excused", "sick", "care", "free_day"]),
            )
        ]
        triggers = [CLOSED]

    def __str__(self):
        return f"{self.programme_id} {self.on} {self.code}"


class ClosingQuerySet(Scoped):
    def over(self, programme, on):
        """What closes the day of the programme; each may be an `OuterRef`."""
        return self.filter(programme=programme, start_on__lte=on, end_on__gte=on)


class Closing(models.Model):
    """From now on these days of a programme change only by a correction."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="closings")
    start_on = models.DateField("od")
    end_on = models.DateField("do")
    closed_on = models.DateField("zamknięto")
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = ClosingQuerySet.as_manager()

    class Meta:
        ordering = ["start_on", "id"]
        constraints = [
            ends_after_start("closing_ends_after_start"),
            no_overlap("closings_do_not_overlap", per="programme", message="Te dni są już zamknięte."),
        ]
        triggers = [append_only("programme_id", "start_on", "end_on", "closed_on", "closed_by_id")]

    def __str__(self):
        return f"{self.programme_id} {self.start_on}–{self.end_on}"


@tracked
class Correction(ProgrammeRequest):
    """What a closed day should say instead, asked for with a reason; granted, it is the only way to change the day."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": "", "note": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="corrections")
    on = models.DateField("dzień")
    # What stood there when it was asked for; empty: unmarked.
    seen = models.CharField("było", max_length=20, choices=Meaning, blank=True)
    seen_provisional = models.BooleanField("było tymczasowo", default=False)
    # What is to stand there, never provisional; empty: unmarked.
    meaning = models.CharField("ma być", max_length=20, choices=Meaning, blank=True)

    class Meta(ProgrammeRequest.Meta):
        abstract = False
        ordering = ["-asked_on", "-id"]
        constraints = [
            *ProgrammeRequest.Meta.constraints,
            once_open(
                "programme",
                "on",
                name="correction_open_once",
                message="O korektę tego dnia już ktoś poprosił. Poczekaj na decyzję albo wycofaj tamtą prośbę.",
            ),
            models.CheckConstraint(
                name="correction_changes_something",
                condition=~models.Q(seen=models.F("meaning")) | models.Q(seen_provisional=True),
                violation_error_message="To oznaczenie już tam stoi.",
            ),
            models.CheckConstraint(
                name="correction_meanings_known",
                condition=models.Q(seen__in=["", *Meaning.values], meaning__in=["", *Meaning.values]),
            ),
        ]
        triggers = [decided("programme_id", "on", "seen", "seen_provisional", "meaning")]

    def __str__(self):
        return f"{self.programme_id} {self.on} {self.seen or '–'} → {self.meaning or '–'}"
