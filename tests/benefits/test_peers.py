"""What neighbouring programs got wrong, each held by a test.

`HELD_BY` says which test holds what; those that are about nothing else stand below.
"""

import re
import struct
from datetime import date
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from math import floor
from pathlib import Path

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.forms import ModelMultipleChoiceField
from django.urls import reverse

from attendance.models import Day
from benefits.actions import recount, run_month
from benefits.models import Line, PaymentList, Problem, Settlement
from cistor.centres.models import Regulations, StatutoryRate
from cistor.centres.models.lists import DayCode
from cistor.money import rounded, share
from tests.benefits.people import COUNTED, JULY, amounts, make_settled_in
from tests.factories import login, make_centre, make_user
from tests.permissions.table import ROWS, as_, ask, each, forms_of

TESTS = Path(__file__).resolve().parents[1]

HELD_BY = {
    "500 payslips inside one request, cut by the time-out: 152 of them saved": [
        "benefits/test_peers.py::test_a_run_cut_off_in_the_middle_leaves_nothing_half_saved",
        "benefits/test_run_worker.py::test_a_worker_killed_at_random_twenty_times_leaves_nothing_half_done_and_the_count_ends",
        "benefits/test_run_jobs.py::test_the_list_is_there_at_once_and_filled_by_the_worker",
        "benefits/test_running.py::test_whom_the_database_refuses_stops_nobody",
        "benefits/test_running.py::test_a_second_run_continues_the_first",
    ],
    "100 payslips kept a request waiting for 20 s": [
        "benefits/test_slips.py::test_one_file_holds_everybody_in_the_order_of_names_a_page_each",
        "benefits/test_slips.py::test_the_page_shows_what_waits_until_it_is_taken",
    ],
    "one person who started in mid-month shortened everybody's month after him": [
        "benefits/test_running.py::test_who_starts_in_mid_month_shortens_nobody_elses_month",
        "rules/test_properties.py::test_the_order_of_the_people_does_not_matter",
    ],
    "an unpaid day was deducted twice": [
        "benefits/test_running.py::test_an_unexcused_day_is_deducted_once_however_often_the_list_is_counted",
        "rules/test_plain.py::test_the_engine_agrees_with_the_plain_computation",
    ],
    "a month grid of 50 × 31 took 1,060 queries and 775 KiB": [
        "attendance/test_month.py::test_page_and_save_take_the_same_queries_for_any_number_of_people",
        "attendance/test_pages.py::test_the_month_takes_the_same_queries_for_any_number_of_people",
        "attendance/test_peers.py::test_a_month_of_fifty_people_goes_through_the_line_as_a_light_page",
    ],
    "the attendance list took 225 queries": [
        "attendance/test_today_queries.py::test_two_people_and_forty_take_the_same_few_queries",
        "benefits/test_list_page.py::test_the_page_asks_the_same_number_of_questions_for_three_and_for_thirty",
        "benefits/test_running.py::test_a_run_asks_the_same_number_of_questions_for_three_and_for_thirty",
        "benefits/test_differences_lists.py::test_differences_ask_the_same_number_of_questions_for_three_and_for_thirty",
    ],
    "floats: 1,080 of 10,000 results a grosz wrong, all of them ties": [
        "benefits/test_peers.py::test_ten_thousand_ties_come_out_to_the_grosz",
    ],
    "unmarked days were paid in full": [
        "benefits/test_running.py::test_an_unmarked_day_is_a_problem_with_its_days",
        "benefits/test_approval.py::test_a_list_with_problems_is_not_approved",
        "attendance/test_marking.py::test_an_unmarked_day_is_not_a_present_one",
    ],
    "public holidays counted as class days": [
        "attendance/test_grid.py::test_unmarked_holiday_closed_and_weekend_are_told_apart",
        "rules/test_dates.py::test_class_days_are_working_days_without_closed_and_with_extra_ones",
    ],
    "24 December was missing": [
        "attendance/test_month.py::test_christmas_eve_is_a_holiday_since_2025",
        "rules/test_dates.py::test_christmas_eve_is_a_day_off_since_2025_and_was_none_before",
    ],
    "two codes for one thing: sick up to and above 21 days": [
        "benefits/test_peers.py::test_sick_days_have_one_code_and_the_limit_counts_itself",
        "benefits/test_peers.py::test_a_meaning_has_no_second_code",
    ],
    "a full month for 26 people took 572 clicks": [
        "browser/test_month.py::test_a_month_of_26_people_with_ten_exceptions_takes_less_than_sixty_clicks_and_keys",
    ],
    "the printed card said 50 % while the list said 120 %": [
        "benefits/test_peers.py::test_page_and_printed_list_say_the_same_rate_whatever_comes_later",
        "benefits/test_approval.py::test_the_paper_says_what_the_list_says",
    ],
    "old marks were deleted when a code was retired": [
        "benefits/test_peers.py::test_marks_survive_the_code_that_they_were_made_with",
        "attendance/test_today.py::test_a_mark_that_the_day_no_longer_knows_is_shown_and_left_alone",
    ],
    "documents made for everybody by mistake": [
        "benefits/test_peers.py::test_nobody_is_chosen_beforehand_on_any_page",
        "attendance/test_ranges.py::test_nothing_is_chosen_beforehand",
    ],
    "a predicted end and a remaining time that nobody understood": [
        "participants/test_card_pages.py::test_the_head_says_phase_group_instructor_and_the_next_day",
        "participants/test_programme_acts.py::test_periods_of_months_end_where_the_calendar_lets_them",
        "participants/test_programme_acts.py::test_the_last_day_still_belongs_to_the_programme",
    ],
}


