"""What is done about an absence, from the report by 10:00 to the arrangement; and every talk with or about a person."""

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from attendance.models.scope import OfProgramme, RequestOfProgramme
from cistor.crypto import EncryptedField
from cistor.decisions import decided, once_open
from cistor.fields import ends_after_start, together
from cistor.scope import Dated, Scoped
from cistor.triggers import append_only, tracked
from participants.models import Participant
from participants.models.decisions import Decision

if TYPE_CHECKING:
    from attendance.models.retractions import Retraction


class AbsenceQuerySet(OfProgramme, Dated):
    def open(self):
        return self.filter(closed_on__isnull=True)


@tracked
class Absence(models.Model):
    """One absence without a reason known: reported, looked into, arranged, closed (S1 § 3 ust. 4 lit. f).

    Its days are the unexcused ones from `start_on` on without a day present between them; `end_on` is empty while it
    is open. The row is written with the first thing done about it.
    """

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": "", "arranged": ""}

    class Reason(models.TextChoices):
        SICK = "sick", "choroba, zwolnienie w drodze"
        FAMILY = "family", "sprawy rodzinne"
        TRAVEL = "travel", "dojazd"
        JOB = "job", "podjęcie pracy"
        LEFT = "left", "rezygnacja z zajęć"
        OTHER = "other", "inna"
        UNKNOWN = "unknown", "nie udało się ustalić"

    class Arrangement(models.TextChoices):
        NOTHING = "nothing", "bez dalszych kroków"
        EXCUSE = "excuse", "wniosek o usprawiedliwienie"
        TALK = "talk", "rozmowa"
        ANNEX = "annex", "aneks do IPZS"
        TERMINATION = "termination", "wniosek o rozwiązanie IPZS"
        OTHER = "other", "inne"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="absences")
    start_on = models.DateField("od")
    end_on = models.DateField("do", null=True, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reported_at = models.DateTimeField("zgłoszono", null=True, blank=True)
    reason_kind = models.CharField("przyczyna", max_length=10, choices=Reason, blank=True)
    reason = EncryptedField("co ustalono", blank=True)
    found_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    found_on = models.DateField("ustalono", null=True, blank=True)
    # The day of the talk with the reintegration staff.
    talk_on = models.DateField("rozmowa", null=True, blank=True)
    arrangement = models.CharField("ustalenia", max_length=12, choices=Arrangement, blank=True)
    arranged = EncryptedField("na czym stanęło", blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    closed_on = models.DateField("zakończono", null=True, blank=True)
    # The official note, as issued.
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        ordering = ["-start_on", "-id"]
        constraints = [
            ends_after_start("absence_ends_after_start"),
            models.UniqueConstraint(fields=["programme", "start_on"], name="absence_once"),
            together("absence_reported_complete", "reported_at", "reported_by"),
            together("absence_found_complete", "found_on", "found_by"),
            models.CheckConstraint(
                name="absence_closed_complete",
                condition=Q(closed_on__isnull=True, closed_by__isnull=True)
                | (Q(closed_on__isnull=False, closed_by__isnull=False, end_on__isnull=False) & ~Q(arrangement="")),
            ),
        ]

    def __str__(self):
        return f"nieobecność {self.programme_id} od {self.start_on}"


class ContactQuerySet(Scoped):
    def visible_to(self, user, *, on, right="record_contact"):
        return self.filter(participant__in=Participant.objects.visible_to(user, on=on, right=right))


class Contact(models.Model):
    """A talk with or about a person, or a try at one: whom, how, when, and what came of it."""

    centre_path = "participant__centre"
    participant_path = "participant"
    without_person = {"whom": "", "text": ""}

    class Way(models.TextChoices):
        PHONE = "phone", "telefon"
        MESSAGE = "message", "SMS, e-mail"
        VISIT = "visit", "wizyta"
        TALK = "talk", "rozmowa w centrum"
        LETTER = "letter", "pismo"

    class With(models.TextChoices):
        PARTICIPANT = "participant", "uczestnik"
        FAMILY = "family", "rodzina"
        OFFICE = "office", "ośrodek pomocy społecznej"
        OTHER = "other", "inna osoba"

    class Result(models.TextChoices):
        REACHED = "reached", "udało się"
        LEFT_WORD = "left_word", "zostawiono wiadomość"
        FAILED = "failed", "bez skutku"

    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="contacts")
    absence = models.ForeignKey(Absence, models.PROTECT, null=True, blank=True, related_name="contacts")
    incident = models.ForeignKey("attendance.Incident", models.PROTECT, null=True, blank=True, related_name="contacts")
    at = models.DateTimeField("kiedy")
    way = models.CharField("jak", max_length=8, choices=Way)
    with_whom = models.CharField("z kim", max_length=12, choices=With)
    whom = EncryptedField("kto to", blank=True)
    result = models.CharField("wynik", max_length=10, choices=Result)
    text = EncryptedField("treść", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        triggers = [
            append_only(
                "participant_id",
                "absence_id",
                "incident_id",
                "at",
                "way",
                "with_whom",
                "result",
                "by_id",
                "recorded_on",
            )
        ]

    def __str__(self):
        return f"kontakt {self.participant_id} {self.at}"


class ExcuseQuerySet(RequestOfProgramme):
    def granted(self):
        """And not taken back."""
        return self.filter(granted=True, retraction=None)


@tracked
class Excuse(Decision):
    """That one day counts as excused: the director's own decision, asked for or not (S1 § 3 ust. 4 lit. e)."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": "", "note": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="excuses")
    on = models.DateField("dzień")

    objects = ExcuseQuerySet.as_manager()

    class Meta(Decision.Meta):
        abstract = False
        ordering = ["-asked_on", "-id"]
        constraints = [
            *Decision.Meta.constraints,
            once_open(
                "programme", "on", name="excuse_open_once", message="O usprawiedliwienie tego dnia już poproszono."
            ),
        ]
        triggers = [decided("decided_for_id", "programme_id", "on")]

    def __str__(self):
        return f"usprawiedliwienie {self.programme_id} {self.on}"

    @property
    def taken_back(self) -> "Retraction | None":
        """What took it back, once it is so."""
        return getattr(self, "retraction", None)

    @property
    def outcome(self) -> tuple[date | None, str]:
        return (back.retracted_on, str(back.by)) if (back := self.taken_back) else super().outcome

    @property
    def state(self) -> tuple[str, str]:
        return ("plain", "wycofane") if self.taken_back else super().state


@tracked
class PartDay(models.Model):
    """A part of a day without the person: late by minutes, or let go early by who leads (S1 § 3 ust. 4 lit. a–b)."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": ""}

    class Kind(models.TextChoices):
        LATE = "late", "spóźnienie"
        EARLY = "early", "zwolnienie z części zajęć"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="part_days")
    on = models.DateField("dzień")
    kind = models.CharField("co", max_length=5, choices=Kind)
    minutes = models.PositiveSmallIntegerField("ile minut")
    # Of who is let go early: the hours, from which the minutes are counted.
    from_at = models.TimeField("od godziny", null=True, blank=True)
    to_at = models.TimeField("do godziny", null=True, blank=True)
    reason = EncryptedField("powód", blank=True)
    # Of a request: whether who leads has agreed; empty: nobody has said yet.
    agreed = models.BooleanField("zgoda prowadzącego", null=True, blank=True)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")
    removed_on = models.DateField("usunięto", null=True, blank=True)

    objects = OfProgramme.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "on", "kind"],
                condition=Q(removed_on__isnull=True),
                name="part_day_once",
                violation_error_message="Ten dzień ma już taki wpis.",
            ),
            together("part_day_agreed_complete", "agreed", "agreed_by"),
            models.CheckConstraint(
                name="part_day_minutes",
                condition=Q(minutes__range=(1, 720)),
                violation_error_message="Wpisz minuty od 1 do 720.",
            ),
            models.CheckConstraint(
                name="part_day_hours",
                condition=Q(from_at__isnull=True, to_at__isnull=True) | Q(from_at__lt=F("to_at"), kind="early"),
                violation_error_message="Godzina końca musi być późniejsza niż godzina początku.",
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.on} {self.kind}"
