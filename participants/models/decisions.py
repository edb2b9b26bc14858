"""What is asked of the director about a programme: more time, or its end."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from cistor.centres.calendar import one_off_holidays
from cistor.crypto import EncryptedField, EncryptedJSONField
from cistor.dates import moved_on
from cistor.decisions import Decidable, decided, once_open
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked
from participants.models.programme import Programme, Stage
from participants.models.signing import signed_as

COMPLAINT = timedelta(days=30)


class ProgrammeRequest(Decidable):
    """About one programme, which every kind of request ties for itself."""

    programme: Programme

    class Meta(Decidable.Meta):
        abstract = True


class Decision(ProgrammeRequest):
    """What the head of the centre alone decides on; a stand-in does it for the absent one, and that stays visible."""

    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="w zastępstwie"
    )

    class Meta(ProgrammeRequest.Meta):
        abstract = True

    @property
    def decider(self) -> str:
        return signed_as(self.decided_by, self.decided_for)


@tracked
class Extension(Decision):
    """More months after the main period, asked for by the participant or opined by the social worker (S1 § 1.2b)."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": "", "note": ""}

    class Origin(models.TextChoices):
        PARTICIPANT = "participant", "wniosek uczestnika"
        OPINION = "opinion", "opinia pracownika socjalnego"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="extensions")
    origin = models.CharField("na podstawie", max_length=12, choices=Origin)
    months = models.PositiveSmallIntegerField("o ile miesięcy")
    granted_months = models.PositiveSmallIntegerField("przyznano miesięcy", null=True, blank=True)
    stage = models.OneToOneField(Stage, models.PROTECT, null=True, blank=True, related_name="extension")
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Decision.Meta):
        abstract = False
        ordering = ["-asked_on", "-id"]
        constraints = [
            *Decision.Meta.constraints,
            once_open("programme", name="extension_open_once", message="Prośba o przedłużenie już czeka na decyzję."),
            models.CheckConstraint(
                name="extension_granted_with_stage",
                condition=Q(granted=True, stage__isnull=False, granted_months__isnull=False)
                | (Q(stage__isnull=True, granted_months__isnull=True) & (Q(granted=False) | Q(granted__isnull=True))),
            ),
        ]
        triggers = [
            decided("decided_for_id", "programme_id", "origin", "months", "granted_months", "stage_id", "document_id")
        ]

    def __str__(self):
        return f"przedłużenie {self.programme_id} {self.asked_on}"


@tracked
class Termination(Decision):
    """A proposal of the staff to end a programme, with the facts that were linked; the director alone decides.

    `grounds`: [{"letter", "text", "source"}] as the regulations in force say; `days`: [{"on", "meaning", "letters",
    "name"}], the name since proposals keep it.
    """

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": "", "note": "", "facts": "", "days": None}

    class Kind(models.TextChoices):
        BREACH = "breach", "uporczywe naruszanie postanowień programu"
        LEFT = "left", "trwałe opuszczenie zajęć"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="terminations")
    kind = models.CharField("powód", max_length=12, choices=Kind)
    grounds = models.JSONField("podstawy z regulaminu", default=list)
    facts = EncryptedField("ustalenia")
    days = EncryptedJSONField(null=True)
    # Of the programme, paid, as proposed; the decision may name another.
    last_on = models.DateField("ostatni dzień w programie")
    through_fault = models.BooleanField("z winy uczestnika")
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Decision.Meta):
        abstract = False
        ordering = ["-asked_on", "-id"]
        constraints = [
            *Decision.Meta.constraints,
            once_open("programme", name="termination_open_once", message="Wniosek o rozwiązanie już czeka na decyzję."),
        ]
        triggers = [
            decided("decided_for_id", "programme_id", "kind", "grounds", "last_on", "through_fault", "document_id")
        ]

    def __str__(self):
        return f"rozwiązanie {self.programme_id} {self.asked_on}"

    @property
    def delivered(self) -> "Delivery | None":
        """Its delivery, once there is one."""
        return getattr(self, "delivery", None)


class Delivery(models.Model):
    """When and how a decision reached the person: the term of the complaint to the court runs from it."""

    centre_path = "termination__programme__participant__centre"
    participant_path = "termination__programme__participant"
    without_person = {"proof": ""}

    class Way(models.TextChoices):
        HANDED = "handed", "wręczono"
        POST = "post", "poczta za potwierdzeniem"
        REFUSED = "refused", "odmowa przyjęcia"
        RETURNED = "returned", "zwrot, doręczenie zastępcze"

    termination = models.OneToOneField(Termination, models.PROTECT, related_name="delivery")
    delivered_on = models.DateField("doręczono")
    way = models.CharField("jak", max_length=10, choices=Way)
    proof = EncryptedField("potwierdzenie", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        triggers = [append_only("termination_id", "delivered_on", "way", "by_id", "recorded_on")]

    def __str__(self):
        return f"{self.termination_id} {self.delivered_on}"

    @property
    def last_complaint_on(self) -> date:
        """The last day of the complaint to the court, on a day off the next working one (art. 53 and 83 p.p.s.a.)."""
        return moved_on(self.delivered_on + COMPLAINT, one_off_holidays())
