"""Sobriety, breaches of order and what followed them, accidents (S1 § 3 ust. 6, § 5 ust. 3, § 4 cz. II)."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from attendance.models.scope import OfProgramme
from cistor.centres.models import Measure
from cistor.crypto import EncryptedField
from cistor.fields import together
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked


class IncidentQuerySet(OfProgramme):
    def standing(self):
        return self.filter(withdrawn_on__isnull=True)

    def sent_away(self):
        """Those that make their day unexcused."""
        return self.standing().filter(sent_away=True)


@tracked
class Incident(models.Model):
    """Somebody suspected of having come under the influence, and what came of it: admitted, tested, refused.

    `sent_away`: kept from all classes; then the day counts as unexcused (S1 § 3 ust. 6 lit. b).
    """

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"suspicion": ""}

    class Substance(models.TextChoices):
        ALCOHOL = "alcohol", "alkohol"
        DRUGS = "drugs", "środki odurzające"

    class Outcome(models.TextChoices):
        ADMITTED = "admitted", "uczestnik potwierdził"
        TESTED = "tested", "zaprzeczył, zbadano"
        REFUSED = "refused", "odmówił badania"

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="incidents")
    on = models.DateField("dzień")
    at = models.TimeField("godzina")
    substance = models.CharField("podejrzenie", max_length=8, choices=Substance)
    suspicion = EncryptedField("na czym polegało podejrzenie")
    outcome = models.CharField("wynik", max_length=8, choices=Outcome)
    sent_away = models.BooleanField("odsunięto od zajęć")
    talk_on = models.DateField("rozmowa wyznaczona na", null=True, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    # Recorded by mistake.
    withdrawn_on = models.DateField("wycofano", null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = IncidentQuerySet.as_manager()

    class Meta:
        ordering = ["-on", "-at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="incident_admitted_sent_away",
                condition=~Q(outcome="admitted") | Q(sent_away=True),
                violation_error_message="Kto potwierdził, tego odsuwa się od zajęć.",
            ),
            together("incident_withdrawn_complete", "withdrawn_on", "withdrawn_by"),
        ]

    def __str__(self):
        return f"incydent {self.programme_id} {self.on}"


class SobrietyTest(models.Model):
    """One line of the register of tests; signed by the person tested, or why not."""

    centre_path = "incident__programme__participant__centre"
    participant_path = "incident__programme__participant"
    without_person = {"result": "", "unsigned_why": ""}

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="tests")
    at = models.DateTimeField("kiedy")
    device = models.CharField("czym", max_length=80)
    result = EncryptedField("wynik")
    is_positive = models.BooleanField("pozytywny")
    is_signed = models.BooleanField("podpis uczestnika")
    unsigned_why = EncryptedField("dlaczego bez podpisu", blank=True)
    tested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        triggers = [
            append_only("incident_id", "at", "device", "is_positive", "is_signed", "tested_by_id", "recorded_on")
        ]

    def __str__(self):
        return f"badanie {self.incident_id} {self.at}"


@tracked
class BreachEvent(models.Model):
    """Something done against the order of the centre, under the letter of its regulations where they have a list."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"text": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="breaches")
    breach = models.ForeignKey("centres.Breach", models.PROTECT, null=True, blank=True, related_name="+")
    on = models.DateField("dzień")
    text = EncryptedField("co się stało")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")
    withdrawn_on = models.DateField("wycofano", null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfProgramme.as_manager()

    class Meta:
        ordering = ["-on", "-id"]
        constraints = [together("breach_withdrawn_complete", "withdrawn_on", "withdrawn_by")]

    def __str__(self):
        return f"naruszenie {self.programme_id} {self.on}"


class MeasureTaken(models.Model):
    """What followed an incident or a breach; a reprimand has its paper."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"text": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="measures")
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="measures")
    breach = models.ForeignKey(BreachEvent, models.PROTECT, null=True, blank=True, related_name="measures")
    kind = models.CharField("środek", max_length=20, choices=Measure.Kind)
    # As the regulations name it, where they do.
    source = models.CharField("podstawa", max_length=80, blank=True)
    text = EncryptedField("uzasadnienie", blank=True)
    taken_on = models.DateField("dnia")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")

    objects = OfProgramme.as_manager()

    class Meta:
        ordering = ["-taken_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="measure_follows_one",
                condition=Q(incident__isnull=False, breach__isnull=True)
                | Q(incident__isnull=True, breach__isnull=False),
            )
        ]
        triggers = [
            append_only(
                "programme_id", "incident_id", "breach_id", "kind", "source", "taken_on", "by_id", "document_id"
            )
        ]

    def __str__(self):
        return f"środek {self.programme_id} {self.kind}"


@tracked
class Accident(models.Model):
    """A line of the register of accidents."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"what": "", "injury": "", "witnesses": "", "help": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="accidents")
    on = models.DateField("dzień")
    at = models.TimeField("godzina")
    place = models.CharField("miejsce", max_length=120)
    what = EncryptedField("co się stało")
    injury = EncryptedField("uraz", blank=True)
    help = EncryptedField("udzielona pomoc", blank=True)
    witnesses = EncryptedField("świadkowie", blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = OfProgramme.as_manager()

    class Meta:
        ordering = ["-on", "-at", "-id"]
        triggers = [frozen("final", business=("programme_id", "on", "at", "place", "recorded_by_id", "recorded_on"))]

    def __str__(self):
        return f"wypadek {self.programme_id} {self.on}"
