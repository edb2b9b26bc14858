"""Free days: asked for, opined, decided, and each of them counted once (S1 § 3 ust. 3, S2 § 9 ust. 1)."""

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q

from attendance.models.scope import OfProgramme, RequestOfProgramme
from cistor.accounts.roles import Role
from cistor.crypto import EncryptedField
from cistor.fields import together
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked
from participants.models.decisions import Decision

SETTLED = (
    "programme_id",
    "filed_on",
    "asked_by_id",
    "asked_on",
    "withdrawn_on",
    "granted",
    "decided_by_id",
    "decided_for_id",
    "decided_on",
)


def _of(row: str) -> str:
    return ", ".join(f"{row}.{column}" for column in (*SETTLED, "reason", "note", "waiver"))


@tracked
class LeaveRequest(Decision):
    """Free days asked for; the head of the centre decides about them in one go, and may leave some of them out.

    `filed_on` is the day of the paper: the days ahead are counted from it. `waiver` says why the director waived them.
    """

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"
    without_person = {"reason": "", "note": "", "waiver": ""}

    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="leave_requests")
    filed_on = models.DateField("złożono")
    waiver = EncryptedField("dlaczego mimo terminu", blank=True)
    # Granted and given up before the first day.
    cancelled_on = models.DateField("odwołano", null=True, blank=True)
    cancelled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RequestOfProgramme.as_manager()

    class Meta(Decision.Meta):
        abstract = False
        ordering = ["-asked_on", "-id"]
        constraints = [
            *Decision.Meta.constraints,
            models.CheckConstraint(
                name="leave_cancelled_when_granted", condition=Q(cancelled_on__isnull=True) | Q(granted=True)
            ),
            together("leave_cancelled_complete", "cancelled_on", "cancelled_by"),
        ]
        triggers = [
            # After the decision only the cancelling comes, and after that nothing.
            frozen(
                "decided",
                when=f"""(OLD.withdrawn_on IS NOT NULL OR OLD.cancelled_on IS NOT NULL OR OLD.granted IS NOT NULL AND (
                    TG_OP = 'DELETE' OR ({_of("NEW")}) IS DISTINCT FROM ({_of("OLD")})
                ))""",
                business=(*SETTLED, "cancelled_on", "cancelled_by_id"),
            )
        ]

    def __str__(self):
        return f"dni wolne {self.programme_id} {self.filed_on}"

    @property
    def outcome(self) -> tuple[date | None, str]:
        return (self.cancelled_on, str(self.cancelled_by)) if self.cancelled_on else super().outcome

    @property
    def state(self) -> tuple[str, str]:
        if self.withdrawn_on:
            return "plain", "bezprzedmiotowy" if self.note else "wycofany"
        if self.cancelled_on:
            return "plain", "odwołane"
        return ("done", "zgoda w części") if self.granted and self.left_out else super().state

    @property
    def left_out(self) -> "list[LeaveDay]":
        """The days that the decision did not give; of a refused request all of them."""
        return [day for day in self.days.all() if day.release == LeaveDay.Release.REFUSED]


class LeaveDayQuerySet(OfProgramme):
    def standing(self):
        """Asked for or granted, and not given back: they count against the balance."""
        return self.filter(released_on__isnull=True)

    def granted(self):
        return self.standing().filter(request__granted=True)

    def taken_up(self, release: str):
        """What a fact has taken and gives back, or names; not of a request that people have ended since."""
        ended = LeaveDay.objects.filter(request=models.OuterRef("request"), release=LeaveDay.Release.WITHDRAWN)
        rows = self.filter(release=release, request__cancelled_on=None).exclude(request__granted=False)
        return rows.exclude(models.Exists(ended))


@tracked
class LeaveDay(models.Model):
    """One day of a request. It counts until it is released: refused, withdrawn, cancelled, given up, or taken up by a
    sick note or a suspension; what a note or a suspension took comes back when that is taken back."""

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    class Release(models.TextChoices):
        REFUSED = "refused", "odmowa"
        WITHDRAWN = "withdrawn", "wycofano"
        CANCELLED = "cancelled", "odwołano"
        SICK = "sick", "zwolnienie lekarskie"
        SUSPENDED = "suspended", "zajęcia zawieszone"
        CAME = "came", "osoba przyszła na zajęcia"

    request = models.ForeignKey(LeaveRequest, models.PROTECT, related_name="days")
    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="leave_days")
    on = models.DateField("dzień")
    released_on = models.DateField("zwolniono", null=True, blank=True)
    release = models.CharField("dlaczego", max_length=10, choices=Release, blank=True)

    objects = LeaveDayQuerySet.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "on"],
                condition=Q(released_on__isnull=True),
                name="leave_day_once",
                violation_error_message="O ten dzień wolny już poproszono.",
            ),
            models.CheckConstraint(
                name="leave_day_release_complete",
                condition=Q(released_on__isnull=True, release="") | (Q(released_on__isnull=False) & ~Q(release="")),
            ),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.on}"


class LeaveOpinion(models.Model):
    """What the social worker or the instructor says of a request; the newest of each person counts."""

    centre_path = "request__programme__participant__centre"
    participant_path = "request__programme__participant"
    without_person = {"text": ""}

    request = models.ForeignKey(LeaveRequest, models.PROTECT, related_name="opinions")
    # The role in which it was given, one of those the regulations ask.
    role = models.CharField("jako", max_length=20)
    is_positive = models.BooleanField("pozytywna")
    text = EncryptedField("treść", blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    given_on = models.DateField("dnia")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        triggers = [append_only("request_id", "role", "is_positive", "by_id", "given_on")]

    def __str__(self):
        return f"opinia {self.request_id} {self.role}"

    @property
    def role_label(self) -> str:
        return Role(self.role).label
