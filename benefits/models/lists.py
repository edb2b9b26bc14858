from django.apps import apps
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from cistor.dates import day_text, month_text
from cistor.money import NOTHING
from cistor.moves import Moves
from cistor.scope import Scoped
from cistor.triggers import frozen, tracked


class PaymentListQuerySet(Scoped):
    def with_sums(self):
        """Beside each list: people, those held back, what is paid, problems in the way, transfers not sent and come
        back."""
        settled = apps.get_model("benefits", "Settlement").objects.filter(payment_list=OuterRef("pk"))
        problems = Problem.objects.filter(payment_list=OuterRef("pk"))
        return self.with_held().annotate(
            people=_figure(settled, Count("programme__participant", distinct=True)),
            payout=_figure(settled, Sum("payout"), none=NOTHING),
            problem_count=_figure(problems.in_the_way(), Count("pk")),
            unpaid=_figure(settled.unpaid(), Count("pk")),
            returned=_figure(settled.returned(), Count("pk")),
        )

    def with_held(self):
        """With the number of people who are `held` back."""
        rows = Problem.objects.filter(payment_list=OuterRef("pk")).held_back()
        return self.annotate(held=_figure(rows, Count("programme__participant", distinct=True)))


def _figure(rows, figure, none=0):
    """One figure a list, asked apart: joined together, the rows of one would multiply those of the other."""
    return Coalesce(Subquery(rows.order_by().values("payment_list").annotate(figure=figure).values("figure")), none)


@tracked
class PaymentList(models.Model):
    """The settlements that are paid on one day, approved as one.

    Draft → checked by payroll → approved by the director; paid when every transfer is. Counting one anew makes it a
    draft again. Whether somebody counts it stands in no column: that is a lock.
    """

    centre_path = "centre"

    class Kind(models.TextChoices):
        MONTH = "month", "miesięczna"
        TRIAL = "trial", "okresy próbne"

    class Status(models.TextChoices):
        DRAFT = "draft", "projekt"
        CHECKED = "checked", "sprawdzona"
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
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto sprawdził"
    )
    checked_on = models.DateField("sprawdzono", null=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto zatwierdził"
    )
    approved_on = models.DateField("zatwierdzono", null=True)
    checksum = models.CharField("suma kontrolna", max_length=64, blank=True)
    document = models.OneToOneField("documents.Document", models.PROTECT, null=True, related_name="payment_list")

    MOVES = Moves(
        {
            "check": ([Status.DRAFT], Status.CHECKED),
            "reopen": ([Status.CHECKED], Status.DRAFT),
            "approve": ([Status.CHECKED], Status.APPROVED),
        }
    )
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
            # Those approved before there was a check have none.
            models.CheckConstraint(
                name="payment_list_check_complete",
                condition=Q(status="draft", checked_by__isnull=True, checked_on__isnull=True)
                | Q(status="checked", checked_by__isnull=False, checked_on__isnull=False)
                | Q(status="approved"),
                violation_error_message="Sprawdzenie ma osobę i dzień.",
            ),
            models.CheckConstraint(
                name="payment_list_approval_complete",
                condition=Q(
                    status__in=["draft", "checked"],
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
                    "checked_by_id",
                    "checked_on",
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
    def is_open(self) -> bool:
        """Not approved yet: what it holds may still come out otherwise."""
        return self.status != self.Status.APPROVED

    @property
    def title(self) -> str:
        """ "Lista wypłat za lipiec 2026", "Lista wypłat za okresy próbne na 20 lipca 2026 (nr 2)"."""
        what = month_text(self.month) if self.month else f"okresy próbne na {day_text(self.payday)}"
        return f"Lista wypłat za {what}{f' (nr {self.number})' if self.number > 1 else ''}"


class ProblemQuerySet(Scoped):
    def with_people(self):
        """With whom each concerns, like beside like, in the order of names."""
        return self.select_related("programme__participant").order_by("kind", "programme__participant__order_key", "id")

    def in_the_way(self):
        """Without those that only hold somebody back."""
        return self.exclude(kind__in=HOLDING)

    def held_back(self):
        return self.filter(kind__in=HOLDING)


class Problem(models.Model):
    """What the last run of a draft found wrong with one person. It blocks the approval, never the draft.

    Two kinds block nothing: whoever waits for the office's answer, or has not applied for the benefit, is left off the
    list, and the row says so for good.
    """

    centre_path = "payment_list__centre"
    participant_path = "programme__participant"

    class Kind(models.TextChoices):
        UNMARKED = "unmarked", "dni bez oznaczenia"
        PROVISIONAL = "provisional", "dni oznaczone tymczasowo"
        NO_METHOD = "no_method", "brak sposobu wypłaty"
        # Nobody has applied for the benefit: held back.
        NO_APPLICATION = "no_application", "brak wniosku o wypłatę"
        CONTRADICTION = "contradiction", "sprzeczne dane"
        MISSING_RATE = "missing_rate", "brak stawki"
        NO_REGULATIONS = "no_regulations", "brak regulaminu"
        FAILED = "failed", "nie udało się policzyć"
        # The main period was begun before the office has answered: held back.
        NOT_QUALIFIED = "not_qualified", "bez kwalifikacji ośrodka"
        # Of a month that is counted before its end: nobody can do anything about them but wait.
        UPCOMING = "upcoming", "dni, których jeszcze nie było"

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

    @property
    def holds_back(self) -> bool:
        """The person is left off the list, which does not wait for them."""
        return self.kind in HOLDING


HOLDING = (Problem.Kind.NOT_QUALIFIED, Problem.Kind.NO_APPLICATION)
