"""What the centre owes as a payer: registrations with ZUS, monthly and yearly duties, PIT-11."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from benefits.models.amounts import amount, optional_amount
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked


@tracked
class Insurance(models.Model):
    """A participant's pension and disability insurance: the title and its dates, as told to ZUS.

    The first and the last day are those of the programme unless somebody says otherwise.
    """

    centre_path = "programme__participant__centre"
    participant_path = "programme__participant"

    programme = models.OneToOneField("participants.Programme", models.PROTECT, related_name="insurance")
    # 09 10 XX: the last two digits tell of a right to a pension and of a disability.
    title_code = models.CharField(
        "kod tytułu ubezpieczenia",
        max_length=6,
        default="091000",
        validators=[RegexValidator(r"^0910\d\d$", "Kod tytułu zaczyna się od 0910 i ma sześć cyfr.")],
    )
    registered_on = models.DateField("zgłoszono do ZUS", null=True, blank=True)
    deregistered_on = models.DateField("wyrejestrowano z ZUS", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"ubezpieczenie {self.programme_id}"


class PayerDuty(models.Model):
    """A duty of one month or year that was done: rows are added, never changed; a correction is a further row."""

    centre_path = "centre"

    class Kind(models.TextChoices):
        ZUS_DECLARATION = "zus_declaration", "deklaracja i składki ZUS"
        PIT_ADVANCE = "pit_advance", "zaliczki na podatek"
        PIT_RETURN = "pit_return", "PIT-11"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="payer_duties")
    kind = models.CharField("obowiązek", max_length=20, choices=Kind)
    # The month (or January of the year) that it is about, by its first day.
    period = models.DateField("za")
    done_on = models.DateField("wykonano")
    # What was paid, where something was.
    amount = optional_amount("kwota")
    # The day it was due and why, as it stood then.
    due_on = models.DateField("termin", null=True, blank=True)
    due_source = models.CharField("podstawa terminu", max_length=120, blank=True)
    note = models.CharField("uwagi", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    recorded_on = models.DateField("wpisano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["period", "id"]
        constraints = [models.CheckConstraint(name="payer_duty_of_a_month", condition=Q(period__day=1))]
        triggers = [
            append_only(
                "centre_id",
                "kind",
                "period",
                "done_on",
                "amount",
                "due_on",
                "due_source",
                "note",
                "by_id",
                "recorded_on",
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.period}"


class TaxReturn(models.Model):
    """What PIT-11 of one person says of a year, as handed over; `number` above 1 corrects the one before."""

    centre_path = "participant__centre"
    participant_path = "participant"

    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="tax_returns")
    year = models.PositiveSmallIntegerField("rok")
    number = models.PositiveSmallIntegerField("kolejna informacja", default=1)
    income = amount("przychód")
    advance = amount("zaliczki")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    issued_on = models.DateField("sporządzono")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["year", "participant", "number"]
        constraints = [models.UniqueConstraint(fields=["participant", "year", "number"], name="tax_return_once")]
        triggers = [append_only("participant_id", "year", "number", "income", "advance", "issued_by_id", "issued_on")]

    def __str__(self):
        return f"PIT-11 {self.year} {self.participant_id} nr {self.number}"
