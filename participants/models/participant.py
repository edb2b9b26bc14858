from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import TruncYear

from cistor.crypto import EncryptedField, search_key
from cistor.fields import ends_after_start, no_overlap
from cistor.names import name_key, order_key, sound_key, words
from cistor.scope import Dated, Scoped
from cistor.triggers import tracked

PAID_SOMEWHERE = Q(kind="cash_desk", nrb="") | (Q(kind="account") & ~Q(nrb=""))


class ParticipantQuerySet(Scoped):
    def visible_to(self, user, *, on, right="see_overview"):
        """The centre's participants; with a right that reaches own groups only, those in such a group on that day."""
        rows = super().visible_to(user, on=on)
        owners = user.owners(right, on=on)
        if owners is None:
            return rows
        return rows.filter(pk__in=self._of_leads(owners, on))

    @staticmethod
    def _of_leads(owners, on):
        from participants.models.group import GroupLead, Membership

        groups = GroupLead.objects.in_force(on).filter(instructor__in=owners).values("group")
        return Membership.objects.in_force(on).filter(group__in=groups).values("participant")

    def in_group(self, group, on):
        from participants.models.group import Membership

        return self.filter(pk__in=Membership.objects.in_force(on).filter(group=group).values("participant"))

    def with_phase(self, on):
        """Annotates `phase`, `stage_end_on` and `starts_on` (dates or None) as they are on the day."""
        from participants.models import phase

        return self.annotate(phase=phase.phase(on), stage_end_on=phase.stage_end_on(on), starts_on=phase.starts_on(on))

    def with_group(self, on):
        """Annotates `group_name`, None for who is in no group on the day."""
        from participants.models.group import Membership

        memberships = Membership.objects.in_force(on).filter(participant=OuterRef("pk"))
        return self.annotate(group_name=Subquery(memberships.values("group__name")[:1]))

    def with_pesel(self, pesel: str):
        return self.filter(pesel_key=search_key("pesel", pesel))

    def named(self, text: str):
        """Names that begin as the words typed, or sound like them; every word must fit, and no word finds nobody."""
        typed = [word for word in words(text) if name_key(word)]
        rows = self if typed else self.none()
        for word in typed:
            rows = rows.filter(_begins("name_key", name_key(word)) | _begins("sound_key", sound_key(word), least=3))
        return rows


def _begins(column: str, key: str, *, least: int = 0) -> Q:
    """A word of the column begins so; a key that is too short says nothing."""
    return Q(**{f"{column}__startswith": key}) | Q(**{f"{column}__contains": f" {key}"}) if len(key) >= least else Q()


