from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce, Now

from cistor.crypto import EncryptedField, EncryptedJSONField
from cistor.dates import ONE_DAY, day_text, month_end, month_text, span_text
from cistor.fields import ends_after_start
from cistor.money import NOTHING
from cistor.moves import Moves
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked
from participants.models import PaymentMethod


def amount(label: str, **kwargs) -> models.DecimalField:
    return models.DecimalField(label, max_digits=10, decimal_places=2, default=NOTHING, **kwargs)


AMOUNTS = (
    "base",
    "benefit",
    "bonus_cap",
    "bonus",
    "tax",
    "deductions_taken",
    "deductions_carried",
    "net",
    "zus_pension",
    "zus_disability",
)


class PaymentListQuerySet(Scoped):
    def with_sums(self):
        """Beside each list: people, what they are paid, problems in the way, and transfers not sent yet."""
        settled = Settlement.objects.filter(payment_list=OuterRef("pk"))
        return self.annotate(
            people=_figure(settled, Count("programme__participant", distinct=True)),
            net=_figure(settled, Sum("net"), none=NOTHING),
            problem_count=_figure(Problem.objects.filter(payment_list=OuterRef("pk")), Count("pk")),
            unpaid=_figure(settled.unpaid(), Count("pk")),
        )


def _figure(rows, figure, none=0):
    """One figure a list, asked apart: joined together, the rows of one would multiply those of the other."""
    return Coalesce(Subquery(rows.order_by().values("payment_list").annotate(figure=figure).values("figure")), none)


@tracked
class PaymentList(models.Model):
    """The settlements that are paid on one day, approved as one. Draft → approved; paid when every transfer is."""

    centre_path = "centre"

    class Kind(models.TextChoices):
        MONTH = "month", "miesięczna"
        TRIAL = "trial", "okresy próbne"

    class Status(models.TextChoices):
        DRAFT = "draft", "projekt"
        APPROVED = "approved", "zatwierdzona"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="payment_lists")
    kind = models.CharField("rodzaj", max_length=10, choices=Kind)
    payday = models.DateField("dzień wypłaty")
    number = models.PositiveSmallIntegerField("kolejna lista", default=1)
    # The month a monthly list is for, by its first day.
    month = models.DateField("za miesiąc", null=True, blank=True)
    status = models.CharField("stan", max_length=10, choices=Status, default=Status.DRAFT)

    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto sporządził"
    )
    prepared_on = models.DateField("sporządzono")
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto zatwierdził"
    )
    approved_on = models.DateField("zatwierdzono", null=True)
    checksum = models.CharField("suma kontrolna", max_length=64, blank=True)
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, related_name="payment_list")

    MOVES = Moves({"approve": ([Status.DRAFT], Status.APPROVED)})
    objects = PaymentListQuerySet.as_manager()

    class Meta:
        ordering = ["-payday", "kind", "-number"]
        constraints = [
            # Two months may share a payday, where one is paid late.
            models.UniqueConstraint(
                fields=["centre", "month", "number"],
                condition=Q(kind="month"),
                name="payment_list_of_month_once",
                violation_error_message="Taka lista już jest.",
            ),
            models.UniqueConstraint(
                fields=["centre", "payday", "number"],
                condition=Q(kind="trial"),
                name="payment_list_of_trials_once",
                violation_error_message="Taka lista już jest.",
            ),
            models.CheckConstraint(
                name="payment_list_month_of_its_kind",
                condition=Q(kind="month", month__isnull=False) | Q(kind="trial", month__isnull=True),
            ),
            models.CheckConstraint(
                name="payment_list_approval_complete",
                condition=Q(
                    status="draft",
                    approved_by__isnull=True,
                    approved_on__isnull=True,
                    checksum="",
                    document__isnull=True,
                )
                | (
                    Q(status="approved", approved_by__isnull=False, approved_on__isnull=False, document__isnull=False)
                    & ~Q(checksum="")
                ),
                violation_error_message="Zatwierdzenie ma osobę, dzień, sumę kontrolną i wydruk.",
            ),
        ]
        triggers = [
            frozen(
                "approved",
                when="OLD.status = 'approved'",
                business=(
                    "centre_id",
                    "kind",
                    "payday",
                    "number",
                    "month",
                    "status",
                    "prepared_by_id",
                    "prepared_on",
                    "approved_by_id",
                    "approved_on",
                    "checksum",
                    "document_id",
                ),
            )
        ]

    def __str__(self):
        return f"{self.kind} {self.payday} nr {self.number}"

    @property
    def is_draft(self) -> bool:
        return self.status == self.Status.DRAFT

    @property
    def title(self) -> str:
        """ "Lista wypłat za lipiec 2026", "Lista wypłat za okresy próbne na 20 lipca 2026 (nr 2)"."""
        what = month_text(self.month) if self.month else f"okresy próbne na {day_text(self.payday)}"
        return f"Lista wypłat za {what}{f' (nr {self.number})' if self.number > 1 else ''}"


