"""Facts → the rows of a list, unsaved. Everybody is computed apart: whose facts contradict each other stops nobody."""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import Any, NamedTuple

from django.db import OperationalError
from django.db.models import prefetch_related_objects

from attendance.inputs import Facts
from benefits import rules
from benefits.gather import Case, Payee, allowed_methods, cases, payees, tax_reduction
from benefits.models import AMOUNTS, Line, PaymentList, Problem, Recovery, Settlement, Taken
from benefits.obstacles import Holding, holding, in_the_way, kind_of, problem
from benefits.reading.bonuses import granted
from benefits.reading.changes import Change, Changes, changes
from benefits.reading.checksums import result, settlement_checksum
from benefits.reading.deductions import due as deductions_due
from benefits.reading.differences import computation
from benefits.reading.recoveries import Overpayment, overpayments, recoveries
from benefits.reading.shortfall import raised, shortfall
from benefits.rules.cases import case_of, plain_lines
from benefits.rules.rulebook import TRIAL
from benefits.taking import Dues
from cistor.dates import month_end
from cistor.money import NOTHING
from participants.models import Participant, PaymentMethod, Programme

logger = logging.getLogger(__name__)

FAILED = "Nie udało się policzyć tej osoby. Zgłoś to administratorowi."


Step = Callable[[int, int], None]


def no_step(done: int, total: int) -> None:
    """Nobody looks on."""


class Made(NamedTuple):
    settlement: Settlement
    lines: list[Line]
    # What is taken from it towards overpayments.
    recovered: list[Recovery]
    # What it takes of deductions.
    taken: list[Taken]


@dataclass
class Draft:
    """What a list would hold if it were counted now."""

    made: list[Made] = field(default_factory=list)
    # Those that hold somebody back among them.
    problems: list[Problem] = field(default_factory=list)

    @property
    def in_the_way(self) -> list[Problem]:
        return [row for row in self.problems if not row.holds_back]

    @property
    def recoveries(self) -> list[Recovery]:
        return [recovery for one in self.made for recovery in one.recovered]

    @property
    def taken(self) -> list[Taken]:
        return [taken for one in self.made for taken in one.taken]


@dataclass(frozen=True)
class Run:
    """What holds for everybody on the list that is being counted."""

    payment_list: PaymentList
    on: date
    payees: dict[int, Payee]
    allowed: frozenset[str]
    changed: Changes
    # Of the changed spans: the lines they were paid by, by the id of the settlement that is corrected.
    before: dict[int, tuple[rules.Line, ...]]
    overpaid: dict[int, list[Overpayment]]
    # By programme and span.
    bonuses: dict[tuple[int, str], Decimal]
    deductions: dict[int, Dues]
    # The rulebook that the statute asks for; None where the centre gives no less.
    lawful: rules.Rulebook | None
    holding: Holding


def draft(payment_list: PaymentList, *, on: date, step: Step = no_step) -> Draft:
    """Count the list on the facts as they stand; nothing is written. `step` hears after each person how far it is."""
    changed = _changes(payment_list, on)
    found = cases(payment_list.centre, until=horizon(payment_list, on), but=payment_list, also=changed.programmes)
    found = [case for case in found if _concerns(payment_list, case, on)]
    run = _run(payment_list, found, changed, on)
    people = [list(group) for _, group in groupby(found, key=lambda case: case.programme.participant_id)]
    counted = Draft()
    for done, of_person in enumerate(people, 1):
        _settle(run, of_person, counted)
        step(done, len(people))
    return counted


def stored(settlements: list[Settlement]) -> list[Made]:
    """The rows of a list as `draft` made them, for `results`."""
    prefetch_related_objects(settlements, "lines", "recovered__overpaid", "taken")
    return [Made(row, *(list(rows.all()) for rows in (row.lines, row.recovered, row.taken))) for row in settlements]


def results(made: Iterable[Made]) -> dict[tuple[int, str], tuple[Any, ...]]:
    """What is paid to whom, and where, by programme and span.

    Overpayments by what they are, not by their checksum: that one changes with facts that change no amount.
    """
    return {
        (row.programme_id, row.span): (
            result(row, lines, (), taken),
            _recovered(recovered),
            row.method,
            row.account,
            row.person,
        )
        for row, lines, recovered, taken in made
    }


def _recovered(recovered: Iterable[Recovery]) -> list[tuple[Any, ...]]:
    return sorted((row.overpaid.programme_id, row.overpaid.span, row.amount) for row in recovered)


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


