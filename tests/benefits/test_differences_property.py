"""Whatever happens after months were paid: in the end what was paid and what waits is what is owed."""

import random
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from attendance.inputs import gather
from benefits import rules
from benefits.actions import draft_trial_list
from benefits.checksums import verify
from benefits.drafting import anybody_left
from benefits.models import PaymentList, Recovery, Settlement
from cistor.centres.models import StatutoryRate
from cistor.dates import month_end
from participants.models import Programme
from tests.benefits.months import AUGUST, JULY, SEPTEMBER, approved_unprinted, correct, count_month, third_after
from tests.benefits.people import make_on_trial, make_settled_in
from tests.factories import end, make_programme, mark_present

MONTHS = [JULY, AUGUST, SEPTEMBER]
LAST = month_end(SEPTEMBER)
KINDS = ["present", "unexcused", "unexcused", "sick", "sick", "excused", "care", "free_day"]


class History:
    """One centre over three months: lists run and approved, and in between what nobody knew before."""

    def __init__(self, centre, payroll, director, seed: int) -> None:
        self.centre, self.payroll, self.director, self.pick = centre, payroll, director, random.Random(seed)
        self.programmes = [
            make_settled_in(centre, until=LAST, since=JULY + timedelta(days=self.pick.choice([0, 0, 9]))),
            make_on_trial(centre, start_on=date(2026, 7, 6), until=LAST, main=True),
        ]

    def run(self) -> None:
        for month in MONTHS:
            self.happen(month)
            self.pay(month)
            self.happen(month_end(month))
        self.pay(SEPTEMBER, number=2)

    def happen(self, until: date) -> None:
        events = [self.correct_marks, self.correct_marks, self.correct_marks, self.enter_rate, self.end_earlier]
        for event in self.pick.sample(events, self.pick.randint(0, 3)):
            event(until)

    def correct_marks(self, until: date) -> None:
        programme = self.pick.choice(self.programmes)
        days = [JULY + timedelta(days=n) for n in range((until - JULY).days)]
        chosen = self.pick.sample(days, min(len(days), self.pick.choice([1, 2, 5, 20])))
        correct(programme, {day: self.pick.choice(KINDS) for day in chosen})

    def enter_rate(self, until: date) -> None:
        StatutoryRate.objects.create(
            kind="unemployment_benefit",
            in_force_from=JULY + timedelta(days=self.pick.randint(0, (until - JULY).days)),
            value=Decimal(self.pick.randint(120000, 220000)) / 100,
            source="Monitor Polski",
        )

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
            approved_unprinted(trial, by=self.director, on=on)
        lists = PaymentList.objects.filter(centre=self.centre, month__isnull=False)
        if number == 1 or anybody_left(lists.get(month=month), on=on):
            counted = count_month(self.centre, month, by=self.payroll, on=on, number=number)
            approved_unprinted(counted, by=self.director, on=on)


def owed(centre, programme: Programme) -> dict[str, Decimal]:
    """By span, on the last facts: the plain engine, without anything of this subject."""
    programme = Programme.objects.get(pk=programme.pk)
    facts = gather(centre, [programme], LAST)[programme.pk]
    spans = rules.spans(facts.programme, facts.rulebook, LAST)
    return {span.key: facts.settled(span).benefit for span in spans if span.covered.end_on <= LAST}


def paid(programme: Programme) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for span, benefit in Settlement.objects.filter(programme=programme).values_list("span", "benefit"):
        found[span] = found.get(span, Decimal(0)) + benefit
    return {span: benefit for span, benefit in found.items() if benefit}


@given(st.integers(0, 10**6))
# Every example takes seconds, so a failing one is told as it is, not made smaller.
@settings(
    max_examples=25,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_what_is_paid_and_what_waits_is_what_is_owed(centre, letterhead, payroll, director, seed):
    with transaction.atomic():
        history = History(centre, payroll, director, seed)
        history.run()
        for programme in history.programmes:
            assert paid(programme) == {span: benefit for span, benefit in owed(centre, programme).items() if benefit}
        rows = Settlement.objects.all()
        waits = sum(row.left for row in Settlement.objects.overpaid())
        assert sum(row.payout for row in rows) - waits == sum(row.net for row in rows)
        taken = {row.pk: sum(part.amount for part in row.recovered.all()) for row in rows}
        assert taken == {row.pk: row.withheld for row in rows}
        assert all(row.overpaid.programme.participant == row.taken_from.programme.participant for row in recoveries())
        assert [check for row in PaymentList.objects.all() for check in verify(row)] == []
        assert not anybody_left(PaymentList.objects.get(month=SEPTEMBER, number=1), on=date(2026, 10, 5))
        transaction.set_rollback(True)


def recoveries():
    return Recovery.objects.select_related("overpaid__programme__participant", "taken_from__programme__participant")
