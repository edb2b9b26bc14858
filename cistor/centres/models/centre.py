from django.contrib.postgres.fields import ArrayField
from django.db import models

from cistor.dates import joined
from cistor.fields import ends_after_start, no_overlap
from cistor.scope import Dated, Scoped
from cistor.triggers import tracked


@tracked
class Centre(models.Model):
    """A social integration centre: the tenant. Nothing of one centre is ever seen from another."""

    centre_path = "pk"

    name = models.CharField("nazwa", max_length=200, unique=True)
    short_name = models.CharField("nazwa skrócona", max_length=60, unique=True)
    running_body = models.CharField("jednostka prowadząca", max_length=200, blank=True)
    street = models.CharField("ulica i numer", max_length=120)
    postal_code = models.CharField("kod pocztowy", max_length=6)
    city = models.CharField("miejscowość", max_length=80)
    # Then the same person may prepare and approve; the journal still shows it.
    single_handed = models.BooleanField("listę sporządza i zatwierdza ta sama osoba", default=False)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.short_name


@tracked
class Office(models.Model):
    """An office the centre works with. Each centre keeps its own register: an office serving two stands in both."""

    centre_path = "centre"

    class Kind(models.TextChoices):
        WELFARE = "welfare", "ośrodek pomocy społecznej (MOPR, OPS)"
        CUS = "cus", "centrum usług społecznych"
        PUP = "pup", "powiatowy urząd pracy"
        PCPR = "pcpr", "powiatowe centrum pomocy rodzinie"
        OTHER = "other", "inna instytucja"

    centre = models.ForeignKey(Centre, models.PROTECT, related_name="offices")
    kind = models.CharField("rodzaj", max_length=20, choices=Kind)
    name = models.CharField("nazwa", max_length=200)
    short_name = models.CharField("nazwa skrócona", max_length=60)
    street = models.CharField("ulica i numer", max_length=120, blank=True)
    postal_code = models.CharField("kod pocztowy", max_length=6, blank=True)
    city = models.CharField("miejscowość", max_length=80, blank=True)
    email = models.EmailField("e-mail do pism", blank=True)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["short_name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "name"],
                name="office_once_in_centre",
                violation_error_message="Taki urząd już jest w spisie.",
            )
        ]

    def __str__(self):
        return self.short_name

    @property
    def lacks(self) -> str:
        """What its address has not: "ulicy i kodu pocztowego"; "" when a letter finds it."""
        parts = {"ulicy": self.street, "kodu pocztowego": self.postal_code, "miejscowości": self.city}
        return joined([name for name, value in parts.items() if not value])


class OfficeStep(models.TextChoices):
    """What an office may be asked for before somebody is admitted."""

    OPINION = "opinion", "opinia pracownika socjalnego"
    CONSENT = "consent", "zgoda kierownika"
    REFERRAL = "referral", "skierowanie"


@tracked
class Agreement(models.Model):
    """What a centre and an office agreed on, above all the terms; its lengths stand in `DeadlineLength`."""

    centre_path = "office__centre"

    office = models.ForeignKey(Office, models.PROTECT, related_name="agreements")
    title = models.CharField("nazwa", max_length=200)
    start_on = models.DateField("obowiązuje od")
    end_on = models.DateField("do", null=True, blank=True)
    # In their order; the last one ends the office's part.
    office_steps = ArrayField(
        models.CharField(max_length=20, choices=OfficeStep), verbose_name="czego wymaga się od urzędu", default=list
    )

    objects = Dated.as_manager()

    class Meta:
        ordering = ["-start_on", "id"]
        constraints = [
            ends_after_start("agreement_ends_after_start"),
            no_overlap(
                "agreements_do_not_overlap",
                per="office",
                message="W tym czasie obowiązuje już inne porozumienie z tym urzędem.",
            ),
        ]

    def __str__(self):
        return self.title
