from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from cistor.crypto import EncryptedField
from cistor.fields import ends_after_start, no_overlap
from cistor.scope import Scoped
from cistor.triggers import tracked
from participants.models.signing import signed_as

# The office is asked, and the decision made, in the trial's last seven days at the earliest (S0 II.3).
LAST_WEEK = timedelta(days=6)


class Phase(models.TextChoices):
    """Where a programme, or a person, stands on a day."""

    NOT_STARTED = "not_started", "przed rozpoczęciem"
    TRIAL = "trial", "okres próbny"
    MAIN = "main", "okres właściwy"
    EXTENSION = "extension", "przedłużenie"
    # After the trial without a main period, or after the planned end: somebody has to decide.
    BETWEEN = "between", "czeka na rozstrzygnięcie"
    ENDED = "ended", "program zakończony"
    NONE = "none", "bez programu"

    @property
    def badge(self) -> str:
        return {"trial": "info", "main": "done", "extension": "done", "between": "soon"}.get(self, "plain")


IN_PROGRAMME = (Phase.NOT_STARTED, Phase.TRIAL, Phase.MAIN, Phase.EXTENSION, Phase.BETWEEN)


class ProgrammeQuerySet(Scoped):
    def visible_to(self, user, *, on, right="see_overview"):
        from participants.models.participant import Participant

        return self.filter(participant__in=Participant.objects.visible_to(user, on=on, right=right))

    def touching(self, start, end):
        """Programmes with at least one day of a stage, not cut off by their end, inside the span."""
        stages = Stage.objects.filter(start_on__lte=end, end_on__gte=start).values("programme")
        return self.filter(pk__in=stages).exclude(ended_on__lt=start)


@tracked
class Programme(models.Model):
    """An individual programme of social employment (IPZS). Its phase is read from the stages, the end and the day."""

    centre_path = "participant__centre"
    participant_path = "participant"

    without_person = {"end_reason": ""}

    class EndKind(models.TextChoices):
        PERIOD = "period", "upłynął okres uczestnictwa"
        JOB = "job", "podjęcie zatrudnienia"
        BUSINESS = "business", "podjęcie działalności gospodarczej"
        BREACH = "breach", "uporczywe naruszanie postanowień programu"
        LEFT = "left", "trwałe opuszczenie zajęć"
        DECLARATION = "declaration", "oświadczenie uczestnika o odstąpieniu"
        TRIAL_FAILED = "trial_failed", "niepomyślny okres próbny"
        NOT_QUALIFIED = "not_qualified", "brak kwalifikacji ośrodka"
        OTHER = "other", "inna przyczyna"

    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="programmes")
    signed_on = models.DateField("IPZS podpisano")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    # The welfare office that is told of the programme and qualifies after the trial.
    office = models.ForeignKey(
        "centres.Office", models.PROTECT, null=True, blank=True, related_name="programmes", verbose_name="ośrodek"
    )

    # The last day in the programme, paid.
    ended_on = models.DateField("ostatni dzień w programie", null=True, blank=True)
    end_kind = models.CharField("powód zakończenia", max_length=20, choices=EndKind, blank=True)
    end_reason = EncryptedField("uzasadnienie", blank=True)
    end_decided_on = models.DateField("dzień rozstrzygnięcia", null=True, blank=True)
    end_decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    end_decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="w zastępstwie"
    )
    # When the centre heard of an end that somebody else brought about: a job, a departure.
    end_learned_on = models.DateField("centrum dowiedziało się", null=True, blank=True)
    # Some deductions hang on it.
    through_fault = models.BooleanField("z winy uczestnika", null=True, blank=True)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["-signed_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="programme_end_complete",
                condition=Q(
                    ended_on__isnull=True, end_kind="", end_decided_on__isnull=True, end_decided_by__isnull=True
                )
                | Q(ended_on__isnull=False, end_decided_on__isnull=False, end_decided_by__isnull=False)
                & ~Q(end_kind=""),
                violation_error_message="Zakończenie ma dzień, powód, dzień rozstrzygnięcia i osobę.",
            ),
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(ended_on__isnull=True),
                name="programme_one_open",
                violation_error_message="Uczestnik ma już otwarty program.",
            ),
        ]

    def __str__(self):
        return f"IPZS {self.pk} z {self.signed_on}"

    @property
    def end_decider(self) -> str:
        return signed_as(self.end_decided_by, self.end_decided_for)

    @property
    def start_on(self):
        return min(stage.start_on for stage in self.stages.all())

    @property
    def planned_end_on(self):
        return max(stage.end_on for stage in self.stages.all())

    @property
    def last_on(self):
        """The last day in the programme: as ended, else as planned."""
        return min(self.ended_on, self.planned_end_on) if self.ended_on else self.planned_end_on

    def is_over(self, on: date) -> bool:
        """Its last day, as decided, lies behind."""
        return self.ended_on is not None and self.ended_on < on

    def stage(self, kind: str) -> "Stage | None":
        """The stage of a kind that a programme has once (an extension may come again: then the first)."""
        return next((stage for stage in self.stages.all() if stage.kind == kind), None)

    @property
    def passing_from(self) -> date | None:
        """The day from which the main period may be decided on, while it is still to be."""
        trial = self.stage(Stage.Kind.TRIAL)
        if trial is None or self.stage(Stage.Kind.MAIN) or self.ended_on:
            return None
        return trial.end_on - LAST_WEEK

    def stage_on(self, on) -> "Stage | None":
        if self.ended_on and on > self.ended_on:
            return None
        return next((stage for stage in self.stages.all() if stage.start_on <= on <= stage.end_on), None)

    def phase_on(self, on) -> Phase:
        """Derived, never stored; NONE is no phase of a programme."""
        if on < self.start_on:
            return Phase.NOT_STARTED
        if self.ended_on and on > self.ended_on:
            return Phase.ENDED
        stage = self.stage_on(on)
        return Phase(stage.kind) if stage else Phase.BETWEEN


@tracked
class Stage(models.Model):
    """A planned period of a programme, both days included; stages of one programme never share a day."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"provisional_reason": ""}

    class Kind(models.TextChoices):
        TRIAL = "trial", "okres próbny"
        MAIN = "main", "okres właściwy"
        EXTENSION = "extension", "przedłużenie"

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="stages")
    kind = models.CharField("rodzaj", max_length=12, choices=Kind)
    start_on = models.DateField("od")
    end_on = models.DateField("do")
    decided_on = models.DateField("rozstrzygnięto")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_for = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="w zastępstwie"
    )
    # Why the main period was begun although the office had not qualified the person yet.
    provisional_reason = EncryptedField("powód przejścia warunkowego", blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["start_on"]
        constraints = [
            ends_after_start("stage_ends_after_start"),
            no_overlap(
                "stages_do_not_overlap", per="programme", message="Etapy programu nie mogą na siebie zachodzić."
            ),
            models.UniqueConstraint(
                fields=["programme", "kind"], condition=~Q(kind="extension"), name="stage_trial_and_main_once"
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.start_on}–{self.end_on}"

    @property
    def decider(self) -> str:
        return signed_as(self.decided_by, self.decided_for)
