"""An approved list: the database keeps it, and it comes out again from what was stored."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, connection, transaction

from attendance.models import Day
from benefits.actions import draft_trial_list, recount, run_month
from benefits.models import Line, PaymentList, Recovery, Settlement
from benefits.reading.checksums import check, verify
from cistor.errors import Refused
from tests.benefits.people import COUNTED, JULY, SIXTH, check_and_approve, make_on_trial

# Frozen ---------------------------------------------------------------------------------------------------------------


def test_an_approved_list_is_not_counted_again(approved, payroll, centre):
    with pytest.raises(Refused, match="już zatwierdzona"):
        recount(approved, by=payroll, on=COUNTED)
    with pytest.raises(Refused, match="już zatwierdzona"):
        run_month(centre=centre, month=JULY, by=payroll, on=COUNTED)


def test_a_draft_changed_behind_the_program_is_mended_by_counting_anew(july, payroll):
    line = Line.objects.get(code="unexcused")
    Line.objects.filter(pk=line.pk).update(amount=0)
    Settlement.objects.update(benefit=0, tax=0, net=0)
    recount(july, by=payroll, on=COUNTED)
    row = july.settlements.get()
    assert (row.benefit > 0, row.lines.get(code="unexcused").amount) == (True, line.amount)


FROZEN = {
    "the list changed": lambda row: PaymentList.objects.filter(pk=row.payment_list_id).update(payday=JULY),
    "the list back to draft": lambda row: PaymentList.objects.filter(pk=row.payment_list_id).update(status="draft"),
    "the check forgotten": lambda row: PaymentList.objects.filter(pk=row.payment_list_id).update(checked_on=JULY),
    "the list deleted": lambda row: PaymentList.objects.filter(pk=row.payment_list_id)._raw_delete("default"),
    "a settlement changed": lambda row: Settlement.objects.filter(pk=row.pk).update(net=0),
    "something withheld": lambda row: Settlement.objects.filter(pk=row.pk).update(withheld=1),
    "a shortfall changed": lambda row: Settlement.objects.filter(pk=row.pk).update(shortfall=1),
    "another one corrected": lambda row: Settlement.objects.filter(pk=row.pk).update(corrects=another_settlement(row)),
    "a recovery added": lambda row: Recovery.objects.create(
        overpaid=another_settlement(row), taken_from=row, amount=Decimal("1.00")
    ),
    "inputs changed": lambda row: Settlement.objects.filter(pk=row.pk).update(inputs={}),
    "a settlement deleted": lambda row: Settlement.objects.filter(pk=row.pk)._raw_delete("default"),
    "a settlement added": lambda row: Settlement.objects.create(
        payment_list_id=row.payment_list_id,
        programme_id=row.programme_id,
        span="2026-08",
        start_on=JULY,
        end_on=JULY,
        inputs={},
        person={},
    ),
    "a settlement moved away": lambda row: Settlement.objects.filter(pk=row.pk).update(payment_list=another_list(row)),
    "a line moved in": lambda row: Line.objects.filter(pk=another_line(row).pk).update(settlement=row),
    "a settlement moved in": lambda row: Settlement.objects.filter(pk=another_settlement(row).pk).update(
        payment_list=row.payment_list_id
    ),
    "a line changed": lambda row: row.lines.filter(code="tax").update(amount=0),
    "a reason changed": lambda row: row.lines.filter(code="tax").update(because="bo tak"),
    "a line deleted": lambda row: row.lines.filter(code="tax").delete(),
    "a line added": lambda row: Line.objects.create(
        settlement=row, position=99, code="bonus", amount=1, because="-", source="-"
    ),
}


def another_list(row) -> PaymentList:
    return PaymentList.objects.create(
        centre=row.payment_list.centre, kind="trial", payday=date(2026, 9, 1), prepared_on=COUNTED
    )


def another_settlement(row) -> Settlement:
    return Settlement.objects.create(
        payment_list=another_list(row),
        programme=row.programme,
        span="2026-08",
        start_on=JULY,
        end_on=JULY,
        inputs={},
        person={},
    )


def another_line(row) -> Line:
    return Line.objects.create(
        settlement=another_settlement(row), position=99, code="bonus", amount=1, because="-", source="-"
    )


def test_the_database_itself_keeps_an_approved_list(approved):
    row = approved.settlements.get()
    assert [name for name, attempt in FROZEN.items() if not refused(attempt, row)] == []


def refused(attempt, row) -> bool:
    try:
        with transaction.atomic():
            attempt(row)
    except DatabaseError as error:
        return "issued" in str(error)
    return False


def test_a_draft_is_not_frozen(july):
    row = july.settlements.get()
    assert Settlement.objects.filter(pk=row.pk).update(benefit=1, tax=0, net=1) == 1
    assert row.lines.filter(code="tax").delete()[0] == 1


# Verification ---------------------------------------------------------------------------------------------------------


def test_the_stored_inputs_give_the_stored_lines_again(approved):
    assert verify(approved) == []
    assert check(approved.settlements.get()).ok


def behind_the_triggers(table: str, change: str) -> None:
    """As somebody would who may do anything to the database."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"UPDATE {table} SET {change}")
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_number_changed_behind_the_database_is_found(approved):
    row = approved.settlements.get()
    behind_the_triggers("benefits_line", "amount = 0 WHERE code = 'unexcused'")
    found = check(row)
    assert (found.intact, found.same) == (False, False)
    assert [one.settlement for one in verify(approved)] == [row]


def test_a_settlement_exchanged_as_a_whole_is_found_by_the_checksum_of_the_list(approved):
    behind_the_triggers("benefits_settlement", "span = '2026-06'")
    assert len(verify(approved)) == 1


def test_a_mark_corrected_later_changes_nothing_of_the_proof(approved, programme):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('cistor.passing', 'correction', true)")
        Day.objects.filter(programme=programme, on=SIXTH).update(meaning="present")
    assert verify(approved) == []


def test_a_trial_list_is_frozen_and_verified_like_any_other(centre, letterhead, director):
    make_on_trial(centre, start_on=date(2026, 6, 15), until=date(2026, 7, 14))
    (trials,) = draft_trial_list(centre=centre, on=date(2026, 7, 14))
    check_and_approve(trials, by=director, on=date(2026, 7, 14))
    assert verify(trials) == []
    with pytest.raises(DatabaseError, match="issued"), transaction.atomic():
        Settlement.objects.update(net=0)
