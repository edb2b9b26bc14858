from datetime import date

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Case, Exists, F, Func, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, Greatest

from benefits.models.amounts import amount
from benefits.models.guards import deducted_is_taken, of_settlements, raised_if, withheld_is_recovered
from benefits.models.lists import PaymentList
from benefits.models.payments import Payment
from cistor.crypto import EncryptedField, EncryptedJSONField
from cistor.dates import ONE_DAY, month_end, month_text, span_text
from cistor.fields import ends_after_start
from cistor.money import NOTHING
from cistor.scope import Scoped
from cistor.triggers import frozen
from participants.models import PaymentMethod

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


# NEW too: a row of a draft must not be moved in either (NEW is NULL in a DELETE).
OF_APPROVED_LIST = """'approved' IN (
    SELECT l.status FROM benefits_paymentlist l WHERE l.id IN (OLD.payment_list_id, NEW.payment_list_id)
)"""
OF_APPROVED_SETTLEMENT = """'approved' IN (
    SELECT l.status FROM benefits_settlement s JOIN benefits_paymentlist l ON l.id = s.payment_list_id
    WHERE s.id IN (OLD.settlement_id, NEW.settlement_id)
)"""


# What stands where nobody has said how to pay.
UNDECIDED = "nieustalony"


class SettlementQuerySet(Scoped):
    def unpaid(self):
        """Something is to be paid, and no transfer went out, or the last one came back."""
        return self.filter(payout__gt=0).with_last().exclude(last=Payment.Kind.PAID)

    def never_paid(self):
        return self.filter(payout__gt=0).with_last().filter(last="")

    def returned(self):
        """The last transfer came back and waits to be sent again."""
        return self.with_last().filter(last=Payment.Kind.RETURNED)

    def returned_first(self):
        """In the order of names, after those whose transfer came back."""
        back = Case(When(last=Payment.Kind.RETURNED, then=0), default=1)
        return self.with_last().order_by(back, "programme__participant__order_key", "programme", "start_on")

    def with_last(self):
        """With the kind of the `last` payment written down, "" before the first."""
        last = Payment.objects.filter(settlement=OuterRef("pk")).order_by("-id").values("kind")[:1]
        return self.alias(last=Coalesce(Subquery(last), Value("")))

    def original(self):
        """Without the settlements of differences."""
        return self.filter(corrects__isnull=True)

    def approved(self):
        return self.filter(payment_list__status=PaymentList.Status.APPROVED)

    def overpaid(self, *, but: PaymentList | None = None):
        """Approved settlements of differences that ask money back, with what is `left` of it, the oldest first.

        What drafts take from later payments counts as taken, but for the list `but`, which is being counted.
        """
        taken = Recovery.objects.filter(overpaid=OuterRef("pk")).order_by()
        if but is not None:
            taken = taken.exclude(taken_from__payment_list=but)
        taken = taken.values("overpaid").annotate(sum=Sum("amount")).values("sum")
        left = -F("net") - Coalesce(Subquery(taken), NOTHING)
        rows = self.approved().filter(net__lt=0).annotate(left=left).filter(left__gt=0)
        return rows.order_by("payment_list__payday", "payment_list", "start_on", "pk")

    def past_end(self):
        """Approved, and paying for days after the programme's end, which was dated back later; no approved difference
        has asked for them back yet."""
        after = Func(OuterRef("programme__ended_on"), template="(%(expressions)s + 1)")
        first_after = Func(
            after,
            OuterRef("start_on"),
            template="ARRAY[GREATEST(%(expressions)s)]",
            output_field=ArrayField(models.DateField()),
        )
        asked_back = Line.objects.filter(
            settlement__programme=OuterRef("programme"),
            settlement__span=OuterRef("span"),
            settlement__corrects__isnull=False,
            settlement__payment_list__status=PaymentList.Status.APPROVED,
            code__startswith="base_",
            amount__lt=0,
            days__contains=first_after,
        )
        rows = self.approved().original().filter(programme__ended_on__lt=F("end_on"), benefit__gt=0)
        return rows.exclude(Exists(asked_back))