@pytest.mark.parametrize("test", sorted({test for tests in HELD_BY.values() for test in tests}))
def test_what_is_said_to_hold_a_mistake_is_there(test):
    file, name = test.split("::")
    found = import_module(f"tests.{file.removesuffix('.py').replace('/', '.')}")
    assert callable(getattr(found, name, None))


# A run of many --------------------------------------------------------------------------------------------------------

# The connection is cut by the server when the line of that person arrives, in the midst of all the others.
CUT = """
CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
CREATE TRIGGER cut_off BEFORE INSERT ON benefits_line FOR EACH ROW
WHEN (NEW.code = 'unexcused') EXECUTE FUNCTION cut_off()
"""


@pytest.fixture
def house(transactional_db):
    yield make_centre("cistor")
    _mended()


def test_a_run_cut_off_in_the_middle_leaves_nothing_half_saved(house):
    people = [make_settled_in(house) for _ in range(4)]
    payroll = make_user(house, "payroll")
    _absent(people[2], date(2026, 7, 6))
    _cut_off_runs()
    with pytest.raises(DatabaseError):
        run_month(centre=house, month=JULY, by=payroll, on=COUNTED)
    _mended()
    assert [model.objects.count() for model in (Settlement, Line, Problem)] == [0, 0, 0]
    july = run_month(centre=house, month=JULY, by=payroll, on=COUNTED)
    assert (PaymentList.objects.count(), july.settlements.count()) == (1, len(people))


def test_a_draft_counted_anew_stays_as_it_was_when_that_is_cut_off(house):
    people = [make_settled_in(house) for _ in range(4)]
    payroll = make_user(house, "payroll")
    july = run_month(centre=house, month=JULY, by=payroll, on=COUNTED)
    before = sorted(july.settlements.values_list("pk", "checksum"))
    _absent(people[2], date(2026, 7, 6))
    _cut_off_runs()
    with pytest.raises(DatabaseError):
        recount(july, by=payroll, on=COUNTED)
    _mended()
    assert sorted(july.settlements.values_list("pk", "checksum")) == before


def _absent(programme, day: date) -> None:
    Day.objects.filter(programme=programme, on=day).update(meaning="unexcused", code="NN")


def _cut_off_runs() -> None:
    with connection.cursor() as cursor:
        cursor.execute(CUT)