# NEW too: a row of a draft must not be moved in either (NEW is NULL in a DELETE).
OF_APPROVED_LIST = """'approved' IN (
    SELECT l.status FROM benefits_paymentlist l WHERE l.id IN (OLD.payment_list_id, NEW.payment_list_id)
)"""
OF_APPROVED_SETTLEMENT = """'approved' IN (
    SELECT l.status FROM benefits_settlement s JOIN benefits_paymentlist l ON l.id = s.payment_list_id
    WHERE s.id IN (OLD.settlement_id, NEW.settlement_id)
)"""


class SettlementQuerySet(Scoped):
    def unpaid(self):
        """Something is to be paid, and no transfer went out."""
        return self.filter(net__gt=0).exclude(payments__kind=Payment.Kind.PAID)

    def past_end(self):
        """Approved, and paying for days after the programme's end: an end dated back came later."""
        return self.filter(
            payment_list__status=PaymentList.Status.APPROVED, programme__ended_on__lt=F("end_on"), benefit__gt=0
        )


class Settlement(models.Model):
    """What one person is paid in one go, as computed: amounts, inputs and versions copied in; frozen with its list."""

    centre_path = "payment_list__centre"
    participant_path = "programme__participant"
    without_person = {"person": {}, "account": ""}

    payment_list = models.ForeignKey(PaymentList, models.PROTECT, related_name="settlements")
    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="settlements")
    # "trial" or "YYYY-MM", as the engine names it.
    span = models.CharField("za", max_length=7)
    start_on = models.DateField("od")
    end_on = models.DateField("do")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, related_name="corrections")

    base = amount("podstawa")
    benefit = amount("świadczenie")
    bonus_cap = amount("najwyższa premia")
    bonus = amount("premia")
    tax = amount("zaliczka na podatek")
    deductions_taken = amount("potrącenia")
    deductions_carried = amount("potrącenia przeniesione")
    net = amount("do wypłaty")
    zus_pension = amount("składka emerytalna")
    zus_disability = amount("składka rentowa")
    counts = models.JSONField("dni", default=dict)

    # Everything the engine was given: whoever computes again gets the same lines.
    inputs = EncryptedJSONField()
    checksum = models.CharField("suma kontrolna", max_length=64)
    # As of the payday: name, address, account. A later change does not reach an issued list.
    person = EncryptedJSONField()
    method = models.CharField("sposób wypłaty", max_length=20, choices=PaymentMethod.Kind, blank=True)
    account = EncryptedField("rachunek", blank=True)

    objects = SettlementQuerySet.as_manager()

    class Meta:
        ordering = ["payment_list", "programme", "start_on"]
        constraints = [
            ends_after_start("settlement_ends_after_start"),
            models.UniqueConstraint(
                fields=["programme", "span"],
                condition=Q(corrects__isnull=True),
                name="settlement_once",
                violation_error_message="Ten okres jest już rozliczony.",
            ),
            models.CheckConstraint(
                name="settlement_not_negative",
                condition=Q(corrects__isnull=False) | Q(benefit__gte=0, net__gte=0, bonus__gte=0),
                violation_error_message="Świadczenie nie może być ujemne.",
            ),
        ]
        triggers = [
            frozen(
                "approved",
                when=OF_APPROVED_LIST,
                inserts=True,
                business=(
                    "payment_list_id",
                    "programme_id",
                    "span",
                    "start_on",
                    "end_on",
                    "corrects_id",
                    "counts",
                    "method",
                    "checksum",
                    *AMOUNTS,
                ),
            )
        ]

    def __str__(self):
        return f"{self.programme_id} {self.span}"

    @property
    def name(self) -> str:
        """As it was when the settlement was made; gone with an erased person."""
        return f"{self.person['last_name']} {self.person['first_name']}" if self.person else "Dane usunięte"

    @property
    def period(self) -> str:
        """ "lipiec 2026", "17–31 lipca 2026", "okres próbny 18 czerwca – 17 lipca 2026"."""
        if self.span == "trial":
            return f"okres próbny {span_text(self.start_on, self.end_on)}"
        whole = self.start_on.day == 1 and self.end_on == month_end(self.end_on)
        return month_text(self.start_on) if whole else span_text(self.start_on, self.end_on)

    @property
    def days_past_end(self) -> str:
        """Days that were paid although the programme had ended, "16–31 lipca 2026"; '' for none."""
        ended = self.programme.ended_on
        if not ended or ended >= self.end_on:
            return ""
        return span_text(max(ended + ONE_DAY, self.start_on), self.end_on)

    @property
    def is_late(self) -> bool:
        """Of an earlier month than its list is for."""
        month = self.payment_list.month
        return bool(month) and self.start_on < month

    @property
    def first_on(self) -> date:
        """The first day of the programme, as the settlement knew it."""
        programme = self.inputs["programme"]
        return date.fromisoformat((programme["trial"] or programme["main"])[0])


