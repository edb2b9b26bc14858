"""What no computation comes to, the database does not take either, draft or approved."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import F

from benefits.actions import record_payments
from benefits.models import Deduction, Payment, Recovery, Settlement, Taken
from tests.benefits.extras import make_deduction, take_back
from tests.benefits.months import AUGUST, correct
from tests.benefits.people import COUNTED, PAYDAY, make_settled_in


@pytest.fixture
def corrected(programme, pay, count):
    """A difference of July that asks money back on the draft of August, and what it is taken from."""
    pay(date(2026, 7, 1))
    correct(programme, {date(2026, 7, 9): "unexcused"})
    return count(AUGUST)


def settlement(payment_list, programme, **fields) -> Settlement:
    usual = {"span": "2026-09", "start_on": date(2026, 9, 1), "end_on": date(2026, 9, 30), "inputs": {}, "person": {}}
    return Settlement.objects.create(payment_list=payment_list, programme=programme, **{**usual, **fields})


def refuses(message: str):
    return pytest.raises(DatabaseError, match=message)


def at_the_end() -> None:
    """As at the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# A settlement ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["benefit", "bonus", "tax", "deductions_taken", "net"])
def test_the_net_is_what_the_amounts_come_to(july, name):
    with refuses("settlement_adds_up"):
        july.settlements.update(**{name: F(name) + Decimal("0.01")})


def test_nothing_falls_short_by_less_than_nothing(july):
    with refuses("settlement_shortfall_not_negative"):
        july.settlements.update(shortfall=-5)


def test_a_settlement_does_not_correct_itself(july, programme):
    with refuses("settlement_not_of_itself"):
        settlement(july, programme, pk=987_654, corrects_id=987_654, computed={})


@pytest.mark.parametrize("span", ["2026-09", "trial"])
def test_a_settlement_does_not_correct_another_span(corrected, programme, span):
    july = programme.settlements.get(span="2026-08")
    with refuses("corrects another span"):
        settlement(corrected, programme, span=span, corrects=july, computed={})


def test_a_settlement_does_not_correct_another_programme(corrected, centre, programme):
    august = programme.settlements.get(span="2026-08")
    with refuses("corrects another span"):
        settlement(corrected, make_settled_in(centre), span=august.span, corrects=august, computed={})


@pytest.mark.parametrize("fields", [{"span": "2026-06"}, {"corrects": None, "computed": None}])
def test_what_a_settlement_is_of_never_changes(corrected, programme, fields):
    with refuses("Cannot update"):
        programme.settlements.filter(corrects__isnull=False).update(**fields)


# Overpayments ---------------------------------------------------------------------------------------------------------


def test_nothing_is_withheld_without_a_recovery(july):
    july.settlements.update(withheld=1)
    with refuses("withheld is not what is recovered"):
        at_the_end()


def test_nothing_is_inserted_as_withheld_without_a_recovery(july, programme):
    settlement(july, programme, benefit=10, net=10, withheld=1)
    with refuses("withheld is not what is recovered"):
        at_the_end()


def test_nothing_is_recovered_without_being_withheld(corrected):
    at_the_end()
    corrected.settlements.filter(withheld__gt=0).update(withheld=0)
    with refuses("withheld is not what is recovered"):
        at_the_end()


@pytest.mark.parametrize("change", ["less", "gone"])
def test_what_is_recovered_changes_only_with_what_is_withheld(corrected, change):
    recovery = Recovery.objects.filter(taken_from__payment_list=corrected)
    assert recovery.update(amount=1) if change == "less" else recovery.delete()
    with refuses("withheld is not what is recovered"):
        at_the_end()


def test_nothing_is_taken_from_somebody_else(corrected, centre):
    overpaid = corrected.settlements.get(net__lt=0)
    Recovery.objects.all().delete()
    other = settlement(corrected, make_settled_in(centre), benefit=10, net=10)
    with refuses("takes from somebody else"):
        Recovery.objects.create(overpaid=overpaid, taken_from=other, amount=1)


# Payments -------------------------------------------------------------------------------------------------------------


def paid(row, amount) -> None:
    Payment.objects.create(settlement=row, kind="paid", on=PAYDAY, amount=amount)


def test_a_draft_is_not_paid(july):
    row = july.settlements.get()
    with refuses("no approved list"):
        paid(row, row.payout)


@pytest.mark.parametrize("more", ["0.01", "-1"])
def test_no_other_amount_is_paid(approved, more):
    row = approved.settlements.get()
    with refuses("no approved list"):
        paid(row, row.payout + Decimal(more))


@pytest.mark.parametrize("amount", [0, -1])
def test_a_payment_is_more_than_nothing(approved, amount):
    with refuses("payment_positive"):
        paid(approved.settlements.get(), amount)


def test_one_wrong_payment_among_many_is_found(approved, centre, payroll):
    row = approved.settlements.get()
    record_payments(approved, paid_on=PAYDAY, by=payroll, on=PAYDAY)
    right = Payment(settlement=row, kind="returned", on=PAYDAY, amount=row.payout)
    wrong = Payment(settlement=row, kind="paid", on=date(2026, 8, 10), amount=1)
    with refuses("no approved list"), transaction.atomic():
        Payment.objects.bulk_create([right, wrong])
    assert Payment.objects.count() == 1


def test_what_the_program_writes_passes(corrected):
    assert corrected.settlements.filter(withheld__gt=0).exists()
    assert corrected.prepared_on > COUNTED
    at_the_end()


# Deductions -----------------------------------------------------------------------------------------------------------


def test_nothing_is_deducted_without_saying_what_for(july):
    july.settlements.update(deductions_taken=F("deductions_taken") + 1, net=F("net") - 1)
    with refuses("deductions are not what was taken"):
        at_the_end()


def test_nothing_is_inserted_as_deducted_without_saying_what_for(july, programme):
    settlement(july, programme, benefit=10, deductions_taken=1, net=9)
    with refuses("deductions are not what was taken"):
        at_the_end()


def test_nothing_is_taken_without_a_standing_consent(july, programme, payroll):
    deduction = make_deduction(programme, "10", by=payroll)
    take_back(deduction, on=COUNTED)
    with refuses("takes without consent"):
        Taken.objects.create(settlement=july.settlements.get(), deduction=deduction, amount=10)


@pytest.mark.parametrize("change", [{"withdrawn_on": None}, {"withdrawn_note": "inaczej"}])
def test_a_withdrawn_consent_never_changes(programme, payroll, change):
    deduction = make_deduction(programme, "10", by=payroll)
    take_back(deduction, on=COUNTED)
    with refuses("never changes"):
        Deduction.objects.filter(pk=deduction.pk).update(**change)


@pytest.mark.parametrize("change", [{"suspected_on": COUNTED}, {"position": 7}, {"what": "co innego"}])
def test_what_was_consented_to_never_changes(programme, payroll, change):
    deduction = make_deduction(programme, "10", by=payroll)
    with refuses("never changes"):
        Deduction.objects.filter(pk=deduction.pk).update(**change)