@tracked
class Participant(models.Model):
    """One row a human and centre; who returns gets a new programme, never a new row."""

    centre_path = "centre"
    participant_path = "pk"
    # Search-key column → (kind, encrypted column); a rotation of keys reads this too.
    search_keys = {"pesel_key": ("pesel", "pesel"), "document_key": ("document", "document_number")}
    # What is left of the columns after the erasure of the person; the year of birth stays for the statistics.
    without_person = {
        "first_name": "usunięte",
        "last_name": "Dane",
        "birth_on": TruncYear("birth_on"),
        **dict.fromkeys(
            (
                "name_key",
                "sound_key",
                "order_key",
                "pesel",
                "pesel_key",
                "document_kind",
                "document_number",
                "document_key",
                "street",
                "postal_code",
                "city",
                "phone",
                "email",
            ),
            "",
        ),
    }

    class Sex(models.TextChoices):
        WOMAN = "woman", "kobieta"
        MAN = "man", "mężczyzna"

    class DocumentKind(models.TextChoices):
        PASSPORT = "passport", "paszport"
        RESIDENCE_CARD = "residence_card", "karta pobytu"
        OTHER = "other", "inny dokument"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="participants")
    first_name = models.CharField("imię", max_length=60)
    last_name = models.CharField("nazwisko", max_length=80)
    name_key = models.CharField(max_length=160, editable=False)
    sound_key = models.CharField(max_length=160, editable=False)
    order_key = models.CharField(max_length=240, editable=False, db_collation="C")

    pesel = EncryptedField("PESEL", blank=True)
    pesel_key = models.CharField(max_length=64, blank=True, editable=False)
    # Old faulty numbers exist; whoever enters one says that it is written so in the papers.
    pesel_faulty = models.BooleanField("numer PESEL jest błędny, ale taki widnieje w dokumentach", default=False)
    document_kind = models.CharField("inny dokument tożsamości", max_length=20, choices=DocumentKind, blank=True)
    document_number = EncryptedField("numer dokumentu", blank=True)
    document_key = models.CharField(max_length=64, blank=True, editable=False)
    birth_on = models.DateField("data urodzenia")
    sex = models.CharField("płeć", max_length=10, choices=Sex)

    street = EncryptedField("ulica i numer", blank=True)
    postal_code = EncryptedField("kod pocztowy", blank=True)
    city = EncryptedField("miejscowość", blank=True)
    phone = EncryptedField("telefon", blank=True)
    email = EncryptedField("e-mail", blank=True)

    # Set by the erasure of the person; the row stays, so that counts and sums do.
    erased_on = models.DateField("dane usunięto", null=True, blank=True, editable=False)

    objects = ParticipantQuerySet.as_manager()

    class Meta:
        ordering = ["order_key", "id"]
        indexes = [
            models.Index(fields=["centre", "order_key"], name="participant_order"),
            models.Index(fields=["centre", "name_key"], name="participant_name"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "pesel_key"],
                condition=~Q(pesel_key=""),
                name="participant_pesel_once",
                violation_error_message="Osoba z tym numerem PESEL jest już w kartotece.",
            ),
            models.UniqueConstraint(
                fields=["centre", "document_kind", "document_key"],
                condition=~Q(document_key=""),
                name="participant_document_once",
                violation_error_message="Osoba z tym dokumentem jest już w kartotece.",
            ),
            models.CheckConstraint(
                name="participant_identified",
                condition=~Q(pesel_key="") | ~Q(document_key="") | Q(erased_on__isnull=False),
                violation_error_message="Podaj PESEL albo inny dokument tożsamości.",
            ),
        ]

    def __str__(self):
        return f"{self.last_name} {self.first_name}"

    @property
    def address(self) -> str:
        """ "ul. Wymyślona 3, 87-100 Toruń"."""
        return ", ".join(filter(None, [self.street, f"{self.postal_code} {self.city}".strip()]))

    def open_to(self, user, right: str, *, on) -> bool:
        """Whether the user's right reaches this very person on the day."""
        owners = user.owners(right, on=on)
        if owners is None:
            return user.home_centre_id == self.centre_id
        rows = type(self).objects.visible_to(user, on=on, right=right)
        return bool(owners) and rows.filter(pk=self.pk).exists()

    def set_keys(self) -> None:
        """Derive the search and order keys from what is about to be saved."""
        self.name_key = name_key(self.last_name, self.first_name)
        self.sound_key = sound_key(self.last_name, self.first_name)
        self.order_key = order_key(self.last_name, self.first_name)
        for column, (kind, source) in self.search_keys.items():
            setattr(self, column, search_key(kind, getattr(self, source)))


class OfParticipant(models.Model):
    centre_path = "participant__centre"
    participant_path = "participant"

    objects = Dated.as_manager()

    class Meta:
        abstract = True


@tracked
class PaymentMethod(OfParticipant):
    """Where the benefit goes from a day on, as the participant's application says; until the next row."""

    without_person = {"kind": "cash_desk", "nrb": "", "holder": ""}

    class Kind(models.TextChoices):
        ACCOUNT = "account", "rachunek bankowy"
        CASH_DESK = "cash_desk", "kasa banku"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="payment_methods")
    start_on = models.DateField("od dnia")
    kind = models.CharField("sposób wypłaty", max_length=20, choices=Kind)
    nrb = EncryptedField("numer rachunku", blank=True)
    holder = EncryptedField("posiadacz rachunku", blank=True)

    class Meta:
        ordering = ["-start_on", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["participant", "start_on"],
                name="payment_method_once_a_day",
                violation_error_message="Od tego dnia zapisano już inny sposób wypłaty.",
            ),
            models.CheckConstraint(
                name="payment_method_account_given",
                condition=PAID_SOMEWHERE,
                violation_error_message="Podaj numer rachunku albo wybierz kasę.",
            ),
        ]

    def __str__(self):
        return f"{self.participant_id} {self.kind} {self.start_on}"


@tracked
class TaxStatement(OfParticipant):
    """The participant's statement that lowers the monthly advance: the whole amount, a half or a third of it."""

    class Share(models.IntegerChoices):
        WHOLE = 1, "cała kwota"
        HALF = 2, "połowa"
        THIRD = 3, "jedna trzecia"

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="tax_statements")
    start_on = models.DateField("od dnia")
    end_on = models.DateField("do dnia", null=True, blank=True)
    share = models.PositiveSmallIntegerField("kwota zmniejszająca", choices=Share, default=Share.WHOLE)

    class Meta:
        ordering = ["-start_on"]
        constraints = [
            ends_after_start("tax_statement_ends_after_start"),
            models.CheckConstraint(name="tax_statement_share", condition=Q(share__in=[1, 2, 3])),
            no_overlap(
                "tax_statements_do_not_overlap",
                per="participant",
                message="W tym czasie obowiązuje już inne oświadczenie.",
            ),
        ]

    def __str__(self):
        return f"{self.participant_id} 1/{self.share} {self.start_on}"