class Line(models.Model):
    """One amount of a settlement with its reason, its source and the days it comes from."""

    centre_path = "settlement__payment_list__centre"
    participant_path = "settlement__programme__participant"

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="lines")
    position = models.PositiveSmallIntegerField()
    code = models.CharField("rodzaj", max_length=30)
    amount = models.DecimalField("kwota", max_digits=10, decimal_places=2)
    because = models.TextField("dlaczego")
    source = models.TextField("podstawa")
    days = ArrayField(models.DateField(), default=list, blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["settlement", "position"]
        constraints = [models.UniqueConstraint(fields=["settlement", "position"], name="line_position_once")]
        triggers = [
            frozen(
                "approved",
                when=OF_APPROVED_SETTLEMENT,
                inserts=True,
                business=("settlement_id", "position", "code", "amount", "because", "source", "days"),
            )
        ]

    def __str__(self):
        return f"{self.code} {self.amount}"


class ProblemQuerySet(Scoped):
    def with_people(self):
        """With whom each concerns, like beside like, in the order of names."""
        return self.select_related("programme__participant").order_by("kind", "programme__participant__order_key", "id")


class Problem(models.Model):
    """What the last run of a draft found wrong with one person. It blocks the approval, never the draft."""

    centre_path = "payment_list__centre"
    participant_path = "programme__participant"

    class Kind(models.TextChoices):
        UNMARKED = "unmarked", "dni bez oznaczenia"
        PROVISIONAL = "provisional", "dni oznaczone tymczasowo"
        NO_METHOD = "no_method", "brak sposobu wypłaty"
        CONTRADICTION = "contradiction", "sprzeczne dane"
        MISSING_RATE = "missing_rate", "brak stawki"
        NO_REGULATIONS = "no_regulations", "brak regulaminu"
        FAILED = "failed", "nie udało się policzyć"

    payment_list = models.ForeignKey(PaymentList, models.PROTECT, related_name="problems")
    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="+")
    kind = models.CharField("rodzaj", max_length=20, choices=Kind)
    text = models.TextField("opis")
    days = ArrayField(models.DateField(), default=list, blank=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return f"{self.kind} {self.programme_id}"


class Payment(models.Model):
    """The transfer of one settlement went out, or came back. Rows are added, never changed."""

    centre_path = "settlement__payment_list__centre"
    participant_path = "settlement__programme__participant"

    class Kind(models.TextChoices):
        PAID = "paid", "wypłacono"
        RETURNED = "returned", "zwrócono"

    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="payments")
    kind = models.CharField("rodzaj", max_length=10, choices=Kind)
    on = models.DateField("dzień")
    amount = models.DecimalField("kwota", max_digits=10, decimal_places=2)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(db_default=Now())

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "kind", "on"],
                name="payment_once_a_day",
                violation_error_message="Tego dnia zapisano już tę wypłatę.",
            )
        ]
        triggers = [append_only("settlement_id", "kind", '"on"', "amount", "recorded_by_id")]

    def __str__(self):
        return f"{self.kind} {self.settlement_id} {self.on}"
