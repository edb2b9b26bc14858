"""What a person consented to is taken from the settlements of a list: in its order, by its instalments, said in words,
and never below what stays untouched."""

from datetime import date
from decimal import Decimal
from functools import partial

import pytest
from django.db import connection

from benefits.actions import approve, recount
from benefits.documents import slip_context
from benefits.models import Deduction, Taken
from benefits.reading.checksums import verify
from benefits.reading.letters import Letters
from benefits.reading.year import year_of
from cistor.centres.models import Regulations
from cistor.errors import Refused
from tests.benefits.extras import make_deduction, pay_unprinted, take_back
from tests.benefits.months import AUGUST, JULY, correct
from tests.benefits.people import COUNTED, REASON, SIXTH, amounts, checked, make_settled_in
from tests.factories import end, mark_present


@pytest.fixture
def person(centre):
    programme = make_settled_in(centre)
    mark_present(programme, AUGUST, date(2026, 8, 31))
    return programme


@pytest.fixture
def quickly(centre, payroll, director):
    return partial(pay_unprinted, centre, by=payroll, director=director)


def taken(payment_list) -> list[tuple[int, str]]:
    rows = Taken.objects.filter(settlement__payment_list=payment_list).order_by("pk")
    return [(row.deduction_id, str(row.amount)) for row in rows]


def said(payment_list) -> str:
    line = payment_list.settlements.get(corrects__isnull=True).lines.get(code="deduction")
    return line.because.replace("\N{NO-BREAK SPACE}", " ")


def test_they_are_taken_in_their_order_and_the_line_names_each_with_what_is_left(person, count, payroll):
    second = make_deduction(person, "80", by=payroll, kind="stolen_equipment", position=2)
    first = make_deduction(person, "500", by=payroll, instalment=Decimal("200"), position=1)
    july = count(JULY)
    row = july.settlements.get()
    assert taken(july) == [(first.pk, "200.00"), (second.pk, "80.00")]
    assert (row.deductions_taken, row.net) == (Decimal("280.00"), Decimal("1289.90"))
    assert amounts(row)["deduction"] == "-280.00"
    assert said(july).endswith(
        "Szkoda w powierzonym mieniu (§5 cz. I ust. 2): 200,00 zł, zostaje 300,00 zł. "
        "Koszt skradzionego sprzętu (§5 cz. I ust. 2 lit. d): 80,00 zł, potrącone w całości."
    )


def test_an_instalment_is_taken_from_every_list_until_nothing_is_left(person, quickly, count, payroll):
    owed = make_deduction(person, "300", by=payroll, instalment=Decimal("200"))
    july, august = quickly(JULY), quickly(AUGUST)
    assert [*taken(july), *taken(august)] == [(owed.pk, "200.00"), (owed.pk, "100.00")]
    assert Deduction.objects.with_left().get(pk=owed.pk).left == 0
    assert verify(july) == verify(august) == []


def test_what_must_stay_untouched_stays_and_the_rest_is_carried(centre, person, count, payroll):
    Regulations.objects.filter(centre=centre).update(minimum_paid=Decimal("1500"))
    owed = make_deduction(person, "100", by=payroll)
    july = count(JULY)
    row = july.settlements.get()
    assert (row.net, row.deductions_taken, row.deductions_carried) == (1500, Decimal("69.90"), Decimal("30.10"))
    assert taken(july) == [(owed.pk, "69.90")]
    assert said(july).endswith("Szkoda w powierzonym mieniu (§5 cz. I ust. 2): 69,90 zł, zostaje 30,10 zł.")


def test_a_second_settlement_of_the_list_takes_what_the_first_had_no_room_for(centre, payroll, count):
    """July was forgotten: August's list pays both, and the instalment is that of the list."""
    person = make_settled_in(centre, but={SIXTH: "unexcused"})
    mark_present(person, AUGUST, date(2026, 8, 31))
    owed = make_deduction(person, "2500", by=payroll, instalment=Decimal("2000"))
    august = count(AUGUST)
    july_row, august_row = august.settlements.order_by("start_on")
    assert july_row.net == 0
    assert july_row.deductions_taken + august_row.deductions_taken == 2000
    assert {pk for pk, _ in taken(august)} == {owed.pk}


def test_nothing_is_taken_from_a_difference(person, quickly, count, payroll):
    quickly(JULY)
    make_deduction(person, "5000", by=payroll, on=COUNTED)
    correct(person, {SIXTH: "unexcused"})
    quickly(AUGUST)
    correct(person, {SIXTH: "present"})
    september = count(date(2026, 9, 1))
    assert september.settlements.get(corrects__isnull=False).deductions_taken == 0


@pytest.mark.parametrize("consented_on", [None, date(2026, 7, 20)])
def test_without_a_consent_or_with_one_taken_back_nothing_is_taken(person, count, payroll, consented_on):
    owed = make_deduction(person, "100", by=payroll, consented_on=consented_on)
    if consented_on:
        take_back(owed, on=date(2026, 7, 25))
    assert count(JULY).settlements.get().deductions_taken == 0


def test_a_consent_taken_back_after_the_count_sends_the_list_back_to_be_counted(person, count, payroll, director):
    owed = make_deduction(person, "100", by=payroll)
    july = checked(count(JULY), on=COUNTED)
    take_back(owed, on=COUNTED)
    with pytest.raises(Refused, match="Policz listę ponownie"):
        approve(july, by=director, on=COUNTED, departure_reason=REASON)
    recount(july, by=payroll, on=COUNTED)
    assert taken(july) == []


def test_clothing_is_taken_only_after_an_end_through_fault(centre, count, payroll):
    person = make_settled_in(centre)
    make_deduction(person, "100", by=payroll, kind="clothing")
    assert count(JULY).settlements.get().deductions_taken == 0
    ended = end(person, ended_on=date(2026, 7, 31))
    ended.through_fault = True
    ended.save()
    assert count(JULY).settlements.get().deductions_taken == 100


def test_the_paper_and_the_slip_name_what_was_taken(person, pay, payroll):
    make_deduction(person, "100", by=payroll)
    july = pay(JULY)
    (row,) = july.document.context["people"]
    assert row["deductions"] == "-100.00"
    assert "szkoda w powierzonym mieniu 100,00" in row["note"].replace("\N{NO-BREAK SPACE}", " ")
    slip = slip_context(july.settlements.get(), Letters(july.centre_id))
    assert any("Szkoda w powierzonym mieniu" in line["text"] for line in slip["payment_lines"])


def test_another_deduction_behind_the_same_amount_breaks_the_checksum(person, quickly, payroll):
    make_deduction(person, "100", by=payroll)
    other = make_deduction(person, "100", by=payroll, kind="stolen_equipment", consented_on=None)
    july = quickly(JULY)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE benefits_taken DISABLE TRIGGER USER")
    Taken.objects.update(deduction=other)
    assert [check.intact for check in verify(july)] == [False]


def test_the_year_counts_what_was_deducted_beside_what_was_paid(centre, person, quickly, payroll):
    make_deduction(person, "80", by=payroll)
    row = quickly(JULY).settlements.get()
    sums = year_of(centre, 2026).sums
    assert sums["deducted"] == Decimal("80.00")
    assert sums["benefit"] + sums["bonus"] - sums["tax"] - sums["deducted"] == row.payout


def test_who_entered_a_deduction_does_not_approve_the_list_that_takes_it(person, count, director):
    make_deduction(person, "80", by=director)
    july = checked(count(JULY), on=COUNTED)
    with pytest.raises(Refused, match="wpisano potrącenie"):
        approve(july, by=director, on=COUNTED, departure_reason=REASON)
