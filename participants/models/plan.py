"""What the IPZS says: written before it is signed, final from then on, changed by annexes alone."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked
from participants.models.programme import Programme
from participants.models.signing import signed_as


@tracked
class Plan(models.Model):
    """A draft as long as it has no programme; with its signature it gets one and never changes again."""

    centre_path = "participant__centre"
    participant_path = "participant"
    TEXTS = ("basis", "social_scope", "vocational_scope", "family_help", "duties")
    NEEDED = ("social_scope", "vocational_scope", "duties")
    without_person = dict.fromkeys(TEXTS, "")

    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="plans")
    programme = models.OneToOneField(Programme, models.PROTECT, null=True, blank=True, related_name="plan")
    basis = EncryptedField("podstawa", blank=True)
    social_scope = EncryptedField("zakres reintegracji społecznej", blank=True)
    vocational_scope = EncryptedField("zakres reintegracji zawodowej", blank=True)
    family_help = EncryptedField("pomoc rodzinie", blank=True)
    duties = EncryptedField("obowiązki uczestnika", blank=True)
    # The programme is agreed with the head of the welfare office (art. 12 of the statute).
    agreed_on = models.DateField("uzgodniono z kierownikiem ośrodka", null=True, blank=True)
    agreed_with = models.ForeignKey(
        "centres.Office", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="ośrodek"
    )
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(programme__isnull=True),
                name="plan_one_draft",
                violation_error_message="Projekt IPZS tej osoby jest już zaczęty.",
            ),
        ]
        triggers = [
            frozen(
                "signed",
                when="OLD.programme_id IS NOT NULL",
                business=("participant_id", "programme_id", "agreed_on", "agreed_with_id", "written_by_id"),
            )
        ]

    def __str__(self):
        return f"IPZS {self.pk}"

    @property
    def lacking(self) -> list[str]:
        """What there is to sign and is not written yet, by name."""
        empty = [str(self._meta.get_field(name).verbose_name) for name in self.NEEDED if not getattr(self, name)]
        return empty if self.goals.all() else [*empty, "cele"]


@tracked
class Annex(models.Model):
    """A change of a signed programme: what, from when and why; final once signed."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"changes": "", "reason": ""}

    programme = models.ForeignKey(Programme, models.PROTECT, related_name="annexes")
    number = models.PositiveSmallIntegerField("numer")
    changes = EncryptedField("co się zmienia")
    reason = EncryptedField("powód", blank=True)
    in_force_from = models.DateField("obowiązuje od")
    signed_on = models.DateField("podpisano", null=True, blank=True)
    # For the centre, and whose stand-in that was.
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="annex_number_once"),
            models.UniqueConstraint(
                fields=["programme"],
                condition=Q(signed_on__isnull=True),
                name="annex_one_draft",
                violation_error_message="Projekt aneksu jest już zaczęty.",
            ),
        ]
        triggers = [
            frozen(
                "signed",
                when="OLD.signed_on IS NOT NULL",
                business=(
                    "programme_id",
                    "number",
                    "in_force_from",
                    "signed_on",
                    "signed_by_id",
                    "signed_for_id",
                    "written_by_id",
                    "document_id",
                ),
            )
        ]

    def __str__(self):
        return f"aneks {self.number}"

    @property
    def signer(self) -> str:
        return signed_as(self.signed_by, self.signed_for)


@tracked
class Goal(models.Model):
    """One goal of the plan; what has become of it stands in `GoalOutcome`."""

    centre_path = "plan__participant__centre"
    participant_path = "plan__participant"
    without_person = {"what": "", "who": ""}

    class Area(models.TextChoices):
        SOCIAL = "social", "reintegracja społeczna"
        VOCATIONAL = "vocational", "reintegracja zawodowa"
        HEALTH = "health", "zdrowie i terapia"
        FAMILY = "family", "rodzina"
        HOUSING = "housing", "mieszkanie"
        OTHER = "other", "inny"

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="goals")
    # Added by an annex, after the plan was signed.
    annex = models.ForeignKey(Annex, models.CASCADE, null=True, blank=True, related_name="goals")
    area = models.CharField("obszar", max_length=12, choices=Area)
    what = EncryptedField("cel")
    who = EncryptedField("kto odpowiada", blank=True)
    until = models.DateField("do kiedy", null=True, blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["area", "id"]
        triggers = [
            frozen(
                "signed",
                when="""EXISTS (
                    SELECT FROM participants_plan p WHERE p.id = OLD.plan_id AND p.programme_id IS NOT NULL
                ) AND (OLD.annex_id IS NULL OR EXISTS (
                    SELECT FROM participants_annex a WHERE a.id = OLD.annex_id AND a.signed_on IS NOT NULL
                ))""",
                business=("plan_id", "annex_id", "area", "until"),
            )
        ]

    def __str__(self):
        return f"cel {self.pk}"


class GoalOutcome(models.Model):
    """Whether a goal was reached, as somebody saw it on a day; the newest counts."""

    centre_path = "goal__plan__participant__centre"
    participant_path = "goal__plan__participant"
    without_person = {"note": ""}

    goal = models.ForeignKey(Goal, models.PROTECT, related_name="outcomes")
    is_done = models.BooleanField("osiągnięty")
    seen_on = models.DateField("kiedy")
    note = EncryptedField("uwagi", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-seen_on", "-id"]
        triggers = [append_only("goal_id", "is_done", "seen_on", "by_id")]

    def __str__(self):
        return f"cel {self.goal_id} {self.seen_on}"
