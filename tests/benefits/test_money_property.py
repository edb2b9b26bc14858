"""Whatever happens to somebody's money: transfers, what waits, tax and deductions together are what is owed by the last
facts, and nothing is double.

Marks are corrected and programmes end, bonuses are granted early and late, deductions are taken by instalments until
a consent is withdrawn, overpayments come back by instalments, transfers come back from the bank and are sent again.
"""

from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Sum
from hypothesis import Phase, example, given, settings
from hypothesis import strategies as st

from attendance.inputs import gather
from benefits import rules
from benefits.actions import pay_again, record_payments, record_return
from benefits.actions.recovering import decide_instalments
from benefits.models import Deduction, PaymentList, Recovery, RecoveryTerms, Settlement, Taken
from benefits.reading.bonuses import granted
from benefits.reading.recoveries import left_of
from cistor.dates import month_end, month_start
from tests.benefits.extras import make_bonus, make_deduction, take_back
from tests.benefits.months import SEPTEMBER, approved_unprinted
from tests.benefits.test_differences_property import SLOW, History, check_everything, waits

KINDS = ["damage", "stolen_equipment"]


class Money(History):
    """The same three months, and all that stands beside the benefit."""

    def __init__(self, centre, payroll, director, seed: int) -> None:
        super().__init__(centre, payroll, director, seed)
        self.approve = self.approve_and_pay
        # What was taken of a deduction when its consent was withdrawn.
        self.withdrawn: dict[int, Decimal] = {}

    def happen(self, until: date, *, ends: bool = True) -> None:
        super().happen(until, ends=ends)
        events = [self.grant, self.grant, self.owe, self.withdraw, self.spread]
        for event in self.pick.sample(events, self.pick.randint(1, 4)):
            event(until)

    def grant(self, until: date) -> None:
        """For a month that was paid, or for one that is to come; sometimes more than the cap."""
        programme, month = self.pick.choice(self.programmes), date(2026, self.pick.choice([7, 8, 9]), 1)
        if not programme.bonuses.filter(month=month).exists():
            make_bonus(programme, month, str(self.pick.randint(20, 400)), by=self.director, on=until)

    def owe(self, until: date) -> None:
        instalment = self.pick.choice([None, Decimal(70), Decimal(400)])
        amount, kind = str(self.pick.randint(30, 3000)), self.pick.choice(KINDS)
        programme, position = self.pick.choice(self.programmes), self.pick.randint(1, 3)
        over = {"kind": kind, "instalment": instalment, "position": position, "on": month_start(until)}
        make_deduction(programme, amount, by=self.payroll, **over)

    def withdraw(self, until: date) -> None:
        if owed := Deduction.objects.standing().order_by("pk").last():
            take_back(owed, on=until)
            self.withdrawn[owed.pk] = taken_of(owed)

    def spread(self, until: date) -> None:
        for row in Settlement.objects.overpaid():
            part = max(left_of(row) / self.pick.choice([2, 3]), Decimal("0.01")).quantize(Decimal("0.01"))
            decide_instalments(row, instalment=part, reason="Trudna sytuacja.", by=self.director, on=until)

    def approve_and_pay(self, payment_list: PaymentList, *, by, on: date) -> None:
        final = approved_unprinted(payment_list, by=by, on=on)
        self.within_instalments(final)
        if final.settlements.never_paid().exists() and self.pick.random() < 0.8:
            record_payments(final, paid_on=on, by=self.payroll, on=on)
        sent = [row for row in final.settlements.all() if row.last_payment]
        for row in self.pick.sample(sent, min(1, len(sent))):
            record_return(row, returned_on=on, reason="", by=self.payroll, on=on)
            if self.pick.random() < 0.5:
                day = on + timedelta(days=1)
                pay_again(row, paid_on=day, by=self.payroll, on=day)

    def within_instalments(self, payment_list: PaymentList) -> None:
        for terms in RecoveryTerms.objects.order_by("overpaid_id", "-id").distinct("overpaid_id"):
            taken = Recovery.objects.filter(overpaid=terms.overpaid, taken_from__payment_list=payment_list)
            assert together(taken) <= terms.instalment
        for owed in Deduction.objects.exclude(instalment=None):
            assert together(owed.taken.filter(settlement__payment_list=payment_list)) <= owed.instalment


def together(rows) -> Decimal:
    return rows.aggregate(sum=Sum("amount", default=Decimal(0)))["sum"]


def taken_of(owed: Deduction) -> Decimal:
    return together(owed.taken.all())


def transferred(row: Settlement) -> Decimal:
    """What left the centre and did not come back."""
    return sum((one.amount if one.kind == "paid" else -one.amount for one in row.payments.all()), Decimal(0))


def owed(history: Money, until: date) -> Decimal:
    """Benefits and bonuses of everybody by the last facts, by the plain engine."""
    facts = gather(history.centre, history.programmes, until)
    bonuses = granted(programme.pk for programme in history.programmes)
    found = Decimal(0)
    for pk, of_programme in facts.items():
        for span in rules.spans(of_programme.programme, of_programme.rulebook, until):
            if span.covered.end_on <= until:
                inputs = of_programme.inputs(span.key, approved_bonus=bonuses.get((pk, span.key), Decimal(0)))
                settled = rules.settle(inputs)
                found += settled.benefit + settled.bonus
    return found


@given(st.integers(0, 10**6))
@example(0)
# Every example takes seconds, so a failing one is told as it is, not made smaller.
@settings(max_examples=7, derandomize=True, phases=[Phase.explicit, Phase.generate], suppress_health_check=SLOW)
def test_transfers_and_what_waits_are_what_is_owed_and_nothing_is_double(centre, letterhead, payroll, director, seed):
    with transaction.atomic():
        history = Money(centre, payroll, director, seed)
        history.run()
        check_everything(history, SEPTEMBER)
        check_money(history)
        transaction.set_rollback(True)


def check_money(history: Money) -> None:
    rows = list(Settlement.objects.prefetch_related("payments"))
    for row in rows:
        assert transferred(row) in {Decimal(0), row.payout}
    sent = sum(transferred(row) for row in rows)
    to_send = sum(row.payout - transferred(row) for row in rows)
    kept = sum(row.tax + row.deductions_taken for row in rows)
    assert sent + to_send + kept - waits() == owed(history, month_end(SEPTEMBER))
    assert together(Taken.objects.all()) == sum(row.deductions_taken for row in rows)
    for one in Deduction.objects.all():
        assert taken_of(one) <= one.amount
    assert {pk: taken_of(Deduction.objects.get(pk=pk)) for pk in history.withdrawn} == history.withdrawn
