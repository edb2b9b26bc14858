"""What keeps somebody off a list, and what has to be seen to before those on it may be paid."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from attendance.inputs import Facts
from benefits import rules
from benefits.models import BenefitApplication, PaymentList, Problem, Settlement
from cistor.centres.models import Centre, Regulations
from cistor.dates import day_count, day_text, days_text
from participants.models import PaymentMethod, Programme
from participants.qualification import provisional_stages


def problem(payment_list: PaymentList, programme, kind: str, text: str, days: list[date] | None = None) -> Problem:
    return Problem(payment_list=payment_list, programme=programme, kind=kind, text=text, days=days or [])


def kind_of(error: rules.RuleError) -> Problem.Kind:
    if isinstance(error, rules.MissingStatutoryRate):
        return Problem.Kind.MISSING_RATE
    return Problem.Kind.NO_REGULATIONS if isinstance(error, rules.MissingRegulations) else Problem.Kind.CONTRADICTION


# Off the list --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Holding:
    """Who is left off a list alone. On no list, a span is found again by each that follows."""

    payment_list: PaymentList
    # Programme → the first day of a main period that the office has not answered about yet.
    provisional: dict[int, date]
    # Programmes whose participant has applied for the benefit by the payday.
    applied: frozenset[int]
    # The versions of the regulations from the newest on: since when, and whether the benefit is paid on application.
    asking: list[tuple[date, bool]]

    def unanswered(self, programme: Programme, key: str, covered: rules.Span) -> Problem | None:
        """Days of a main period that began before the office has answered."""
        begun = self.provisional.get(programme.pk)
        if begun is None or begun > covered.end_on:
            return None
        text = f"okres właściwy od {day_text(begun)} jest warunkowy, a ośrodek nie odpowiedział jeszcze o kwalifikacji."
        return self._held(programme, Problem.Kind.NOT_QUALIFIED, key, covered, text)

    def not_applied_for(self, programme: Programme, key: str, covered: rules.Span) -> Problem | None:
        """No application by the payday, where the version of the last covered day asks for one (S1 § 3 ust. 1 lit. g,
        S2 § 8 ust. 1 lit. h)."""
        asks = next((asks for since, asks in self.asking if since <= covered.end_on), False)
        if not asks or programme.pk in self.applied:
            return None
        text = (
            f"nikt nie wpisał wniosku o świadczenie złożonego do {day_text(self.payment_list.payday)}, dnia wypłaty. "
            "Wpisz wniosek."
        )
        return self._held(programme, Problem.Kind.NO_APPLICATION, key, covered, text)

    def _held(self, programme: Programme, kind: Problem.Kind, key: str, covered: rules.Span, text: str) -> Problem:
        period = Settlement(span=key, start_on=covered.start_on, end_on=covered.end_on).period
        return problem(self.payment_list, programme, kind, f"Za {period}: {text}")


def holding(payment_list: PaymentList, programmes: Iterable[int]) -> Holding:
    """In three queries, however many people."""
    filed = BenefitApplication.objects.filter(programme__in=list(programmes), filed_on__lte=payment_list.payday)
    return Holding(
        payment_list=payment_list,
        provisional=dict(provisional_stages(payment_list.centre_id).values_list("programme_id", "start_on")),
        applied=frozenset(filed.order_by().values_list("programme_id", flat=True)),
        asking=_asking(payment_list.centre),
    )


def _asking(centre: Centre) -> list[tuple[date, bool]]:
    versions = Regulations.objects.adopted().filter(centre=centre).order_by("-in_force_from")
    return list(versions.values_list("in_force_from", "benefit_needs_application"))


# In the way ----------------------------------------------------------------------------------------------------------


def in_the_way(
    settlement: Settlement, facts: Facts, method: PaymentMethod | None, *, allowed: frozenset[str], on: date
) -> Iterator[Problem]:
    """What a person has to see to, or to wait for, before this settlement may be approved."""
    span = settlement.start_on, settlement.end_on
    unmarked = facts.unmarked(*span)
    found = [
        (Problem.Kind.UNMARKED, "Brak oznaczenia", [day for day in unmarked if day <= on]),
        (Problem.Kind.UPCOMING, "Jeszcze nie było", [day for day in unmarked if day > on]),
        (Problem.Kind.PROVISIONAL, "Do potwierdzenia", facts.provisional_days(*span)),
    ]
    for kind, says, days in found:
        if days:
            text = f"{says}: {day_count(len(days))} ({days_text(days)})."
            yield problem(settlement.payment_list, settlement.programme, kind, text, days)
    if settlement.net > settlement.withheld and (text := _no_way_to_pay(method, allowed)):
        yield problem(settlement.payment_list, settlement.programme, Problem.Kind.NO_METHOD, text)


def _no_way_to_pay(method: PaymentMethod | None, allowed: frozenset[str]) -> str:
    if method is None:
        return "Nie wiadomo, dokąd wypłacić: brak rachunku."
    if method.kind not in allowed:
        return f"Regulamin nie przewiduje wypłaty w ten sposób: {method.get_kind_display()}."
    return ""