# One list ------------------------------------------------------------------------------------------------------------


def _changes(payment_list: PaymentList, on: date) -> Changes:
    """Differences are settled with a month; trials are paid as soon as they are over."""
    if payment_list.kind == PaymentList.Kind.TRIAL:
        return Changes()
    return changes(payment_list.centre, until=horizon(payment_list, on), on=on, but=payment_list)


def _run(payment_list: PaymentList, found: list[Case], changed: Changes, on: date) -> Run:
    people = {case.programme.participant_id for case in found}
    corrected = Settlement.objects.filter(pk__in=changed.last_ids).only("computed").prefetch_related("lines")
    return Run(
        payment_list=payment_list,
        on=on,
        payees=payees(payment_list, people),
        allowed=allowed_methods(payment_list.centre, payment_list.payday),
        changed=changed,
        before={row.pk: computation(row) for row in corrected},
        overpaid=overpayments(people, but=payment_list),
        bonuses=granted(case.programme.pk for case in found),
        deductions={pk: Dues(owed) for pk, owed in deductions_due(people, payment_list=payment_list).items()},
        lawful=raised(payment_list.centre, found[0].facts.rulebook) if found else None,
        holding=holding(payment_list, (case.programme.pk for case in found)),
    )


def _concerns(payment_list: PaymentList, case: Case, on: date) -> bool:
    """What the other days of a person lack is no business of a list of trials."""
    return payment_list.kind == PaymentList.Kind.MONTH or (TRIAL not in case.settled and _trial_over(case.facts, on))


def _trial_over(facts: Facts, on: date) -> bool:
    trial = next((stage for stage in facts.stages if stage.kind == TRIAL), None)
    return trial is not None and min(trial.end_on, facts.ended_on or trial.end_on) <= on


# One person ----------------------------------------------------------------------------------------------------------


def _settle(run: Run, of_person: list[Case], counted: Draft) -> None:
    """Differences first: what they ask back lowers the tax, and the transfer, of what follows."""
    person, facts = of_person[0].programme.participant_id, {case.programme.pk: case.facts for case in of_person}
    problems: list[Problem] = []
    made = [*_each(run, of_person, _corrections, problems), *_each(run, of_person, _settlements, problems)]
    for recovery in recoveries(run.overpaid.get(person, []), [one.settlement for one in made]):
        next(one for one in made if one.settlement is recovery.taken_from).recovered.append(recovery)
    # Whose checksum names what it takes from others comes after them.
    for one in sorted(made, key=lambda one: len(one.recovered)):
        one.settlement.checksum = settlement_checksum(*one)
    for row, *_ in made:
        facts_of_row, method = facts[row.programme_id], run.payees[person].method
        problems += in_the_way(row, facts_of_row, method, allowed=run.allowed, on=run.on)
    counted.made += made
    counted.problems += {(row.programme_id, row.kind, row.text): row for row in problems}.values()


def _each(
    run: Run, of_person: list[Case], settle: Callable[[Run, Case], Iterator[Made | Problem]], problems: list[Problem]
) -> Iterator[Made]:
    """What comes out of each programme, up to where its facts contradict each other."""
    for case in of_person:
        try:
            for one in settle(run, case):
                if isinstance(one, Made):
                    yield one
                else:
                    problems.append(one)
        except rules.RuleError as error:
            problems.append(problem(run.payment_list, case.programme, kind_of(error), str(error)))
        except OperationalError:  # a cut connection is nobody's failure
            raise
        except Exception:
            logger.exception("Programme %s was not settled.", case.programme.pk)
            problems.append(problem(run.payment_list, case.programme, Problem.Kind.FAILED, FAILED))


def _settlements(run: Run, case: Case) -> Iterator[Made | Problem]:
    """The spans that are paid for the first time."""
    person = case.programme.participant_id
    payee, dues = run.payees[person], run.deductions.get(person, Dues(()))
    for span in due(run.payment_list, case, run.on):
        place = case.programme, span.key, span.covered
        if held := [one for one in (run.holding.unanswered(*place), run.holding.not_applied_for(*place)) if one]:
            yield from held
            continue
        inputs = _inputs(run, case, span, payee, dues)
        settled = rules.settle(inputs)
        payee.earlier.append(rules.EarlierPayment(settled.benefit + settled.bonus, settled.tax))
        row = _row(
            run.payment_list,
            case.programme,
            inputs,
            payee.method,
            start_on=settled.span.covered.start_on,
            end_on=settled.span.covered.end_on,
            counts=dict(settled.counts),
            shortfall=shortfall(inputs, settled, run.lawful) if run.lawful else NOTHING,
            **{name: getattr(settled, name) for name in AMOUNTS},
        )
        taken = dues.take(row, settled.deductions_taken)
        yield _made(row, _named(settled.lines, dues.told(taken)), taken)


