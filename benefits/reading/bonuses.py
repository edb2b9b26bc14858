"""Bonuses: what a month allows and what was granted (S1 § 3 ust. 2, S2 § 8 ust. 2)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import CharField, F, Func, OuterRef, Q, QuerySet, Subquery, Sum, Value

from attendance import inputs
from attendance.reading.measures import NoBonus
from benefits import rules
from benefits.models import Bonus, BonusOpinion, Settlement
from benefits.rules import BonusCap as Cap
from cistor.accounts.models import User
from cistor.centres.models import Centre, Regulations
from cistor.dates import in_month_text, month_end
from cistor.money import DOWN, NOTHING, share
from participants.models import Participant, Programme

# Who reaches the bonuses of the whole centre; an instructor those of the own groups.
WHOLE_CENTRE = ("decide_bonus", "opine_bonus", "see_lists")
# Who reads the reasons, opinions and notes; payroll needs the amounts alone.
WORDS = ("decide_bonus", "opine_bonus", "ask_bonus")


def granted(programmes: Iterable[int]) -> dict[tuple[int, str], Decimal]:
    """By programme and span: what was granted. Paid with the settlement of the month, or with its difference."""
    rows = Bonus.objects.filter(programme__in=list(programmes), granted=True).only("programme_id", "month", "amount")
    return {(row.programme_id, row.span): row.amount for row in rows}


def caps(centre: Centre, month: date) -> dict[int, Cap]:
    """Of every programme with a day in the month."""
    programmes = Programme.objects.filter(participant__centre=centre).touching(month, month_end(month))
    return caps_of(centre, programmes.only("ended_on"), month)


def caps_of(centre: Centre, programmes: Iterable[Programme], month: date) -> dict[int, Cap]:
    """By programme: the largest bonus of the month on the facts so far. A fixed number of queries.

    Days nobody has marked yet count as present, as in every computation ahead; 0 with the reason where the month has
    no settlement of its own, or where the facts contradict each other.
    """
    facts = inputs.gather(centre, programmes, month_end(month))
    return {pk: _cap(found, month) for pk, found in facts.items()}


def _cap(facts: inputs.Facts, month: date) -> Cap:
    key, last = f"{month:%Y-%m}", month_end(month)
    try:
        if any(span.key == key for span in facts.spans_between(month, last)):
            return rules.largest_bonus(facts.inputs(key))
    except rules.RuleError as error:
        return Cap(NOTHING, NOTHING, str(error), "", last)
    because = f"{in_month_text(month, with_year=True)} ten program nie ma rozliczenia, z którym można by ją wypłacić"
    return Cap(NOTHING, NOTHING, because, "", last)


def asked(bonus: Bonus, cap: Cap) -> Decimal:
    """What the request comes to: the amount, or the percent of what the cap is a part of, cut down to the grosz."""
    if bonus.asked_amount is not None:
        return bonus.asked_amount
    return share(cap.basis, int(bonus.asked_percent * 100), 10_000, DOWN)


def regulations_of(centre: Centre | int, cap: Cap) -> Regulations | None:
    """The version of the last covered day: it says what a bonus needs."""
    return Regulations.objects.version(centre, cap.last_on)


def standing(opinions: Iterable[BonusOpinion]) -> list[BonusOpinion]:
    """The newest of each person, out of opinions in the order in which they were given."""
    return list({opinion.by_id: opinion for opinion in opinions}.values())


def is_supported(opinions: Iterable[BonusOpinion]) -> bool:
    return any(opinion.is_positive for opinion in standing(opinions))


def people_of(user: User, *, on: date) -> QuerySet[Participant]:
    """Whose bonuses the user reaches on the day."""
    right = next((right for right in WHOLE_CENTRE if user.may(right, on=on)), "ask_bonus")
    return Participant.objects.visible_to(user, on=on, right=right)


def visible_to(user: User, *, on: date) -> QuerySet[Bonus]:
    return Bonus.objects.filter(programme__participant__in=people_of(user, on=on))


def may_read_words(user: User, participant: Participant, *, on: date) -> bool:
    return any(participant.open_to(user, right, on=on) for right in WORDS if user.may(right, on=on))


def known_then(bonus: Bonus | None, measures: Iterable[NoBonus]) -> list[NoBonus]:
    """Of measures that touch its month those taken before it was decided on: what came later nobody weighed."""
    return [row for row in measures if not bonus or not bonus.decided_on or row.taken_on <= bonus.decided_on]


def with_payment(rows: QuerySet[Bonus]) -> QuerySet[Bonus]:
    """`paid`: what approved lists hold of it, None before there is one; `cap_then`: what they said was allowed.

    A difference with a cap of 0 says so only of a bonus that it knew of: older ones kept no cap at all.
    """
    span = Func(OuterRef("month"), Value("YYYY-MM"), function="to_char", output_field=CharField())
    settled = Settlement.objects.approved().filter(programme=OuterRef("programme"), span=span).order_by()
    knew = Q(corrects__isnull=True) | Q(bonus_cap__gt=0) | Q(payment_list__approved_on__gte=OuterRef("decided_on"))
    return rows.annotate(
        paid=Subquery(settled.values("span").annotate(sum=Sum("bonus")).values("sum")),
        cap_then=Subquery(settled.filter(knew).order_by("-pk").values("bonus_cap")[:1]),
    )


def late(rows: QuerySet[Bonus]) -> QuerySet[Bonus]:
    """Granted when the list of the month was approved already: the next list pays it as a difference."""
    return with_payment(rows.filter(granted=True)).filter(paid__lt=F("amount"), amount__lte=F("cap_then"))


def paid_when(row: Bonus) -> str:
    """Of a granted bonus out of `with_payment`."""
    if row.paid is None:
        return "z listą za ten miesiąc"
    if row.paid >= row.amount:
        return "na zatwierdzonej liście"
    if row.amount > row.cap_then:
        return "nie wypłaca się: późniejsze nieobecności obniżyły najwyższą premię"
    return "z następną listą, bo listę za ten miesiąc zatwierdzono wcześniej"