class Settlement(models.Model):
    """What one person is paid in one go, as computed: amounts, inputs and versions copied in; frozen with its list.

    A settlement of differences `corrects` the one before it of the same programme and span: its amounts and lines are
    new − old and may be negative, `computed` is the whole new computation. A negative `net` is overpaid; `Recovery`
    rows take it from what is paid later, where they add up to `withheld`.
    """

    centre_path = "payment_list__centre"
    participant_path = "programme__participant"
    without_person = {"person": {}, "account": ""}

    payment_list = models.ForeignKey(PaymentList, models.PROTECT, related_name="settlements")
    programme = models.ForeignKey("participants.Programme", models.PROTECT, related_name="settlements")
    # "trial" or "YYYY-MM", as the engine names it.
    span = models.CharField("za", max_length=7)
    start_on = models.DateField("od")
    end_on = models.DateField("do")
    # Each is corrected once, so the settlements of a span are a chain and nothing in it is paid twice.
    corrects = models.OneToOneField("self", models.PROTECT, null=True, related_name="corrected_by")

    base = amount("podstawa")
    benefit = amount("świadczenie")
    bonus_cap = amount("najwyższa premia")
    bonus = amount("premia")
    tax = amount("zaliczka na podatek")
    deductions_taken = amount("potrącenia")
    deductions_carried = amount("potrącenia przeniesione")
    net = amount("netto")
    # Of the net, what goes towards what was overpaid before; the rest is transferred.
    withheld = amount("zaliczono na nadpłatę")
    payout = models.GeneratedField(
        verbose_name="do wypłaty",
        expression=Greatest(F("net") - F("withheld"), NOTHING),
        output_field=models.DecimalField(max_digits=10, decimal_places=2),
        db_persist=True,
    )
    zus_pension = amount("składka emerytalna")
    zus_disability = amount("składka rentowa")
    # By how much the benefit falls short of what the statute gives; it says something and takes part in no sum.
    shortfall = amount("poniżej ustawy")
    counts = models.JSONField("dni", default=dict)

    # Everything the engine was given: whoever computes again gets the same lines.
    inputs = EncryptedJSONField()
    checksum = models.CharField("suma kontrolna", max_length=64)
    # Of a settlement of differences: the lines of the whole new computation, in the shape of `rules.cases.result_of`.
    computed = EncryptedJSONField(null=True)
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
            models.CheckConstraint(
                name="settlement_withheld_within_net",
                condition=Q(withheld=0) | Q(withheld__gt=0, withheld__lte=F("net")),
                violation_error_message="Zaliczyć na nadpłatę można najwyżej to, co jest do wypłaty.",
            ),
            models.CheckConstraint(
                name="settlement_adds_up",
                condition=Q(net=F("benefit") + F("bonus") - F("tax") - F("deductions_taken")),
                violation_error_message="Netto to świadczenie i premia bez podatku i potrąceń.",
            ),
            models.CheckConstraint(
                name="settlement_shortfall_not_negative",
                condition=Q(shortfall__gte=0),
                violation_error_message="Kwota poniżej ustawy nie może być ujemna.",
            ),
            models.CheckConstraint(
                name="settlement_not_of_itself", condition=Q(corrects__isnull=True) | ~Q(corrects=F("pk"))
            ),
            models.CheckConstraint(
                name="settlement_correction_computed",
                condition=Q(corrects__isnull=True, computed__isnull=True)
                | Q(corrects__isnull=False, computed__isnull=False),
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
                    "withheld",
                    "shortfall",
                    *AMOUNTS,
                ),
            ),
            pgtrigger.ReadOnly(name="key_kept", fields=["programme", "span", "corrects"]),
            pgtrigger.Trigger(
                name="corrects_its_own_span",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                condition=pgtrigger.Q(new__corrects__isnull=False),
                func=raised_if(
                    "corrects another span",
                    """NOT EXISTS (
                        SELECT FROM benefits_settlement s
                        WHERE s.id = NEW.corrects_id AND s.programme_id = NEW.programme_id AND s.span = NEW.span
                    )""",
                ),
            ),
            *of_settlements(withheld_is_recovered, "withheld", "withheld_recovered", "withheld_still_recovered"),
            *of_settlements(deducted_is_taken, "deductions_taken", "deducted_taken", "deducted_still_taken"),
        ]

    def __str__(self):
        return f"{self.programme_id} {self.span}"

    @property
    def name(self) -> str:
        """As it was when the settlement was made; gone with an erased person."""
        return f"{self.person['last_name']} {self.person['first_name']}" if self.person else "Dane usunięte"

    @property
    def method_text(self) -> str:
        return self.get_method_display() or UNDECIDED

    @property
    def period(self) -> str:
        """ "lipiec 2026", "17–31 lipca 2026", "okres próbny 18 czerwca – 17 lipca 2026"."""
        if self.span == "trial":
            return f"okres próbny {span_text(self.start_on, self.end_on)}"
        whole = self.start_on.day == 1 and self.end_on == month_end(self.end_on)
        return month_text(self.start_on) if whole else span_text(self.start_on, self.end_on)

    @property
    def last_payment(self) -> Payment | None:
        """The newest of what was written down; from the prefetched rows, where they are."""
        return max(self.payments.all(), key=lambda payment: payment.pk, default=None)

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


class Recovery(models.Model):
    """Part of what was overpaid, taken from a later payment of the same person."""

    centre_path = "taken_from__payment_list__centre"
    participant_path = "taken_from__programme__participant"

    # A settlement of differences with a negative net.
    overpaid = models.ForeignKey(Settlement, models.RESTRICT, related_name="recoveries")
    # A settlement with a positive one; goes with it when its draft is counted anew.
    taken_from = models.ForeignKey(Settlement, models.CASCADE, related_name="recovered")
    amount = models.DecimalField("kwota", max_digits=10, decimal_places=2)

    objects = Scoped.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="recovery_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(fields=["overpaid", "taken_from"], name="recovery_once"),
        ]
        triggers = [
            frozen(
                "approved",
                when=OF_APPROVED_SETTLEMENT.replace("settlement_id", "taken_from_id"),
                inserts=True,
                business=("overpaid_id", "taken_from_id", "amount"),
            ),
            # Runs of one centre wait for each other, so no two of them add up here unseen.
            pgtrigger.Trigger(
                name="within_overpaid",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func="""
                    IF (SELECT sum(r.amount) FROM benefits_recovery r WHERE r.overpaid_id = NEW.overpaid_id)
                        > (SELECT -s.net FROM benefits_settlement s WHERE s.id = NEW.overpaid_id)
                    THEN
                        RAISE EXCEPTION 'recovers more than was overpaid: %', NEW.overpaid_id
                            USING ERRCODE = 'restrict_violation';
                    END IF;
                    RETURN NULL;
                """,
            ),
            pgtrigger.Trigger(
                name="of_one_person",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=raised_if(
                    "takes from somebody else",
                    """(
                        SELECT count(DISTINCT p.participant_id) <> 1 FROM benefits_settlement s
                        JOIN participants_programme p ON p.id = s.programme_id
                        WHERE s.id IN (NEW.overpaid_id, NEW.taken_from_id)
                    )""",
                ),
            ),
            withheld_is_recovered(
                "withheld_as_recovered",
                pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                "OLD.taken_from_id, NEW.taken_from_id",
            ),
        ]

    def __str__(self):
        return f"{self.overpaid_id} {self.amount}"