def _corrections(run: Run, case: Case) -> Iterator[Made | Problem]:
    """The differences of spans that are paid already."""
    if error := run.changed.errors.get(case.programme.pk):
        raise error
    payee = run.payees[case.programme.participant_id]
    for change in run.changed.by_programme.get(case.programme.pk, ()):
        # The month of a trial that was paid up to its end, and goes on into a main period decided late.
        chain, covered = change.chain, rules.Span(change.chain.start_on, change.end_on)
        held = run.holding.unanswered(case.programme, chain.span, covered)
        yield held or _correction(run, case, change, payee)


def _correction(run: Run, case: Case, change: Change, payee: Payee) -> Made:
    inputs = replace(
        change.inputs,
        pit_monthly_reduction=tax_reduction(payee, case.facts.rulebook, run.payment_list.payday),
        earlier_payments=tuple(payee.earlier),
    )
    chain = change.chain
    correction = rules.correct(inputs, run.before[chain.last_id], run.payment_list.payday)
    payee.earlier.append(rules.EarlierPayment(correction.benefit + correction.bonus, correction.tax))
    owed = correction.owed
    # A main period decided late may have lengthened a span that was paid up to the end of the trial.
    covered = owed.span.covered if owed else rules.Span(chain.start_on, chain.end_on)
    row = _row(
        run.payment_list,
        case.programme,
        inputs,
        payee.method,
        corrects_id=chain.last_id,
        start_on=min(chain.start_on, covered.start_on),
        end_on=max(chain.end_on, covered.end_on),
        counts=dict(owed.counts) if owed else {},
        computed={"lines": plain_lines(owed.lines if owed else ())},
        # What is allowed now, no difference: a bonus granted late is measured by it.
        **{
            **{name: getattr(correction, name, NOTHING) for name in AMOUNTS},
            "bonus_cap": owed.bonus_cap if owed else NOTHING,
        },
    )
    return _made(row, correction.lines)


def _named(lines: Iterable[rules.Line], told: str) -> Iterator[rules.Line]:
    """The engine knows the sum of the deductions alone; their kinds stand behind it."""
    for line in lines:
        yield line._replace(because=line.because + told) if line.code == "deduction" else line


def _made(row: Settlement, lines: Iterable[rules.Line], taken: Iterable[Taken] = ()) -> Made:
    rows = [
        Line(settlement=row, position=n, **{**line._asdict(), "days": list(line.days)})
        for n, line in enumerate(lines, 1)
    ]
    return Made(row, rows, [], list(taken))


def _inputs(run: Run, case: Case, span: rules.PaidSpan, payee: Payee, dues: Dues) -> rules.Inputs:
    facts, payday = case.facts, run.payment_list.payday
    return rules.Inputs(
        facts.rulebook,
        facts.programme,
        span.key,
        # What is marked later is not its business: it must not look changed with every new day.
        {day: kind for day, kind in facts.marks.items() if day <= span.covered.end_on},
        approved_bonus=run.bonuses.get((case.programme.pk, span.key), NOTHING),
        payday=payday,
        pit_monthly_reduction=tax_reduction(payee, facts.rulebook, payday),
        consented_deductions=dues.asked,
        earlier_payments=tuple(payee.earlier),
    )


def _row(
    payment_list: PaymentList, programme: Programme, inputs: rules.Inputs, method: PaymentMethod | None, **figures: Any
) -> Settlement:
    return Settlement(
        payment_list=payment_list,
        programme=programme,
        span=inputs.settlement,
        inputs=case_of(inputs),
        person=_person(programme.participant, method),
        method=method.kind if method else "",
        account=method.nrb if method else "",
        **figures,
    )


def _person(participant: Participant, method: PaymentMethod | None) -> dict[str, str]:
    names = ("first_name", "last_name", "street", "postal_code", "city")
    return {**{name: getattr(participant, name) for name in names}, "holder": method.holder if method else ""}
