"""Certificates of sickness and of care. No column for an illness, and none for its code: nobody asks."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from attendance.models.scope import OfProgramme
from cistor.centres.models import Meaning
from cistor.crypto import EncryptedField
from cistor.fields import ends_after_start, together
from cistor.scope import Dated, Scoped
from cistor.triggers import append_only, frozen, tracked, unlike

# Not delivered, or delivered late, and nobody has said what that means.
UNDECIDED = Q(delivered_on__isnull=True) | Q(delivered_on__gt=F("due_on"))
UNDECIDED &= Q(accepted__isnull=True, withdrawn_on__isnull=True)


FINAL = (
    "programme_id",
    "kind",
    "start_on",
    "end_on",
    "issued_on",
    "due_on",
    "delivered_on",
    "entered_by_id",
    "entered_on",
    "accepted",
    "decided_by_id",
    "decided_for_id",
    "decided_on",
)
CHANGED = unlike("withdrawn_on", "withdrawn_by_id")


class SickNoteQuerySet(OfProgramme, Dated):
    def standing(self):
        """Entered and not taken back; a note that was refused is a fact all the same."""
        return self.filter(withdrawn_on__isnull=True)

    def undecided(self):
        return self.filter(UNDECIDED)

    def in_order(self):
        """Those that wait for the paper or the director, the oldest in front; then the others, the newest in front."""
        waiting = models.Case(models.When(UNDECIDED, then=F("start_on")))
        return self.order_by(waiting.asc(nulls_last=True), "-start_on", "-pk")


@tracked
class SickNote(models.Model):
    """A certificate from day to day. Delivered in time it marks its days; until then, or late, they are provisional
    and wait for the director (S1 § 3 ust. 4 lit. c–d)."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"number": "", "note": ""}

    class Kind(models.TextChoices):
        OWN = "own", "choroba uczestnika"
        CARE = "care", "opieka nad członkiem rodziny"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="sick_notes")
    kind = models.CharField("rodzaj", max_length=4, choices=Kind, default=Kind.OWN)
    number = EncryptedField("seria i numer", blank=True)
    start_on = models.DateField("od")
    end_on = models.DateField("do")
    # Empty while the note is only announced: nobody has seen the paper.
    issued_on = models.DateField("wystawiono", null=True, blank=True)
    # The last day of delivery as the regulations of that day counted it; empty where they set no term.
    due_on = models.DateField("termin doręczenia", null=True, blank=True)
    delivered_on = models.DateField("doręczono", null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    entered_on = models.DateField("wpisano")
    # The director's word on a note that came late or not at all.
    accepted = models.BooleanField("uznano", null=True, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("rozstrzygnięto", null=True, blank=True)
    note = EncryptedField("uzasadnienie", blank=True)
    # Entered by mistake.
    withdrawn_on = models.DateField("wycofano", null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SickNoteQuerySet.as_manager()

    class Meta:
        ordering = ["-start_on", "-id"]
        constraints = [
            ends_after_start("sick_note_ends_after_start"),
            models.CheckConstraint(
                name="sick_note_delivered_after_issue",
                condition=Q(delivered_on__isnull=True) | Q(delivered_on__gte=F("issued_on")),
                violation_error_message="Zwolnienia nie można doręczyć, zanim je wystawiono.",
            ),
            models.CheckConstraint(
                name="sick_note_issued_when_delivered",
                condition=Q(delivered_on__isnull=True) | Q(issued_on__isnull=False),
                violation_error_message="Wpisz dzień, w którym wystawiono doręczone zwolnienie.",
            ),
            models.CheckConstraint(
                name="sick_note_decision_complete",
                condition=Q(accepted__isnull=True, decided_by__isnull=True, decided_on__isnull=True)
                | Q(accepted__isnull=False, decided_by__isnull=False, decided_on__isnull=False),
            ),
            together("sick_note_withdrawn_complete", "withdrawn_on", "withdrawn_by"),
        ]
        triggers = [
            # After the decision only the taking back comes, and after that nothing.
            frozen(
                "decided",
                when=f"(OLD.withdrawn_on IS NOT NULL OR OLD.accepted IS NOT NULL AND {CHANGED})",
                business=(*FINAL, "withdrawn_by_id"),
            )
        ]

    def __str__(self):
        return f"zwolnienie {self.programme_id} {self.start_on}–{self.end_on}"

    @property
    def is_late(self) -> bool:
        """Delivered after its day."""
        return bool(self.delivered_on and self.due_on and self.delivered_on > self.due_on)

    @property
    def is_undecided(self) -> bool:
        return not self.withdrawn_on and not self.is_sure

    @property
    def is_sure(self) -> bool:
        """Whether its days are certain: delivered in time, or decided."""
        return self.accepted is not None or (self.delivered_on is not None and not self.is_late)

    @property
    def meaning(self) -> str:
        """What its days are: sickness or care, unexcused where the director did not accept it."""
        if self.accepted is False:
            return Meaning.UNEXCUSED
        return Meaning.SICK if self.kind == self.Kind.OWN else Meaning.CARE


class SickCheck(models.Model):
    """A visit of the staff to somebody on sick leave (S1 § 3 ust. 4 lit. c)."""

    centre_path = "sick_note__programme__participant__centre"
    participant_path = "sick_note__programme__participant"
    without_person = {"text": ""}

    class Result(models.TextChoices):
        FOUND = "found", "zastano, zwolnienie wykorzystywane właściwie"
        DOUBTS = "doubts", "zastano, są zastrzeżenia"
        ABSENT = "absent", "nie zastano"
        REFUSED = "refused", "nie wpuszczono"

    sick_note = models.ForeignKey(SickNote, models.PROTECT, related_name="checks")
    visited_on = models.DateField("dzień wizyty")
    result = models.CharField("wynik", max_length=8, choices=Result)
    text = EncryptedField("opis", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-visited_on", "-id"]
        triggers = [append_only("sick_note_id", "visited_on", "result", "by_id", "recorded_on")]

    def __str__(self):
        return f"kontrola {self.sick_note_id} {self.visited_on}"
