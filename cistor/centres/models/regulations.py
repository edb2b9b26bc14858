from datetime import date
from decimal import Decimal
from typing import Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cistor.centres.models.centre import OfficeStep
from cistor.fields import FractionField
from cistor.scope import Scoped
from cistor.triggers import append_only, frozen, tracked


class RegulationsQuerySet(Scoped):
    def visible_to(self, user: Any, *, on: date) -> Self:
        """Of the user's centre; drafts only for those who write them."""
        rows = super().visible_to(user, on=on)
        return rows if user.may("set_regulations", on=on) else rows.adopted()

    def version(self, centre, on) -> "Regulations | None":
        """The version of the day: the newest not after it."""
        return self.adopted().filter(centre=centre, in_force_from__lte=on).order_by("-in_force_from").first()

    def adopted(self):
        """Those by which anything is computed: a draft binds nobody, whatever day it bears."""
        return self.filter(is_draft=False)


@tracked
class Regulations(models.Model):
    """One dated version of a centre's regulations; every setting is a column, `sources` gives the § of each.

    In force until the next version begins. Once a payment was made by it, it is sealed and never changes.
    """

    centre_path = "centre"

    class LimitScope(models.TextChoices):
        SETTLEMENT = "settlement", "rozliczenie (okres próbny to „pierwszy miesiąc”)"
        CALENDAR_MONTH = "calendar_month", "miesiąc kalendarzowy"

    class SickScope(models.TextChoices):
        PROGRAMME = "programme", "cały program"
        MAIN_PERIOD = "main_period", "okres właściwy z przedłużeniem"
        SETTLEMENT = "settlement", "każde rozliczenie osobno"

    class SickUnit(models.TextChoices):
        CLASS_DAYS = "class_days", "dni zajęć"
        CALENDAR_DAYS = "calendar_days", "dni kalendarzowe"

    class OverLimitShare(models.TextChoices):
        CLASS_DAY = "class_day", "1 / dni zajęć w miesiącu"
        THIRTIETH = "thirtieth", "1/30"

    class BonusBasis(models.TextChoices):
        FULL_RATE = "full_rate", "pełna stawka świadczenia"
        BENEFIT_DUE = "benefit_due", "świadczenie należne"

    class TrialSettlement(models.TextChoices):
        SEPARATE = "separate", "okres próbny osobno"
        CALENDAR_MONTH = "calendar_month", "miesiąc kalendarzowy, próbny i właściwy razem"

    class PartMonth(models.TextChoices):
        CALENDAR_DAYS = "calendar_days", "dni kalendarzowe / dni miesiąca"
        THIRTIETHS = "thirtieths", "trzydzieste części"
        CLASS_DAYS = "class_days", "dni zajęć / dni zajęć w miesiącu"

    class Rounding(models.TextChoices):
        UP_TO_10_GROSZ = "up_to_10_grosz", "w górę do 10 groszy"
        TO_GROSZ = "to_grosz", "do grosza"

    class TrialPayday(models.TextChoices):
        DAY_AFTER = "day_after", "następny dzień po okresie próbnym"

    class TrialEndRule(models.TextChoices):
        DAY_BEFORE = "day_before", "dzień wcześniej (1–31 stycznia)"
        SAME_DAY = "same_day", "ten sam dzień (1 stycznia – 1 lutego)"

    class Method(models.TextChoices):
        ACCOUNT = "account", "rachunek bankowy"
        CASH_DESK = "cash_desk", "kasa banku"

    class Recruitment(models.TextChoices):
        SCORES = "scores", "oceny: motywacja, potencjał, rokowanie"
        POINTS = "points", "punkty: dochód, czas bez pracy"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="regulations")
    title = models.CharField("nazwa", max_length=200)
    in_force_from = models.DateField("obowiązuje od")
    # Being written: read by the pages that write it and by what-if computations, and by nothing else.
    is_draft = models.BooleanField("projekt", default=False)
    sealed_on = models.DateField("zamknięty od", null=True, blank=True)
    sources = models.JSONField("podstawy ustawień", default=dict)

    # The benefit
    trial_rate = FractionField("stawka w okresie próbnym (część zasiłku)")
    main_rate = FractionField("stawka po okresie próbnym (część zasiłku)")
    full_rate_rounding = models.CharField(
        "zaokrąglenie pełnej stawki", max_length=20, choices=Rounding, default=Rounding.UP_TO_10_GROSZ
    )
    trial_settlement = models.CharField("rozliczenie okresu próbnego", max_length=20, choices=TrialSettlement)
    part_month = models.CharField("część miesiąca", max_length=20, choices=PartMonth)

    # Reductions
    unexcused_fraction = FractionField("za dzień nieusprawiedliwiony")
    unexcused_days_limit = models.PositiveSmallIntegerField("limit dni nieusprawiedliwionych")
    unexcused_limit_scope = models.CharField(
        "limit nieusprawiedliwionych liczony na", max_length=20, choices=LimitScope, default=LimitScope.SETTLEMENT
    )
    sick_fraction = FractionField("za dzień choroby")
    trial_sick_fraction = FractionField("za dzień choroby w okresie próbnym", null=True, blank=True)
    sick_days_limit = models.PositiveSmallIntegerField("limit dni choroby")
    sick_limit_scope = models.CharField(
        "limit choroby liczony na", max_length=20, choices=SickScope, default=SickScope.PROGRAMME
    )
    sick_day_unit = models.CharField(
        "dni choroby liczone jako", max_length=20, choices=SickUnit, default=SickUnit.CLASS_DAYS
    )
    over_limit_share = models.CharField(
        "dzień ponad limit", max_length=20, choices=OverLimitShare, default=OverLimitShare.CLASS_DAY
    )
    excused_fraction = FractionField("za dzień usprawiedliwiony")
    care_fraction = FractionField("za dzień opieki")

    # Bonus
    bonus_cap = FractionField("najwyższa premia (część świadczenia)")
    bonus_basis = models.CharField("premia liczona od", max_length=20, choices=BonusBasis, default=BonusBasis.FULL_RATE)
    bonus_in_trial = models.BooleanField("premia w okresie próbnym", default=False)
    bonus_when_benefit_lost = models.BooleanField("premia mimo utraty świadczenia", default=False)
    bonus_needs_request = models.BooleanField("premia na wniosek instruktora", default=True)
    bonus_needs_opinion = models.BooleanField("premia po pozytywnej opinii", default=True)

    # Payment
    payday_day = models.PositiveSmallIntegerField("wypłata do dnia miesiąca")
    # NULL is a value of its own: the trial is paid with the month.
    trial_payday = models.CharField(  # noqa: DJ001
        "wypłata za okres próbny", max_length=20, choices=TrialPayday, null=True, blank=True
    )
    payment_methods = ArrayField(models.CharField(max_length=20, choices=Method), verbose_name="sposoby wypłaty")
    benefit_needs_application = models.BooleanField("wypłata na wniosek uczestnika", default=False)
    minimum_paid = models.DecimalField(
        "kwota wolna od potrąceń", max_digits=8, decimal_places=2, default=Decimal("0.00")
    )

    # Programme
    trial_months = models.PositiveSmallIntegerField("okres próbny, miesiące", default=1)
    main_months = models.PositiveSmallIntegerField("okres właściwy do, miesiące", default=11)
    extension_months = models.PositiveSmallIntegerField("przedłużenie do, miesiące")
    trial_end_rule = models.CharField(
        "koniec okresu próbnego", max_length=20, choices=TrialEndRule, default=TrialEndRule.DAY_BEFORE
    )
    daily_hours_min = models.PositiveSmallIntegerField("godziny dziennie od", null=True, blank=True)
    daily_hours_max = models.PositiveSmallIntegerField("godziny dziennie do", null=True, blank=True)
    weekly_hours_min = models.PositiveSmallIntegerField("godziny tygodniowo od", null=True, blank=True)
    weekly_hours_max = models.PositiveSmallIntegerField("godziny tygodniowo do", null=True, blank=True)

    # Leave and absence
    free_days = models.PositiveSmallIntegerField("dni wolne w programie")
    leave_notice_days = models.PositiveSmallIntegerField("wniosek o dzień wolny, dni wcześniej", null=True, blank=True)
    leave_after_trial = models.BooleanField("dni wolne dopiero po okresie próbnym", default=True)
    leave_opinions = ArrayField(
        models.CharField(max_length=20), verbose_name="opinie o dniu wolnym", default=list, blank=True
    )
    leave_request_to = models.CharField("wniosek o dzień wolny składa się u", max_length=20, blank=True)
    leave_card_role = models.CharField("kartę dni wolnych prowadzi", max_length=20, blank=True)
    absence_reason_role = models.CharField("przyczynę nieobecności ustala", max_length=20, blank=True)
    absence_threshold_days = models.PositiveSmallIntegerField("próg dni bez udziału w zajęciach", null=True, blank=True)
    head_title = models.CharField("tytuł kierującego centrum", max_length=40, default="dyrektor")

    # Recruitment
    recruitment = models.CharField("rekrutacja", max_length=20, choices=Recruitment, blank=True)
    # Holds where no agreement with the office says otherwise; in their order.
    office_steps = ArrayField(
        models.CharField(max_length=20, choices=OfficeStep),
        verbose_name="czego wymaga się od urzędu",
        default=list,
        blank=True,
    )
    # Each criterion is scored from 1 to the scale; a weight says how much of the sum it makes.
    score_scale = models.PositiveSmallIntegerField("ocena kryterium od 1 do", null=True, blank=True)
    motivation_weight = FractionField("waga motywacji", null=True, blank=True)
    potential_weight = FractionField("waga potencjału", null=True, blank=True)
    prognosis_weight = FractionField("waga rokowania", null=True, blank=True)
    # Points for an income per head below the threshold, and for each full stretch of months without work.
    income_threshold = models.DecimalField(
        "dochód na osobę poniżej", max_digits=8, decimal_places=2, null=True, blank=True
    )
    income_points = models.PositiveSmallIntegerField("punkty za niski dochód", null=True, blank=True)
    jobless_months = models.PositiveSmallIntegerField("bez pracy, za każde pełne miesiące", null=True, blank=True)
    jobless_points = models.PositiveSmallIntegerField("punkty za czas bez pracy", null=True, blank=True)
    offer_days = models.PositiveSmallIntegerField("odpowiedź na propozycję miejsca, dni", null=True, blank=True)
    exclusions_days = models.PositiveSmallIntegerField(
        "oświadczenie o braku wykluczeń ważne przed przyjęciem, dni", null=True, blank=True
    )

    objects = RegulationsQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "in_force_from"],
                condition=Q(is_draft=False),
                name="regulations_one_version_a_day",
                violation_error_message="Od tego dnia obowiązuje już inna wersja regulaminu.",
            ),
            models.CheckConstraint(
                name="regulations_payday_day",
                condition=Q(payday_day__range=(1, 28)),
                violation_error_message="Dzień wypłaty to liczba od 1 do 28.",
            ),
            models.CheckConstraint(
                name="regulations_separate_trial_has_payday",
                condition=Q(trial_settlement="calendar_month", trial_payday__isnull=True)
                | Q(trial_settlement="separate", trial_payday__isnull=False),
                violation_error_message="Okres próbny rozliczany osobno ma własny dzień wypłaty.",
            ),
            models.CheckConstraint(
                name="regulations_draft_not_sealed",
                condition=Q(is_draft=False) | Q(sealed_on__isnull=True),
                violation_error_message="Projektu regulaminu się nie zamyka: nikogo nie wiąże.",
            ),
        ]
        triggers = [frozen("sealed", business=("centre_id",), when="OLD.sealed_on IS NOT NULL")]

    def __str__(self):
        return f"{self.title} ({self.in_force_from:%d.%m.%Y})"


class DepartureReason(models.Model):
    """Why a version that gives a participant less than the statute was paid by all the same; said once a version."""

    centre_path = "regulations__centre"

    regulations = models.OneToOneField(Regulations, models.PROTECT, related_name="departure_reason")
    text = models.TextField("uzasadnienie")
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="kto podał")
    given_on = models.DateField("podano")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="departure_reason_said",
                condition=Q(text__regex=r"\S"),
                violation_error_message="Napisz, dlaczego.",
            )
        ]
        triggers = [append_only("regulations_id", "text", "given_by_id", "given_on")]

    def __str__(self):
        return f"{self.regulations_id} {self.given_on}"
