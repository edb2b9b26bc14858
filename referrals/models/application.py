from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cistor.crypto import EncryptedField
from cistor.moves import Moves
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked


class ApplicationQuerySet(Scoped):
    def visible_to(self, user, *, on):
        """Of the centre; staff of an office see what was sent to their own office, and nothing else."""
        rows = super().visible_to(user, on=on)
        return rows.at_office(user.office_id) if user.is_of_office else rows

    def at_office(self, office_id: int | None):
        """Cases that the office has been sent."""
        sent = self.exclude(office_state=Application.Office.TO_SEND).exclude(status=Application.Status.DRAFT)
        return sent.filter(office=office_id) if office_id else self.none()

    def open(self):
        """Submitted, and neither admitted nor closed."""
        return self.filter(status=Application.Status.OPEN)


@tracked
class Application(models.Model):
    """An application to be referred to the classes (S1 § 2, S2 § 5): a case with two tracks, in any order.

    `office_state` is what the welfare office has done, `recruitment_state` what the recruitment has. The status stands
    over both; admission needs both.
    """

    centre_path = "centre"
    participant_path = "participant"
    without_person = dict.fromkeys(
        (
            "applicant_name",
            "reason",
            "aim",
            "stay_address",
            "correspondence_address",
            "close_reason",
            "admitted_despite",
        ),
        "",
    )

    class Status(models.TextChoices):
        DRAFT = "draft", "szkic"
        OPEN = "open", "w toku"
        WITHDRAWN = "withdrawn", "wycofany"
        REFUSED = "refused", "odmowa"
        ADMITTED = "admitted", "przyjęty"

        @property
        def badge(self) -> str:
            return {"open": "info", "refused": "late", "admitted": "done"}.get(self, "plain")

    class Applicant(models.TextChoices):
        PERSON = "person", "sama osoba"
        REPRESENTATIVE = "representative", "przedstawiciel ustawowy"
        TREATMENT_UNIT = "treatment_unit", "zakład lecznictwa odwykowego"
        PCPR = "pcpr", "powiatowe centrum pomocy rodzinie"
        WELFARE = "welfare", "ośrodek pomocy społecznej (MOPR, OPS) lub CUS"
        PUP = "pup", "powiatowy urząd pracy (osoba długotrwale bezrobotna)"
        NGO = "ngo", "organizacja pozarządowa"
        KIS = "kis", "klub integracji społecznej"

    class Office(models.TextChoices):
        TO_SEND = "to_send", "do wysłania"
        SENT = "sent", "wysłany"
        RECEIVED = "received", "w urzędzie"
        OPINED = "opined", "zaopiniowany"
        CONSENTED = "consented", "zgoda kierownika"
        REFERRED = "referred", "skierowany"
        NO_CONSENT = "no_consent", "brak zgody"

        @property
        def badge(self) -> str:
            return {"opined": "done", "consented": "done", "referred": "done", "no_consent": "late"}.get(self, "plain")

    class Recruitment(models.TextChoices):
        WAITING = "waiting", "czeka na nabór"
        ENTERED = "entered", "w naborze"
        CHECKED = "checked", "spełnia kryteria"
        INTERVIEWED = "interviewed", "po rozmowie"
        SCORED = "scored", "oceniony"
        QUALIFIED = "qualified", "zakwalifikowany"
        RESERVE = "reserve", "lista rezerwowa"
        DECLINED = "declined", "odpadł"

        @property
        def badge(self) -> str:
            return {"qualified": "done", "reserve": "info", "declined": "late"}.get(self, "plain")

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="applications")
    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="applications")
    number = models.CharField("numer", max_length=40, blank=True)
    status = models.CharField("stan", max_length=12, choices=Status, default=Status.DRAFT)
    office_state = models.CharField("urząd", max_length=12, choices=Office, default=Office.TO_SEND)
    recruitment_state = models.CharField("rekrutacja", max_length=12, choices=Recruitment, default=Recruitment.WAITING)

    # What the application says
    applied_on = models.DateField("data wniosku", null=True, blank=True)
    applicant = models.CharField("kto składa wniosek", max_length=20, choices=Applicant, blank=True)
    applicant_name = EncryptedField("przedstawiciel albo instytucja", blank=True)
    consent_on = models.DateField("zgoda osoby z dnia", null=True, blank=True)
    # Codes of the statutory wordings, in the wording of the day of the application.
    category = models.CharField("główna kategoria", max_length=40, blank=True)
    further_categories = ArrayField(
        models.CharField(max_length=40), verbose_name="dalsze kategorie", default=list, blank=True
    )
    registered_at_pup = models.BooleanField("zarejestrowana w PUP", null=True, blank=True)
    reason = EncryptedField("uzasadnienie", blank=True)
    aim = EncryptedField("cel skierowania", blank=True)
    # The address of residence stands with the person.
    stay_address = EncryptedField("adres pobytu", blank=True)
    correspondence_address = EncryptedField("adres do korespondencji", blank=True)
    scan = models.OneToOneField("documents.Upload", models.PROTECT, null=True, blank=True, related_name="+")

    begun_on = models.DateField("założono")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    submitted_on = models.DateField("złożono", null=True, blank=True)
    submitted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    # The office
    office = models.ForeignKey(
        "centres.Office", models.PROTECT, null=True, blank=True, related_name="applications", verbose_name="urząd"
    )
    sent_on = models.DateField("wysłano do urzędu", null=True, blank=True)
    received_on = models.DateField("wpłynął do urzędu", null=True, blank=True)
    # The term the receipt met or missed, and whose term that was: a calendar changed later does not rewrite it.
    receipt_due_on = models.DateField("termin potwierdzenia wpływu", null=True, blank=True)
    receipt_due_source = models.CharField("podstawa terminu", max_length=120, blank=True)

    # The end
    closed_on = models.DateField("zamknięto", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    close_reason = EncryptedField("powód zamknięcia", blank=True)
    programme = models.OneToOneField(
        "participants.Programme", models.PROTECT, null=True, blank=True, related_name="application"
    )
    # What the director said when something was still missing.
    admitted_despite = EncryptedField("przyjęto mimo braków", blank=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-begun_on", "-id"]
        indexes = [
            models.Index(fields=["centre", "status", "office_state"], name="application_office_state"),
            models.Index(fields=["centre", "status", "recruitment_state"], name="application_recruitment"),
            models.Index(fields=["office", "status"], name="application_of_office"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=Q(status__in=["draft", "open"]),
                name="application_one_open",
                violation_error_message="Ta osoba ma już otwarty wniosek.",
            ),
            models.UniqueConstraint(
                fields=["centre", "number"], condition=~Q(number=""), name="application_number_once"
            ),
            models.CheckConstraint(
                name="application_submitted_complete",
                condition=Q(
                    number="", submitted_on__isnull=True, submitted_by__isnull=True, status__in=["draft", "withdrawn"]
                )
                | Q(submitted_on__isnull=False, submitted_by__isnull=False) & ~Q(number="") & ~Q(status="draft"),
                violation_error_message="Złożony wniosek ma numer, dzień i osobę.",
            ),
            models.CheckConstraint(
                name="application_closed_complete",
                condition=Q(status__in=["withdrawn", "refused"], closed_on__isnull=False, closed_by__isnull=False)
                | Q(status__in=["draft", "open", "admitted"], closed_on__isnull=True, closed_by__isnull=True),
                violation_error_message="Zamknięty wniosek ma dzień i osobę.",
            ),
            models.CheckConstraint(
                name="application_admitted_with_programme",
                condition=Q(status="admitted", programme__isnull=False)
                | ~Q(status="admitted") & Q(programme__isnull=True),
                violation_error_message="Przyjęcie ma swój program.",
            ),
            models.CheckConstraint(
                name="application_sent_complete",
                condition=Q(office_state="to_send") | Q(office__isnull=False, sent_on__isnull=False),
                violation_error_message="Wysłany wniosek ma urząd i dzień wysłania.",
            ),
            models.CheckConstraint(
                name="application_received_after_sent",
                condition=Q(received_on__isnull=True) | Q(received_on__gte=models.F("sent_on")),
                violation_error_message="Wniosek nie mógł wpłynąć, zanim go wysłano.",
            ),
        ]

    def __str__(self):
        return self.number or "szkic wniosku"

    @property
    def state(self) -> tuple[str, str]:
        """Kind and word of its badge."""
        status = self.Status(self.status)
        return status.badge, str(status.label)

    @property
    def office_step(self) -> tuple[str, str]:
        """Kind and word of the badge of the office's track."""
        step = self.Office(self.office_state)
        return step.badge, str(step.label)

    @property
    def recruitment_step(self) -> tuple[str, str]:
        """Kind and word of the badge of the recruitment's track."""
        step = self.Recruitment(self.recruitment_state)
        return step.badge, str(step.label)


STATUS_MOVES = Moves(
    {
        "submit": ([Application.Status.DRAFT], Application.Status.OPEN),
        "withdraw": ([Application.Status.DRAFT, Application.Status.OPEN], Application.Status.WITHDRAWN),
        "refuse": ([Application.Status.OPEN], Application.Status.REFUSED),
        "admit": ([Application.Status.OPEN], Application.Status.ADMITTED),
        # The way back for mistakes.
        "reopen": ([Application.Status.WITHDRAWN, Application.Status.REFUSED], Application.Status.OPEN),
    }
)


class ExclusionStatement(models.Model):
    """What the person declared on a day about the rights that exclude from taking part; asked again later."""

    centre_path = "application__centre"
    participant_path = "application__participant"

    application = models.ForeignKey(Application, models.PROTECT, related_name="exclusion_statements")
    declared_on = models.DateField("oświadczono")
    # Codes of the statutory wordings; empty: none of them.
    rights = ArrayField(models.CharField(max_length=40), verbose_name="prawo do", default=list, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-declared_on", "-id"]
        triggers = [append_only("application_id", "declared_on", "rights", "recorded_by_id")]

    def __str__(self):
        return f"{self.application_id} {self.declared_on}"
