"""Facts → the rows of a list, unsaved. Everybody is computed apart: whose facts contradict each other stops nobody."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from attendance.inputs import Facts
from benefits import rules
from benefits.checksums import result, settlement_checksum
from benefits.gather import Case, Payee, allowed_methods, cases, payees, tax_reduction
from benefits.models import AMOUNTS, Line, PaymentList, Problem, Recovery, Settlement
from benefits.rules.cases import case_of
from benefits.rules.rulebook import TRIAL
from cistor.dates import day_count, days_text, month_end
from participants.models import Participant, PaymentMethod, Programme

logger = logging.getLogger(__name__)

FAILED = "Nie udało się policzyć tej osoby. Zgłoś to administratorowi."


Step = Callable[[int, int], None]


def no_step(done: int, total: int) -> None:
    """Nobody looks on."""


class Made(NamedTuple):
    settlement: Settlement
    lines: list[Line]


@dataclass
class Draft:
    """What a list would hold if it were counted now."""

    made: list[Made] = field(default_factory=list)
    # Of overpayments, taken from settlements that stand in `made`.
    recoveries: list[Recovery] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def draft(payment_list: PaymentList, *, on: date, step: Step = no_step) -> Draft:
    """Count the list on the facts as they stand; nothing is written. `step` hears after each person how far it is."""
    found = cases(payment_list.centre, until=horizon(payment_list, on), but=payment_list)
    found = [case for case in found if _concerns(payment_list, case, on)]
    people = payees(payment_list, {case.programme.participant_id for case in found})
    allowed = allowed_methods(payment_list.centre, payment_list.payday)
    counted = Draft()
    for done, case in enumerate(found, 1):
        payee = people[case.programme.participant_id]
        try:
            for span in due(payment_list, case, on):
                made = _made(payment_list, case, span, payee)
                counted.made.append(made)
                counted.problems += _problems(made.settlement, case.facts, payee.method, allowed)
        except rules.RuleError as error:
            counted.problems.append(problem(payment_list, case.programme, _kind_of(error), str(error)))
        except Exception:
            logger.exception("Programme %s was not settled.", case.programme.pk)
            counted.problems.append(problem(payment_list, case.programme, Problem.Kind.FAILED, FAILED))
        step(done, len(found))
    return counted


def results(made: Iterable[Made]) -> dict[tuple[int, str], tuple[Any, ...]]:
    """What is paid to whom, and where, by programme and span."""
    return {
        (row.programme_id, row.span): (result(row, lines), row.method, row.account, row.person) for row, lines in made
    }


def anybody_left(payment_list: PaymentList, *, on: date) -> bool:
    """Whether a further list for the same days would hold anybody; whose facts contradict each other counts too."""
    return any(_is_due(payment_list, case, on) for case in cases(payment_list.centre, until=horizon(payment_list, on)))


def _is_due(payment_list: PaymentList, case: Case, on: date) -> bool:
    try:
        return bool(due(payment_list, case, on))
    except rules.RuleError:
        return True


def horizon(payment_list: PaymentList, on: date) -> date:
    """The last day that a list pays for."""
    return month_end(payment_list.month) if payment_list.month else on


def due(payment_list: PaymentList, case: Case, on: date) -> list[rules.PaidSpan]:
    """The spans that belong on this list, those that an earlier one forgot among them."""
    until, book = horizon(payment_list, on), case.facts.rulebook
    spans = [span for span in case.pending(until) if span.covered.end_on <= until]
    if payment_list.kind == PaymentList.Kind.TRIAL:
        return [s for s in spans if s.key == TRIAL and rules.payday(s, book) <= payment_list.payday]
    # A trial paid apart has a list of its own; only one whose payday went by unnoticed is paid with the month.
    return [s for s in spans if s.key != TRIAL or rules.payday(s, book) < min(on, payment_list.payday)]


def problem(payment_list: PaymentList, programme, kind: str, text: str, days: list[date] | None = None) -> Problem:
    return Problem(payment_list=payment_list, programme=programme, kind=kind, text=text, days=days or [])


def _concerns(payment_list: PaymentList, case: Case, on: date) -> bool:
    """What the other days of a person lack is no business of a list of trials."""
    return payment_list.kind == PaymentList.Kind.MONTH or (TRIAL not in case.settled and _trial_over(case.facts, on))


def _trial_over(facts: Facts, on: date) -> bool:
    trial = next((stage for stage in facts.stages if stage.kind == TRIAL), None)
    return trial is not None and min(trial.end_on, facts.ended_on or trial.end_on) <= on


def _made(payment_list: PaymentList, case: Case, span: rules.PaidSpan, payee: Payee) -> Made:
    """One span settled; what it pays is taxed together with what follows for the same person."""
    inputs = _inputs(payment_list, case.facts, span, payee)
    settled = rules.settle(inputs)
    payee.earlier.append(rules.EarlierPayment(settled.benefit + settled.bonus, settled.tax))
    settlement = _settlement(payment_list, case.programme, inputs, settled, payee.method)
    lines = [
        Line(settlement=settlement, position=n, **{**line._asdict(), "days": list(line.days)})
        for n, line in enumerate(settled.lines, 1)
    ]
    settlement.checksum = settlement_checksum(settlement, lines)
    return Made(settlement, lines)


def _inputs(payment_list: PaymentList, facts: Facts, span: rules.PaidSpan, payee: Payee) -> rules.Inputs:
    return rules.Inputs(
        facts.rulebook,
        facts.programme,
        span.key,
        # What is marked later is not its business: it must not look changed with every new day.
        {day: kind for day, kind in facts.marks.items() if day <= span.covered.end_on},
        payday=payment_list.payday,
        pit_monthly_reduction=tax_reduction(payee, facts.rulebook, payment_list.payday),
        earlier_payments=tuple(payee.earlier),
    )


def _settlement(
    payment_list: PaymentList,
    programme: Programme,
    inputs: rules.Inputs,
    settled: rules.Settlement,
    method: PaymentMethod | None,
) -> Settlement:
    return Settlement(
        payment_list=payment_list,
        programme=programme,
        span=settled.span.key,
        start_on=settled.span.covered.start_on,
        end_on=settled.span.covered.end_on,
        counts=dict(settled.counts),
        inputs=case_of(inputs),
        person=_person(programme.participant, method),
        method=method.kind if method else "",
        account=method.nrb if method else "",
        **{name: getattr(settled, name) for name in AMOUNTS},
    )


def _person(participant: Participant, method: PaymentMethod | None) -> dict[str, str]:
    names = ("first_name", "last_name", "street", "postal_code", "city")
    return {**{name: getattr(participant, name) for name in names}, "holder": method.holder if method else ""}


def _problems(
    settlement: Settlement, facts: Facts, method: PaymentMethod | None, allowed: frozenset[str]
) -> Iterator[Problem]:
    """What a person has to see to before this settlement may be approved."""
    span = settlement.start_on, settlement.end_on
    found = [
        (Problem.Kind.UNMARKED, "Brak oznaczenia", facts.unmarked(*span)),
        (Problem.Kind.PROVISIONAL, "Do potwierdzenia", facts.provisional_days(*span)),
    ]
    for kind, says, days in found:
        if days:
            text = f"{says}: {day_count(len(days))} ({days_text(days)})."
            yield problem(settlement.payment_list, settlement.programme, kind, text, days)
    if settlement.net and (text := _no_way_to_pay(method, allowed)):
        yield problem(settlement.payment_list, settlement.programme, Problem.Kind.NO_METHOD, text)


def _no_way_to_pay(method: PaymentMethod | None, allowed: frozenset[str]) -> str:
    if method is None:
        return "Nie wiadomo, dokąd wypłacić: brak rachunku."
    if method.kind not in allowed:
        return f"Regulamin nie przewiduje wypłaty w ten sposób: {method.get_kind_display()}."
    return ""


def _kind_of(error: rules.RuleError) -> Problem.Kind:
    if isinstance(error, rules.MissingStatutoryRate):
        return Problem.Kind.MISSING_RATE
    return Problem.Kind.NO_REGULATIONS if isinstance(error, rules.MissingRegulations) else Problem.Kind.CONTRADICTION
