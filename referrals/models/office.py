"""What the welfare office does with an application; each deed a row that stays, even when it was taken back."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from cistor.crypto import EncryptedField
from cistor.moves import Moves
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked
from referrals.models.application import Application

Office = Application.Office

# Which of these steps a case needs, and which is its last, is said by the agreement or the regulations.
OFFICE_MOVES = Moves(
    {
        "send": ([Office.TO_SEND], Office.SENT),
        "confirm_receipt": ([Office.SENT], Office.RECEIVED),
        "record_opinion": ([Office.RECEIVED], Office.OPINED),
        "record_consent": ([Office.OPINED], Office.CONSENTED),
        "record_no_consent": ([Office.OPINED], Office.NO_CONSENT),
        "record_referral": ([Office.OPINED, Office.CONSENTED], Office.REFERRED),
        # The ways back for mistakes.
        "take_back_sending": ([Office.SENT], Office.TO_SEND),
        "take_back_receipt": ([Office.RECEIVED], Office.SENT),
        "take_back_opinion": ([Office.OPINED], Office.RECEIVED),
        "take_back_consent": ([Office.CONSENTED, Office.NO_CONSENT], Office.OPINED),
        "take_back_referral": ([Office.REFERRED], Office.OPINED),
        "take_back_referral_to_consent": ([Office.REFERRED], Office.CONSENTED),
    },
    field="office_state",
)


class OfficeDeed(models.Model):
    """`by` is who entered it: somebody of the office, or of the centre from a paper. `author` signed it."""

    centre_path = "application__centre"
    participant_path = "application__participant"

    application = models.ForeignKey(Application, models.PROTECT, related_name="%(class)ss")
    done_on = models.DateField("z dnia")
    author = models.CharField("kto podpisał", max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")
    from_paper = models.BooleanField("z papieru", default=False)
    scan = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_on = models.DateField("cofnięto", null=True, blank=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    taken_back_reason = EncryptedField("powód cofnięcia", blank=True)

    objects = Scoped.as_manager()

    class Meta:
        abstract = True
        ordering = ["-done_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["application"], condition=Q(taken_back_on__isnull=True), name="%(class)s_one_standing"
            ),
            models.CheckConstraint(
                name="%(class)s_taken_back_complete",
                condition=Q(taken_back_on__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_on__isnull=False, taken_back_by__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self._meta.model_name} {self.application_id} {self.done_on}"


@tracked
class Opinion(OfficeDeed):
    """Of the office's social worker, after the environmental interview (S0 I.2)."""

    without_person = {"text": "", "taken_back_reason": ""}

    interview_on = models.DateField("wywiad środowiskowy")
    is_positive = models.BooleanField("opinia pozytywna")
    text = EncryptedField("treść opinii")
    # The term it met or missed, and whose term that was: a calendar changed later does not rewrite it.
    due_on = models.DateField("termin", null=True, blank=True)
    due_source = models.CharField("podstawa terminu", max_length=120, blank=True)

    class Meta(OfficeDeed.Meta):
        abstract = False
        constraints = [
            *OfficeDeed.Meta.constraints,
            models.CheckConstraint(
                name="opinion_after_interview",
                condition=Q(done_on__gte=models.F("interview_on")),
                violation_error_message="Opinię pisze się po wywiadzie środowiskowym.",
            ),
        ]


@tracked
class Consent(OfficeDeed):
    """Of the office's head, or its refusal with the reason (S2 annex 1)."""

    without_person = {"reason": "", "taken_back_reason": ""}

    is_granted = models.BooleanField("zgoda")
    reason = EncryptedField("uzasadnienie", blank=True)


@tracked
class Referral(OfficeDeed):
    """By which the office sends the person to the centre (S0 I.3)."""

    # The office's own number leads to the person there.
    without_person = {"taken_back_reason": "", "reference": ""}

    reference = models.CharField("znak sprawy urzędu", max_length=60, blank=True)


class OfficeReminder(models.Model):
    """A letter that reminded the office of what was due."""

    centre_path = "application__centre"
    participant_path = "application__participant"

    class About(models.TextChoices):
        RECEIPT = "receipt_confirmation", "potwierdzenie wpływu wniosku"
        OPINION = "opinion_written", "opinia"
        FORWARDING = "opinion_and_referral_forwarded", "przekazanie opinii i skierowania"

    application = models.ForeignKey(Application, models.PROTECT, related_name="reminders")
    # Which had the case then: it may have another since.
    office = models.ForeignKey("centres.Office", models.PROTECT, related_name="+")
    about = models.CharField("o co", max_length=40, choices=About)
    due_on = models.DateField("termin", null=True, blank=True)
    reminded_on = models.DateField("przypomniano")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-reminded_on", "-id"]
        triggers = [
            append_only("application_id", "office_id", "about", "due_on", "reminded_on", "by_id", "document_id")
        ]

    def __str__(self):
        return f"{self.about} {self.application_id} {self.reminded_on}"
