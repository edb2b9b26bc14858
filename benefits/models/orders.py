"""How an approved list goes to the bank: the profile of the bank, the order to pay and its file."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from benefits.models.amounts import amount, given_amount
from benefits.models.lists import PaymentList
from benefits.models.payments import Payment
from benefits.models.settlements import Settlement
from cistor.crypto import EncryptedField
from cistor.scope import Scoped
from cistor.triggers import append_only, tracked
from participants.models import PaymentMethod


class BankProfileQuerySet(Scoped):
    def in_force(self, centre, on) -> "BankProfile | None":
        return self.filter(centre=centre, in_force_from__lte=on).order_by("-in_force_from").first()


@tracked
class BankProfile(models.Model):
    """From which account a centre pays from a day on, and how its bank wants the file of transfers."""

    centre_path = "centre"

    class Encoding(models.TextChoices):
        CP1250 = "cp1250", "Windows-1250"
        LATIN2 = "iso8859_2", "ISO 8859-2"
        CP852 = "cp852", "CP 852"
        UTF8 = "utf-8", "UTF-8"

    class LineEnd(models.TextChoices):
        CRLF = "crlf", "CR LF"
        LF = "lf", "LF"

    centre = models.ForeignKey("centres.Centre", models.PROTECT, related_name="bank_profiles")
    in_force_from = models.DateField("obowiązuje od")
    bank = models.CharField("bank", max_length=80)
    nrb = EncryptedField("numer rachunku centrum")
    # As the bank knows the payer, in lines.
    sender = ArrayField(models.CharField(max_length=80), verbose_name="nazwa i adres płatnika", size=4)
    title = models.CharField("tytuł przelewu", max_length=100, default="Świadczenie integracyjne")
    encoding = models.CharField("kodowanie", max_length=10, choices=Encoding, default=Encoding.CP1250)
    line_end = models.CharField("koniec wiersza", max_length=4, choices=LineEnd, default=LineEnd.CRLF)
    # Signs that this bank refuses; each becomes a space.
    forbidden = models.CharField("znaki niedozwolone", max_length=40, blank=True, default=':;&@$"')
    width = models.PositiveSmallIntegerField("znaków w wierszu pola", default=35)
    lines = models.PositiveSmallIntegerField("wierszy w polu", default=4)

    objects = BankProfileQuerySet.as_manager()

    class Meta:
        ordering = ["-in_force_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["centre", "in_force_from"],
                name="bank_profile_one_a_day",
                violation_error_message="Od tego dnia obowiązuje już inny profil banku.",
            ),
            models.CheckConstraint(
                name="bank_profile_room",
                condition=Q(width__range=(20, 80), lines__range=(1, 4)),
                violation_error_message="Pole ma od 1 do 4 wierszy po 20 do 80 znaków.",
            ),
        ]

    def __str__(self):
        return f"{self.bank} ({self.in_force_from:%d.%m.%Y})"


class PaymentOrder(models.Model):
    """The order to pay what an approved list owes: transfers by a file for the bank, the rest at the cash desk.

    Made once; the file is handed out as it was made. A further one of the same list holds only what came back.
    """

    centre_path = "payment_list__centre"

    payment_list = models.ForeignKey(PaymentList, models.PROTECT, related_name="orders")
    number = models.PositiveSmallIntegerField("kolejne polecenie", default=1)
    # None where nothing goes by transfer.
    profile = models.ForeignKey(BankProfile, models.PROTECT, null=True, blank=True, related_name="+")
    pay_on = models.DateField("dzień przelewu")
    # The bytes of the file in base64; "" without a transfer. Of the books, like the list.
    content = EncryptedField("plik", blank=True)
    sha256 = models.CharField("suma kontrolna", max_length=64, blank=True)
    transfers = models.PositiveIntegerField("przelewów", default=0)
    transferred = amount("suma przelewów")
    in_cash = models.PositiveIntegerField("wypłat w kasie", default=0)
    cash = amount("suma wypłat w kasie")
    document = models.OneToOneField("documents.Document", models.PROTECT, related_name="payment_order")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_on = models.DateField("sporządzono")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["payment_list", "number"]
        constraints = [models.UniqueConstraint(fields=["payment_list", "number"], name="payment_order_once")]
        triggers = [
            append_only(
                "payment_list_id",
                "number",
                "profile_id",
                "pay_on",
                "sha256",
                "transfers",
                "transferred",
                "in_cash",
                "cash",
                "document_id",
                "made_by_id",
                "made_on",
            )
        ]

    def __str__(self):
        return f"polecenie {self.payment_list_id} nr {self.number}"


class OrderItem(models.Model):
    """One person's payment in an order."""

    centre_path = "order__payment_list__centre"
    participant_path = "settlement__programme__participant"

    order = models.ForeignKey(PaymentOrder, models.PROTECT, related_name="items")
    settlement = models.ForeignKey(Settlement, models.PROTECT, related_name="ordered")
    method = models.CharField("sposób wypłaty", max_length=20, choices=PaymentMethod.Kind)
    amount = given_amount("kwota")
    reference = models.CharField("referencje", max_length=16)
    # The return that it answers; None the first time.
    returned = models.ForeignKey(Payment, models.PROTECT, null=True, blank=True, related_name="ordered_again")

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["order", "settlement"], name="order_item_once"),
            # Nothing is ordered twice: once at first, then once for each time that it came back.
            models.UniqueConstraint(
                fields=["settlement", "returned"],
                nulls_distinct=False,
                name="order_item_once_a_return",
                violation_error_message="Ta wypłata jest już w poleceniu.",
            ),
            models.CheckConstraint(
                name="order_item_positive",
                condition=Q(amount__gt=0),
                violation_error_message="Kwota przelewu jest większa od zera.",
            ),
        ]
        triggers = [append_only("order_id", "settlement_id", "method", "amount", "reference", "returned_id")]

    def __str__(self):
        return self.reference