def _mended() -> None:
    """A new connection, which nobody cuts."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER IF EXISTS cut_off ON benefits_line; DROP FUNCTION IF EXISTS cut_off()")


# To the grosz ---------------------------------------------------------------------------------------------------------

TIES = [(grosze, days, parts) for grosze in range(50_001, 51_001) for days in (1, 3, 5, 7, 9) for parts in (2, 10)]


def test_ten_thousand_ties_come_out_to_the_grosz():
    """Amounts whose share lies half-way between two grosze: in floats hundreds of them fall on the wrong side."""
    off_by_a_float = 0
    ties = [(grosze, n, parts) for grosze, n, parts in TIES if grosze * n % parts * 2 == parts]
    ties += [(20 * k + 10, 1, 20) for k in range(10_000 - len(ties))]
    assert len(ties) == 10_000
    for grosze, count, parts in ties:
        exact = Fraction(floor(Fraction(grosze * count, parts) + Fraction(1, 2)), 100)
        amount = Decimal(grosze) / 100
        assert share(amount, count, parts) == exact
        assert rounded(Fraction(amount) * count / parts) == exact
        off_by_a_float += Fraction(str(round(_single(grosze / 100) * count / parts, 2))) != exact
    assert off_by_a_float > 500


def _single(number: float) -> float:
    """As a float of 32 bits keeps it."""
    return struct.unpack("f", struct.pack("f", number))[0]


# One code, one rate ---------------------------------------------------------------------------------------------------


def test_sick_days_have_one_code_and_the_limit_counts_itself(centre, payroll):
    sick = dict.fromkeys([date(2026, 7, day) for day in (*range(6, 11), *range(13, 18), *range(20, 25))], "sick")
    programme = make_settled_in(centre, but=sick)
    row = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED).settlements.get()
    assert row.counts == {"sick": 14, "sick_over_limit": 1}
    assert set(Day.objects.filter(programme=programme, meaning="sick").values_list("code", flat=True)) == {"L4"}


def test_a_meaning_has_no_second_code(centre):
    version = Regulations.objects.get(centre=centre)
    for code in DayCode.objects.filter(regulations=version):
        with pytest.raises(IntegrityError), transaction.atomic():
            DayCode.objects.create(regulations=version, meaning=code.meaning, letters="L4 21", name="inny", colour=1)


def test_page_and_printed_list_say_the_same_rate_whatever_comes_later(client, approved, payroll):
    """Both are read from the stored lines: neither is computed anew under a rate that was entered afterwards."""
    StatutoryRate.objects.create(
        kind="unemployment_benefit", in_force_from=JULY, value=Decimal("2000.00"), source="późniejsza"
    )
    row = approved.settlements.get()
    (stretch,) = approved.document.context["people"][0]["stretches"]
    assert (stretch["rate"], stretch["amount"]) == ("100%", "1783.90")
    assert amounts(row)["base_main"] == stretch["amount"]
    login(client, payroll)
    page = client.get(reverse("benefits:settlement", args=[row.pk])).content.decode()
    assert "100%" in page
    assert "1\N{NO-BREAK SPACE}783,90" in page
    assert "2\N{NO-BREAK SPACE}000,00" not in page


def test_marks_survive_the_code_that_they_were_made_with(centre, payroll):
    programme = make_settled_in(centre, but={date(2026, 7, 20): "care"})
    marked = Day.objects.get(programme=programme, on=date(2026, 7, 20))
    codes = DayCode.objects.filter(regulations__centre=centre, meaning="care")
    with pytest.raises(IntegrityError, match="can only be retired"), transaction.atomic():
        codes.delete()
    codes.update(is_retired=True)
    row = run_month(centre=centre, month=JULY, by=payroll, on=COUNTED).settlements.get()
    assert row.counts == {"care": 1}
    marked.refresh_from_db()
    assert (marked.meaning, marked.code) == ("care", "L4 OP")


@each(row for row in ROWS if row.post and not row.post_only)
def test_nobody_is_chosen_beforehand_on_any_page(world, row):
    """Where a page asks which people an act is for, the answer begins empty."""
    for form in forms_of(ask(as_(world.everybody), row, row.kwargs(world))):
        for name, field in form.fields.items():
            if isinstance(field, ModelMultipleChoiceField):
                assert not re.search(r"\bchecked|\bselected", str(form[name])), name
