from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from cistor.money import percent, zloty
from cistor.triggers import append_only


class MissingRate(LookupError):
    """No value is known for that day: guessing would pay somebody wrongly."""

    def __init__(self, kind: str, on):
        super().__init__(f"Brak stawki „{StatutoryRate.Kind(kind).label}” na dzień {on:%d.%m.%Y}.")
        self.kind, self.on = kind, on


class RateQuerySet(models.QuerySet):
    def in_force(self, kind: str, on) -> "StatutoryRate":
        """The newest value not after the day, of two for one day the later entry; MissingRate before the first."""
        rate = self.filter(kind=kind, in_force_from__lte=on).order_by("-in_force_from", "-id").first()
        if rate is None:
            raise MissingRate(kind, on)
        return rate

    def value(self, kind: str, on) -> Decimal:
        return self.in_force(kind, on).value


class StatutoryRate(models.Model):
    """One number of the law from a day on, with its source. A mistake is mended by a newer row for the same day."""

    centre_path = None

    class Kind(models.TextChoices):
        UNEMPLOYMENT_BENEFIT = "unemployment_benefit", "zasiłek dla bezrobotnych (podstawowy, pierwsze 90 dni), zł"
        PIT_RATE = "pit_rate", "stawka zaliczki na podatek dochodowy"
        PIT_REDUCTION = "pit_reduction", "miesięczna kwota zmniejszająca zaliczkę, zł"
        ZUS_PENSION = "zus_pension", "składka emerytalna"
        ZUS_DISABILITY = "zus_disability", "składka rentowa"
        BENEFIT_RATE_TRIAL = "benefit_rate_trial", "ustawowa stawka świadczenia w okresie próbnym"
        BENEFIT_RATE_MAIN = "benefit_rate_main", "ustawowa stawka świadczenia po okresie próbnym"
        UNEXCUSED_FRACTION = "unexcused_fraction", "ustawowe zmniejszenie za dzień nieusprawiedliwiony"
        UNEXCUSED_DAYS_LIMIT = "unexcused_days_limit", "ustawowy limit dni nieusprawiedliwionych w miesiącu"
        SICK_FRACTION = "sick_fraction", "ustawowe zmniejszenie za dzień choroby"
        SICK_DAYS_LIMIT = "sick_days_limit", "ustawowy limit dni chorobowych"
        FREE_DAYS_LIMIT = "free_days_limit", "ustawowy limit dni wolnych"
        BONUS_CAP_LIMIT = "bonus_cap_limit", "ustawowy limit premii (część świadczenia)"
        EXTENSION_MONTHS_LIMIT = "extension_months_limit", "ustawowy limit przedłużenia, miesiące"
        WEEKLY_HOURS_MIN = "weekly_hours_min", "ustawowy wymiar zajęć, najmniej godzin w tygodniu"
        WEEKLY_HOURS_MAX = "weekly_hours_max", "ustawowy wymiar zajęć, najwięcej godzin w tygodniu"

    class Certainty(models.TextChoices):
        SURE = "sure", "pewne"
        LIKELY = "likely", "prawdopodobne"
        UNSURE = "unsure", "do sprawdzenia"

    AMOUNTS = frozenset({Kind.UNEMPLOYMENT_BENEFIT, Kind.PIT_REDUCTION})
    COUNTS = frozenset(
        {
            Kind.UNEXCUSED_DAYS_LIMIT,
            Kind.SICK_DAYS_LIMIT,
            Kind.FREE_DAYS_LIMIT,
            Kind.EXTENSION_MONTHS_LIMIT,
            Kind.WEEKLY_HOURS_MIN,
            Kind.WEEKLY_HOURS_MAX,
        }
    )

    kind = models.CharField("co", max_length=40, choices=Kind)
    in_force_from = models.DateField("obowiązuje od")
    value = models.DecimalField("wartość", max_digits=12, decimal_places=4)
    source = models.CharField("źródło", max_length=200)
    certainty = models.CharField("pewność", max_length=10, choices=Certainty, default=Certainty.SURE)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="kto wpisał"
    )
    recorded_at = models.DateTimeField("kiedy", db_default=Now())

    objects = RateQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "-in_force_from", "-id"]
        constraints = [
            models.CheckConstraint(
                name="rate_not_negative",
                condition=models.Q(value__gte=0),
                violation_error_message="Wartość nie może być ujemna.",
            )
        ]
        triggers = [append_only("kind", "in_force_from", "value", "source", "certainty", "recorded_by_id")]

    def __str__(self):
        return f"{self.kind} {self.in_force_from} {self.value}"

    @property
    def text(self) -> str:
        """The value in its own unit: złoty, per cent, or a plain count of hours, days or months."""
        if self.kind in self.AMOUNTS:
            return zloty(self.value)
        return f"{self.value:.0f}" if self.kind in self.COUNTS else percent(self.value)


class WordingQuerySet(models.QuerySet):
    def in_force(self, kind: str, on) -> dict[str, str]:
        """Code → text as the law words it on the day, in the order of the law; what the law has dropped is left out."""
        rows = self.filter(kind=kind, in_force_from__lte=on).order_by("in_force_from", "id")
        newest = {row.code: row for row in rows}
        return {row.code: row.text for row in sorted(newest.values(), key=lambda row: row.position) if row.text}


class StatutoryWording(models.Model):
    """One item of a list of the law from a day on, with its source; an empty text: the law has dropped it."""

    centre_path = None

    class Kind(models.TextChoices):
        CATEGORY = "category", "grupa osób, art. 1 ust. 2"
        EXCLUSION = "exclusion", "prawo, które wyklucza uczestnictwo, art. 1 ust. 3"

    kind = models.CharField("co", max_length=20, choices=Kind)
    code = models.CharField("kod", max_length=40)
    position = models.PositiveSmallIntegerField("kolejność", default=0)
    text = models.CharField("brzmienie", max_length=300, blank=True)
    in_force_from = models.DateField("obowiązuje od")
    source = models.CharField("źródło", max_length=200)

    objects = WordingQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "position", "in_force_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code", "in_force_from"], name="statutory_wording_once"),
        ]
        triggers = [append_only("kind", "code", "position", "text", "in_force_from", "source")]

    def __str__(self):
        return f"{self.kind} {self.code} {self.in_force_from}"
