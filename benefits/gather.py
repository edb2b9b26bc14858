"""What a list is computed from: the facts of attendance, and what only the payment knows. A fixed number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from django.db.models import DurationField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Least, TruncMonth

from attendance import inputs
from benefits import rules
from benefits.models import PaymentList, Settlement
from cistor.centres.models import Centre, Regulations
from cistor.dates import ONE_DAY, month_end, month_start
from cistor.money import NOTHING, share
from participants.models import PaymentMethod, Programme, Stage, TaxStatement

# Every one of these costs a decryption, and no list needs them.
NOT_NEEDED = ("participant__pesel", "participant__document_number", "participant__phone", "participant__email")


@dataclass(frozen=True)
class Case:
    """One programme with days that no other list pays for."""

    programme: Programme
    facts: inputs.Facts
    settled: frozenset[str]

    def pending(self, until: date) -> list[rules.PaidSpan]:
        """The spans on no other list that have begun; RuleError where the facts do not say which."""
        spans = rules.spans(self.facts.programme, self.facts.rulebook, until)
        return [span for span in spans if span.key not in self.settled]


@dataclass
class Payee:
    """What holds for a participant on the payday."""

    method: PaymentMethod | None
    # The statement's denominator: the whole reduction, a half, a third; None without a statement.
    tax_share: int | None
    # Taxed together with what follows; it grows while the list is being counted.
    earlier: list[rules.EarlierPayment]


def cases(centre: Centre, *, until: date, but: PaymentList | None = None, also: Iterable[int] = ()) -> list[Case]:
    """The programmes with days up to `until` that are on no list (but `but`), in the order of people and time.

    `also` names programmes that are wanted anyhow.
    """
    programmes = list(_unsettled(centre, until, but, also))
    facts = inputs.gather(centre, programmes, until)
    settled: dict[int, set[str]] = {}
    for pk, span in _on_lists(but).filter(programme__in=programmes).values_list("programme_id", "span"):
        settled.setdefault(pk, set()).add(span)
    return [Case(programme, facts[programme.pk], frozenset(settled.get(programme.pk, ()))) for programme in programmes]


def payees(payment_list: PaymentList, participants: Iterable[int]) -> dict[int, Payee]:
    """By participant: way of payment, tax statement, and the payments with a payday in the same month, after what
    earlier months carry over."""
    people, payday = list(participants), payment_list.payday
    methods = PaymentMethod.objects.filter(participant__in=people, start_on__lte=payday)
    newest = methods.order_by("participant_id", "-start_on").distinct("participant_id")
    statements = TaxStatement.objects.in_force(payday).filter(participant__in=people)
    shares = dict(statements.values_list("participant_id", "share"))
    carried, earlier = _carried(payment_list, people), _earlier_payments(payment_list, people)
    chosen = {method.participant_id: method for method in newest}
    return {pk: Payee(chosen.get(pk), shares.get(pk), [*carried.get(pk, []), *earlier.get(pk, [])]) for pk in people}


def allowed_methods(centre: Centre, on: date) -> frozenset[str]:
    version = Regulations.objects.version(centre, on)
    return frozenset(version.payment_methods) if version else frozenset()


def tax_reduction(payee: Payee, rulebook: rules.Rulebook, payday: date) -> Decimal:
    """The share of the monthly reduction in force on the payday that the statement claims; none without one."""
    if payee.tax_share is None:
        return NOTHING
    return share(rulebook.statute.on("pit_reduction", payday).value, 1, payee.tax_share)


def _unsettled(centre: Centre, until: date, but: PaymentList | None, also: Iterable[int]) -> QuerySet[Programme]:
    """Programmes whose days up to `until` outnumber those on lists: a gap in the middle is found as well as the end."""
    last = Least("end_on", "programme__ended_on", Value(until))  # PostgreSQL's LEAST passes over NULL
    stages = Stage.objects.filter(programme=OuterRef("pk"), start_on__lte=last)
    settlements = _on_lists(but).filter(programme=OuterRef("pk"), start_on__lte=until)
    return (
        Programme.objects.filter(participant__centre=centre)
        .annotate(planned=_days(stages, last), settled=_days(settlements, Least("end_on", Value(until))))
        .filter(Q(planned__gt=Coalesce("settled", Value(0 * ONE_DAY))) | Q(pk__in=list(also)))
        .select_related("participant")
        .defer("end_reason", *NOT_NEEDED)
        .order_by("participant__order_key", "participant_id", "signed_on", "pk")
    )


def _days(rows: QuerySet, last) -> Subquery:
    length = ExpressionWrapper(last - F("start_on") + Value(ONE_DAY), output_field=DurationField())
    return Subquery(rows.order_by().values("programme").annotate(days=Sum(length)).values("days"))


def _on_lists(but: PaymentList | None) -> QuerySet[Settlement]:
    """What lists already pay for; a draft that is being counted anew does not stand in its own way."""
    settlements = Settlement.objects.filter(corrects__isnull=True).order_by()
    return settlements.exclude(payment_list=but) if but else settlements


def _carried(payment_list: PaymentList, people: list[int]) -> dict[int, list[rules.EarlierPayment]]:
    """What negative differences of earlier tax months have lowered no tax by yet; drafts of these months count."""
    before = Settlement.objects.filter(payment_list__payday__lt=month_start(payment_list.payday))
    before = before.exclude(payment_list=payment_list).order_by()
    owing = before.filter(net__lt=0, programme__participant__in=people)
    rows = before.filter(programme__participant__in=owing.values("programme__participant"))
    # Each list was taxed with those that were approved before it; their papers tell which.
    approved = F("payment_list__document_id").asc(nulls_last=True)
    rows = _as_taxed(rows, TruncMonth("payment_list__payday"), approved)
    found: dict[int, list[rules.EarlierPayment]] = {}
    for person, of_person in groupby(rows, key=lambda row: row[0]):
        months = groupby(of_person, key=lambda row: month_start(row[1]))
        if carry := rules.carried([benefit + bonus for *_, benefit, bonus, _ in month] for _, month in months):
            found[person] = [rules.EarlierPayment(carry, NOTHING)]
    return found


def _earlier_payments(payment_list: PaymentList, people: list[int]) -> dict[int, list[rules.EarlierPayment]]:
    """Payments of the same tax month: what is approved, and the drafts that stand before this list."""
    payday = payment_list.payday
    before = Q(payment_list__payday__lt=payday) | Q(payment_list__payday=payday, payment_list__lt=payment_list)
    rows = (
        Settlement.objects.filter(programme__participant__in=people)
        .filter(payment_list__payday__range=(month_start(payday), month_end(payday)))
        .filter(before | Q(payment_list__status=PaymentList.Status.APPROVED))
        .exclude(payment_list=payment_list)
    )
    found: dict[int, list[rules.EarlierPayment]] = {}
    for person, _, benefit, bonus, tax in _as_taxed(rows):
        found.setdefault(person, []).append(rules.EarlierPayment(benefit + bonus, tax))
    return found


def _as_taxed(rows: QuerySet[Settlement], *lists):
    """(participant, payday, benefit, bonus, tax) of one person after another, the `lists` in this order or by payday;
    of each list as it was taxed: the differences first, programme by programme."""
    # By ids: a bare "payment_list" would bring the order of its own model.
    of_list = (*lists, "payment_list__payday", "payment_list_id", "regular")
    of_programme = ("programme__signed_on", "programme_id", "start_on", "pk")
    ordered = rows.alias(regular=Q(corrects__isnull=True))
    ordered = ordered.order_by("programme__participant_id", *of_list, *of_programme)
    return ordered.values_list("programme__participant_id", "payment_list__payday", "benefit", "bonus", "tax")
