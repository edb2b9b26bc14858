from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now

from cistor.crypto import EncryptedField, EncryptedJSONField
from cistor.documents.uploads import KINDS
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked


class LetterheadQuerySet(Scoped):
    def in_force(self, centre, on) -> "Letterhead | None":
        return self.filter(centre=centre, in_force_from__lte=on).order_by("-in_force_from").first()


@tracked
class Letterhead(models.Model):
    """What stands at the top of a centre's papers from a day on."""

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="letterheads")
    in_force_from = models.DateField("obowiązuje od")
    name = models.CharField("nazwa", max_length=200)
    body = models.CharField("jednostka prowadząca", max_length=200, blank=True)
    address = models.CharField("adres", max_length=200)
    contact = models.CharField("telefon, e-mail, strona", max_length=200, blank=True)
    place = models.CharField("miejscowość na pismach", max_length=80)
    logo_sha256 = models.CharField(max_length=64, blank=True)
    logo_mime = models.CharField(max_length=40, blank=True)

    objects = LetterheadQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "in_force_from"],
                name="letterhead_one_a_day",
                violation_error_message="Od tego dnia obowiązuje już inny papier firmowy.",
            )
        ]

    def __str__(self):
        return f"{self.name} ({self.in_force_from})"


class Sequence(models.Model):
    """The last number given in a series of a year; its row lock is what keeps numbers without gaps."""

    centre_path = "centre"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    objects = Scoped.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["centre", "series", "year"], name="sequence_once")]

    def __str__(self):
        return f"{self.series}/{self.last}/{self.year}"


class Document(models.Model):
    """A paper as it was issued: number, file and the data it was made from. Never changed, never made again.

    The file goes with the data of whoever it names, unless the kind is evidence of the books.
    """

    centre_path = "centre"
    participant_path = "participant"
    without_person = {"context": None}

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="documents")
    participant = models.ForeignKey("participants.Participant", models.PROTECT, null=True, related_name="documents")
    kind = models.CharField("rodzaj", max_length=40)
    number = models.CharField("numer", max_length=40)
    title = models.CharField("tytuł", max_length=200)
    issued_on = models.DateField("data")
    issued_at = models.DateTimeField(db_default=Now())
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    # Empty once the file has gone.
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=80, default="application/pdf")
    context = EncryptedJSONField(null=True)
    # Everybody whom a paper about several people names: who takes it has read about each of them.
    people = ArrayField(models.BigIntegerField(), default=list)
    replaces = models.OneToOneField("self", models.PROTECT, null=True, related_name="replaced_by")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-issued_on", "-id"]
        constraints = [models.UniqueConstraint(fields=["centre", "number"], name="document_number_once")]
        triggers = [
            append_only(
                "centre_id",
                "participant_id",
                "kind",
                "number",
                "title",
                "issued_on",
                "issued_at",
                "issued_by_id",
                "size",
                "mime",
                "people",
                "replaces_id",
                emptied=("sha256",),
            )
        ]

    def __str__(self):
        return self.number


class Upload(models.Model):
    """A file that somebody brought: a scan, a photograph. What it is stands in `uploads.KINDS`; never changed."""

    centre_path = "centre"
    participant_path = "participant"
    # The file itself goes with its name: what no row names is swept.
    without_person = {"name": "", "sha256": ""}

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="uploads")
    participant = models.ForeignKey("participants.Participant", models.PROTECT, related_name="uploads")
    kind = models.CharField("rodzaj", max_length=40)
    # As it was called where it came from, which may be somebody's name.
    name = EncryptedField("nazwa pliku", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveIntegerField()
    mime = models.CharField(max_length=80)
    uploaded_on = models.DateField("kiedy")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["-uploaded_on", "-id"]
        triggers = [
            append_only(
                "centre_id",
                "participant_id",
                "kind",
                "size",
                "mime",
                "uploaded_on",
                "uploaded_by_id",
                emptied=("sha256",),
            )
        ]

    def __str__(self):
        return f"{KINDS[self.kind].title}, {self.uploaded_on:%d.%m.%Y}"
