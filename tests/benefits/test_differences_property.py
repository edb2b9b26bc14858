"""Whatever happens after months were paid: in the end what was paid and what waits is what is owed, the tax too."""

import random
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import groupby

from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from attendance.inputs import gather
from attendance.models import Day
from benefits import rules
from benefits.actions import draft_trial_list
from benefits.models import PaymentList, Recovery, Settlement
from benefits.reading.checksums import verify
from cistor.centres.models import StatutoryRate
from cistor.dates import month_end, next_month
from participants.models import Programme
from tests.benefits.months import (
    AUGUST,
    JULY,
    OCTOBER,
    SEPTEMBER,
    anybody_left,
    approved_unprinted,
    correct,
    count_month,
    third_after,
)
from tests.benefits.people import check_and_approve, make_on_trial, make_settled_in
from tests.factories import end, make_programme, mark_present

MONTHS = [JULY, AUGUST, SEPTEMBER]
LAST = month_end(SEPTEMBER)
KINDS = ["present", "unexcused", "unexcused", "sick", "sick", "excused", "care", "free_day"]


class History:
    """One centre over three months: lists run and approved, and in between what nobody knew before."""

    # Every ninth history goes the whole way, with its papers.
    PRINTED = 9

    def __init__(self, centre, payroll, director, seed: int) -> None:
        self.centre, self.payroll, self.director, self.pick = centre, payroll, director, random.Random(seed)
        self.approve = approved_unprinted if seed % self.PRINTED else check_and_approve
        self.programmes = [
            make_settled_in(centre, until=month_end(OCTOBER), since=JULY + timedelta(days=self.pick.choice([0, 0, 9]))),
            make_on_trial(centre, start_on=date(2026, 7, 6), until=month_end(OCTOBER), main=True),
        ]

    def run(self) -> None:
        for month in MONTHS:
            self.happen(month)
            self.pay(month)
            self.happen(month_end(month))
        self.pay(SEPTEMBER, number=2)

    def run_and_return(self) -> None:
        """July is paid, much changes, and in the end everything is again as July knew it."""
        self.correct_marks(AUGUST)
        known = list(Day.objects.values_list("programme", "on", "meaning"))
        for month in MONTHS:
            self.pay(month)
            self.happen(month_end(month), ends=False)
        for programme in self.programmes:
            correct(programme, {day: meaning for pk, day, meaning in known if pk == programme.pk})
        for start in StatutoryRate.objects.filter(in_force_from__gte=JULY).values_list("in_force_from", flat=True):
            self.rate(start, Decimal("1783.90"))
        # Out of which comes whatever was overpaid.
        self.pay(OCTOBER)

    def happen(self, until: date, *, ends: bool = True) -> None:
        events = [self.correct_marks, self.correct_marks, self.correct_marks, self.enter_rate]
        events += [self.end_earlier] if ends else []
        for event in self.pick.sample(events, self.pick.randint(0, 3)):
            event(until)

    def correct_marks(self, until: date) -> None:
        programme = self.pick.choice(self.programmes)
        days = [JULY + timedelta(days=n) for n in range((until - JULY).days)]
        chosen = self.pick.sample(days, min(len(days), self.pick.choice([1, 2, 5, 20])))
        correct(programme, {day: self.pick.choice(KINDS) for day in chosen})

    def enter_rate(self, until: date) -> None:
        start = JULY + timedelta(days=self.pick.randint(0, (until - JULY).days))
        self.rate(start, Decimal(self.pick.randint(120000, 220000)) / 100)

    def rate(self, start: date, value: Decimal) -> None:
        StatutoryRate.objects.create(
            kind="unemployment_benefit", in_force_from=start, value=value, source="Monitor Polski"
        )

    def state_reduction(self) -> None:
        """One of the two has handed in the statement that lowers the advance, for a third of the amount."""
        self.programmes[0].participant.tax_statements.create(start_on=JULY, share=3)

    def end_earlier(self, until: date) -> None:
        """Sometimes the person is back with another programme."""
        programme = self.pick.choice(self.programmes)
        days = (until - programme.signed_on).days
        if programme.ended_on or days < 20:
            return
        end(programme, ended_on=programme.signed_on + timedelta(days=self.pick.randint(10, days)))
        if until < SEPTEMBER and self.pick.random() < 0.7:
            back = make_programme(programme.participant, start_on=max(until, programme.ended_on) + timedelta(days=1))
            mark_present(back, back.signed_on, LAST)
            self.programmes.append(back)

    def pay(self, month: date, number: int = 1) -> None:
        on = third_after(month) + timedelta(days=number - 1)
        for trial in draft_trial_list(centre=self.centre, by=self.payroll, on=on):
            self.approve(trial, by=self.director, on=on)
        lists = PaymentList.objects.filter(centre=self.centre, month__isnull=False)
        if number == 1 or anybody_left(lists.get(month=month), on=on):
            counted = count_month(self.centre, month, by=self.payroll, on=on, number=number)
            self.approve(counted, by=self.director, on=on)


