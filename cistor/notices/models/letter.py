"""Letters that a deadline asks for: drafts that wait for a signature, and what was sent."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from cistor.crypto import EncryptedField
from cistor.moves import Moves
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked


class LetterQuerySet(Scoped):
    def standing(self):
        return self.exclude(status=Letter.Status.VOID)

    def to_sign(self):
        return self.filter(status=Letter.Status.DRAFT)

    def unsent(self):
        """Signed, and still to go to its addressee: a copy sent ahead is not the letter."""
        went = Dispatch.objects.filter(document=OuterRef("document"), is_copy=False)
        return self.filter(~Exists(went), status=Letter.Status.SIGNED, withholding=None)


@tracked
class Letter(models.Model):
    """One letter to one addressee: an office, or else the participant. Sent is what has a `Dispatch`."""

    centre_path = "centre"
    participant_path = "participant"
    without_person = {"text": "", "remark": "", "void_reason": ""}

    class Kind(models.TextChoices):
        ADMISSION_LIST = "admission_list", "lista osób przyjętych"
        INSURANCE_TOLD = "insurance_told", "informacja o ubezpieczeniu zdrowotnym"
        QUALIFICATION_REQUEST = "qualification_request", "wniosek o kwalifikację"
        NOT_QUALIFIED = "not_qualified_letter", "informacja o braku kwalifikacji"
        EARLY_END = "early_end_info", "informacja o rozwiązaniu IPZS"

    class Status(models.TextChoices):
        DRAFT = "draft", "czeka na podpis"
        RETURNED = "returned", "do poprawy"
        SIGNED = "signed", "podpisane"
        VOID = "void", "niepotrzebne"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="letters")
    kind = models.CharField("rodzaj", max_length=30, choices=Kind)
    status = models.CharField("stan", max_length=10, choices=Status, default=Status.DRAFT)
    office = models.ForeignKey(
        "centres.Office", models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="urząd"
    )
    # Whom it goes to, or whom alone it is about; none for a list of several.
    participant = models.ForeignKey(
        "participants.Participant", models.PROTECT, null=True, blank=True, related_name="letters"
    )
    # What a person adds to what the facts say: the course of the trial, the reasons.
    text = EncryptedField("treść", blank=True)
    # Somebody has written it, be it empty: then no beginning is proposed any more.
    text_saved = models.BooleanField(default=False)
    starts_on = models.DateField("zdarzenie")
    due_on = models.DateField("termin", null=True, blank=True)
    due_source = models.CharField("podstawa terminu", max_length=120, blank=True)
    prepared_on = models.DateField("przygotowano")
    remark = EncryptedField("uwaga", blank=True)
    returned_on = models.DateField("zwrócono", null=True, blank=True)
    returned_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_on = models.DateField("podpisano", null=True, blank=True)
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Whose stand-in signed.
    signed_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, related_name="letter")
    void_reason = EncryptedField("dlaczego niepotrzebne", blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = [models.F("due_on").asc(nulls_last=True), "id"]
        constraints = [
            models.CheckConstraint(
                name="letter_signed_complete",
                condition=Q(status="signed", signed_on__isnull=False, signed_by__isnull=False, document__isnull=False)
                | (~Q(status="signed") & Q(signed_on__isnull=True, signed_by__isnull=True, document__isnull=True)),
            ),
        ]
        triggers = [
            frozen(
                "signed",
                when="OLD.status IN ('signed', 'void')",
                business=(
                    "centre_id",
                    "kind",
                    "status",
                    "office_id",
                    "participant_id",
                    "starts_on",
                    "due_on",
                    "due_source",
                    "prepared_on",
                    "signed_on",
                    "signed_by_id",
                    "signed_for_id",
                    "document_id",
                ),
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.starts_on:%d.%m.%Y}"


LETTER_MOVES = Moves(
    {
        "return": ([Letter.Status.DRAFT], Letter.Status.RETURNED),
        "hand_in": ([Letter.Status.RETURNED], Letter.Status.DRAFT),
        "sign": ([Letter.Status.DRAFT], Letter.Status.SIGNED),
        "void": ([Letter.Status.DRAFT, Letter.Status.RETURNED], Letter.Status.VOID),
    }
)


@tracked
class LetterPerson(models.Model):
    """Whom a letter is about. A programme has one standing letter of a kind to each addressee: none is lost, none
    comes twice."""

    centre_path = "letter__centre"
    participant_path = "programme__participant"

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="people")
    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="letters")
    # As in the letter, for the constraint.
    kind = models.CharField("rodzaj", max_length=30, choices=Letter.Kind)
    office = models.ForeignKey("centres.Office", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("termin", null=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "kind", "office"], name="letter_once_about_a_programme", nulls_distinct=False
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.programme_id}"


class Withholding(models.Model):
    """That a signed letter is not to be sent after all; the paper stays in the register as it is."""

    centre_path = "letter__centre"
    participant_path = "letter__participant"
    without_person = {"reason": ""}

    letter = models.OneToOneField(Letter, models.PROTECT, related_name="withholding")
    reason = EncryptedField("dlaczego niewysłane")
    withheld_on = models.DateField("postanowiono")
    withheld_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Whose stand-in said so.
    withheld_for = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-withheld_on", "-id"]
        triggers = [append_only("letter_id", "withheld_on", "withheld_by_id", "withheld_for_id")]

    def __str__(self):
        return f"{self.letter_id} {self.withheld_on}"


class Dispatch(models.Model):
    """That a paper went out: when, how and to whom; the day that meets its deadline."""

    centre_path = "document__centre"
    participant_path = "document__participant"
    without_person = {"proof": ""}

    class Way(models.TextChoices):
        PAPER = "paper", "poczta"
        EMAIL = "email", "e-mail"
        FAX = "fax", "faks"
        HANDED = "handed", "wręczono"

    document = models.ForeignKey("documents.Document", models.PROTECT, related_name="dispatches")
    # None: to the participant.
    office = models.ForeignKey("centres.Office", models.PROTECT, null=True, related_name="+")
    # For information only; it meets no deadline.
    is_copy = models.BooleanField("do wiadomości", default=False)
    way = models.CharField("jak", max_length=10, choices=Way)
    sent_on = models.DateField("wysłano")
    proof = EncryptedField("dowód", blank=True)
    due_on = models.DateField("termin", null=True)
    due_source = models.CharField("podstawa terminu", max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["sent_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "office", "is_copy"], name="dispatch_once_to_each", nulls_distinct=False
            )
        ]
        triggers = [
            append_only(
                "document_id",
                "office_id",
                "is_copy",
                "way",
                "sent_on",
                "due_on",
                "due_source",
                "by_id",
                "recorded_on",
            )
        ]

    def __str__(self):
        return f"{self.document_id} {self.sent_on}"