def owed(centre, programme: Programme, until: date) -> dict[str, Decimal]:
    """By span, on the last facts: the plain engine, without anything of this subject."""
    programme = Programme.objects.get(pk=programme.pk)
    facts = gather(centre, [programme], until)[programme.pk]
    spans = rules.spans(facts.programme, facts.rulebook, until)
    return {span.key: facts.settled(span).benefit for span in spans if span.covered.end_on <= until}


def paid(programme: Programme) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for span, benefit in Settlement.objects.filter(programme=programme).values_list("span", "benefit"):
        found[span] = found.get(span, Decimal(0)) + benefit
    return {span: benefit for span, benefit in found.items() if benefit}


def payments(participant) -> list[tuple[date, Decimal]]:
    """(payday, benefit and bonus) in the order in which they were settled."""
    rows = Settlement.objects.filter(programme__participant=participant).select_related("payment_list", "programme")
    in_order = sorted(
        rows,
        key=lambda row: (
            row.payment_list.payday.replace(day=1),
            row.payment_list.document_id,
            row.corrects_id is None,
            row.programme.signed_on,
            row.programme_id,
            row.start_on,
        ),
    )
    return [(row.payment_list.payday, row.benefit + row.bonus) for row in in_order]


def taxes(paid: list[tuple[date, Decimal]], reduction: Decimal) -> dict[date, Decimal]:
    """By payday month, one payment after another: 12 % of the month's sum so far, less what was taken; what took no
    part in that is part of the next month."""
    left, found = Decimal(0), {}
    for month, of_month in groupby(paid, key=lambda row: row[0].replace(day=1)):
        together, highest, taken = left, Decimal(0), Decimal(0)
        for _, gross in of_month:
            together += gross
            highest = max(highest, together)
            due = whole(whole(together) * Decimal("0.12") - reduction)
            taken += min(max(due - taken, Decimal(0)), max(gross, Decimal(0)))
        left, found[month] = together - highest, taken
    return found


def whole(amount: Decimal) -> Decimal:
    return amount.quantize(Decimal(1), ROUND_HALF_UP)


def taxed(participant) -> dict[date, Decimal]:
    found: dict[date, Decimal] = {}
    rows = Settlement.objects.filter(programme__participant=participant).values_list("payment_list__payday", "tax")
    for payday, tax in rows.order_by("payment_list__payday"):
        month = payday.replace(day=1)
        found[month] = found.get(month, Decimal(0)) + tax
    return found


def people(history: History) -> set:
    return {programme.participant for programme in history.programmes}


def check_everything(history: History, last: date) -> None:
    """The sums, the recoveries, the tax of each month, and that nothing is left to settle."""
    for programme in history.programmes:
        due = owed(history.centre, programme, month_end(last))
        assert paid(programme) == {span: benefit for span, benefit in due.items() if benefit}
    for person in people(history):
        reduction = Decimal(100) if person.tax_statements.exists() else Decimal(0)
        assert taxed(person) == taxes(payments(person), reduction)
    rows = Settlement.objects.all()
    assert sum(row.payout for row in rows) - waits() == sum(row.net for row in rows)
    taken = {row.pk: sum(part.amount for part in row.recovered.all()) for row in rows}
    assert taken == {row.pk: row.withheld for row in rows}
    assert all(row.overpaid.programme.participant == row.taken_from.programme.participant for row in recoveries())
    assert [check for row in PaymentList.objects.all() for check in verify(row)] == []
    assert not anybody_left(PaymentList.objects.get(month=last, number=1), on=next_month(last).replace(day=5))


def waits() -> Decimal:
    return sum((row.left for row in Settlement.objects.overpaid()), Decimal(0))


SLOW = [HealthCheck.function_scoped_fixture]


@given(st.integers(0, 10**6))
@example(0)
# Every example takes seconds, so a failing one is told as it is, not made smaller.
@settings(max_examples=18, derandomize=True, phases=[Phase.explicit, Phase.generate], suppress_health_check=SLOW)
def test_what_is_paid_and_what_waits_is_what_is_owed(centre, letterhead, payroll, director, seed):
    with transaction.atomic():
        history = History(centre, payroll, director, seed)
        if seed % 2:
            history.state_reduction()
        history.run()
        check_everything(history, SEPTEMBER)
        transaction.set_rollback(True)


@given(st.integers(0, 10**6))
@example(0)
@settings(max_examples=8, derandomize=True, phases=[Phase.explicit, Phase.generate], suppress_health_check=SLOW)
def test_what_comes_back_to_what_was_known_is_paid_and_taxed_once(centre, letterhead, payroll, director, seed):
    """Nobody has a statement here: a reduction not used in its month is lost with that month, as the law has it."""
    with transaction.atomic():
        history = History(centre, payroll, director, seed)
        history.run_and_return()
        check_everything(history, OCTOBER)
        assert waits() == 0
        for person in people(history):
            of_person = [row for row in history.programmes if row.participant == person]
            due = sum(sum(owed(centre, row, month_end(OCTOBER)).values()) for row in of_person)
            rows = Settlement.objects.filter(programme__participant=person)
            # Each month rounds sum and tax to whole złoty.
            assert abs(sum(row.payout for row in rows) - due * Decimal("0.88")) <= len(taxed(person))
        transaction.set_rollback(True)


def recoveries():
    return Recovery.objects.select_related("overpaid__programme__participant", "taken_from__programme__participant")
